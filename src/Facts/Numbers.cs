using System.Globalization;
using System.Numerics;

namespace Yueheng.Facts;

/// <summary>
/// Exact arithmetic on number values: in decimal where that loses nothing, in fractions otherwise.
/// Rounding happens only where a term or a format asks for it, half away from zero.
/// </summary>
public static class Numbers
{
    // Below these bounds a sum, difference or product of two decimals has at most 28 digits, so decimal arithmetic is exact.
    private const decimal SafeMagnitude = 10_000_000_000_000m;
    private const int SafeScale = 14;

    private static readonly decimal[] Powers = [.. Enumerable.Range(0, 29).Select(PowerByMultiplying)];

    private static decimal PowerByMultiplying(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < exponent; i++) power *= 10m;
        return power;
    }

    public static decimal PowerOfTen(int exponent) => Powers[exponent];

    private static bool IsSafe(decimal value) => value is < SafeMagnitude and > -SafeMagnitude && value.Scale <= SafeScale;

    private static bool AreSafe(in Value left, in Value right) =>
        !left.IsFraction && !right.IsFraction && IsSafe(left.Number) && IsSafe(right.Number);

    public static Value Add(in Value left, in Value right)
    {
        if (AreSafe(left, right)) return Value.Of(left.Number + right.Number);
        Fraction a = left.Fraction, b = right.Fraction;
        return Value.Of(new Fraction(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator));
    }

    public static Value Negate(in Value value) =>
        value.IsFraction ? Value.Of(new Fraction(-value.Fraction.Numerator, value.Fraction.Denominator)) : Value.Of(-value.Number);

    public static Value Subtract(in Value left, in Value right) => Add(left, Negate(right));

    public static Value Multiply(in Value left, in Value right)
    {
        if (AreSafe(left, right) && left.Number.Scale + right.Number.Scale <= SafeScale) return Value.Of(left.Number * right.Number);
        Fraction a = left.Fraction, b = right.Fraction;
        return Value.Of(new Fraction(a.Numerator * b.Numerator, a.Denominator * b.Denominator));
    }

    /// <summary>The exact quotient; missing when the divisor is zero.</summary>
    public static Value Divide(in Value left, in Value right)
    {
        Fraction a = left.Fraction, b = right.Fraction;
        return b.Numerator.IsZero ? Value.Missing : Value.Of(new Fraction(a.Numerator * b.Denominator, a.Denominator * b.Numerator));
    }

    public static Value Floor(in Value value) =>
        value.IsFraction ? Value.Of(new Fraction(FloorDivide(value.Fraction.Numerator, value.Fraction.Denominator), 1)) : Value.Of(decimal.Floor(value.Number));

    public static Value Ceiling(in Value value) => Negate(Floor(Negate(value)));

    private static BigInteger FloorDivide(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Rounds to a multiple of 10^-<paramref name="places"/>, half away from zero.</summary>
    public static decimal Round(in Value value, int places) =>
        value.IsFraction ? Round(value.Fraction, places) : Math.Round(value.Number, places, MidpointRounding.AwayFromZero);

    internal static decimal Round(Fraction value, int places)
    {
        var rounded = (BigInteger.Abs(value.Numerator) * BigInteger.Pow(10, places) * 2 + value.Denominator) / (value.Denominator * 2);
        // Beyond what a decimal holds, the largest decimal stands for it; what is written goes by the exact digits below.
        var magnitude = rounded > (BigInteger)decimal.MaxValue ? decimal.MaxValue : (decimal)rounded;
        var result = magnitude / PowerOfTen(places);
        return value.Numerator.Sign < 0 ? -result : result;
    }

    /// <summary>Rounds to a multiple of <paramref name="unit"/> (0.01 for money), half away from zero.</summary>
    public static Value RoundTo(in Value value, decimal unit)
    {
        if (unit == 0.01m && !value.IsFraction) return Value.Of(Round(value, 2));
        var units = Divide(value, Value.Of(unit)).Fraction;
        var whole = (BigInteger.Abs(units.Numerator) * 2 + units.Denominator) / (units.Denominator * 2);
        return Multiply(Value.Of(new Fraction(units.Numerator.Sign < 0 ? -whole : whole, 1)), Value.Of(unit));
    }

    /// <summary>Without trailing zeros, without exponent: "-2", "0.5". A fraction shows twelve places.</summary>
    public static string Plain(in Value value)
    {
        if (!value.IsFraction) return value.Number.ToString("0.############################", CultureInfo.InvariantCulture);
        var text = Fixed(value, 12);
        return text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>With exactly <paramref name="places"/> decimals, half away from zero.</summary>
    public static string Fixed(in Value value, int places)
    {
        if (!value.IsFraction && Math.Round(value.Number, places, MidpointRounding.AwayFromZero) is var rounded and not 0m)
            return rounded.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var exact = value.Fraction;
        var units = (BigInteger.Abs(exact.Numerator) * BigInteger.Pow(10, places) * 2 + exact.Denominator) / (exact.Denominator * 2);
        var digits = units.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var text = places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}";
        return exact.Numerator.Sign < 0 && !units.IsZero ? "-" + text : text;
    }
}

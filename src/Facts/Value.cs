using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using NodaTime;

namespace Yueheng.Facts;

/// <summary>The types a value can have in facts and terms. Every one of them may be missing.</summary>
public enum ValueType : byte { Missing, YesNo, Number, Text, Instant, Date, Duration, List }

/// <summary>
/// One typed scalar: what a field of a fact holds and what a term computes. Exact: numbers are decimals, or fractions
/// where a decimal cannot hold them; instants and durations are whole nanoseconds; nothing is a binary float.
/// </summary>
/// <example><c>Value.Of(0.1m) + …</c> never drifts; <c>Numbers.Divide(1, 3)</c> stays one third until it is rounded for show.</example>
[StructLayout(LayoutKind.Explicit)]
public readonly struct Value : IEquatable<Value>
{
    // A type tag, or the reference itself (text, list, fraction): twenty-four bytes a value, no boxing of the common kinds.
    [FieldOffset(0)] private readonly object? _reference;
    [FieldOffset(8)] private readonly decimal _number;
    [FieldOffset(8)] private readonly long _bits;

    private sealed class Tag(ValueType type) { public readonly ValueType Type = type; }

    private static readonly Tag YesNoTag = new(ValueType.YesNo);
    private static readonly Tag NumberTag = new(ValueType.Number);
    private static readonly Tag InstantTag = new(ValueType.Instant);
    private static readonly Tag DateTag = new(ValueType.Date);
    private static readonly Tag DurationTag = new(ValueType.Duration);

    private Value(object reference, long bits) : this() { _reference = reference; _bits = bits; }
    private Value(object reference, decimal number) : this() { _reference = reference; _number = number; }
    private Value(object reference) : this() { _reference = reference; }

    /// <summary>No value: the field or the fact is not there.</summary>
    public static readonly Value Missing = default;
    public static readonly Value Yes = new(YesNoTag, 1L);
    public static readonly Value No = new(YesNoTag, 0L);

    public static Value Of(bool value) => value ? Yes : No;
    public static Value Of(decimal value) => new(NumberTag, value);
    public static Value Of(string? value) => value is null ? Missing : new(value);
    /// <summary>An exact fraction; one that a decimal can hold becomes that decimal.</summary>
    public static Value Of(Fraction value) => value.ToDecimalOrNull() is { } exact ? Of(exact) : new(value);
    /// <summary>A list of texts, kept as given (terms keep theirs distinct and in ordinal order).</summary>
    public static Value Of(string[] value) => new(value);
    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public static Value InstantOf(long nanoseconds) => new(InstantTag, nanoseconds);
    /// <summary>Days since 1970-01-01 on the contract's own calendar (Asia/Shanghai).</summary>
    public static Value DateOf(int days) => new(DateTag, (long)days);
    public static Value DurationOf(long nanoseconds) => new(DurationTag, nanoseconds);

    public ValueType Type => _reference switch
    {
        null => ValueType.Missing,
        Tag tag => tag.Type,
        string => ValueType.Text,
        Fraction _ => ValueType.Number,
        _ => ValueType.List,
    };

    public bool IsMissing => _reference is null;
    public bool IsPresent => _reference is not null;
    /// <summary>True for <see cref="Yes"/> only; missing is not yes.</summary>
    public bool IsYes => ReferenceEquals(_reference, YesNoTag) && _bits != 0;
    public string Text => (string)_reference!;
    public string[] List => (string[])_reference!;
    public long Nanoseconds => _bits;
    public int Days => (int)_bits;
    public bool IsFraction => _reference is Fraction;
    public Fraction Fraction => _reference as Fraction ?? Fraction.Of(_number);
    /// <summary>The number as a decimal; of a fraction, its nearest decimal (for display: judge with <see cref="Numbers"/>).</summary>
    public decimal Number => _reference is Fraction fraction ? fraction.ToNearestDecimal() : _number;

    public bool Equals(Value other)
    {
        if (ReferenceEquals(_reference, other._reference) && _reference is Tag or null)
            return ReferenceEquals(_reference, NumberTag) ? _number == other._number : _reference is null || _bits == other._bits;
        return _reference switch
        {
            string text => other._reference is string otherText && string.Equals(text, otherText, StringComparison.Ordinal),
            Fraction fraction => other._reference is Fraction otherFraction && fraction.Equals(otherFraction),
            string[] list => other._reference is string[] otherList && list.AsSpan().SequenceEqual(otherList),
            _ => false,
        };
    }

    public override bool Equals(object? other) => other is Value value && Equals(value);

    public override int GetHashCode() => _reference switch
    {
        null => 0,
        string text => text.GetHashCode(),
        Fraction fraction => fraction.GetHashCode(),
        string[] list => list.Length == 0 ? 1 : HashCode.Combine(list.Length, list[0]),
        _ => ReferenceEquals(_reference, NumberTag) ? _number.GetHashCode() : _bits.GetHashCode(),
    };

    public static bool operator ==(Value left, Value right) => left.Equals(right);
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>Order of two present values of one type; texts by ordinal.</summary>
    public static int Compare(in Value left, in Value right)
    {
        if (left._reference is string leftText && right._reference is string rightText) return string.CompareOrdinal(leftText, rightText);
        if (ReferenceEquals(left._reference, NumberTag) && ReferenceEquals(right._reference, NumberTag)) return left._number.CompareTo(right._number);
        if (left.Type == ValueType.Number && right.Type == ValueType.Number) return left.Fraction.CompareTo(right.Fraction);
        if (left._reference is string[] leftList && right._reference is string[] rightList) return CompareLists(leftList, rightList);
        return left._bits.CompareTo(right._bits);
    }

    private static int CompareLists(string[] left, string[] right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
            if (string.CompareOrdinal(left[i], right[i]) is not 0 and var order) return order;
        return left.Length.CompareTo(right.Length);
    }

    /// <summary>The value as it is written in addresses and traces: plain, invariant, points without trailing zeros.</summary>
    public override string ToString() => Type switch
    {
        ValueType.Missing => "",
        ValueType.YesNo => IsYes ? "true" : "false",
        ValueType.Number => Numbers.Plain(this),
        ValueType.Text => Text,
        ValueType.Instant => ChinaTime.Write(_bits),
        ValueType.Date => ChinaTime.WriteDate((int)_bits),
        ValueType.Duration => ChinaTime.WriteDuration(_bits),
        _ => string.Join(", ", List),
    };
}

/// <summary>An exact fraction in lowest terms, for the results that no decimal can hold.</summary>
public sealed class Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    // Some twelve hundred digits: no sum of money or time needs a tenth of it, and doubling without end stops here.
    private const long MostBits = 4096;

    public BigInteger Numerator { get; }
    public BigInteger Denominator { get; }

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        if (numerator.GetBitLength() > MostBits || denominator.GetBitLength() > MostBits) throw new NumberTooLargeException();
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) divisor = -divisor;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public static Fraction Of(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0xff;
        return new Fraction(bits[3] < 0 ? -magnitude : magnitude, BigInteger.Pow(10, scale));
    }

    private static readonly BigInteger DecimalLimit = (BigInteger)decimal.MaxValue;

    /// <summary>The decimal that equals this fraction, if there is one.</summary>
    public decimal? ToDecimalOrNull()
    {
        var scaled = Numerator;
        var denominator = Denominator;
        for (var scale = 0; scale <= 28; scale++)
        {
            if (denominator.IsOne || (scaled % denominator).IsZero)
            {
                var whole = scaled / denominator;
                if (BigInteger.Abs(whole) > DecimalLimit) return null;
                return (decimal)whole / Numbers.PowerOfTen(scale);
            }
            scaled *= 10;
        }
        return null;
    }

    public decimal ToNearestDecimal() => Numbers.Round(this, 12);
    public int CompareTo(Fraction? other) => other is null ? 1 : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
    public bool Equals(Fraction? other) => other is not null && Numerator == other.Numerator && Denominator == other.Denominator;
    public override bool Equals(object? other) => Equals(other as Fraction);
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}

/// <summary>A number of more than a thousand digits: no contract means one.</summary>
public sealed class NumberTooLargeException() : Exception("一个数超过一千位");

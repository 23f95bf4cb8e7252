using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

internal sealed class Sum(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = Add(total, next, 1);
        }
        return total;
    }

    internal static Value Add(in Value left, in Value right, int sign) => (left.Type, right.Type) switch
    {
        (Type.Number, _) => sign > 0 ? Numbers.Add(left, right) : Numbers.Subtract(left, right),
        (Type.Duration, Type.Instant) => TimeRange.Instant((Int128)left.Nanoseconds + right.Nanoseconds),
        (Type.Instant, Type.Instant) => TimeRange.Duration((Int128)left.Nanoseconds - right.Nanoseconds),
        (Type.Instant, _) => TimeRange.Instant((Int128)left.Nanoseconds + sign * (Int128)right.Nanoseconds),
        _ => TimeRange.Duration((Int128)left.Nanoseconds + sign * (Int128)right.Nanoseconds),
    };
}

internal sealed class Difference(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = Sum.Add(total, next, -1);
        }
        return total;
    }
}

internal sealed class Product(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = (total.Type, next.Type) switch
            {
                (Type.Duration, _) => Scale(total, next),
                (_, Type.Duration) => Scale(next, total),
                _ => Numbers.Multiply(total, next),
            };
        }
        return total;
    }

    private static Value Scale(in Value duration, in Value number)
    {
        var scaled = Numbers.Floor(Numbers.Multiply(Value.Of((decimal)duration.Nanoseconds), number)).Fraction.Numerator;
        return scaled > long.MaxValue || scaled < long.MinValue ? Value.Missing : Value.DurationOf((long)scaled);
    }
}

internal sealed class Quotient(Formula left, Formula right) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [left, right];

    public override Value Of(Frame frame)
    {
        Value a = left.Of(frame), b = right.Of(frame);
        if (a.IsMissing || b.IsMissing) return Value.Missing;
        return a.Type == Type.Duration
            ? Numbers.Divide(Value.Of((decimal)a.Nanoseconds), Value.Of((decimal)b.Nanoseconds))
            : Numbers.Divide(a, b);
    }
}

/// <summary>Least, greatest (of those present) and latest-of (all must be present).</summary>
internal sealed class Extreme(Formula[] parts, int sign, bool all, Type type) : Formula(type)
{
    public int Sign => sign;
    public bool All => all;
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var best = Value.Missing;
        foreach (var part in parts)
        {
            var value = part.Of(frame);
            if (value.IsMissing)
            {
                if (all) return value;
                continue;
            }
            if (best.IsMissing || Value.Compare(value, best) * sign > 0) best = value;
        }
        return best;
    }
}

internal sealed class FirstPresent(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        foreach (var part in parts)
            if (part.Of(frame) is { IsPresent: true } value) return value;
        return Value.Missing;
    }
}

internal sealed class Clamped(Formula of, Formula from, Formula to, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => [of, from, to];

    public override Value Of(Frame frame)
    {
        Value value = of.Of(frame), low = from.Of(frame), high = to.Of(frame);
        if (value.IsMissing || low.IsMissing || high.IsMissing) return Value.Missing;
        if (Value.Compare(value, high) > 0) value = high;
        return Value.Compare(value, low) < 0 ? low : value;
    }
}

internal sealed class Rounded(Formula of, decimal unit) : Formula(Type.Number)
{
    public decimal Unit => unit;
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? Numbers.RoundTo(value, unit) : Value.Missing;
}

internal sealed class WholeNumber(Formula of, bool up) : Formula(Type.Number)
{
    public bool Up => up;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        return value.IsMissing ? value : up ? Numbers.Ceiling(value) : Numbers.Floor(value);
    }
}

internal enum UnitCount { Completed, Started, Exceeded }

internal sealed class UnitsIn(Formula of, Formula each, UnitCount count) : Formula(Type.Number)
{
    public UnitCount Count => count;
    public override IReadOnlyList<Formula> Parts => [of, each];

    public override Value Of(Frame frame)
    {
        Value value = of.Of(frame), unit = each.Of(frame);
        if (value.IsMissing || unit.IsMissing) return Value.Missing;
        if (value.Type == Type.Duration)
        {
            long size = unit.Nanoseconds, length = value.Nanoseconds;
            if (size <= 0) return Value.Missing;
            if (length <= 0) return Value.Of(0m);
            var started = (length + size - 1) / size;
            return Value.Of((decimal)(count switch { UnitCount.Completed => length / size, UnitCount.Started => started, _ => started - 1 }));
        }
        var units = Numbers.Divide(value, unit);
        if (units.IsMissing) return units;
        var whole = count == UnitCount.Completed ? Numbers.Floor(units) : Numbers.Ceiling(units);
        if (count == UnitCount.Exceeded) whole = Numbers.Subtract(whole, Value.Of(1m));
        return Value.Compare(whole, Value.Of(0m)) < 0 ? Value.Of(0m) : whole;
    }
}

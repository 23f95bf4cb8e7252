using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>Equality of one value with one of several literals.</summary>
internal sealed class OneOf(Formula of, Value[] literals) : Formula(Type.YesNo)
{
    public IReadOnlyList<Value> Literals => literals;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        foreach (var literal in literals)
            if (value.Equals(literal)) return Value.Yes;
        return Value.No;
    }
}

internal sealed class Compared(Formula of, EdgeTest[] edges) : Formula(Type.YesNo)
{
    public IReadOnlyList<EdgeTest> Edges => edges;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        foreach (var edge in edges)
            if (!edge.Holds(value, frame)) return Value.No;
        return Value.Yes;
    }
}

internal sealed class SameAs(Formula left, Formula right) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => [left, right];

    public override Value Of(Frame frame)
    {
        Value a = left.Of(frame), b = right.Of(frame);
        return Value.Of(a.IsPresent && b.IsPresent && Value.Compare(a, b) == 0);
    }
}

internal sealed class IsPresent(Formula of, bool present) : Formula(Type.YesNo)
{
    public bool Present => present;
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => Value.Of(of.Of(frame).IsPresent == present);
}

internal sealed class Begins(Formula of, string prefix) : Formula(Type.YesNo)
{
    public string Prefix => prefix;
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => Value.Of(of.Of(frame) is { IsPresent: true } value && value.Text.StartsWith(prefix, StringComparison.Ordinal));
}

internal sealed class ListHas(Formula list, Formula member) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => [list, member];

    public override Value Of(Frame frame)
    {
        Value members = list.Of(frame), one = member.Of(frame);
        return Value.Of(members.IsPresent && one.IsPresent && Array.IndexOf(members.List, one.Text) >= 0);
    }
}

internal sealed class IsWorkday(Formula of) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var session = frame.Moment.Session;
        return Value.Of(of.Of(frame) is { IsPresent: true } value && session.Contract.Calendar.IsWorkday(value.Days, session.ProvisionalYears));
    }
}

internal sealed class Every(Formula[] parts) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        foreach (var part in parts)
            if (!part.Of(frame).IsYes) return Value.No;
        return Value.Yes;
    }
}

internal sealed class Some(Formula[] parts) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        foreach (var part in parts)
            if (part.Of(frame).IsYes) return Value.Yes;
        return Value.No;
    }
}

internal sealed class Negation(Formula of) : Formula(Type.YesNo)
{
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => Value.Of(!of.Of(frame).IsYes);
}

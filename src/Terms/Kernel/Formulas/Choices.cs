using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

internal enum Edge { AtLeast, MoreThan, AtMost, LessThan }

internal readonly record struct EdgeTest(Edge Edge, Formula Bound)
{
    public bool Holds(in Value value, Frame frame)
    {
        var bound = Bound.Of(frame);
        if (value.IsMissing || bound.IsMissing) return false;
        var order = Value.Compare(value, bound);
        return Edge switch { Edge.AtLeast => order >= 0, Edge.MoreThan => order > 0, Edge.AtMost => order <= 0, _ => order < 0 };
    }
}

internal sealed record BandRow(EdgeTest[] Edges, Formula Is);

internal sealed class Banded(Formula of, BandRow[] rows, Formula? otherwise, Type type) : Formula(type)
{
    public IReadOnlyList<BandRow> Rows => rows;
    public Formula? Otherwise => otherwise;
    public override IReadOnlyList<Formula> Parts => [of];

    public int RowFor(in Value value, Frame frame)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var holds = true;
            foreach (var edge in rows[i].Edges) holds = holds && edge.Holds(value, frame);
            if (holds) return i;
        }
        return -1;
    }

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        var row = RowFor(value, frame);
        return row >= 0 ? rows[row].Is.Of(frame) : otherwise?.Of(frame) ?? Value.Missing;
    }
}

internal sealed record ChoiceCase(Formula? When, Formula Is);

internal sealed class Choice(ChoiceCase[] cases, Type type) : Formula(type)
{
    public IReadOnlyList<ChoiceCase> Cases => cases;

    public override Value Of(Frame frame)
    {
        foreach (var one in cases)
            if (one.When is null || one.When.Of(frame).IsYes) return one.Is.Of(frame);
        return Value.Missing;
    }
}

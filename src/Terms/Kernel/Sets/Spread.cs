using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

internal sealed class UnionSet(SetNode[] inputs, Columns columns, int[][] maps) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => inputs;

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        for (var i = 0; i < inputs.Length; i++)
            foreach (var row in inputs[i].Rows(moment)) rows.Add(new MappedRow(row, maps[i]));
        return [.. rows];
    }
}

internal sealed class DatesSet(SetNode input, Columns columns) : SetNode(columns)
{
    private const int LongestSpan = 40_000;
    public Formula From { get; set; } = null!;
    public Formula To { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            Value from = From.Of(frame), to = To.Of(frame);
            if (from.IsMissing || to.IsMissing || to.Days - (long)from.Days > LongestSpan) continue;
            for (var day = from.Days; day <= to.Days; day++)
                rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.DateOf(day)], this));
            CheckSize(rows);
        }
        return [.. rows];
    }
}

internal sealed class MembersSet(SetNode input, Columns columns) : SetNode(columns)
{
    public Formula List { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            foreach (var member in MembersOfList(List.Of(frame)))
                rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.Of(member)], this));
            CheckSize(rows);
        }
        return [.. rows];
    }

    internal static IReadOnlyList<string> MembersOfList(in Value list) => list.Type switch
    {
        Type.List => list.List,
        Type.Text => [list.Text],
        _ => [],
    };
}

/// <summary>Every row once for each matching row of another set.</summary>
internal sealed class PairsSet(SetNode input, Columns columns, RowSearch search) : SetNode(columns)
{
    public Formula[] Take { get; set; } = [];
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            foreach (var other in search.Rows(frame))
            {
                var inner = new Frame(moment, other, frame);
                rows.Add(new PairRow(row, other, input.Columns.Count, [.. Take.Select(take => take.Of(inner))]));
            }
            CheckSize(rows);
        }
        return [.. rows];
    }
}

internal sealed class PairRow(Row left, Row right, int leftColumns, Value[] taken) : Row
{
    public override Value Get(int column) => column < leftColumns ? left.Get(column) : taken[column - leftColumns];
    public override IReadOnlyList<Row> Origins => [left, right];
}

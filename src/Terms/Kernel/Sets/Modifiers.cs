using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

internal sealed class FilteredSet(SetNode input) : SetNode(input.Columns)
{
    public Formula Where { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            frame.Members = MembersOf(row);
            if (Where.Of(frame).IsYes) rows.Add(row);
        }
        return [.. rows];
    }
}

internal sealed class ExtendedSet(SetNode input, Columns columns, int count) : SetNode(columns)
{
    public Formula[] Formulas { get; } = new Formula[count];

    /// <summary>Conditions of the filter that follows which need none of the new columns: rows that fail them are not extended.</summary>
    public Formula[] Beforehand { get; set; } = [];

    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Formula? FormulaOf(int column) => column >= input.Columns.Count ? Formulas[column - input.Columns.Count] : null;

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        var rows = new List<Row>(before.Length);
        var width = input.Columns.Count;
        var frame = new Frame(moment, null, null);
        foreach (var parent in before)
        {
            frame.Row = parent;
            frame.Members = MembersOf(parent);
            if (!Passes(frame)) continue;
            var values = new Value[count];
            // A later column may use an earlier one, so the row exists while it is filled.
            var row = new ExtendedRow(parent, width, values, this);
            frame.Row = row;
            for (var j = 0; j < count; j++) values[j] = Formulas[j].Of(frame);
            rows.Add(row);
        }
        return [.. rows];
    }

    private bool Passes(Frame frame)
    {
        foreach (var condition in Beforehand)
            if (!condition.Of(frame).IsYes) return false;
        return true;
    }
}

internal sealed class SortedSet(SetNode input, SortKey[] keys) : SetNode(input.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Row[] Rows(Moment moment) => Sorting.Sort(input.Rows(moment), keys);
}

internal sealed class NumberedSet(SetNode input, Columns columns, int[] by) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var counts = new Dictionary<GroupKey, int>();
        return [.. input.Rows(moment).Select(Row (row) =>
        {
            var key = new GroupKey(row, by);
            var number = counts[key] = counts.GetValueOrDefault(key) + 1;
            return new ExtendedRow(row, input.Columns.Count, [Value.Of((decimal)number)], this);
        })];
    }
}

/// <summary>Columns of the following or preceding row of the group.</summary>
internal sealed class NeighbourSet(SetNode input, Columns columns, int[] by, int[] take, bool next) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        var neighbours = new Row?[before.Length];
        var lastSeen = new Dictionary<GroupKey, int>();
        for (var i = 0; i < before.Length; i++)
        {
            var key = new GroupKey(before[i], by);
            if (lastSeen.TryGetValue(key, out var previous))
            {
                if (next) neighbours[previous] = before[i];
                else neighbours[i] = before[previous];
            }
            lastSeen[key] = i;
        }
        var rows = new Row[before.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new ExtendedRow(before[i], input.Columns.Count, [.. take.Select(column => neighbours[i]?.Get(column) ?? Value.Missing)], this);
        return rows;
    }
}

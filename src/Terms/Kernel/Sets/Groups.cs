using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

internal sealed class GroupedSet(SetNode input, Columns columns, int[] by) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var groups = new Dictionary<GroupKey, List<Row>>();
        var order = new List<List<Row>>();
        foreach (var row in input.Rows(moment))
        {
            var key = new GroupKey(row, by);
            if (!groups.TryGetValue(key, out var members))
            {
                groups[key] = members = [];
                order.Add(members);
            }
            members.Add(row);
        }
        return [.. order.Select(Row (members) => new GroupRow(members, by))];
    }
}

internal sealed class GroupRow(List<Row> members, int[] by) : Row
{
    public IReadOnlyList<Row> Members => members;
    public override Value Get(int column) => members[0].Get(by[column]);
    public override IReadOnlyList<Row> Origins => members;
}

/// <summary>The rows in order, each with values carried over from the rows before it.</summary>
internal sealed class FoldSet(SetNode input, Columns columns, int[] by, SortKey[] order, int count) : SetNode(columns)
{
    public Formula[] Starts { get; } = new Formula[count];
    public Formula[] Then { get; } = new Formula[count];
    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Formula? FormulaOf(int column) => column >= input.Columns.Count + count ? Then[column - input.Columns.Count - count] : null;

    public override Row[] Rows(Moment moment)
    {
        var outside = new Frame(moment, null, null);
        var frame = new Frame(moment, null, null);
        var carried = new Dictionary<GroupKey, Value[]>();
        var sorted = Sorting.Sort(input.Rows(moment), order);
        var rows = new Row[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var key = new GroupKey(sorted[i], by);
            // The first half holds the values before the row (was.x), the second half those after it.
            var values = new Value[count * 2];
            if (carried.TryGetValue(key, out var before)) Array.Copy(before, count, values, 0, count);
            else for (var j = 0; j < count; j++) values[j] = Starts[j].Of(outside);
            frame.Row = rows[i] = new ExtendedRow(sorted[i], input.Columns.Count, values, this);
            for (var j = 0; j < count; j++) values[count + j] = Then[j].Of(frame);
            carried[key] = values;
        }
        return rows;
    }
}

using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>Spells between opening and closing rows of a group.</summary>
internal sealed class SpellsSet(SetNode input, Columns columns, int[] by, int at, int id) : SetNode(columns)
{
    public Formula Opens { get; set; } = null!;
    public Formula Closes { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var open = new Dictionary<GroupKey, int>();
        var spells = new List<(Row Opening, Row? Closing)>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            var key = new GroupKey(row, by);
            if (open.TryGetValue(key, out var place))
            {
                if (!Closes.Of(frame).IsYes) continue;
                spells[place] = (spells[place].Opening, row);
                open.Remove(key);
            }
            // A row that closes a spell may open the next: a change of price, say.
            if (!Opens.Of(frame).IsYes) continue;
            open[key] = spells.Count;
            spells.Add((row, null));
        }
        return [.. spells.Select(Row (spell) => new SpellRow(spell.Opening, spell.Closing, input.Columns.Count, at, id))];
    }
}

internal sealed class SpellRow(Row opening, Row? closing, int width, int at, int id) : Row
{
    public override Value Get(int column) => (column - width) switch
    {
        < 0 => opening.Get(column),
        0 => opening.Get(at),
        1 => closing?.Get(at) ?? Value.Missing,
        _ => closing is null || id < 0 ? Value.Missing : closing.Get(id),
    };

    public override IReadOnlyList<Row> Origins => closing is null ? [opening] : [opening, closing];
}

/// <summary>The rows that hold a condition, with the number of their unbroken run and their place in it.</summary>
internal sealed class RunsSet(SetNode input, Columns columns, int[] by, SortKey[] order) : SetNode(columns)
{
    public Formula While { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var states = new Dictionary<GroupKey, (int Run, int Place)>();
        var rows = new List<Row>();
        foreach (var row in Sorting.Sort(input.Rows(moment), order))
        {
            frame.Row = row;
            var key = new GroupKey(row, by);
            var (run, place) = states.GetValueOrDefault(key);
            if (!While.Of(frame).IsYes)
            {
                states[key] = (run, 0);
                continue;
            }
            if (place == 0) run++;
            states[key] = (run, ++place);
            rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.Of((decimal)run), Value.Of((decimal)place)], this));
        }
        return [.. rows];
    }
}

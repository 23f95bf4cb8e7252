using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>Set-off in order: claims take from pots until either is used up.</summary>
internal sealed class AllocatedSet(Columns columns, SetNode claims, SetNode pots, SortKey[] order) : SetNode(columns)
{
    public Formula Claim { get; set; } = null!;
    public Formula Amount { get; set; } = null!;
    public Formula Pot { get; set; } = null!;
    public Formula Room { get; set; } = null!;
    public Formula? Where { get; set; }
    public override IReadOnlyList<SetNode> Inputs => [claims, pots];

    public override Row[] Rows(Moment moment)
    {
        var zero = Value.Of(0m);
        var potRows = pots.Rows(moment);
        var rooms = new Value[potRows.Length];
        var potFrame = new Frame(moment, null, null);
        for (var i = 0; i < potRows.Length; i++)
        {
            potFrame.Row = potRows[i];
            rooms[i] = Room.Of(potFrame);
        }
        var rows = new List<Row>();
        foreach (var claim in Sorting.Sort(claims.Rows(moment), order))
        {
            var frame = new Frame(moment, claim, null);
            var left = Amount.Of(frame);
            for (var i = 0; i < potRows.Length; i++)
            {
                var inner = new Frame(moment, potRows[i], frame);
                var taken = zero;
                if (left.IsPresent && rooms[i].IsPresent && (Where is null || Where.Of(inner).IsYes))
                {
                    taken = Value.Compare(left, rooms[i]) < 0 ? left : rooms[i];
                    if (Value.Compare(taken, zero) < 0) taken = zero;
                    left = Numbers.Subtract(left, taken);
                    rooms[i] = Numbers.Subtract(rooms[i], taken);
                }
                rows.Add(new ValuesRow([Text(Claim.Of(frame)), Text(Pot.Of(inner)), taken], [claim, potRows[i]]));
            }
        }
        return [.. rows];
    }

    private static Value Text(in Value value) => value.IsMissing ? value : Value.Of(value.ToString());
}

/// <summary>One event is punished once: each event picks the first row, by the order, that holds it.</summary>
internal sealed class HeaviestSet(SetNode input, Columns columns, SortKey[] order) : SetNode(columns)
{
    public Formula Events { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = input.Rows(moment);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var picked = new HashSet<Row>(ReferenceEqualityComparer.Instance);
        foreach (var row in Sorting.Sort(rows, order))
        {
            frame.Row = row;
            foreach (var member in MembersSet.MembersOfList(Events.Of(frame)))
                if (taken.Add(member)) picked.Add(row);
        }
        return [.. rows.Select(Row (row) => new ExtendedRow(row, input.Columns.Count, [Value.Of(picked.Contains(row))], this))];
    }
}

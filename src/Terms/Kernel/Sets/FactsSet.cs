using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>The facts of some kinds that exist in a moment, in their order.</summary>
internal sealed class FactsSet(Columns columns, Vocabulary vocabulary, int[]? kinds, int[][] slots) : SetNode(columns)
{
    public const int Id = 0, Kind = 1, Subject = 2, At = 3, Day = 4, FirstField = 5;

    // Which declared kinds it takes; one place more for the kinds nobody declared.
    private readonly bool[] _takes = Mask(vocabulary, kinds);

    public Formula? Where { get; set; }

    private static bool[] Mask(Vocabulary vocabulary, int[]? kinds)
    {
        var mask = new bool[vocabulary.KindCount + 1];
        if (kinds is null) Array.Fill(mask, true);
        else foreach (var kind in kinds) mask[kind + 1] = true;
        return mask;
    }

    public bool Takes(Fact fact) => _takes[fact.Kind + 1];

    public bool Keeps(FactRow row, Moment moment) => Where is null || Where.Of(new Frame(moment, row, null)).IsYes;

    public Value Field(Fact fact, int column)
    {
        var slot = slots[fact.Kind + 1][column - FirstField];
        return slot < 0 ? Value.Missing : fact.Fields[slot];
    }

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        var frame = new Frame(moment, null, null);
        var facts = moment.Session.Facts;
        if (kinds is [var only])
            foreach (var fact in facts.OfKind(only))
            {
                if (fact.Order >= moment.Cut) break;
                Take(fact, moment, frame, rows);
            }
        else if (kinds is null)
            for (var i = 0; i < moment.Cut; i++)
                Take(facts.All[i], moment, frame, rows);
        else
        {
            var taken = new List<Fact>();
            foreach (var kind in kinds)
                foreach (var fact in facts.OfKind(kind))
                {
                    if (fact.Order >= moment.Cut) break;
                    taken.Add(fact);
                }
            taken.Sort((left, right) => left.Order.CompareTo(right.Order));
            foreach (var fact in taken) Take(fact, moment, frame, rows);
        }
        return [.. rows];
    }

    private void Take(Fact fact, Moment moment, Frame frame, List<Row> rows)
    {
        if (moment.Session.IsRetracted(fact)) return;
        var row = new FactRow(fact, this);
        if (Where is not null)
        {
            frame.Row = row;
            if (!Where.Of(frame).IsYes) return;
        }
        rows.Add(row);
    }
}

using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A set with amended versions: a row belongs to the version in force at its date; without a date, at the instant of judgement.</summary>
internal sealed class AmendedSet(SetNode original, (long From, SetNode Set, int[] Map)[] versions, int pick, bool byDue) : SetNode(original.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [original, .. versions.Select(version => version.Set)];

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        Take(original.Rows(moment), long.MinValue, versions[0].From);
        for (var i = 0; i < versions.Length; i++)
            Take([.. versions[i].Set.Rows(moment).Select(Row (row) => new MappedRow(row, versions[i].Map))], versions[i].From, i + 1 < versions.Length ? versions[i + 1].From : long.MaxValue);
        return [.. rows];

        void Take(Row[] from, long first, long next)
        {
            foreach (var row in from)
            {
                var date = pick < 0 ? Value.InstantOf(moment.AsOf) : row.Get(pick);
                var at = date.Type == Type.Date ? ChinaTime.StartOf(date.Days) : date.IsMissing ? moment.AsOf : date.Nanoseconds;
                // What is due at 24:00 of the day before an amendment is due before it.
                if (byDue && date.Type == Type.Instant) at--;
                if (at >= first && at < next) rows.Add(row);
            }
        }
    }
}

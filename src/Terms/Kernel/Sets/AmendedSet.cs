using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>One version of an amended set: from which stage of the text, when signed, its rows, and the original's columns in them.</summary>
internal sealed record AmendedVersion(int Stage, long Signed, SetNode Set, int[] Map);

/// <summary>A set with amended versions: a row belongs to the version in force at its own date; without a date, to the one in force where the set is asked for.</summary>
internal sealed class AmendedSet(SetNode original, AmendedVersion[] versions, int pick, bool byDue, bool byJudgement) : SetNode(original.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [original, .. versions.Select(version => version.Set)];

    public override Row[] Rows(Moment moment)
    {
        var signed = versions.Where(version => version.Signed <= moment.AsOf).ToArray();
        var rows = new List<Row>();
        Take(original.Rows(moment), 0, 0);
        for (var i = 0; i < signed.Length; i++)
            Take([.. signed[i].Set.Rows(moment).Select(Row (row) => new MappedRow(row, signed[i].Map))], signed[i].Stage, i + 1);
        return [.. rows];

        // The rows of one version whose stage lies before the next version's.
        void Take(Row[] from, int stage, int next)
        {
            var end = next < signed.Length ? signed[next].Stage : int.MaxValue;
            foreach (var row in from)
                if (StageOf(row, moment) is var at && at >= stage && at < end) rows.Add(row);
        }
    }

    private int StageOf(Row row, Moment moment)
    {
        if (pick < 0) return byJudgement ? moment.Session.StageAt(moment.AsOf) : moment.Stage;
        var date = row.Get(pick);
        if (date.IsMissing) return moment.Stage;
        if (date.Type == Type.Date) return moment.Session.StageAt(ChinaTime.StartOf(date.Days));
        return moment.Session.StageAt(byDue ? date.Nanoseconds - 1 : date.Nanoseconds);
    }
}

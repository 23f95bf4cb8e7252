using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>The column by whose date a row picks the text that governs it.</summary>
internal sealed record PickingDate(ColumnValue Column, bool ByDue)
{
    /// <summary>The moment whose text governs the row; the same moment where the row has no date.</summary>
    public Moment MomentFor(Moment moment, Frame frame)
    {
        var value = Column.Of(frame);
        if (value.IsMissing) return moment;
        var date = value.Type == Type.Date ? ChinaTime.StartOf(value.Days) : value.Nanoseconds;
        // What is due at 24:00 of the day before an amendment is due before it.
        return moment.AtStage(moment.Session.StageAt(ByDue && value.Type == Type.Instant ? date - 1 : date));
    }
}

/// <summary>The value of a term in the text in force at the date of the row that asks.</summary>
internal sealed class DatedTermValue(Term term, PickingDate picking, Type type) : Formula(type)
{
    public Term Term => term;
    public override Value Of(Frame frame) => MomentFor(frame).ValueOf(term.Index);
    public Moment MomentFor(Frame frame) => term.ReadsAmended ? picking.MomentFor(frame.Moment, frame) : frame.Moment;
}

/// <summary>The version of an amended term in force in a moment; one that was not signed yet is no version.</summary>
internal sealed class VersionInForce(Term original, (int Stage, long Signed, Term Term)[] versions, bool byJudgement, Type type) : Formula(type)
{
    public override Value Of(Frame frame) => frame.Moment.ValueOf(TermIn(frame.Moment).Index);

    public Term TermIn(Moment moment)
    {
        var stage = byJudgement ? moment.Session.StageAt(moment.AsOf) : moment.Stage;
        for (var i = versions.Length - 1; i >= 0; i--)
            if (versions[i].Stage <= stage && versions[i].Signed <= moment.AsOf) return versions[i].Term;
        return original;
    }
}

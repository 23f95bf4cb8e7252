using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A value judged at another instant, or with terms replaced.</summary>
internal sealed class ValueElsewhere(Formula of, Elsewhere elsewhere, Type type) : Formula(type)
{
    public Elsewhere Elsewhere => elsewhere;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame) => FrameThere(frame) is { } there ? of.Of(there) : Value.Missing;

    public Frame? FrameThere(Frame frame) => elsewhere.From(frame) is { } moment ? new Frame(moment, frame.Row, frame.Outer) { Members = frame.Members } : null;
}

/// <summary>How to get from a frame's moment to another: a view, or an instant and replacements.</summary>
internal sealed class Elsewhere
{
    public string? View { get; set; }
    public Formula? AsOf { get; set; }
    public Replacer[] Assuming { get; set; } = [];

    /// <summary>The other moment; null when its instant is missing or the view does not exist now.</summary>
    public Moment? From(Frame frame)
    {
        var moment = frame.Moment;
        if (View is not null)
        {
            if (Enter(moment, moment.Session.Contract.Views[View]) is not { } inView) return null;
            moment = inView;
        }
        return Shift(moment, frame, AsOf, Assuming);
    }

    /// <summary>The moment of a view seen from another; null when the view does not exist there.</summary>
    public static Moment? Enter(Moment moment, View view)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var outside = new Frame(moment, null, null);
        return view.When is { } when && !when.Of(outside).IsYes ? null : Shift(moment, outside, view.AsOf, view.Assuming);
    }

    private static Moment? Shift(Moment moment, Frame frame, Formula? asOf, Replacer[] assuming)
    {
        var instant = moment.AsOf;
        if (asOf is not null)
        {
            var value = asOf.Of(frame);
            if (value.IsMissing) return null;
            instant = value.Nanoseconds;
        }
        var replaced = assuming.Length == 0 ? [] : new Replacement[assuming.Length];
        for (var i = 0; i < assuming.Length; i++)
            replaced[i] = assuming[i].Formula is { } formula
                ? new Replacement(assuming[i].Term, formula.Of(frame), -1)
                : new Replacement(assuming[i].Term, Value.Missing, assuming[i].OtherTerm);
        return moment.Shifted(instant, replaced);
    }
}

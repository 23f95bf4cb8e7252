using Yueheng.Terms.Clocks;
using Yueheng.Terms.Duties;
using Yueheng.Terms.Scorecards;
using Yueheng.Terms.Settlement;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Compiling;

/// <summary>Sugar into kernel: every piece of sugar becomes one or more terms that only use kernel operations.</summary>
internal static class Rewriting
{
    public static IEnumerable<(string Name, TermSyntax Term)> Rewrite(string name, TermSyntax term, List<Refusal> refusals)
    {
        object?[] forms = [term.Value, term.Clock, term.Duty, term.Scorecard, term.Measure, term.Instalment, term.Security, term.Damages, term.Violation, term.Right, term.Window];
        var given = forms.Count(form => form is not null);
        if (given > 1 || (given == 1 && HasSource(term)))
        {
            refusals.Add(new Refusal(term.Position, name, "一个名称只能是值、集合或一种契约成分；集合的来源与修饰不能与之并列"));
            return [];
        }
        foreach (var meeting in (Meeting?[])[term.Clock?.Stops, term.Duty?.Done])
            if (meeting is { At: not null } and ({ In: not null } or { Facts: not null }))
                refusals.Add(new Refusal(meeting.Position, name, "at 给出所计算的时刻，不能与 in、facts 并列"));
            else if (meeting is { At: null, In: null, Facts: null })
                refusals.Add(new Refusal(meeting.Position, name, "须以 facts、in 指明所查的事实，或以 at 给出所计算的时刻"));
        if (term.Instalment is { Within: not null, Due: not null } due)
            refusals.Add(new Refusal(due.Position, name, "within 与 due 只能取其一"));
        if (refusals.Any(refusal => refusal.Term == name)) return [(name, new TermSyntax { Value = new MissingLiteral { Type = "number", Position = term.Position }, Position = term.Position })];
        if (term.Clock is { } clock) return [(name, ClockRewriting.Rewrite(clock))];
        if (term.Duty is { } duty) return [(name, DutyRewriting.Rewrite(name, duty))];
        if (term.Scorecard is { } card) return ScorecardRewriting.Rewrite(name, card, term.Position, refusals);
        if (term.Measure is { } measure) return [(name, Measures.Rewrite(measure))];
        if (term.Instalment is { } instalment) return [(name, Instalments.Rewrite(name, instalment))];
        if (term.Security is { } security) return [(name, Securities.Rewrite(name, security))];
        if (term.Damages is { } damages) return [(name, LiquidatedDamages.Rewrite(damages))];
        if (term.Violation is { } violation) return [(name, Violations.Rewrite(name, violation))];
        if (term.Right is { } right) return [(name, new TermSyntax { Value = new AllOf { Parts = [right.When], Position = right.Position }, Position = right.Position })];
        if (term.Window is { } window) return [(name, Windows.Rewrite(window))];
        return [(name, term)];
    }

    private static bool HasSource(TermSyntax term) =>
        new object?[]
        {
            term.Facts, term.From, term.Union, term.Rows, term.Table, term.Periods, term.Dates, term.Members, term.Pairs, term.Spells, term.Runs, term.Group, term.Fold,
            term.Allocate, term.Heaviest, term.With, term.Where, term.Order, term.First, term.Last, term.Number, term.Next, term.Previous, term.Labels,
        }.Any(part => part is not null);
}

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
            refusals.Add(new Refusal(term.Position, name, "一个名称只能是值、集合或一种契约成分"));
            return [];
        }
        if (term.Clock is { } clock) return [(name, ClockRewriting.Rewrite(clock))];
        if (term.Duty is { } duty) return [(name, DutyRewriting.Rewrite(name, duty))];
        if (term.Scorecard is { } card) return ScorecardRewriting.Rewrite(name, card, term.Position, refusals);
        if (term.Measure is { } measure) return [(name, Measures.Rewrite(measure))];
        if (term.Instalment is { } instalment) return [(name, Instalments.Rewrite(name, instalment))];
        if (term.Security is { } security) return [(name, Securities.Rewrite(name, security))];
        if (term.Damages is { } damages) return [(name, LiquidatedDamages.Rewrite(damages))];
        if (term.Violation is { } violation) return [(name, Violations.Rewrite(name, violation))];
        if (term.Right is { } right) return [(name, new TermSyntax { Value = right.When, Position = right.Position })];
        if (term.Window is { } window) return [(name, Windows.Rewrite(window))];
        return [(name, term)];
    }

    private static bool HasSource(TermSyntax term) =>
        term.Facts is not null || term.From is not null || term.Union is not null || term.Rows is not null || term.Table is not null || term.With is not null || term.Where is not null;
}

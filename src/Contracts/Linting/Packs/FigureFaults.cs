using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Figures that would be published twice, and figures that no clause stands behind.</summary>
internal static class FigureFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        var lives = names.Contract.Figures.SelectMany(Lives).ToList();
        foreach (var twice in lives.GroupBy(live => (live.Address, live.Set)).Where(group => group.Count() > 1))
        {
            // Two entries may share an address when conditions, or moments that do not exist, keep all but one away.
            var free = twice.Where(live => live.Figure is { When: null, Where: null, View: null }).ToList();
            if (SameTwice(twice.Select(live => live.Figure).Distinct()) is { } copy)
                yield return names.At("figure-twice", Grade.High, twice.Key.Address, $"地址“{twice.Key.Address}”的公布写了两遍，一字不差", copy.Position);
            else if (free.Count > 1)
                yield return names.At("figure-maybe-twice", Grade.Middle, twice.Key.Address, $"地址“{twice.Key.Address}”公布了 {free.Count} 次，没有条件使其只取一个", free[1].Figure.Position);
        }
        foreach (var figure in names.Contract.Figures)
        {
            var terms = names.ReachedFrom(names.TermsAmong(SyntaxWalk.NamesReadBelow(figure)));
            if (figure.Clause is null && terms.All(term => !HasClause(names.Contract.Terms[term])))
                yield return names.At("figure-without-clause", Grade.Low, figure.Address, $"数值“{figure.Address}”及其所读的名称都没有条款", figure.Position);
        }
    }

    private static IEnumerable<(string Address, string? Set, FigureSyntax Figure)> Lives(FigureSyntax figure)
    {
        foreach (var set in figure.Each ?? [null!])
            foreach (var view in figure.View ?? [null!])
            {
                var address = figure.Address;
                if (set is not null) address = address.Replace("{term}", set, StringComparison.Ordinal);
                if (view is not null) address = address.Replace("{view}", view, StringComparison.Ordinal);
                // Rows of one set, or none at all, are the same; rows of two sets may differ in every column.
                yield return (address, set, figure);
            }
    }

    private static FigureSyntax? SameTwice(IEnumerable<FigureSyntax> figures)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return figures.FirstOrDefault(figure => !seen.Add(SyntaxWalk.Written(figure)));
    }

    private static bool HasClause(TermSyntax term) =>
        term.Clause is not null || (term.Scorecard is { } card && (card.Items.Values.Any(item => item.Clause is not null) || card.Rules.Values.Any(rule => rule.Clause is not null)));
}

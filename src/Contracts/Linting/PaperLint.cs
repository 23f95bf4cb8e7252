using Yueheng.Contracts.Linting.Paper;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>
/// Defects of the paper itself, computed from what it states and from the terms, never from a list of known ones: change the figure and the finding comes or goes.
/// </summary>
public static class PaperLint
{
    private static readonly IReadOnlyList<Func<StatedBook, IEnumerable<Finding>>> Rules =
        [Wordings.Of, Sums.Of, Shares.Of, Ceilings.Of, Days.Of, PrintedBands.Of, Sameness.Of, Quantities.Of, Omissions.Of];

    /// <param name="stated">What the paper states, if not what the pack has down for it.</param>
    public static IReadOnlyList<Finding> Of(Contract contract, IReadOnlyList<StatedSyntax>? stated = null)
    {
        var book = new StatedBook(contract, stated ?? contract.Syntax.Stated ?? []);
        return [.. Rules.SelectMany(rule => rule(book)).OrderBy(finding => finding.Grade)];
    }
}

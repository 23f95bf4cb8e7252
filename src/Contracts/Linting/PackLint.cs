using Yueheng.Contracts.Linting.Packs;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>Faults of a pack that can be judged: what was probably not meant so. What stops judging is refused by the reader.</summary>
public static class PackLint
{
    private static readonly IReadOnlyList<Func<PackNames, IEnumerable<Finding>>> Rules =
        [ClauseFaults.Of, ReadingFaults.Of, FigureFaults.Of, BandFaults.Of, PercentFaults.Of, UnreadFaults.Of, LiteralFaults.Of, StatedFaults.Of];

    public static IReadOnlyList<Finding> Of(ContractSyntax contract)
    {
        var names = new PackNames(contract);
        return [.. Rules.SelectMany(rule => rule(names)).OrderBy(finding => finding.Grade)];
    }
}

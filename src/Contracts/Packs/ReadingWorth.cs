using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Packs;

/// <summary>What one alternative reading would change on given facts.</summary>
/// <param name="Alternative">Null for an interpretation whose alternatives no fact could decide.</param>
/// <param name="Points">The score it would give, less the score in use; null where the contract has none.</param>
/// <param name="Net">The net amount it would give, less that in use, in CNY.</param>
/// <param name="Changed">Every figure that would read otherwise: address, in use, by this reading (empty: not listed).</param>
public sealed record ReadingWorth(string Interpretation, string? Alternative, string Label, string? NotRunnable, decimal? Points, decimal? Net, IReadOnlyList<(string Address, string Before, string After)> Changed)
{
    public static IReadOnlyList<ReadingWorth> All(PackReader reader, Pack pack, Judgement used, FactSet facts, long asOf, out IReadOnlyList<Refusal> refusals)
    {
        var worths = new List<ReadingWorth>();
        var problems = new List<Refusal>();
        var before = used.ByAddress();
        foreach (var (id, interpretation) in pack.Contract.Syntax.Interpretations ?? new Dictionary<string, Terms.Syntax.InterpretationSyntax>())
        {
            if (interpretation.NotRunnable is { } why)
            {
                worths.Add(new ReadingWorth(id, null, interpretation.Asks, why, null, null, []));
                continue;
            }
            foreach (var (name, alternative) in interpretation.Alternatives ?? new Dictionary<string, Terms.Syntax.AlternativeSyntax>())
            {
                var (other, refused) = reader.Read(pack.Folder, true, [new Reading(id, name)]);
                problems.AddRange(refused);
                if (other is null) continue;
                var judged = Judge.Contract(other.Contract, facts, asOf);
                worths.Add(new ReadingWorth(id, name, alternative.Label, null, Difference(used, judged, "score"), Difference(used, judged, "net"), Changes(before, judged.ByAddress())));
            }
        }
        refusals = problems;
        return worths;
    }

    private static decimal? Difference(Judgement used, Judgement other, string key) =>
        Number(used.Summary(key)) is { } before && Number(other.Summary(key)) is { } after ? after - before : null;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<(string, string, string)> Changes(FiguresByAddress before, FiguresByAddress after)
    {
        var changes = new List<(string, string, string)>();
        foreach (var address in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var old = before.TryGetValue(address, out var was) ? was.Text : "";
            var now = after.TryGetValue(address, out var became) ? became.Text : "";
            if (old != now) changes.Add((address, old, now));
        }
        return changes;
    }
}

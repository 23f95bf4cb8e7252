using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Packs;

/// <summary>What one alternative reading would change on given facts.</summary>
/// <param name="Alternative">Null for an interpretation whose alternatives no fact could decide.</param>
/// <param name="NotRunnable">Why no fact could decide; the same for every set of facts.</param>
/// <param name="Untold">Why its worth cannot be told on these facts: it reads a field that is written wrongly, or cannot be judged on them.</param>
/// <param name="Points">The score it would give, less the score in use; null where the contract has none.</param>
/// <param name="Net">The net amount it would give, less that in use, in CNY.</param>
/// <param name="Changed">Every figure that would read otherwise: address, in use, by this reading (empty: not listed).</param>
public sealed record ReadingWorth(
    string Interpretation, string? Alternative, string Label, string? NotRunnable, string? Untold, decimal? Points, decimal? Net, IReadOnlyList<(string Address, string Before, string After)> Changed)
{
    /// <param name="facts">The facts, read by the vocabulary of <paramref name="pack"/>.</param>
    /// <param name="again">Reads the same facts by another vocabulary: for an alternative that reads fields which the contract itself does not.</param>
    /// <param name="refusals">Alternatives that are wrongly written, whatever the facts.</param>
    /// <param name="progress">Told how many alternatives have been begun.</param>
    /// <param name="cancellation">Asked before each alternative.</param>
    public static IReadOnlyList<ReadingWorth> All(
        PackReader reader, Pack pack, Judgement used, FactSet facts, Func<Vocabulary, FactReading> again, out IReadOnlyList<Refusal> refusals,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var worths = new List<ReadingWorth>();
        var problems = new List<Refusal>();
        var before = used.ByAddress();
        var begun = 0;
        foreach (var (id, interpretation) in pack.Contract.Syntax.Interpretations ?? new Dictionary<string, InterpretationSyntax>())
        {
            if (interpretation.NotRunnable is { } why)
            {
                worths.Add(new ReadingWorth(id, null, interpretation.Asks, why, null, null, null, []));
                continue;
            }
            foreach (var (name, alternative) in interpretation.Alternatives ?? new Dictionary<string, AlternativeSyntax>())
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(++begun);
                var (other, refused) = reader.Read(pack.Folder, true, [new Reading(id, name)]);
                problems.AddRange(refused);
                if (other is null) continue;
                worths.Add(Of(other, alternative, out var untold) is { } judged
                    ? new ReadingWorth(id, name, alternative.Label, null, null, Difference(used, judged, "score"), Difference(used, judged, "net"), Changes(before, judged.ByAddress()))
                    : new ReadingWorth(id, name, alternative.Label, null, untold, null, null, []));
            }
        }
        refusals = problems;
        return worths;

        // Facts are stored by the places of their vocabulary: another one needs them read again.
        Judgement? Of(Pack other, AlternativeSyntax alternative, out string? untold)
        {
            untold = null;
            var reading = alternative.Reads is { Count: > 0 } ? again(other.Contract.Vocabulary) : new FactReading(facts, []);
            if (reading.Facts is not { } read)
            {
                untold = reading.Faults[0] + (reading.Faults.Count > 1 ? $"（共 {reading.Faults.Count} 处）" : "");
                return null;
            }
            try
            {
                var judged = Judge.Contract(other.Contract, read, used.AsOf);
                _ = judged.ByAddress();
                return judged;
            }
            catch (CannotJudgeException error)
            {
                untold = error.Message;
                return null;
            }
        }
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

using System.Collections.Concurrent;
using System.Globalization;
using Yueheng.Terms;

namespace Yueheng.Contracts.Simulation.Outlooks;

/// <summary>One rule, violation or head of damages over many years.</summary>
/// <param name="Name">The address without what changes from year to year: <c>damages/D1</c>, <c>rule/year/R4.1</c>, <c>violation/S-1</c>.</param>
/// <param name="Years">In how many of the years it is not nought.</param>
/// <param name="Mean">Over those years; points or CNY.</param>
/// <param name="Worst">The heaviest year: the largest damages, the lowest points.</param>
public sealed record Charge(string Name, int Years, decimal Mean, decimal Worst);

/// <summary>What signing a contract would come to: many simulated years of one grade, each judged by the contract.</summary>
/// <param name="Tiers">How many years fall into each tier, most first.</param>
public sealed record Outlook(
    string Contract, Grade Grade, int Years,
    Distribution? Score, IReadOnlyList<(string Tier, int Years)> Tiers, Distribution? Payable, Distribution? Withheld, Distribution? Damages, Distribution? Net,
    IReadOnlyList<Charge> Charges)
{
    /// <param name="id">The contract's id.</param>
    /// <param name="contract">The contract, compiled.</param>
    /// <param name="firstSeed">Years are simulated with this seed and those after it.</param>
    /// <param name="done">Told how many years are judged; from several threads.</param>
    public static Outlook Over(string id, Contract contract, Grade grade, long firstSeed, int years, Action<int>? done = null)
    {
        var simulator = new Simulator(id, contract);
        var outcomes = new Outcome[years];
        var count = 0;
        // Each thread takes one year after the other; where a year stands does not depend on which thread judged it.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, years), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, place =>
        {
            var year = simulator.Year(firstSeed + place, grade);
            outcomes[place] = Outcome.Of(Judge.Contract(contract, year.ToFactSet(), year.AsOf));
            done?.Invoke(Interlocked.Increment(ref count));
        });
        return new Outlook(id, grade, years,
            Lie(outcome => outcome.Score),
            [.. outcomes.Select(outcome => outcome.Tier).OfType<string>().GroupBy(tier => tier).Select(tier => (tier.Key, tier.Count())).OrderByDescending(tier => tier.Item2).ThenBy(tier => tier.Key, StringComparer.Ordinal)],
            Lie(outcome => outcome.Payable), Lie(outcome => outcome.Withheld), Lie(outcome => outcome.Damages), Lie(outcome => outcome.Net),
            ChargesOf(outcomes));

        Distribution? Lie(Func<Outcome, decimal?> figure) => Distribution.Of([.. outcomes.Select(figure).OfType<decimal>()]);
    }

    private static IReadOnlyList<Charge> ChargesOf(Outcome[] outcomes) =>
    [
        .. from charge in outcomes.SelectMany(outcome => outcome.Charges)
           where charge.Value != 0
           group charge by charge.Key into each
           orderby each.Key.Split('/')[0], each.Key
           let amounts = each.Select(charge => charge.Value).ToList()
           select new Charge(each.Key, amounts.Count, Math.Round(amounts.Sum() / amounts.Count, 2, MidpointRounding.AwayFromZero), each.Key.StartsWith("rule/", StringComparison.Ordinal) ? amounts.Min() : amounts.Max()),
    ];

    /// <summary>What one judged year came to.</summary>
    private sealed record Outcome(decimal? Score, string? Tier, decimal? Payable, decimal? Withheld, decimal? Damages, decimal? Net, IReadOnlyDictionary<string, decimal> Charges)
    {
        public static Outcome Of(Judgement judgement)
        {
            decimal? withheld = null;
            var charges = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var (address, figure) in judgement.ByAddress())
            {
                if (address.EndsWith("/withheld", StringComparison.Ordinal) || address.EndsWith("/deducted", StringComparison.Ordinal)) withheld = (withheld ?? 0m) + (Number(figure.Text) ?? 0m);
                var parts = address.Split('/');
                if (parts[0] is not ("damages" or "rule" or "violation") || Number(figure.Text) is not { } amount) continue;
                // A violation stands once a subject; together they are what the row costs in a year.
                var name = parts[0] == "violation" && parts.Length > 2 ? $"{parts[0]}/{parts[1]}" : address;
                charges[name] = charges.GetValueOrDefault(name) + amount;
            }
            return new Outcome(Number(judgement.Summary("score")), judgement.Summary("tier"), Number(judgement.Summary("payable")), withheld, Number(judgement.Summary("damages")), Number(judgement.Summary("net")), charges);
        }

        private static decimal? Number(string? text) =>
            decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

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

/// <summary>A simulated year that the contract gives no figures for.</summary>
/// <param name="Seed">Simulates it again.</param>
/// <param name="Message">Why, in Chinese.</param>
public sealed record UnjudgedYear(long Seed, string Message);

/// <summary>What signing a contract would come to: many simulated years of one grade, each judged by the contract.</summary>
/// <param name="Years">How many years were judged; all that follows is about these.</param>
/// <param name="Unjudged">The years beside them that could not be judged, by seed.</param>
/// <param name="Tiers">How many years fall into each tier, most first.</param>
public sealed record Outlook(
    string Contract, Grade Grade, int Years, IReadOnlyList<UnjudgedYear> Unjudged,
    Distribution? Score, IReadOnlyList<(string Tier, int Years)> Tiers, Distribution? Payable, Distribution? Withheld, Distribution? Damages, Distribution? Net,
    IReadOnlyList<Charge> Charges)
{
    /// <param name="id">The contract's id.</param>
    /// <param name="contract">The contract, compiled.</param>
    /// <param name="firstSeed">Years are simulated with this seed and those after it.</param>
    /// <param name="done">Told how many years are judged; from several threads.</param>
    /// <exception cref="CannotJudgeException">Not one of the years can be judged.</exception>
    public static Outlook Over(string id, Contract contract, Grade grade, long firstSeed, int years, Action<int>? done = null)
    {
        var simulator = new Simulator(id, contract);
        var judged = new Outcome?[years];
        var reasons = new string?[years];
        var count = 0;
        // Each thread takes one year after the other; where a year stands does not depend on which thread judged it.
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, years), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, place =>
        {
            try
            {
                var year = simulator.Year(firstSeed + place, grade);
                judged[place] = Outcome.Of(Judge.Contract(contract, year.ToFactSet(), year.AsOf));
            }
            catch (CannotJudgeException problem)
            {
                reasons[place] = problem.Message;
            }
            done?.Invoke(Interlocked.Increment(ref count));
        });
        var outcomes = judged.OfType<Outcome>().ToArray();
        UnjudgedYear[] unjudged = [.. reasons.Select((reason, place) => reason is null ? null : new UnjudgedYear(firstSeed + place, reason)).OfType<UnjudgedYear>()];
        if (outcomes.Length == 0) throw new CannotJudgeException($"{years} 个模拟年度无一可评判；种子 {unjudged[0].Seed}：{unjudged[0].Message}");
        return new Outlook(id, grade, outcomes.Length, unjudged,
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

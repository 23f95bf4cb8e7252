using System.Diagnostics;
using System.Globalization;
using System.Text;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Fuzz;

/// <summary>
/// Whatever bytes a contract consists of, it is read or refused, and soon; what is read can be judged. A failure names the seed that
/// makes the same bytes again. The soak form tries many times as many, others each time.
/// </summary>
public class FuzzTests
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("YUEHENG_SOAK") == "1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    private static IEnumerable<int> Seeds(int count, int soak = 50)
    {
        var first = IsSoak ? Random.Shared.Next(1_000_000_000) : 20250303;
        return Enumerable.Range(first, IsSoak ? count * soak : count);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_spoilt_sample_contract_is_read_or_refused(string contract)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.Contracts, contract, "contract.yaml"));
        foreach (var seed in Seeds(60, soak: 10)) IsReadOrRefused(new Mutations(new Random(seed)).Spoil(bytes), seed);
    }

    [Fact]
    public void A_spoilt_small_contract_is_read_or_refused()
    {
        var good = Encoding.UTF8.GetBytes(Small);
        IsReadOrRefused(good, 0).ShouldBeTrue();
        var read = Seeds(600).Count(seed => IsReadOrRefused(new Mutations(new Random(seed)).Spoil(good), seed));
        read.ShouldBeGreaterThan(20, "most spoilt contracts should be refused, but not all");
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        foreach (var seed in Seeds(200))
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            IsReadOrRefused(bytes, seed).ShouldBeFalse();
        }
    }

    [Fact]
    public void Random_signs_of_yaml_are_refused()
    {
        const string signs = "{}[]:,-?&*!|>'\"%@`#~ \n\n  \tab1约";
        foreach (var seed in Seeds(1_000))
        {
            var random = new Random(seed);
            IsReadOrRefused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => signs[random.Next(signs.Length)]))), seed).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("a: &a [*a, ", 1_000)]
    [InlineData("!", 100_000)]
    [InlineData("a\n", 100_000)]
    public void What_is_repeated_without_end_is_refused(string part, int times) =>
        IsReadOrRefused(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, times))), times).ShouldBeFalse();

    private static bool IsReadOrRefused(byte[] bytes, int seed)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "contract.yaml"), bytes);
        var watch = Stopwatch.StartNew();
        try
        {
            var (pack, refusals) = SamplePacks.Reader.Read(folder.Path, false);
            (pack is null).ShouldBe(refusals.Count > 0);
            foreach (var refusal in refusals) refusal.Message.ShouldNotBeNullOrWhiteSpace();
            if (pack is not null) IsJudged(pack);
            watch.Elapsed.ShouldBeLessThan(Soon);
            return pack is not null;
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {problem.Message}"), problem);
        }
    }

    // A contract may turn out to need a value to compute itself, or to give one address twice; it says so.
    private static void IsJudged(Pack pack)
    {
        try
        {
            var judgement = Judge.Contract(pack.Contract, FactSet.Empty(pack.Contract.Vocabulary), pack.Contract.TermTo);
            foreach (var figure in judgement.Figures)
            {
                figure.Text.ShouldNotBeNull();
                judgement.Explain(figure).What.ShouldNotBeNull();
            }
        }
        catch (CannotJudgeException)
        {
        }
    }

    private const string Small =
        """
        language: terms/1
        contract:
          name: 样本合同
          parties: { buyer: 采购单位（示例）, provider: 服务单位（示例） }
          signed: 2024-12-20
          term: { from: 2025-01-01, through: 2025-12-31 }
          calendar: cn-government
          hours:
            office: { days: workdays, from-to: ["09:00-12:00", "13:00-18:00"], seasons: [{ from: 06-01, through: 09-30, from-to: "08:30-12:00" }] }
        facts:
          a: { x: number, t: text, ok: yes-no, i: instant, from: from, to: until }
          b: { x: { type: amount, default: 1 } }
          payment.made: { instalment: text, amount: amount }
          any: { event: text }
        terms:
          n: { value: { times: [{ plus: [7, m] }, 1/3] }, label: 数, clause: c1 }
          m: { value: { value: { sum: { of: x, facts: a } }, view: past } }
          s: { facts: a, with: { late: { elapsed: { from: at, to: as-of, on: office } } }, where: { of: x, more-than: 0 }, order: [{ desc: x }], number: { as: place, by: [subject] } }
          p: { periods: { each: month }, with: { due: last, n: { count: { in: s, where: { of: day, at-most: this.last } } } } }
          g: { group: { of: s, by: [subject] }, with: { total: { sum: { of: x, in: members } } } }
          f: { fold: { of: p, carry: { balance: { starts: 10, then: { minus: [was.balance, n] } } } } }
          K: { clock: { of: s, stops: { facts: b }, limit: { bands: { of: x, rows: [{ at-least: 5, is: 1 hour }], otherwise: 2 hours } }, pauses: { facts: a, on: [subject], from: from, to: to } } }
          D: { duty: { of: p, done: { facts: b, on: { subject: period } } } }
          card: { scorecard: { items: { S: { name: 质量, points: 10 } }, rules: { R: { item: S, each: D, where: { is: { state: [late, missing] } }, points: -1 } } } }
          P1: { instalment: { amount: 100, needs: [term.to], within: 10 workdays } }
          L: { damages: { of: { times: [{ count: { in: K, where: { is: { state: breached } } } }, 100] }, cap: 1000 } }
          V: { violation: { each: s, amount: x, events: event, at: at } }
          H: { heaviest: { of: V, events: events, order: [{ desc: amount }, at] } }
          T: { right: { when: { of: L, at-least: 1000 } } }
          W: { window: { from: term.last, within: 30 days } }
        views:
          past: { as-of: { shift: { of: as-of, by: -1 month } }, when: { of: as-of, more-than: term.from } }
        figures:
          - { address: n, value: n, format: money }
          - { address: "clock/{term}/{subject}", each: K, value: state }
          - { address: "duty/{duty}/{period}", each: D, value: state, where: { not: { is: { state: pending } } } }
          - { address: "{view}/card", view: past, value: card }
          - { address: net, value: { minus: [{ sum: { of: amount, in: P1 } }, L] }, format: money }
        summary: { score: card, net: n }
        """;
}

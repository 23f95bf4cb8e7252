using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Tests;
using Yueheng.Terms.Tracing;

namespace Yueheng.Statements.Tests.Judging;

public sealed partial class MoneyMaskTests
{
    public static TheoryData<string> Samples => [.. Node.Samples];

    /// <summary>Every amount that the contract publishes or its facts tell, from a thousand on: smaller numbers may be anything.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void No_trace_of_what_is_not_money_shows_an_amount(string contract)
    {
        var (pack, refusals) = new PackReader(Repository.Calendars).Read(Path.Combine(Repository.Contracts, contract), true);
        refusals.ShouldBeEmpty();
        var path = Path.Combine(Repository.Contracts, contract, "sample.jsonl");
        using var stream = File.OpenRead(path);
        var facts = FactReader.Read(stream, path, contract, pack!.Contract.Vocabulary).Facts.ShouldNotBeNull();
        var asOf = IsoTime.Parse(pack.Contract.Syntax.Sample is { } sample ? sample.AsOf : "2025-12-08T08:30:00+08:00");
        var judgement = Judge.Contract(pack.Contract, facts, asOf);
        var amounts = judgement.ByAddress().Values.Where(figure => figure.IsMoney).Select(figure => Numbers.Round(figure.Value, 2)).Concat(AmountsIn(path)).Select(Math.Abs).Where(amount => amount >= 1000m).ToHashSet();
        amounts.ShouldNotBeEmpty();

        var mask = MoneyMask.Of(pack.Contract.Syntax);
        var looked = 0;
        var leaks = new List<string>();
        foreach (var (address, figure) in judgement.ByAddress())
        {
            if (figure.IsMoney) continue;
            looked++;
            Look(address, mask.Hide(judgement.Explain(figure), facts));
        }
        looked.ShouldBeGreaterThan(10);
        leaks.ShouldBeEmpty();

        void Look(string address, Trace trace)
        {
            foreach (var text in (string[])[trace.What, trace.Value])
                foreach (Match number in Number().Matches(Dates().Replace(text, "")))
                    if (decimal.TryParse(number.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && amounts.Contains(value)) leaks.Add($"{address}: {trace.What}：{trace.Value}");
            foreach (var id in trace.Facts)
                if (facts.ById(id) is { } fact && mask.IsMoneyKind(fact.KindName)) leaks.Add($"{address}: {id} {fact.KindName}");
            foreach (var part in trace.Parts) Look(address, part);
        }
    }

    [Fact]
    public void A_trace_that_has_no_money_in_it_stays_as_it_is()
    {
        var (pack, _) = new PackReader(Repository.Calendars).Read(Path.Combine(Repository.Contracts, "security-operations"), true);
        using var stream = File.OpenRead(Path.Combine(Repository.Contracts, "security-operations", "sample.jsonl"));
        var facts = FactReader.Read(stream, "sample", "security-operations", pack!.Contract.Vocabulary).Facts.ShouldNotBeNull();
        var judgement = Judge.Contract(pack.Contract, facts, IsoTime.Parse("2026-03-20T00:00:00+08:00"));
        var clock = judgement.ByAddress().First(figure => figure.Key.StartsWith("clock/K1/", StringComparison.Ordinal));
        var trace = judgement.Explain(clock.Value);
        Text(MoneyMask.Of(pack.Contract.Syntax).Hide(trace, facts)).ShouldBe(Text(trace));

        static string Text(Trace trace) => $"{trace.What}={trace.Value}[{string.Join(",", trace.Facts)}]({string.Join(";", trace.Parts.Select(Text))})";
    }

    [Fact]
    public void Kinds_that_tell_an_amount_are_known()
    {
        var (pack, _) = new PackReader(Repository.Calendars).Read(Path.Combine(Repository.Contracts, "security-operations"), true);
        var mask = MoneyMask.Of(pack!.Contract.Syntax);
        foreach (var kind in (string[])["payment.made", "security.lodged", "loss.established", "audit.completed", "refund.ordered"]) mask.IsMoneyKind(kind).ShouldBeTrue(kind);
        foreach (var kind in (string[])["incident.reported", "patrol.done", "unheard.of"]) mask.IsMoneyKind(kind).ShouldBeFalse(kind);
        mask.IsMoneyAddress("instalment/P7/amount").ShouldBeTrue();
        mask.IsMoneyAddress("net").ShouldBeTrue();
        mask.IsMoneyAddress("item/year/S1").ShouldBeFalse();
    }

    private static IEnumerable<decimal> AmountsIn(string path)
    {
        foreach (var line in File.ReadLines(path))
        {
            using var fact = JsonDocument.Parse(line);
            if (!fact.RootElement.TryGetProperty("data", out var data)) continue;
            foreach (var field in data.EnumerateObject())
                if (field.Name is "amount" or "loss" && field.Value.ValueKind == JsonValueKind.Number) yield return field.Value.GetDecimal();
        }
    }

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();

    // Years are no amounts.
    [GeneratedRegex(@"\d{4}-\d{2}(-\d{2})?|\d{4}-[HQWR]\d+|[A-Z]+-?\d+")]
    private static partial Regex Dates();
}

using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;
using Yueheng.Terms.Tests;

namespace Yueheng.Statements.Tests.Judging;

public sealed class JudgementsTests(PostgresFixture postgres)
{
    private const string Contract = "security-operations";
    private static readonly long End = Node.Instant("2026-03-20T00:00:00+08:00");

    public static TheoryData<string> Samples => [.. Node.Samples];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Figures_are_those_of_the_exported_facts(string contract)
    {
        await using var node = await postgres.Fresh();
        await node.Install(contract, withFacts: true);
        var asOf = node.Clock.Now();

        var judged = await node.Judgements.At([contract], contract, asOf);
        var offline = Judge.Contract(judged.Pack.Contract, FactReader.Read(await node.Export(contract), "export", contract, judged.Pack.Contract.Vocabulary).Facts.ShouldNotBeNull(), asOf).ByAddress();

        using var served = JsonDocument.Parse(judged.Assessment(true));
        var figures = served.RootElement.GetProperty("figures").EnumerateObject().Select(figure => (figure.Name, figure.Value.GetString())).ToList();
        figures.Count.ShouldBeGreaterThan(10);
        figures.ShouldBe(offline.Select(figure => (figure.Key, (string?)figure.Value.Text)));
    }

    [Fact]
    public async Task Facts_that_come_later_are_taken_in_one_by_one_and_nothing_tells_the_difference()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        var lines = File.ReadAllLines(Path.Combine(Repository.Contracts, Contract, "sample.jsonl"));
        var random = new Random(5);
        random.Shuffle(lines);
        var at = 0;
        while (at < lines.Length)
        {
            var many = Math.Min(lines.Length - at, random.Next(1, 150));
            await foreach (var _ in node.Ledger(Contract).AppendLines(Contract, null, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Skip(at).Take(many)))), "li")) { }
            at += many;
            await node.Judgements.At([Contract], Contract, End);
        }

        await using var fresh = await node.Beside();
        var grown = await node.Judgements.At([Contract], Contract, End);
        var read = await fresh.Judgements.At([Contract], Contract, End);
        grown.Head.Seq.ShouldBe(lines.Length);
        Encoding.UTF8.GetString(grown.Assessment(true).Span).ShouldBe(Encoding.UTF8.GetString(read.Assessment(true).Span));
        grown.Facts.All.Select(fact => (fact.Id, fact.Line)).ShouldBe(read.Facts.All.Select(fact => (fact.Id, fact.Line)));
    }

    [Fact]
    public async Task What_was_known_at_a_moment_is_judged_as_it_was_judged_then()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var then = node.Clock.Now();
        var before = await node.Judgements.At([Contract], Contract, End);

        node.Clock.Time += TimeSpan.FromDays(3);
        await node.Record(Contract, "late-1", "incident.reported", "2025-06-01T09:00:00+08:00", "INC-LATE", """{"severity":"emergency"}""");
        var after = await node.Judgements.At([Contract], Contract, End);
        var known = await node.Judgements.At([Contract], Contract, End, recorded: then);

        Text(after).ShouldNotBe(Text(before));
        Text(known).ShouldBe(Text(before));
        known.Head.ShouldBe(before.Head);
    }

    [Fact]
    public async Task A_moment_before_anything_was_known_is_judged_on_nothing()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var judged = await node.Judgements.At([Contract], Contract, End, recorded: node.Clock.Now() - 1);
        judged.Facts.All.ShouldBeEmpty();
        judged.Head.ShouldBe(LedgerPoint.Nothing);
    }

    [Fact]
    public async Task The_same_question_is_judged_once_however_many_ask()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var judged = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => node.Judgements.At([Contract], Contract, number % 2 == 0 ? null : End)));
        judged.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_waited_while_others_judged_takes_what_they_judged_though_the_clock_ran_on()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        await node.Shelf.InForce([Contract], Contract, node.Clock.Now());
        var asking = Enumerable.Range(0, 12).Select(number =>
        {
            node.Clock.Time += TimeSpan.FromSeconds(2);
            return node.Judgements.At([Contract], Contract);
        }).ToList();
        (await Task.WhenAll(asking)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_judgement_of_now_is_good_for_a_minute_unless_something_is_recorded()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var first = await node.Judgements.At([Contract], Contract);

        node.Clock.Time += TimeSpan.FromSeconds(59);
        (await node.Judgements.At([Contract], Contract)).ShouldBeSameAs(first);
        await node.Record(Contract, "new-1", "incident.reported", "2025-12-08T08:30:30+08:00", "INC-NEW", """{"severity":"emergency"}""");
        var second = await node.Judgements.At([Contract], Contract);
        second.AsOf.ShouldBe(node.Clock.Now());
        second.Facts.ById("new-1").ShouldNotBeNull();

        node.Clock.Time += TimeSpan.FromSeconds(60);
        (await node.Judgements.At([Contract], Contract)).AsOf.ShouldBe(node.Clock.Now());
    }

    [Fact]
    public async Task What_another_node_recorded_is_judged_at_once()
    {
        await using var one = await postgres.Fresh();
        await one.Install(Contract, withFacts: true);
        await using var other = await one.Beside();
        var before = await other.Judgements.At([Contract], Contract);

        await one.Record(Contract, "new-1", "incident.reported", "2025-12-08T08:00:00+08:00", "INC-NEW", """{"severity":"emergency"}""");
        var after = await other.Judgements.At([Contract], Contract);
        after.Figures.ContainsKey("clock/K1/INC-NEW").ShouldBeTrue();
        before.Figures.ContainsKey("clock/K1/INC-NEW").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_may_not_see_a_contract_gets_no_judgement_of_it_even_when_it_is_kept()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        await node.Judgements.At([Contract], Contract);
        await Should.ThrowAsync<ContractUnknownException>(() => node.Judgements.At(["another"], Contract));
        await Should.ThrowAsync<ContractUnknownException>(() => node.Judgements.At([], Contract, End));
        await Should.ThrowAsync<ContractUnknownException>(() => node.Judgements.AsPinned(["another"], Contract, 1, 1, End));
    }

    [Fact]
    public async Task A_hypothetical_fact_changes_the_answer_and_nothing_else()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var real = await node.Judgements.At([Contract], Contract, End);
        var text = Text(real);

        var supposed = await node.Judgements.WithHypothetical(real, [Encoding.UTF8.GetBytes(Node.Line(Contract, "x1", "incident.reported", "2025-06-01T09:00:00+08:00", "INC-X", """{"severity":"emergency"}"""))]);
        supposed.Figures.ContainsKey("clock/K1/INC-X").ShouldBeTrue();
        Text(supposed).ShouldNotBe(text);
        Text(await node.Judgements.At([Contract], Contract, End)).ShouldBe(text);
        Text(real).ShouldBe(text);
        (await node.Ledger(Contract).Verify(Contract)).Count.ShouldBe(real.Head.Seq);
    }

    [Theory]
    [InlineData("""{"id":"s0001","contract":"security-operations","kind":"x.y","at":"2025-06-01T09:00:00+08:00","subject":"S","data":{}}""", "s0001")]
    [InlineData("""{"id":"n1","contract":"another","kind":"x.y","at":"2025-06-01T09:00:00+08:00","subject":"S","data":{}}""", "another")]
    [InlineData("""{"id":"n1","contract":"security-operations","kind":"payment.made","at":"2025-06-01T09:00:00+08:00","subject":"S","data":{"instalment":"P1"}}""", "amount")]
    public async Task A_hypothetical_fact_must_be_a_fact_of_the_contract(string line, string named)
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var real = await node.Judgements.At([Contract], Contract, End);
        (await Should.ThrowAsync<FactsRefusedException>(() => node.Judgements.WithHypothetical(real, [Encoding.UTF8.GetBytes(line)]))).Message.ShouldContain(named);
    }

    [Fact]
    public async Task Without_money_no_figure_of_money_is_served()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var judged = await node.Judgements.At([Contract], Contract, End);
        using var all = JsonDocument.Parse(judged.Assessment(true));
        using var some = JsonDocument.Parse(judged.Assessment(false));
        all.RootElement.GetProperty("figures").TryGetProperty("net", out _).ShouldBeTrue();
        some.RootElement.GetProperty("figures").TryGetProperty("net", out _).ShouldBeFalse();
        some.RootElement.GetProperty("figures").EnumerateObject().ShouldNotContain(figure => judged.Figures[figure.Name].IsMoney);
        some.RootElement.GetProperty("figures").TryGetProperty("assessment/year", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task An_amended_text_is_judged_by_from_its_date_on()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var from = Node.Instant("2025-11-01T00:00:00+08:00");
        var proposed = await node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, (name, text) => name == "contract.yaml" ? text.Replace("{ address: assessment/year/provisional,", "{ address: assessment/year/still-provisional,") : text),
            from, PackKind.Amendment, "wang", "buyer");
        await node.Shelf.Agree([Contract], Contract, proposed.Version, "provider", "zhang", null);

        (await node.Judgements.At([Contract], Contract, from - 1)).Figures.ContainsKey("assessment/year/provisional").ShouldBeTrue();
        var after = await node.Judgements.At([Contract], Contract, from);
        after.Figures.ContainsKey("assessment/year/still-provisional").ShouldBeTrue();
        after.Version.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Only_so_much_is_kept_and_what_was_dropped_is_judged_again()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        var small = new Judgements(node.Database, node.Clock, node.Shelf, room: 5000);
        var first = await small.At([Contract], Contract, End);
        for (var day = 1; day <= 6; day++) await small.At([Contract], Contract, End + day * ChinaTime.Day);
        var again = await small.At([Contract], Contract, End);
        again.ShouldNotBeSameAs(first);
        Text(again).ShouldBe(Text(first));
    }

    [Fact]
    public async Task Other_readings_are_worth_what_they_are_on_exported_facts()
    {
        await using var node = await postgres.Fresh();
        await node.Install("leased-line", withFacts: true);
        var judged = await node.Judgements.At(["leased-line"], "leased-line", node.Clock.Now());

        var begun = node.Worths.Of(judged);
        begun.Total.ShouldBeGreaterThan(0);
        var worths = await node.Worths.For(judged, TestContext.Current.CancellationToken);
        node.Worths.Of(judged).Result.ShouldNotBeNull().Count.ShouldBe(worths.Count);
        var offline = Yueheng.Contracts.Packs.ReadingWorth.All(node.Shelf.Reader, judged.Pack, Judge.Contract(judged.Pack.Contract, judged.Facts, judged.AsOf), judged.Facts, _ => throw new InvalidOperationException(), out _);
        worths.Select(worth => (worth.Interpretation, worth.Alternative, worth.Net, worth.Points, worth.Changed.Count)).ShouldBe(offline.Select(worth => (worth.Interpretation, worth.Alternative, worth.Net, worth.Points, worth.Changed.Count)));
    }

    private static string Text(Judged judged) => Encoding.UTF8.GetString(judged.Assessment(true).Span);
}

using System.Text.Json;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Reading;
using Yueheng.Server.Clock;
using Yueheng.Terms;

namespace Yueheng.Server.Tests.Statements;

public sealed class FiguresTests(FiguresTests.Prepared prepared) : IClassFixture<FiguresTests.Prepared>
{
    private const string Path = "/api/contracts/" + TestNode.Contract;
    private readonly TestNode _node = prepared.Node;

    /// <summary>A node on which all samples are recorded.</summary>
    public sealed class Prepared(ServerFixture fixture) : IAsyncLifetime
    {
        public TestNode Node { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Node = await fixture.Start();
            foreach (var contract in Sample.Contracts) await Node.Record(contract);
        }

        public ValueTask DisposeAsync() => Node.DisposeAsync();
    }

    public static TheoryData<string> Samples => [.. Sample.Contracts];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Figures_equal_those_that_the_command_gives_on_the_exported_facts(string contract)
    {
        const string asOf = "2026-03-20T00:00:00+08:00";
        var leader = await _node.As(Role.BuyerLeader, contract);
        var served = await leader.Get($"/api/contracts/{contract}/assessment?asOf={Uri.EscapeDataString(asOf)}");

        var (pack, _) = new PackReader(System.IO.Path.Combine(ServerFixture.Home, "calendars")).Read(System.IO.Path.Combine(ServerFixture.Home, "contracts", contract), false);
        var export = new MemoryStream();
        await new FactLedger(_node.Database, _node.Part<BusinessClock>(), [contract]).Write(contract, FactsWanted.All, export, Sample.Token);
        export.Position = 0;
        var facts = FactReader.Read(export, "export", contract, pack!.Contract.Vocabulary).Facts.ShouldNotBeNull();
        var figures = Judge.Contract(pack.Contract, facts, IsoTime.Parse(asOf)).ByAddress();

        served.Text("contract").ShouldBe(contract);
        served.Text("asOf").ShouldBe(asOf);
        figures.Count.ShouldBeGreaterThan(10);
        served.GetProperty("figures").EnumerateObject().Select(figure => (figure.Name, figure.Value.GetString())).ShouldBe(figures.Select(figure => (figure.Key, (string?)figure.Value.Text)));
    }

    [Fact]
    public async Task A_figure_opens_into_its_trace_down_to_the_facts()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var rule = (await leader.Get($"{Path}/figures")).EnumerateArray().First(line => line.Text("address").StartsWith("rule/year/"));
        var figure = await leader.Get($"{Path}/figures?address={Uri.EscapeDataString(rule.Text("address"))}");
        figure.Text("unit").ShouldBe("points");
        figure.Text("text").ShouldNotBeEmpty();
        var nodes = Nodes(figure.GetProperty("trace")).ToList();
        nodes.SelectMany(node => node.List("clauses")).ShouldNotBeEmpty();
        var fact = nodes.SelectMany(node => node.List("facts")).First();
        fact.GetProperty("seq").GetInt64().ShouldBeGreaterThan(0);
        fact.Text("at").ShouldEndWith("+08:00");
        nodes.ShouldAllBe(node => !node.Has("masked"));
    }

    [Fact]
    public async Task Who_does_not_see_money_gets_no_amount_in_figures_traces_lists_or_answers()
    {
        var engineer = await _node.As(Role.Engineer);
        (await engineer.Get($"{Path}/assessment")).GetProperty("figures").TryGetProperty("net", out _).ShouldBeFalse();
        (await engineer.Status($"{Path}/figures?address=net")).ShouldBe(403);
        (await engineer.Status($"{Path}/settlement")).ShouldBe(403);
        (await engineer.Get($"{Path}/figures")).EnumerateArray().ShouldAllBe(figure => figure.Text("unit") != "money");
        (await engineer.Get($"{Path}/clauses")).EnumerateArray().SelectMany(clause => clause.List("figures")).ShouldAllBe(figure => !figure.Text("address").StartsWith("damages/") && figure.Text("address") != "net");
        var card = await engineer.Get(Path);
        card.List("sentences").Count.ShouldBe(3);
        card.List("keyFigures").ShouldAllBe(figure => !figure.Text("text").Contains('元'));
        card.List("latestFacts").ShouldAllBe(fact => fact.Text("kind") != "payment.made");
    }

    [Fact]
    public async Task What_is_not_published_is_not_found_and_what_is_no_instant_is_refused()
    {
        var leader = await _node.As(Role.BuyerLeader);
        (await leader.Status($"{Path}/figures?address=no/such")).ShouldBe(404);
        (await leader.Status($"{Path}/assessment?asOf=2026-01-01")).ShouldBe(422);
        (await leader.Status($"{Path}/assessment?recorded=yesterday")).ShouldBe(422);
        (await leader.Status("/api/contracts/no-such/assessment")).ShouldBe(404);
        (await (await _node.As(Role.BuyerLeader, "civil-affairs")).Status($"{Path}/assessment")).ShouldBe(404);
    }

    [Fact]
    public async Task What_was_recorded_later_was_not_known_then()
    {
        const string contract = "video-conferencing";
        var leader = await _node.As(Role.BuyerLeader, contract);
        var asOf = Uri.EscapeDataString("2026-01-31T00:00:00+08:00");
        var known = (await leader.Get($"/api/contracts/{contract}/assessment?asOf={asOf}&recorded={Uri.EscapeDataString("2025-01-01T00:00:00+08:00")}")).GetRawText();
        (await leader.Get($"/api/contracts/{contract}/assessment?asOf={asOf}")).GetRawText().ShouldNotBe(known);
    }

    [Fact]
    public async Task The_list_of_figures_says_what_each_is_called()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var figures = (await leader.Get($"{Path}/figures")).EnumerateArray().ToList();
        figures.Count.ShouldBeGreaterThan(100);
        figures.ShouldAllBe(figure => figure.Text("label").Length > 0 && figure.Text("group").Length > 0);
        figures.Select(figure => figure.Text("unit")).Distinct().Order().ShouldBe(["duration", "money", "other", "points"]);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_address_that_a_page_shows_opens(string contract)
    {
        var leader = await _node.As(Role.BuyerLeader, contract);
        var root = $"/api/contracts/{contract}";
        var figures = (await leader.Get($"{root}/assessment")).GetProperty("figures");
        foreach (var page in (string[])["/duties", "/clocks", "/scorecard", "/settlement", "/clauses", ""])
            foreach (var address in Addresses(await leader.Get(root + page)))
                figures.TryGetProperty(address, out _).ShouldBeTrue($"{page}: {address}");
    }

    [Fact]
    public async Task The_score_goes_down_from_item_to_rule_to_occurrence_to_fact()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var cards = (await leader.Get($"{Path}/scorecard")).EnumerateArray().ToList();
        var rules = cards.SelectMany(card => card.List("items")).SelectMany(item => item.List("rules")).ToList();
        rules.ShouldNotBeEmpty();
        foreach (var rule in rules)
        {
            var occurrences = rule.List("occurrences");
            occurrences.ShouldNotBeEmpty();
            occurrences.Sum(occurrence => decimal.Parse(occurrence.Text("points"))).ShouldBe(decimal.Parse(rule.Text("points")), rule.Text("rule"));
        }
        rules.SelectMany(rule => rule.List("occurrences")).ShouldContain(occurrence => occurrence.List("facts").Count > 0 && occurrence.Text("subject").Length > 0);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_waterfall_comes_to_net(string contract)
    {
        var leader = await _node.As(Role.BuyerLeader, contract);
        var settlement = await leader.Get($"/api/contracts/{contract}/settlement");
        var steps = settlement.List("waterfall");
        steps.ShouldNotBeEmpty();
        steps.Sum(step => decimal.Parse(step.Text("amount"))).ShouldBe(decimal.Parse(settlement.GetProperty("net").Text("text")));
        settlement.List("groups").ShouldAllBe(group => group.List("figures").Count > 0);
    }

    [Fact]
    public async Task Readings_are_judged_in_the_background_and_then_told()
    {
        const string contract = "leased-line";
        var leader = await _node.As(Role.BuyerLeader, contract);
        var asOf = Uri.EscapeDataString("2025-12-08T08:00:00+08:00");
        JsonElement readings = default;
        for (var patience = 0; patience < 200 && readings.ValueKind != JsonValueKind.Array; patience++)
        {
            readings = await leader.Get($"/api/contracts/{contract}/readings?asOf={asOf}");
            if (readings.ValueKind == JsonValueKind.Object) await Task.Delay(50, Sample.Token);
        }
        var alternatives = readings.EnumerateArray().SelectMany(reading => reading.List("alternatives")).ToList();
        alternatives.ShouldContain(alternative => alternative.GetProperty("runs").GetBoolean() && alternative.Has("yuan"));

        var engineer = await _node.As(Role.Engineer, contract);
        var masked = await engineer.Get($"/api/contracts/{contract}/readings?asOf={asOf}");
        masked.EnumerateArray().SelectMany(reading => reading.List("alternatives")).ShouldAllBe(alternative => !alternative.Has("yuan"));
    }

    [Fact]
    public async Task Calendars_say_which_years_are_provisional()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var notices = await leader.Get($"{Path}/notices");
        notices.List("notices").Select(notice => notice.GetProperty("year").GetInt32()).ShouldContain(2025);
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement trace) => trace.List("parts").SelectMany(Nodes).Prepend(trace);

    private static IEnumerable<string> Addresses(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "address" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : member.Name is "trace" or "data" ? [] : Addresses(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Addresses),
        _ => [],
    };
}

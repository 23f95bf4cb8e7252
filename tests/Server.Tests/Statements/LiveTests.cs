using System.Diagnostics;
using System.IO.Compression;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Yueheng.Ledger.Authority;

namespace Yueheng.Server.Tests.Statements;

/// <summary>Contracts as they live: cards, events, what-if, new texts, what waits for whom.</summary>
public sealed class LiveTests(OneNode one, ServerFixture fixture) : IClassFixture<OneNode>, IAsyncLifetime
{
    private const string Contract = TestNode.Contract;
    private const string Path = "/api/contracts/" + Contract;
    private readonly TestNode _node = one.Node;

    public async ValueTask InitializeAsync()
    {
        if (await _node.Ask<long>("select count(*) from ledger.facts where contract = $1", Contract) == 0) await _node.Record();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_card_says_in_one_minute_how_a_contract_stands()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var card = (await leader.Get("/api/contracts")).EnumerateArray().ShouldHaveSingleItem();
        card.Text("id").ShouldBe(Contract);
        card.Text("light").ShouldBeOneOf("green", "amber", "red");
        card.List("reasons").ShouldNotBeEmpty();
        card.List("sentences").Count.ShouldBe(5);
        card.List("keyFigures").ShouldContain(figure => figure.Has("address") && figure.Text("address") == "net" && figure.Text("label").Length > 0);
        card.GetProperty("head").GetProperty("seq").GetInt64().ShouldBeGreaterThan(700);
        (await (await _node.As(Role.BuyerLeader, "civil-affairs")).Get("/api/contracts")).EnumerateArray().ShouldNotContain(other => other.Text("id") == Contract);
    }

    [Fact]
    public async Task An_overview_adds_what_goes_on()
    {
        var leader = await _node.As(Role.BuyerLeader);
        var overview = await leader.Get(Path);
        overview.List("latestFacts").Count.ShouldBe(10);
        overview.List("latestFacts").Select(fact => fact.GetProperty("seq").GetInt64()).ShouldBeInOrder(SortDirection.Descending);
        overview.GetProperty("clauses").GetProperty("total").GetInt32().ShouldBeGreaterThan(50);
        overview.List("nextDuties").ShouldAllBe(duty => duty.Text("state") == "pending");
        overview.List("breachedClocks").ShouldAllBe(clock => clock.Text("state") == "breached");
        overview.Text("score").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Two_nodes_on_one_database_see_each_others_facts_within_two_seconds()
    {
        await using var other = await fixture.Start(options => options.Database = _node.Connection);
        var there = await other.As(Role.BuyerLeader);
        await using var events = await Events.Of(there, "/api/events");
        (await events.Next("ready")).Text("contract").ShouldBe("");
        var before = await there.Get($"{Path}/assessment");
        before.GetProperty("figures").Has("clock/K1/INC-LIVE").ShouldBeFalse();

        var since = Stopwatch.StartNew();
        var receipt = await _node.Append(Contract, "live-1", "incident.reported", "2025-12-08T08:00:00+08:00", "INC-LIVE", """{"severity":"emergency"}""");
        var heard = await events.Next("fact");
        var after = await there.Get($"{Path}/assessment");
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));

        heard.Text("contract").ShouldBe(Contract);
        heard.GetProperty("seq").GetInt64().ShouldBe(receipt.Seq);
        heard.Text("id").ShouldBe("live-1");
        after.GetProperty("figures").Has("clock/K1/INC-LIVE").ShouldBeTrue();
    }

    [Fact]
    public async Task Events_tell_each_only_of_what_they_may_see()
    {
        await _node.Part<Yueheng.Statements.Shelves.Shelf>().Install(System.IO.Path.Combine(ServerFixture.Home, "contracts", "leased-line"), "u-test", Sample.Token);
        await using var engineer = await Events.Of(await _node.As(Role.Engineer), "/api/events");
        await using var leader = await Events.Of(await _node.As(Role.BuyerLeader), $"{Path}/events");
        await engineer.Next("ready");
        await leader.Next("ready");

        await _node.Append("leased-line", "elsewhere", "outage.started", "2025-12-08T08:00:00+08:00", "line-a");
        await _node.Append(Contract, "paid-1", "payment.made", "2025-12-08T08:00:00+08:00", "P1", """{"instalment":"P1","amount":1.00}""");
        var told = await leader.Next("fact");
        (told.Text("kind"), told.Text("id")).ShouldBe(("payment.made", "paid-1"));
        var masked = await engineer.Next("fact");
        masked.Text("contract").ShouldBe(Contract);
        masked.Has("kind").ShouldBeFalse();
        masked.Has("id").ShouldBeFalse();
    }

    [Fact]
    public async Task A_what_if_shows_what_would_change_and_stores_nothing()
    {
        var manager = await _node.As(Role.ProviderManager);
        var facts = await _node.Ask<long>("select seq from ledger.heads where contract = $1", Contract);
        var (status, answer) = await manager.Post($"{Path}/what-if", """{"facts":[{"kind":"data.leaked","at":"2025-12-01T09:00:00+08:00","subject":"LEAK-1","data":{}},{"kind":"incident.reported","at":"2025-12-01T09:00:00+08:00","subject":"INC-IF","data":{"severity":"emergency"}}]}""");
        status.ShouldBe(200, answer.ToString());
        answer.List("changed").ShouldContain(changed => changed.Text("address") == "clock/K1/INC-IF" && changed.Text("before") == "" && changed.Text("after") != "");
        answer.GetProperty("before").Has("net").ShouldBeTrue();
        (await _node.Ask<long>("select seq from ledger.heads where contract = $1", Contract)).ShouldBe(facts);

        var engineer = await _node.As(Role.Engineer);
        var masked = (await engineer.Post($"{Path}/what-if", """{"facts":[{"kind":"loss.established","at":"2025-12-01T09:00:00+08:00","subject":"L1","data":{"head":"L1","amount":5000.00}}]}""")).Body;
        masked.GetProperty("before").Has("net").ShouldBeFalse();
        masked.List("changed").ShouldAllBe(changed => changed.Text("unit") != "money");
    }

    [Theory]
    [InlineData("""{"facts":[]}""")]
    [InlineData("""{"facts":[5]}""")]
    [InlineData("""{"facts":[{"kind":"payment.made","at":"2025-12-01T09:00:00+08:00","subject":"P1","data":{"instalment":"P1"}}]}""")]
    [InlineData("""{"facts":[{"kind":"incident.reported","at":"gestern","subject":"INC","data":{}}]}""")]
    [InlineData("""{"facts":[{"id":"s0001","kind":"incident.reported","at":"2025-12-01T09:00:00+08:00","subject":"INC","data":{}}]}""")]
    public async Task What_is_no_fact_is_no_hypothesis(string request) => (await (await _node.As(Role.ProviderManager)).Post($"{Path}/what-if", request)).Status.ShouldBe(422);

    [Fact]
    public async Task A_new_text_is_handed_in_by_one_party_agreed_to_by_the_other_and_then_in_force()
    {
        await using var node = await fixture.Start();
        await node.Record("leased-line");
        const string path = "/api/contracts/leased-line";
        var clerk = await node.As(Role.BuyerClerk, "leased-line");
        var leader = await node.As(Role.BuyerLeader, "leased-line");
        var manager = await node.As(Role.ProviderManager, "leased-line");
        (await manager.Get($"{path}/packs")).EnumerateArray().ShouldHaveSingleItem().Text("state").ShouldBe("in-force");

        var (status, proposed) = await Upload(clerk, path, "2025-10-01", text => text + "# 补充\n");
        status.ShouldBe(201, proposed.ToString());
        proposed.Text("state").ShouldBe("proposed");
        proposed.Text("from").ShouldBe("2025-10-01");
        (await manager.Get("/api/todo")).EnumerateArray().ShouldContain(item => item.Text("kind") == "pack-agree");
        (await leader.Get("/api/todo")).EnumerateArray().ShouldNotContain(item => item.Text("kind") == "pack-agree");

        (await clerk.Post($"{path}/packs/2/agreement", "{}")).Status.ShouldBe(403);
        (await leader.Post($"{path}/packs/2/agreement", "{}")).Body.Text("state").ShouldBe("proposed");
        (await manager.Post($"{path}/packs/9/agreement", "{}")).Status.ShouldBe(404);
        (await manager.Post($"{path}/packs/2/agreement", """{"reason":"同意"}""")).Body.Text("state").ShouldBe("in-force");
        (await manager.Get(path)).GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_text_that_cannot_be_judged_is_refused_with_every_fault()
    {
        var clerk = await _node.As(Role.BuyerClerk);
        var (status, problem) = await Upload(clerk, Path, null, text => text.Replace("calendar: cn-government", "calendar: nowhere"), Contract);
        status.ShouldBe(422);
        problem.Text("type").ShouldBe("/problems/invalid-pack");
        problem.List("errors").ShouldContain(error => error.Text("field") == "contract.yaml" && error.GetProperty("line").GetInt32() > 0);
        (await Upload(clerk, Path, "tomorrow", text => text + "# x\n", Contract)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task What_falls_due_waits_for_those_who_can_do_it()
    {
        var manager = await _node.As(Role.ProviderManager);
        var duties = (await manager.Get("/api/todo")).EnumerateArray().Where(item => item.Text("kind") == "duty").ToList();
        duties.ShouldNotBeEmpty();
        duties.ShouldAllBe(item => item.Text("link") == $"/c/{Contract}/duties" && item.Text("due").Length >= 10);
        (await (await _node.As(Role.Auditor)).Get("/api/todo")).EnumerateArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_statement_waits_to_be_confirmed_and_then_to_be_sealed()
    {
        await using var node = await fixture.Start();
        await node.Record("leased-line");
        var reviewer = await node.As(Role.BuyerReviewer, "leased-line");
        var manager = await node.As(Role.ProviderManager, "leased-line");
        await reviewer.Post("/api/contracts/leased-line/statements", """{"from":"2025-01-01","to":"2025-09-30","asOf":"2025-10-01T00:00:00+08:00"}""");
        (await Kinds(manager)).ShouldContain("statement-confirm");
        await manager.Post("/api/contracts/leased-line/statements/2025-001/confirmation", """{"stand":"confirmed"}""");
        (await Kinds(manager)).ShouldNotContain("statement-confirm");
        await reviewer.Post("/api/contracts/leased-line/statements/2025-001/confirmation", """{"stand":"confirmed"}""");
        (await Kinds(reviewer)).ShouldContain("statement-seal");

        static async Task<IEnumerable<string>> Kinds(HttpClient client) => (await client.Get("/api/todo")).EnumerateArray().Select(item => item.Text("kind"));
    }

    private static async Task<(int Status, JsonElement Body)> Upload(HttpClient client, string path, string? from, Func<string, string> change, string contract = "leased-line")
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, true))
            foreach (var file in Directory.GetFiles(System.IO.Path.Combine(ServerFixture.Home, "contracts", contract), "*.yaml"))
            {
                using var entry = archive.CreateEntry(System.IO.Path.GetFileName(file)).Open();
                var text = await File.ReadAllTextAsync(file, Sample.Token);
                entry.Write(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(file) == "contract.yaml" ? change(text) : text));
            }
        using var form = new MultipartFormDataContent { { new ByteArrayContent(zip.ToArray()), "file", "合同.zip" }, { new StringContent("amendment"), "kind" } };
        if (from is not null) form.Add(new StringContent(from), "from");
        using var answer = await client.PostAsync($"{path}/packs", form, Sample.Token);
        return await Sample.Read(answer);
    }

    /// <summary>A stream of server-sent events, read as they come.</summary>
    private sealed class Events(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        public static async Task<Events> Of(HttpClient client, string path)
        {
            var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, Sample.Token);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            return new(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Sample.Token)).EnumerateAsync(Sample.Token).GetAsyncEnumerator(Sample.Token));
        }

        /// <summary>The next event of that name.</summary>
        public async Task<JsonElement> Next(string name)
        {
            while (await items.MoveNextAsync().AsTask().WaitAsync(Patience))
                if (items.Current.EventType == name) return JsonDocument.Parse(items.Current.Data).RootElement.Clone();
            throw new InvalidOperationException("The stream has ended.");
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

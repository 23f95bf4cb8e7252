using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using static Yueheng.Server.Tests.Recording.Desk;

namespace Yueheng.Server.Tests.Recording;

public sealed class FactsTests(OneNode one) : IClassFixture<OneNode>
{
    private TestNode Node => one.Node;

    [Fact]
    public async Task A_fact_gets_its_receipt_and_the_same_again_the_same()
    {
        var engineer = await Node.As(Role.Engineer);
        var fact = Fact(NewId(), data: """{"severity":"urgent"}""");
        var first = await engineer.Record(fact).Json(HttpStatusCode.Created);
        first.Text("hash").Length.ShouldBe(64);
        first.Text("recordedAt").ShouldEndWith("+08:00");
        var again = await engineer.Record(fact.Replace(",", ",\n ")).Json(HttpStatusCode.OK);
        again.GetRawText().ShouldBe(first.GetRawText());
        (await engineer.Record(fact.Replace("urgent", "general")).Problem(HttpStatusCode.Conflict)).ShouldBe("other-content");
    }

    [Theory]
    [InlineData("{", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("""{"id":"x1","contract":"elsewhere","kind":"k","at":"2025-12-08T08:00:00+08:00","subject":"s"}""", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"incident.reported","at":"2025-12-08T08:00:00","subject":"s"}""", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"incident.reported","at":"2025-12-08T08:00:00+08:00","subject":"s","data":{"in_scope":"yes"}}""", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"incident.reported","at":"2025-12-08T08:00:00+08:00","subject":"13800000000"}""", HttpStatusCode.UnprocessableEntity, "invalid-fact")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"deliverable.accepted","at":"2025-12-08T08:00:00+08:00","subject":"s"}""", HttpStatusCode.Forbidden, "not-their-kind")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"incident.reported","at":"2025-12-01T08:00:00+08:00","subject":"s"}""", HttpStatusCode.Forbidden, "claim-required")]
    [InlineData("""{"id":"x1","contract":"security-operations","kind":"incident.reported","at":"2025-12-08T08:00:00+08:00","subject":"s","data":{"in_scope":false}}""", HttpStatusCode.Forbidden, "claim-required")]
    public async Task What_cannot_be_recorded_is_a_problem(string body, HttpStatusCode status, string word)
    {
        var engineer = await Node.As(Role.Engineer);
        (await engineer.Record(body).Problem(status)).ShouldBe(word);
    }

    [Fact]
    public async Task A_needed_claim_says_why_and_where()
    {
        var engineer = await Node.As(Role.Engineer);
        var problem = await engineer.Record(Fact(NewId(), kind: "outage.started", data: """{"attributable":"third-party"}""")).Json(HttpStatusCode.Forbidden);
        problem.GetProperty("fields").EnumerateArray().Single().GetString().ShouldBe("attributable");
        problem.Text("claim").ShouldBe($"POST {Desk.Path}/claims");
        problem.GetProperty("errors")[0].Text("field").ShouldBe("attributable");
    }

    [Fact]
    public async Task Another_type_of_content_and_too_long_a_fact_are_refused()
    {
        var engineer = await Node.As(Role.Engineer);
        (await engineer.PostJson("/facts", Fact(NewId()), "text/plain").Problem(HttpStatusCode.UnsupportedMediaType)).ShouldBe("media-type");
        (await engineer.Record(Fact(NewId(), data: $$"""{"note":"{{new string('x', 1 << 20)}}"}""")).Problem(HttpStatusCode.RequestEntityTooLarge)).ShouldBe("too-large");
    }

    [Fact]
    public async Task A_stream_of_lines_gets_a_result_a_line()
    {
        var manager = await Node.As(Role.ProviderManager);
        var (a, b) = (NewId(), NewId());
        await manager.Record(Fact(a)).Json(HttpStatusCode.Created);
        using var response = await manager.PostJson("/facts", string.Join('\n', Fact(b), "", "nonsense", Fact(a), Fact(a, subject: "other"), Fact(NewId(), data: """{"in_scope":false}"""), Fact(NewId(), kind: "rating.given")), "application/x-ndjson");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var results = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        results.Select(result => (result.GetProperty("line").GetInt32(), result.GetProperty("status").GetInt32())).ShouldBe([(1, 201), (3, 422), (4, 200), (5, 409), (6, 403), (7, 403)]);
        results[0].Text("id").ShouldBe(b);
        results[4].GetProperty("fields")[0].GetString().ShouldBe("in_scope");
        results[5].TryGetProperty("fields", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_pauses_hears_of_what_was_sent_before_sending_on()
    {
        var manager = await Node.As(Role.ProviderManager);
        // By hand: the client of the framework sends all before it reads anything.
        using var connection = new TcpClient();
        await connection.ConnectAsync(Node.Address.Host, Node.Address.Port);
        await using var wire = connection.GetStream();
        using var answers = new StreamReader(wire);
        await Send($"POST {Desk.Path}/facts HTTP/1.1\r\nHost: {Node.Address.Authority}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
            + string.Concat(manager.DefaultRequestHeaders.Select(header => $"{header.Key}: {header.Value.Single()}\r\n")) + "\r\n");
        foreach (var id in (string[])[NewId(), NewId()])
        {
            await Chunk(Fact(id) + "\n");
            string? line;
            while (!(line = await answers.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldNotBeNull().StartsWith('{')) continue;
            line.ShouldContain($"\"id\":\"{id}\",\"status\":201");
        }
        await Send("0\r\n\r\n");

        Task Chunk(string text) => Send($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");
        async Task Send(string text) => await wire.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task A_stream_takes_a_permission_of_its_own()
    {
        var agent = await Node.As(Role.DeskAgent);
        (await agent.PostJson("/facts", Fact(NewId()), "application/x-ndjson").Problem(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
    }

    [Fact]
    public async Task What_is_read_as_lines_the_judge_reads()
    {
        var manager = await Node.As(Role.ProviderManager);
        var subject = NewId("s");
        var first = await manager.Record(Fact(NewId(), subject: subject)).Json(HttpStatusCode.Created);
        await manager.Record(Fact(NewId(), "incident.resolved", subject)).Json(HttpStatusCode.Created);
        var lines = await manager.Lines($"/facts?subject={subject}");
        lines.Length.ShouldBe(2);
        FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "export", TestNode.Contract, new Vocabulary([], [])).Faults.ShouldBeEmpty();
        (await manager.Lines($"/facts?subject={subject}&kind=incident.resolved")).Length.ShouldBe(1);
        (await manager.Lines($"/facts?subject={subject}&after={first.GetProperty("seq").GetInt64()}")).Single().ShouldContain("incident.resolved");
        (await manager.Lines($"/facts?subject={subject}&recorded=2025-12-01T00:00:00%2B08:00")).ShouldBeEmpty();
        (await manager.GetAsync(Desk.Path + "/facts?recorded=yesterday").Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid");
    }

    [Fact]
    public async Task The_timeline_comes_page_by_page_newest_first()
    {
        var manager = await Node.As(Role.ProviderManager);
        var subject = NewId("s");
        var ids = Enumerable.Range(0, 5).Select(_ => NewId()).ToArray();
        foreach (var id in ids) await manager.Record(Fact(id, subject: subject, data: $$"""{"note":"第 {{id}} 件 Ready"}""")).Json(HttpStatusCode.Created);
        var first = await manager.Get($"/facts?subject={subject}&limit=3");
        first.GetProperty("facts").EnumerateArray().Select(fact => fact.Text("id")).ShouldBe(ids.Reverse().Take(3));
        var second = await manager.Get($"/facts?subject={subject}&limit=3&before={first.GetProperty("next").GetInt64()}");
        second.GetProperty("facts").EnumerateArray().Select(fact => fact.Text("id")).ShouldBe(ids.Reverse().Skip(3));
        second.TryGetProperty("next", out _).ShouldBeFalse();
        (await manager.Get($"/facts?id={ids[1]}")).GetProperty("facts").EnumerateArray().Single().Text("id").ShouldBe(ids[1]);
        (await manager.Get($"/facts?subject={subject}&text={Uri.EscapeDataString($"{ids[2]} 件 READY")}")).GetProperty("facts").EnumerateArray().Single().Text("id").ShouldBe(ids[2]);
        (await manager.Get($"/facts?subject={subject}&from={Uri.EscapeDataString("2025-12-08T08:00:01+08:00")}")).GetProperty("facts").GetArrayLength().ShouldBe(0);
        (await manager.Get($"/facts?subject={subject}&to={Uri.EscapeDataString("2025-12-08T08:00:01+08:00")}")).GetProperty("facts").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task Facts_that_tell_an_amount_are_for_those_who_see_money()
    {
        var (finance, engineer, auditor) = (await Node.As(Role.BuyerFinance), await Node.As(Role.Engineer), await Node.As(Role.Auditor));
        var subject = NewId("s");
        await finance.Record(Fact(NewId(), "payment.made", subject, """{"instalment":"P1","amount":1000.00}""")).Json(HttpStatusCode.Created);
        await finance.Record(Fact(NewId(), "gadget.bought", subject, """{"price":1,"amount":5}""")).Json(HttpStatusCode.Created);
        await engineer.Record(Fact(NewId(), "outage.started", subject)).Json(HttpStatusCode.Created);
        await engineer.Record(Fact(NewId(), "outage.started", subject, """{"loss":12}""")).Json(HttpStatusCode.Created);
        foreach (var (client, count) in new[] { (finance, 4), (auditor, 4), (engineer, 1) })
        {
            (await client.Lines($"/facts?subject={subject}")).Length.ShouldBe(count);
            (await client.Get($"/facts?subject={subject}")).GetProperty("facts").GetArrayLength().ShouldBe(count);
        }
        (await engineer.Get("/vocabulary")).EnumerateArray().ShouldAllBe(kind => kind.GetProperty("kind").GetString() != "payment.made");
    }

    [Fact]
    public async Task A_machine_records_what_its_key_names()
    {
        var machine = await Node.Machine([Permission.Append, Permission.BulkAppend], ["meter.read"]);
        await machine.Record(Fact(NewId(), "meter.read")).Json(HttpStatusCode.Created);
        (await machine.Record(Fact(NewId(), "incident.reported")).Problem(HttpStatusCode.Forbidden)).ShouldBe("not-their-kind");
        using var response = await machine.PostJson("/facts", Fact(NewId(), "meter.read") + "\n" + Fact(NewId()), "application/x-ndjson");
        (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("status").GetInt32()).ShouldBe([201, 403]);
    }

    [Fact]
    public async Task The_vocabulary_says_what_the_contract_reads_and_what_the_caller_may()
    {
        var manager = (await (await Node.As(Role.ProviderManager)).Get("/vocabulary")).EnumerateArray().ToDictionary(kind => kind.Text("kind"));
        var reviewer = (await (await Node.As(Role.BuyerReviewer)).Get("/vocabulary")).EnumerateArray().ToDictionary(kind => kind.Text("kind"));
        var incident = manager["incident.reported"];
        (incident.Text("label"), incident.GetProperty("read").GetBoolean(), incident.Text("may")).ShouldBe(("事件报告", true, "record"));
        var scope = incident.GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == "in_scope");
        (scope.Text("type"), scope.Text("default")).ShouldBe(("yes-no", "true"));
        scope.Text("excuse").ShouldNotBeEmpty();
        reviewer["incident.reported"].GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == "in_scope").TryGetProperty("excuse", out _).ShouldBeFalse();
        (manager["finding.recorded"].Text("may"), reviewer["finding.recorded"].Text("may")).ShouldBe(("no", "claim"));
        reviewer["finding.recorded"].GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == "rule").GetProperty("words").GetArrayLength().ShouldBeGreaterThan(3);
        manager["payment.made"].GetProperty("fields").EnumerateArray().Single(field => field.Text("name") == "amount").GetProperty("required").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Of_a_contract_unseen_nothing_is_said()
    {
        var engineer = await Node.As(Role.Engineer, TestNode.OtherContract);
        foreach (var path in (string[])["/facts", "/vocabulary", "/claims", "/claims/1", "/claims/settings", "/notes"])
            (await engineer.GetAsync(Desk.Path + path).Problem(HttpStatusCode.NotFound)).ShouldBe("not-found", path);
        (await engineer.Record(Fact(NewId())).Problem(HttpStatusCode.NotFound)).ShouldBe("not-found");
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yueheng.Ledger.Authority;

namespace Yueheng.Server.Tests.Statements;

public sealed class StatementsTests(OneNode one, ServerFixture fixture) : IClassFixture<OneNode>, IAsyncLifetime
{
    private const string Contract = "leased-line";
    private const string Path = "/api/contracts/" + Contract;
    private const string Period = """{"from":"2025-01-01","to":"2025-09-30","asOf":"2025-10-01T00:00:00+08:00"}""";
    private readonly TestNode _node = one.Node;

    public async ValueTask InitializeAsync()
    {
        if (await _node.Ask<long>("select count(*) from ledger.facts where contract = $1", Contract) == 0) await _node.Record(Contract);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_statement_is_issued_read_printed_and_signed_as_a_checkpoint()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var (status, issued) = await reviewer.Post($"{Path}/statements", Period);
        status.ShouldBe(201);
        var number = issued.Text("number");
        issued.GetProperty("pins").Text("ledgerHash").Length.ShouldBe(64);
        issued.List("points").ShouldContain(point => point.Text("address") == "net");
        (await reviewer.Get($"{Path}/statements")).EnumerateArray().ShouldContain(card => card.Text("number") == number && card.Text("state") == "issued");
        (await reviewer.Get($"{Path}/statements/{number}")).Text("number").ShouldBe(number);
        (await _node.Ask<long>("select count(*) from ledger.checkpoints where contract = $1 and about = $2", Contract, number)).ShouldBe(1);

        using var print = await reviewer.GetAsync($"{Path}/statements/{number}/print", Sample.Token);
        print.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        print.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        (await print.Content.ReadAsStringAsync(Sample.Token)).ShouldContain(number);
        (await reviewer.Status($"{Path}/statements/2020-001")).ShouldBe(404);
        (await reviewer.Status($"{Path}/statements/2020-001/print")).ShouldBe(404);
    }

    [Fact]
    public async Task The_print_is_the_same_after_later_facts_and_on_another_node()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        var print = await reviewer.GetByteArrayAsync($"{Path}/statements/{number}/print", Sample.Token);
        await _node.Append(Contract, $"later-{number}", "outage.started", "2025-06-01T09:00:00+08:00", "line-a", """{"line":"line-a"}""");

        await using var other = await fixture.Start(options => options.Database = _node.Connection);
        var auditor = await other.As(Role.Auditor, Contract);
        (await auditor.GetByteArrayAsync($"{Path}/statements/{number}/print", Sample.Token)).ShouldBe(print);
    }

    [Fact]
    public async Task Who_does_not_see_money_reads_the_statement_without_it_and_no_print()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        var engineer = await _node.As(Role.Engineer, Contract);
        (await engineer.Get($"{Path}/statements/{number}")).List("points").ShouldAllBe(point => point.Text("unit") != "money");
        (await engineer.Status($"{Path}/statements/{number}/print")).ShouldBe(403);
    }

    [Fact]
    public async Task The_parties_confirm_or_dispute_and_others_do_not()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var manager = await _node.As(Role.ProviderManager, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        var statement = $"{Path}/statements/{number}";

        (await manager.Post($"{statement}/points", """{"address":"net","stand":"disputed","reason":"漏计八月减免"}""")).Body.Text("state").ShouldBe("disputed");
        (await manager.Post($"{statement}/points", """{"address":"net","stand":"disputed"}""")).Status.ShouldBe(409);
        (await manager.Post($"{statement}/points", """{"address":"net","stand":"disputed","reason":"请联系 13812345678"}""")).Status.ShouldBe(422);
        (await manager.Post($"{statement}/confirmation", """{"stand":"confirmed"}""")).Status.ShouldBe(409);
        (await manager.Post($"{statement}/points", """{"address":"net","stand":"confirmed"}""")).Status.ShouldBe(200);
        (await manager.Post($"{statement}/confirmation", """{"stand":"confirmed"}""")).Status.ShouldBe(200);
        (await reviewer.Post($"{statement}/confirmation", """{"stand":"confirmed"}""")).Body.Text("state").ShouldBe("confirmed");
        (await (await _node.As(Role.Supervisor, Contract)).Post($"{statement}/confirmation", """{"stand":"confirmed"}""")).Status.ShouldBe(403);
        (await (await _node.As(Role.Engineer, Contract)).Post($"{Path}/statements", Period)).Status.ShouldBe(403);
        (await _node.Ask<long>("select count(*) from server.audit where action = 'statement.confirmed' and about = $1", number)).ShouldBe(3);
    }

    [Fact]
    public async Task The_buyer_attaches_the_sealed_paper()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        var seal = $"{Path}/statements/{number}/seal";
        (await reviewer.Post(seal, $$"""{"sha256":"{{new string('a', 64)}}","paperDate":"2025-12-08"}""")).Status.ShouldBe(422);

        var sha256 = await Upload(reviewer);
        (await (await _node.As(Role.ProviderManager, Contract)).Post(seal, $$"""{"sha256":"{{sha256}}","paperDate":"2025-12-08"}""")).Status.ShouldBe(403);
        (await reviewer.Post(seal, $$"""{"sha256":"{{sha256}}","paperDate":"8.12.2025"}""")).Status.ShouldBe(422);
        var (status, sealedOne) = await reviewer.Post(seal, $$"""{"sha256":"{{sha256}}","paperDate":"2025-12-08"}""");
        status.ShouldBe(200);
        sealedOne.Text("state").ShouldBe("sealed");
        (await _node.Ask<long>("select count(*) from ledger.facts where contract = $1 and id = $2 and kind = 'assessment.confirmed'", Contract, sealedOne.GetProperty("seal").Text("fact"))).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"to":"2025-09-30"}""", 422)]
    [InlineData("""{"from":"2025-09-30","to":"2025-01-01"}""", 409)]
    [InlineData("""{"from":"2025-01-01","to":"2025-09-30","asOf":"2030-01-01T00:00:00+08:00"}""", 409)]
    [InlineData("""{"from":"2025-02-30","to":"2025-09-30"}""", 422)]
    public async Task A_statement_of_no_possible_days_is_refused(string request, int status) =>
        (await (await _node.As(Role.BuyerReviewer, Contract)).Post($"{Path}/statements", request)).Status.ShouldBe(status);

    [Fact]
    public async Task A_seal_server_that_answers_seals_the_statement_with_its_document()
    {
        var print = Array.Empty<byte>();
        await using var server = await SealServerOf(async request =>
        {
            using var order = await JsonDocument.ParseAsync(request.Body);
            print = order.RootElement.GetProperty("print").GetBytesFromBase64();
            return Results.Json(new { name = $"评估单-{order.RootElement.Text("number")}.pdf", date = "2025-12-08", document = Convert.ToBase64String(Encoding.UTF8.GetBytes($"%PDF-1.4\n{order.RootElement.Text("printSha256")}\n%%EOF\n")) });
        });
        await using var node = await WithSealServer(server);
        var reviewer = await node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");

        var (status, sealedOne) = await reviewer.Post($"{Path}/statements/{number}/seal/electronic", "");
        status.ShouldBe(200, sealedOne.ToString());
        sealedOne.Text("state").ShouldBe("sealed");
        sealedOne.GetProperty("seal").Text("way").ShouldBe("electronic");
        print.ShouldBe(await reviewer.GetByteArrayAsync($"{Path}/statements/{number}/print", Sample.Token));
        (await reviewer.Status($"{Path}/evidence/{sealedOne.GetProperty("seal").Text("sha256")}")).ShouldBe(200);
        (await node.Ask<long>("select count(*) from ledger.facts where contract = $1 and kind = 'assessment.confirmed'", Contract)).ShouldBe(1);
    }

    [Fact]
    public async Task A_seal_server_that_refuses_seals_nothing()
    {
        await using var server = await SealServerOf(_ => Task.FromResult(Results.Json(new { message = "印章已停用" }, statusCode: 403)));
        await using var node = await WithSealServer(server);
        var reviewer = await node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        var (status, problem) = await reviewer.Post($"{Path}/statements/{number}/seal/electronic", "");
        status.ShouldBe(502);
        problem.Text("detail").ShouldContain("印章已停用");
        (await reviewer.Get($"{Path}/statements/{number}")).Text("state").ShouldBe("issued");
    }

    [Fact]
    public async Task Without_a_seal_server_paper_is_asked_for()
    {
        var reviewer = await _node.As(Role.BuyerReviewer, Contract);
        var number = (await reviewer.Post($"{Path}/statements", Period)).Body.Text("number");
        (await reviewer.Post($"{Path}/statements/{number}/seal/electronic", "")).Body.Text("type").ShouldBe("/problems/no-seal-server");
    }

    private async Task<TestNode> WithSealServer(WebApplication server)
    {
        var node = await fixture.Start(options => options.AppSettings = $$$"""{"Seal":{"Url":"{{{server.Urls.First()}}}/seal"}}""");
        await node.Record(Contract);
        return node;
    }

    private static async Task<WebApplication> SealServerOf(Func<HttpRequest, Task<IResult>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.MapPost("/seal", (HttpRequest request) => answer(request));
        await server.StartAsync(Sample.Token);
        return server;
    }

    private async Task<string> Upload(HttpClient client)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "盖章件.pdf");
        using var answer = await client.PostAsync($"{Path}/evidence", form, Sample.Token);
        var (status, body) = await Sample.Read(answer);
        status.ShouldBe(201, body.ToString());
        return body.Text("sha256");
    }
}

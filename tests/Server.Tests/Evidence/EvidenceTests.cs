using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;

namespace Yueheng.Server.Tests.Evidence;

public class EvidenceTests(OneNode one) : IClassFixture<OneNode>
{
    private static readonly string Path = $"/api/contracts/{TestNode.Contract}";

    private TestNode Node => one.Node;

    private static async Task<HttpResponseMessage> Upload(HttpClient client, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return await client.PostAsync(Path + "/evidence", form, Answers.Cancellation);
    }

    private static byte[] Unique(string beginning = "") => Encoding.UTF8.GetBytes($"{beginning}{Guid.NewGuid():N}");

    [Fact]
    public async Task A_file_is_handed_in_and_read_again()
    {
        var engineer = await Node.As(Role.Engineer);
        var content = Unique();
        var stored = await (await Upload(engineer, "巡检记录.txt", content)).Json(201);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        (stored.Text("sha256"), stored.Text("name"), stored.GetProperty("size").GetInt64(), stored.Text("type")).ShouldBe((sha256, "巡检记录.txt", content.Length, "text/plain"));
        (await (await Upload(engineer, "另一名.txt", content)).Json()).Text("name").ShouldBe("巡检记录.txt");

        var auditor = await Node.As(Role.Auditor);
        (await (await auditor.Get(Path + "/evidence")).Json()).EnumerateArray().Select(file => file.Text("sha256")).ShouldContain(sha256);
        using var answer = await auditor.Get($"{Path}/evidence/{sha256}");
        (await answer.Content.ReadAsByteArrayAsync(Answers.Cancellation)).ShouldBe(content);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("巡检记录.txt");
        answer.Headers.GetValues("X-Yueheng-Exported-By").Single().ShouldStartWith("u-auditor");
        (await Node.Ask<long>("select count(*) from server.audit where action = 'evidence.read' and about = $1", sha256)).ShouldBe(1);
        (await Node.Ask<long>("select count(*) from server.audit where action = 'evidence.stored' and about = $1", sha256)).ShouldBe(2);
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_read()
    {
        var engineer = await Node.As(Role.Engineer);
        var stored = await (await Upload(engineer, "记录.txt", Unique("0123456789"))).Json(201);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/evidence/{stored.Text("sha256")}") { Headers = { Range = new RangeHeaderValue(2, 5) } };
        using var answer = await engineer.SendAsync(request, Answers.Cancellation);
        (((int)answer.StatusCode), await answer.Content.ReadAsStringAsync(Answers.Cancellation)).ShouldBe((206, "2345"));
    }

    [Theory]
    [InlineData("13800001234.txt", "x", 422, "personal-data")]
    [InlineData("a.txt", "联系 13800001234", 422, "personal-data")]
    [InlineData("a.exe", "MZ", 422, "type-refused")]
    [InlineData("a.pdf", "MZ", 422, "type-refused")]
    [InlineData("a.txt", "", 422, "type-refused")]
    public async Task What_is_no_evidence_is_refused(string name, string content, int status, string word)
    {
        var answer = await Upload(await Node.As(Role.Engineer), name, Encoding.UTF8.GetBytes(content));
        (await answer.Problem(status)).ShouldBe(word);
        (await answer.Json(status)).GetProperty("errors")[0].Text("field").ShouldBe("file");
    }

    [Fact]
    public async Task What_is_no_form_or_has_no_file_is_refused()
    {
        var engineer = await Node.As(Role.Engineer);
        (await (await engineer.Post(Path + "/evidence")).Problem(415)).ShouldBe("media-type");
        using var form = new MultipartFormDataContent { { new StringContent("x"), "file" } };
        (await (await engineer.PostAsync(Path + "/evidence", form, Answers.Cancellation)).Problem(422)).ShouldBe("invalid");
    }

    [Fact]
    public async Task A_withdrawn_file_is_gone_and_says_so()
    {
        var manager = await Node.As(Role.ProviderManager);
        var content = Unique();
        var sha256 = (await (await Upload(manager, "误传.txt", content)).Json(201)).Text("sha256");
        (await (await manager.Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = " " })).Problem(422)).ShouldBe("invalid");
        (await (await manager.Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = "联系 13800001234" })).Problem(422)).ShouldBe("personal-data");
        (await (await manager.Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = "误传" })).Json()).GetProperty("withdrawal").Text("reason").ShouldBe("误传");
        (await (await manager.Get($"{Path}/evidence/{sha256}")).Problem(410)).ShouldBe("withdrawn");
        (await (await manager.Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = "再撤" })).Problem(409)).ShouldBe("conflict");
        (await (await Upload(manager, "误传.txt", content)).Problem(409)).ShouldBe("withdrawn");
        (await (await manager.Post($"{Path}/evidence/{new string('0', 64)}/withdrawal", new { reason = "没有" })).Problem(404)).ShouldBe("not-found");
    }

    private async Task<string> Named(string kind, string data)
    {
        var clerk = await Node.As(Role.BuyerFinance);
        var sha256 = (await (await Upload(clerk, "单据.txt", Unique())).Json(201)).Text("sha256");
        var fact = $$"""{"id":"{{Guid.NewGuid()}}","contract":"{{TestNode.Contract}}","kind":"{{kind}}","at":"2025-12-08T08:00:00+08:00","subject":"X-1","data":{{data}},"evidence":[{"sha256":"{{sha256}}","name":"单据.txt"}]}""";
        var ledger = new Yueheng.Ledger.FactLedger(Node.Database, Node.Part<Yueheng.Server.Clock.BusinessClock>(), [TestNode.Contract]);
        (await ledger.Append(TestNode.Contract, null, Encoding.UTF8.GetBytes(fact), "u-test")).ShouldBeOfType<Yueheng.Ledger.Appending.Receipt>();
        return sha256;
    }

    [Fact]
    public async Task The_provider_does_not_destroy_what_a_fact_rests_on()
    {
        var sha256 = await Named("incident.reported", "{}");
        (await (await (await Node.As(Role.ProviderManager)).Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = "退还" })).Problem(409)).ShouldBe("conflict");
        await (await (await Node.As(Role.BuyerLeader)).Post($"{Path}/evidence/{sha256}/withdrawal", new { reason = "退还" })).Json();
    }

    [Fact]
    public async Task Who_sees_no_money_sees_no_paper_of_a_payment()
    {
        var (payment, incident) = (await Named("payment.made", """{"amount":1000}"""), await Named("incident.reported", "{}"));
        foreach (var (role, sees) in ((Role, bool)[])[(Role.Engineer, false), (Role.Supervisor, false), (Role.BuyerClerk, true), (Role.Auditor, true)])
        {
            var client = await Node.As(role);
            var listed = (await (await client.Get(Path + "/evidence")).Json()).EnumerateArray().Select(file => file.Text("sha256")).ToList();
            (listed.Contains(payment), listed.Contains(incident)).ShouldBe((sees, true), role.ToString());
            ((int)(await client.Get($"{Path}/evidence/{payment}")).StatusCode).ShouldBe(sees ? 200 : 404, role.ToString());
            ((int)(await client.Get($"{Path}/evidence/{incident}")).StatusCode).ShouldBe(200, role.ToString());
        }
    }

    [Fact]
    public async Task Another_contract_has_its_own()
    {
        var sha256 = (await (await Upload(await Node.As(Role.Engineer), "一.txt", Unique())).Json(201)).Text("sha256");
        var stranger = await Node.As(Role.Engineer, TestNode.OtherContract);
        (await (await stranger.Get($"/api/contracts/{TestNode.OtherContract}/evidence/{sha256}")).Problem(404)).ShouldBe("not-found");
        (await (await stranger.Get($"{Path}/evidence/{sha256}")).Problem(404)).ShouldBe("not-found");
    }

    [Fact]
    public async Task A_damaged_file_is_not_given_out()
    {
        var engineer = await Node.As(Role.Engineer);
        var sha256 = (await (await Upload(engineer, "一.txt", Unique())).Json(201)).Text("sha256");
        var file = Directory.GetFiles(System.IO.Path.Combine(Node.Data, "evidence"), sha256 + ".*", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file, [], Answers.Cancellation);
        (await (await engineer.Get($"{Path}/evidence/{sha256}")).Problem(500)).ShouldBe("evidence-damaged");
    }
}

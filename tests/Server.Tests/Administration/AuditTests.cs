using Npgsql;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Administration;

public sealed class AuditTests(ServerFixture fixture) : IAsyncLifetime
{
    private TestNode _node = null!;
    private HttpClient _auditor = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await fixture.Start();
        _auditor = await _node.As(Admin.AuditAdmin);
        var system = await _node.As(Admin.SystemAdmin);
        for (var user = 1; user <= 4; user++) await (await system.Post("/api/users", new { login = "user" + user, name = "用户" })).Json(201);
        await _node.Anonymous.Post("/api/session", new { user = "user1", password = "not it" });
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private async Task<System.Text.Json.JsonElement> Verify() => await (await _auditor.Post("/api/audit/verification")).Json();

    // What a superuser can do and the application cannot.
    private async Task AsSuperuser(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(fixture.Cluster.Superuser) { Database = new NpgsqlConnectionStringBuilder(_node.Connection).Database, Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand("set session_replication_role = replica; " + sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [Fact]
    public async Task The_log_says_who_did_what_and_is_whole()
    {
        var page = await (await _auditor.Get("/api/audit?action=user")).Json();
        page.GetProperty("lines").GetArrayLength().ShouldBe(4);
        page.GetProperty("lines")[0].Text("action").ShouldBe("user.added");
        var refused = (await (await _auditor.Get("/api/audit?action=session.refused")).Json()).GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        refused.Text("actor").ShouldStartWith("u-user1-");
        refused.Text("address").ShouldBe("127.0.0.1");
        refused.ToString().ShouldNotContain("not it");
        (await Verify()).GetProperty("whole").GetBoolean().ShouldBeTrue();
        // Looking is itself on record.
        (await (await _auditor.Get("/api/audit?action=audit.verified")).Json()).GetProperty("lines").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("update server.audit set about = 'x' where seq = 2", "第 2 行被改动")]
    [InlineData("delete from server.audit where seq = 2", "缺少第 2 行")]
    [InlineData("delete from server.audit where seq = (select max(seq) from server.audit)", "链头指向")]
    [InlineData("update server.audit set seq = case seq when 2 then 3 else 2 end + 1000 where seq in (2, 3); update server.audit set seq = seq - 1000 where seq > 1000", "第 2 行")]
    [InlineData("insert into server.audit select seq + 1, at, actor, action, contract, about, detail, address, hash, sha256('x') from server.audit order by seq desc limit 1", "行")]
    [InlineData("update server.audit_head set hash = sha256('x')", "链头")]
    public async Task A_superusers_alteration_is_found_and_named(string alteration, string said)
    {
        await AsSuperuser(alteration);
        var verification = await Verify();
        verification.GetProperty("whole").GetBoolean().ShouldBeFalse();
        verification.Text("first").ShouldContain(said);
    }

    [Fact]
    public async Task Many_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(attempt => _node.Anonymous.Post("/api/session", new { user = "guess" + attempt, password = "x" })));
        var verification = await Verify();
        verification.GetProperty("whole").GetBoolean().ShouldBeTrue();
        verification.GetProperty("count").GetInt64().ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        foreach (var client in (HttpClient[])[await _node.As(Admin.SystemAdmin), await _node.As(Admin.SecurityAdmin), await _node.As(Role.Auditor), await _node.As(Role.BuyerLeader)])
            (await (await client.Get("/api/audit")).Problem(403)).ShouldBe("forbidden");
    }
}

using System.Text;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Tests.Statements;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Access;

/// <summary>With the API's own checks removed, the database still holds back whatever is not the caller's.</summary>
public sealed class RowLevelSecurityTests(UncheckedNode held) : IClassFixture<UncheckedNode>
{
    private const string Marker = UncheckedNode.Marker;
    private static readonly string[] PerContract = ["ledger.facts", "ledger.heads", "ledger.claim_events", "ledger.claim_heads", "ledger.notes", "ledger.evidence", "ledger.evidence_keys", "ledger.checkpoints", "statements.packs", "statements.pack_files", "statements.pack_agreements", "statements.issued", "server.grants"];
    private readonly TestNode _node = held.Node;

    [Theory]
    [InlineData(Role.BuyerLeader)]
    [InlineData(Role.ProviderManager)]
    [InlineData(Role.Auditor)]
    [Trait("Length", "Long")]
    public async Task No_answer_holds_anything_of_another_contract(Role role)
    {
        var client = await _node.As(role);
        var other = await NumbersOf(TestNode.OtherContract);
        var read = 0;
        foreach (var endpoint in _node.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = endpoint.RoutePattern.RawText!;
            if (!pattern.StartsWith("/api", StringComparison.Ordinal) || pattern.Contains("/session", StringComparison.Ordinal) || pattern.EndsWith("/events", StringComparison.Ordinal)
                || !endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")) continue;
            var path = pattern.Replace("{contract}", TestNode.OtherContract, StringComparison.Ordinal).Replace("{sha256}", other.Evidence, StringComparison.Ordinal)
                .Replace("{number:long}", "1", StringComparison.Ordinal).Replace("{number}", other.Statement, StringComparison.Ordinal);
            using var answer = await client.GetAsync(path, Cancellation);
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            text.ShouldNotContain(Marker, Case.Insensitive, path);
            text.ShouldNotContain("民政", Case.Insensitive, path);
            read++;
        }
        read.ShouldBeGreaterThan(25);
        // The same addresses speak to those who belong there, so it was not for want of something to say.
        var theirs = await _node.As(Role.BuyerLeader, TestNode.OtherContract);
        foreach (var path in (string[])["facts", "notes", "claims", "evidence", "statements/" + other.Statement])
            (await (await theirs.GetAsync($"/api/contracts/{TestNode.OtherContract}/{path}", Cancellation)).Content.ReadAsStringAsync(Cancellation)).ShouldContain(path.StartsWith("statements", StringComparison.Ordinal) ? other.Statement : Marker);
    }

    [Fact]
    public async Task Nothing_can_be_put_into_another_contract()
    {
        var client = await _node.As(Role.BuyerClerk);
        var before = await Counts();
        (string, object)[] attempts =
        [
            ("notes", new { about = "x", text = "x" }),
            ("claims", new { type = "retraction", about = $"{Marker}-1", reason = "x", evidence = Array.Empty<string>() }),
            ("facts", new { id = "x", contract = TestNode.OtherContract, kind = "meter.read", at = "2025-12-08T08:00:00+08:00", subject = "x", data = new { } }),
            ("statements", new { from = "2025-01-01", to = "2025-11-30", asOf = "2025-12-01T00:00:00+08:00" }),
        ];
        foreach (var (path, body) in attempts) ((int)(await client.Post($"/api/contracts/{TestNode.OtherContract}/{path}", body)).StatusCode).ShouldBeGreaterThanOrEqualTo(400, path);
        (await Counts()).ShouldBe(before);
    }

    private async Task<IReadOnlyList<string>> Counts()
    {
        var counts = new List<string>();
        foreach (var table in PerContract) counts.Add($"{table}: {await _node.Ask<long>($"select count(*) from {table} where contract = $1", TestNode.OtherContract)}");
        return counts;
    }

    private async Task<(string Evidence, string Statement)> NumbersOf(string contract) =>
        (await _node.Ask<string>("select sha256 from ledger.evidence where contract = $1", contract), await _node.Ask<string>("select number from statements.issued where contract = $1", contract));

    [Fact]
    public async Task The_application_sees_of_every_table_the_rows_of_its_contracts_only()
    {
        // Every table of ours that has a contract, whoever adds it.
        var tables = await Rows("select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid where c.relkind = 'r' and a.attname = 'contract' and n.nspname in ('ledger', 'statements', 'server') order by 1");
        PerContract.Except(tables).ShouldBeEmpty();
        var open = await Rows("select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and not c.relrowsecurity and n.nspname in ('ledger', 'statements', 'server') order by 1");
        // Neither says anything of a contract or a person.
        open.ShouldBe(["ledger.signing_keys", "server.installation"]);

        await using var sight = await Sight.Open(_node.Database, "u-test", null, [TestNode.Contract], Cancellation);
        foreach (var table in tables)
        {
            if (PerContract.Contains(table)) (await _node.Ask<long>($"select count(*) from {table} where contract = $1", TestNode.OtherContract)).ShouldBeGreaterThan(0, table);
            if (!await sight.Scalar<bool>("select has_table_privilege('yueheng_app', $1, 'select')", Cancellation, table)) continue;
            (await sight.Scalar<long>($"select count(*) from {table} where contract <> $1", Cancellation, TestNode.Contract)).ShouldBe(0, table);
        }
        (await sight.Scalar<long>("select count(*) from ledger.facts", Cancellation)).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_session_that_says_nothing_sees_nothing()
    {
        foreach (var table in PerContract.Append("server.users").Append("server.audit").Append("server.keys"))
        {
            await using var command = _node.Database.App.CreateCommand($"select count(*) from (select 1 from {table}) t");
            (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(0L, table);
        }
    }

    [Theory]
    [InlineData("select password from server.users")]
    [InlineData("select totp_secret from server.users")]
    [InlineData("select token from server.sessions")]
    [InlineData("select token from server.keys")]
    [InlineData("insert into server.grants values ('c', 'u-test', 'auditor', 'x', now())")]
    [InlineData("update server.users set admin = 'system-admin'")]
    [InlineData("insert into server.audit select * from server.audit")]
    [InlineData("update server.audit set detail = ''")]
    [InlineData("delete from server.audit")]
    [InlineData("truncate server.audit")]
    [InlineData("update server.audit_head set seq = 0")]
    [InlineData("update server.installation set value = ''")]
    [InlineData("update ledger.facts set by = 'x'")]
    [InlineData("delete from statements.issued")]
    public async Task The_application_has_no_privilege_to(string statement)
    {
        await using var command = _node.Database.App.CreateCommand(statement);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("system-admin", "select server.set_roles('u-x', 'c', array['auditor'], now())")]
    [InlineData("system-admin", "select server.approve_key('k-1', now())")]
    [InlineData("security-admin", "select server.add_user('u-x', 'x', 'x', '', 'password', null, 'x', true, now())")]
    [InlineData("security-admin", "select server.add_key('k-1', sha256(''), 'x', array['c'], array['read-facts'], array['*'], now(), null)")]
    [InlineData("audit-admin", "select server.change_user('u-x', true, null, null)")]
    [InlineData("", "select server.set_roles('u-x', 'c', array['auditor'], now())")]
    public async Task No_administrator_does_anothers_part_in_the_database_either(string admin, string statement)
    {
        await using var sight = await Sight.Open(_node.Database, "u-test", admin, [], Cancellation);
        (await Should.ThrowAsync<PostgresException>(() => sight.Execute(statement, Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private async Task<List<string>> Rows(string sql)
    {
        await using var command = _node.Database.Owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation)) rows.Add(reader.GetString(0));
        return rows;
    }
}

/// <summary>A node whose API checks nothing, with a bit of everything in two contracts.</summary>
public sealed class UncheckedNode(ServerFixture fixture) : IAsyncLifetime
{
    /// <summary>Stands in everything that is recorded of the other contract.</summary>
    public const string Marker = "MARK-7f3a";

    public TestNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Node = await fixture.Start(options => options.IsChecked = false);
        foreach (var contract in (string[])[TestNode.Contract, TestNode.OtherContract]) await Fill(contract, contract == TestNode.OtherContract ? Marker : "mine");
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private async Task Fill(string contract, string word)
    {
        await Node.Record(contract);
        await Node.Append(contract, $"{word}-1", "meter.read", "2025-12-01T09:00:00+08:00", $"{word}-subject");
        var clerk = await Node.As(Role.BuyerClerk, contract);
        var manager = await Node.As(Role.ProviderManager, contract);
        await (await clerk.Post($"/api/contracts/{contract}/notes", new { about = $"{word}-1", text = $"{word} note" })).Json(201);
        await (await manager.Post($"/api/contracts/{contract}/claims", new { type = "retraction", about = $"{word}-1", reason = $"{word} reason", evidence = Array.Empty<string>() })).Json(201);
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes($"{word} evidence\n")), "file", $"{word}.txt" } };
        await (await clerk.PostAsync($"/api/contracts/{contract}/evidence", file, Cancellation)).Json(201);
        await (await clerk.Post($"/api/contracts/{contract}/statements", new { from = "2025-01-01", to = "2025-11-30", asOf = "2025-12-01T00:00:00+08:00" })).Json(201);
    }
}

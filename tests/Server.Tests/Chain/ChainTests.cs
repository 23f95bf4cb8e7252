using System.Text;
using System.Text.Json;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Server.Signing;
using Yueheng.Server.Tests.Statements;
using Yueheng.Statements.Bundles;

namespace Yueheng.Server.Tests.Chain;

public class ChainTests(ServerFixture fixture)
{
    private static readonly string Path = $"/api/contracts/{TestNode.Contract}";

    private static async Task Sign(TestNode node) =>
        await node.Part<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<DailyCheckpoints>().Single().SignAll(Answers.Cancellation);

    [Fact]
    public async Task It_says_where_the_chains_end_and_what_was_signed()
    {
        await using var node = await fixture.Start();
        var manager = await node.As(Role.ProviderManager);
        var empty = await (await Answers.Get(manager, Path + "/chain")).Json();
        (empty.GetProperty("head").GetProperty("seq").GetInt64(), empty.GetProperty("checkpoints").GetArrayLength()).ShouldBe((0, 0));
        var receipt = await node.Append(TestNode.Contract, "f1", "incident.reported", "2025-12-08T08:00:00+08:00", "INC-1");
        await Sign(node);
        await Sign(node);
        var chain = await (await Answers.Get(manager, Path + "/chain")).Json();
        chain.GetProperty("head").Text("hash").ShouldBe(receipt.Hash);
        var checkpoint = chain.GetProperty("checkpoints").EnumerateArray().ShouldHaveSingleItem();
        (checkpoint.GetProperty("seq").GetInt64(), checkpoint.Text("hash"), checkpoint.Text("reason")).ShouldBe((1, receipt.Hash, "daily"));
        var key = chain.GetProperty("keys").EnumerateArray().Single(one => one.GetProperty("isCurrent").GetBoolean());
        Signatures.IdOf(Signatures.ReadPem(key.Text("pem"))!).ShouldBe(checkpoint.Text("key"));

        var held = CheckpointFile.Read(await manager.GetByteArrayAsync(Path + "/chain/checkpoints", Answers.Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem();
        Signatures.Verify(held.Algorithm, Signatures.ReadPem(key.Text("pem"))!, held.Signed(), held.Signature).ShouldBeTrue();
    }

    [Fact]
    public async Task Verification_finds_nothing_where_nothing_was_done()
    {
        await using var node = await fixture.Start();
        await node.Record();
        await Sign(node);
        var found = await (await Answers.Post(await node.As(Role.Auditor), Path + "/verification")).Json();
        found.GetProperty("whole").GetBoolean().ShouldBeTrue(found.ToString());
        found.GetProperty("count").GetInt64().ShouldBeGreaterThan(100);
        found.TryGetProperty("first", out _).ShouldBeFalse();
        (await node.Ask<long>("select count(*) from server.audit where action = 'chain.verified'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("update ledger.facts set by = 'wang' where contract = 'security-operations' and seq = 2", "facts", 2)]
    [InlineData("delete from ledger.facts where contract = 'security-operations' and seq = 3; update ledger.heads set seq = 2, hash = (select hash from ledger.facts where contract = 'security-operations' and seq = 2) where contract = 'security-operations'", "facts", 3)]
    [InlineData("update ledger.checkpoints set seq = 2", "checkpoints", 1)]
    [InlineData("insert into ledger.signing_keys values (repeat('a', 64), 'ecdsa-p256-sha256', '\\x00', 0, null, null); update ledger.checkpoints set key = repeat('a', 64)", "checkpoints", 1)]
    public async Task What_a_superuser_did_is_found_and_named(string sql, string part, int seq)
    {
        await using var node = await fixture.Start();
        for (var number = 1; number <= 3; number++) await node.Append(TestNode.Contract, $"f{number}", "incident.reported", "2025-12-08T08:00:00+08:00", "INC-1");
        await Sign(node);
        await Tamper(node, sql);
        var found = await (await Answers.Post(await node.As(Role.Auditor), Path + "/verification")).Json();
        found.GetProperty("whole").GetBoolean().ShouldBeFalse();
        (found.GetProperty("first").Text("part"), found.GetProperty("first").GetProperty("seq").GetInt32()).ShouldBe((part, seq), found.ToString());
    }

    private async Task Tamper(TestNode node, string sql)
    {
        var superuser = new Npgsql.NpgsqlConnectionStringBuilder(fixture.Cluster.Superuser) { Database = new Npgsql.NpgsqlConnectionStringBuilder(node.Connection).Database, Pooling = false };
        await using var source = Npgsql.NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand($"begin; set local session_replication_role = replica; {sql}; commit");
        await command.ExecuteNonQueryAsync(Answers.Cancellation);
    }

    [Fact]
    public async Task An_export_verifies_offline_and_says_who_had_it_made()
    {
        await using var node = await fixture.Start();
        await node.Record();
        var auditor = await node.As(Role.Auditor);
        using var answer = await Answers.Get(auditor, Path + "/export?files=true");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        answer.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("security-operations-20251208.zip");
        var by = answer.Headers.GetValues("X-Yueheng-Exported-By").Single();
        var report = await BundleCheck.Verify(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Answers.Cancellation)), new([node.Part<SigningKey>().PublicKey], []), Answers.Cancellation);
        report.First.ShouldBeNull();
        (report.By, report.Contract).ShouldBe((by, TestNode.Contract));
        report.Figures.ShouldBeGreaterThan(50);
        (await node.Ask<long>("select count(*) from server.audit where action = 'export.read'")).ShouldBe(1);
        // Nothing stays behind.
        Directory.GetFiles(System.IO.Path.Combine(node.Data, "cache"), "export-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_sees_no_money_gets_no_export()
    {
        await using var node = await fixture.Start();
        foreach (var role in (Role[])[Role.Engineer, Role.DeskAgent, Role.Supervisor, Role.UsingUnit])
            (await (await Answers.Get(await node.As(role), Path + "/export")).Problem(403)).ShouldBe("forbidden");
        (await (await Answers.Get(await node.As(Role.Auditor), $"/api/contracts/{TestNode.OtherContract}/export")).Problem(404)).ShouldBe("not-found");
    }

    [Fact]
    public async Task A_new_key_takes_over_at_the_next_start()
    {
        await using var first = await fixture.Start();
        await first.Append(TestNode.Contract, "f1", "incident.reported", "2025-12-08T08:00:00+08:00", "INC-1");
        await Sign(first);
        var (old, fresh) = SigningKey.Rotate(first.Data, Signatures.Sm2);
        await using var second = await fixture.Start(options => (options.Database, options.Data, options.Clock) = (first.Connection, first.Data, "2025-12-09T08:30:00+08:00"));
        await Sign(second);
        var keys = await PublicKeys.All(second.Database, Answers.Cancellation);
        PublicKey.TrustedFrom([old.Id], keys).ShouldContain(fresh.Id);
        SigningKey.PutAside(first.Data).ShouldBeNull();
        (await (await Answers.Post(await second.As(Role.Auditor), Path + "/verification")).Json()).GetProperty("whole").GetBoolean().ShouldBeTrue();
    }
}

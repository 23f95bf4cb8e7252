using System.Text;
using Npgsql;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Backups;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Tests.Backups;

public class BackupTests(PostgresFixture postgres)
{
    /// <summary>A data directory with a private cluster, two contracts, a claim, a checkpoint and evidence.</summary>
    private sealed class Installation : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("backup-").FullName;

        public Installation() => File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute);

        public string Data => Path.Combine(_root, "data");
        public string Copy => Path.Combine(_root, "copy");
        public string Keys => Path.Combine(_root, "copy.keys");
        public string Other => Path.Combine(_root, "other");
        public FakeClock Clock { get; } = new();
        public string Kept { get; private set; } = "";
        public string Gone { get; private set; } = "";

        public Task<LedgerDatabase> Open(string? data = null) => LedgerDatabase.Open(null, Path.Combine(data ?? Data, "cluster"), Clock);

        public EvidenceVault Vault(LedgerDatabase database, string? data = null) => new(database, EvidenceFolder.Open(data ?? Data, MasterKey.Open(data ?? Data)), Clock, [Bench.Contract]);

        public async Task Fill(LedgerDatabase database)
        {
            foreach (var contract in (string[])[Bench.Contract, "another"])
                for (var number = 1; number <= 5; number++)
                    (await new FactLedger(database, Clock, [contract]).Append(contract, null, Encoding.UTF8.GetBytes(Bench.Line($"f{number}", contract)), "li")).ShouldBeOfType<Receipt>();
            var author = new Author("u-manager", [Role.ProviderManager]);
            (await new FactLedger(database, Clock, [Bench.Contract]).Claims.Propose(Bench.Contract, null, author, new Proposal(ClaimType.Retraction, [], "f3", "重复", []))).ShouldBeOfType<StepTaken>();
            var key = SigningKey.Open(Data);
            await PublicKeys.Enter(database, key, Clock);
            await new CheckpointBook(database, key, Clock, [Bench.Contract]).Sign(Bench.Contract, CheckpointReason.Daily);
            Kept = ((Stored)await Vault(database).Store(Bench.Contract, "留.txt", new MemoryStream("kept"u8.ToArray()), "li")).File.Sha256;
            Gone = ((Stored)await Vault(database).Store(Bench.Contract, "撤.txt", new MemoryStream("gone"u8.ToArray()), "li")).File.Sha256;
            await Vault(database).Withdraw(Bench.Contract, Gone, "li", "误传");
        }

        public Task<Backup.Made> BackUp() => Backup.Make(Data, null, Copy, Keys, TimeProvider.System);

        public void Dispose() => Directory.Delete(_root, true);
    }

    private static async Task<List<Anchor>> Heads(Installation at, LedgerDatabase database)
    {
        var heads = new List<Anchor>();
        foreach (var contract in (string[])[Bench.Contract, "another"])
        {
            var ledger = new FactLedger(database, at.Clock, [contract]);
            heads.Add(await ledger.HeadOf(contract));
            heads.Add(await ledger.Claims.HeadOf(contract));
        }
        return heads;
    }

    [Fact]
    public async Task What_was_backed_up_and_destroyed_is_restored_and_verifies()
    {
        using var at = new Installation();
        List<Anchor> before;
        await using (var database = await at.Open())
        {
            await at.Fill(database);
            before = await Heads(at, database);
        }
        var made = await at.BackUp();
        (made.Contracts, made.Evidence, made.Keys).ShouldBe((2, 1, at.Keys));
        Directory.Delete(at.Data, true);

        var restored = await Restore.From(at.Copy, at.Keys, at.Data, null, TimeProvider.System);
        restored.Differences.ShouldBeEmpty();
        restored.Contracts.Select(contract => (contract.Contract, contract.Facts, contract.Claims)).ShouldBe([("another", 5, 0), (Bench.Contract, 5, 1)]);
        restored.Evidence.ShouldBe(1);

        await using var again = await at.Open();
        (await Heads(at, again)).ShouldBe(before);
        var ledger = new FactLedger(again, at.Clock, [Bench.Contract]);
        (await ledger.Verify(Bench.Contract)).First.ShouldBeNull();
        var (_, content) = (await at.Vault(again).Open(Bench.Contract, at.Kept))!.Value;
        using (var reader = new StreamReader(content!)) (await reader.ReadToEndAsync()).ShouldBe("kept");
        (await at.Vault(again).Find(Bench.Contract, at.Gone))!.Withdrawal!.Reason.ShouldBe("误传");
        // And it goes on: the roles, the privileges and the keys are what they were.
        (await ledger.Append(Bench.Contract, null, Encoding.UTF8.GetBytes(Bench.Line("f6")), "li")).ShouldBeOfType<Receipt>().Seq.ShouldBe(6);
        var key = SigningKey.Open(at.Data);
        (await new CheckpointBook(again, key, at.Clock, [Bench.Contract]).Sign(Bench.Contract, CheckpointReason.Daily)).Number.ShouldBe(2);
        await using var forbidden = again.App.CreateCommand("delete from ledger.facts");
        (await Should.ThrowAsync<PostgresException>(() => forbidden.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task It_is_made_while_a_node_runs_and_appends()
    {
        using var at = new Installation();
        await using var database = await at.Open();
        await at.Fill(database);
        using var stop = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
                await new FactLedger(database, at.Clock, [Bench.Contract]).Append(Bench.Contract, null, Encoding.UTF8.GetBytes(Bench.Line($"more-{number}")), "li");
        });
        await at.BackUp();
        await stop.CancelAsync();
        await appending;
        var restored = await Restore.From(at.Copy, at.Keys, at.Other, null, TimeProvider.System);
        restored.Differences.ShouldBeEmpty();
        restored.Contracts[1].Facts.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task Without_the_keys_the_record_is_whole_and_the_evidence_unreadable()
    {
        using var at = new Installation();
        await using (var database = await at.Open()) await at.Fill(database);
        await at.BackUp();
        foreach (var file in Directory.GetFiles(at.Copy, "*", SearchOption.AllDirectories)) Path.GetFileName(file).ShouldNotBe("master.key");
        (await Should.ThrowAsync<BackupRefusedException>(() => Restore.From(at.Copy, at.Keys + ".lost", at.Other, null, TimeProvider.System))).Message.ShouldContain("--without-keys");
        Directory.Exists(at.Other).ShouldBeFalse();

        var restored = await Restore.From(at.Copy, null, at.Other, null, TimeProvider.System);
        (restored.Differences.Count, restored.Evidence).ShouldBe((0, 0));
        await using var again = await at.Open(at.Other);
        await Should.ThrowAsync<KeyRefusedException>(() => at.Vault(again, at.Other).Open(Bench.Contract, at.Kept));
    }

    [Theory]
    [InlineData("database.dump", "散列值不同")]
    [InlineData("evidence", "散列值不同")]
    [InlineData("evidence gone", "缺少")]
    [InlineData("manifest.json", "不能读取")]
    [InlineData("manifest gone", "不是完整的备份")]
    [InlineData("a path that leads out", "不合规的路径")]
    public async Task A_backup_that_is_not_whole_is_refused_and_leaves_nothing(string what, string said)
    {
        using var at = new Installation();
        await using (var database = await at.Open()) await at.Fill(database);
        await at.BackUp();
        var (evidence, manifest) = (Directory.GetFiles(Path.Combine(at.Copy, "evidence"), "*", SearchOption.AllDirectories).Single(), Path.Combine(at.Copy, "manifest.json"));
        switch (what)
        {
            case "evidence": Flip(evidence); break;
            case "evidence gone": File.Delete(evidence); break;
            case "manifest.json": File.WriteAllText(manifest, "{"); break;
            case "manifest gone": File.Delete(manifest); break;
            case "a path that leads out": File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"database.dump\"", "\"../database.dump\"", StringComparison.Ordinal)); break;
            default: Flip(Path.Combine(at.Copy, what)); break;
        }
        (await Should.ThrowAsync<BackupRefusedException>(() => Restore.From(at.Copy, at.Keys, at.Other, null, TimeProvider.System))).Message.ShouldContain(said);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(at.Other)!, "other*").ShouldBeEmpty();

        static void Flip(string file)
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
    }

    [Fact]
    public async Task It_overwrites_nothing()
    {
        using var at = new Installation();
        await using (var database = await at.Open()) await at.Fill(database);
        await at.BackUp();
        (await Should.ThrowAsync<BackupRefusedException>(at.BackUp)).Message.ShouldContain("不是空的");
        (await Should.ThrowAsync<BackupRefusedException>(() => Backup.Make(at.Data, null, at.Copy + "2", at.Keys, TimeProvider.System))).Message.ShouldContain("已经存在");
        (await Should.ThrowAsync<BackupRefusedException>(() => Restore.From(at.Copy, at.Keys, at.Data, null, TimeProvider.System))).Message.ShouldContain("只恢复到空目录");
        (await Should.ThrowAsync<BackupRefusedException>(() => Backup.Make(at.Other, null, at.Copy + "3", at.Keys + "3", TimeProvider.System))).Message.ShouldContain("不存在");
    }

    [Fact]
    public async Task A_database_of_yours_is_backed_up_and_restored_like_a_private_one()
    {
        using var at = new Installation();
        var yours = await postgres.EmptyDatabase();
        await using (var database = await LedgerDatabase.Open(yours, "", at.Clock)) await at.Fill(database);
        await Backup.Make(at.Data, yours, at.Copy, at.Keys, TimeProvider.System);
        (await Should.ThrowAsync<BackupRefusedException>(() => Restore.From(at.Copy, at.Keys, at.Other, yours, TimeProvider.System))).Message.ShouldContain("数据库不是空的");
        var restored = await Restore.From(at.Copy, at.Keys, at.Other, await postgres.EmptyDatabase(), TimeProvider.System);
        (restored.Differences.Count, restored.Contracts.Count, restored.Evidence).ShouldBe((0, 2, 1));
    }

    [Fact]
    public async Task What_the_copy_of_the_database_hides_is_found_by_verification()
    {
        using var at = new Installation();
        var (yours, fresh) = (await postgres.EmptyDatabase(), await postgres.EmptyDatabase());
        await using (var database = await LedgerDatabase.Open(yours, "", at.Clock))
        {
            await at.Fill(database);
            await new Bench(database, postgres.Cluster).Tamper("update ledger.facts set by = 'wang' where contract = 'sample' and seq = 2");
        }
        await Backup.Make(at.Data, yours, at.Copy, at.Keys, TimeProvider.System);
        (await Restore.From(at.Copy, at.Keys, at.Other, fresh, TimeProvider.System)).Differences.ShouldHaveSingleItem().ShouldContain("第 2 号事实 f2 被改动");
    }

    [Fact]
    public async Task Missing_evidence_is_told_when_the_backup_is_made()
    {
        using var at = new Installation();
        await using (var database = await at.Open()) await at.Fill(database);
        File.Delete(Directory.GetFiles(Path.Combine(at.Data, "evidence"), at.Kept + ".*", SearchOption.AllDirectories).Single());
        (await Should.ThrowAsync<BackupRefusedException>(at.BackUp)).Message.ShouldContain(at.Kept);
        File.Exists(Path.Combine(at.Copy, "manifest.json")).ShouldBeFalse();
    }
}

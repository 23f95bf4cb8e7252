using System.Formats.Tar;
using System.Security.Cryptography;
using Npgsql;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Backups;

/// <summary>Puts a backup in place of nothing: an empty data directory, an empty database. What comes of it is proven by verification.</summary>
/// <example><c>await Restore.From("/backups/2025-12-08", "/elsewhere/2025-12-08.keys", "data", null, TimeProvider.System)</c></example>
public static class Restore
{
    /// <summary>What was restored.</summary>
    /// <param name="Differences">What verification found, each one sentence in Chinese; none: all is as it was.</param>
    public sealed record Restored(IReadOnlyList<RestoredContract> Contracts, int Evidence, IReadOnlyList<string> Differences);

    public sealed record RestoredContract(string Contract, long Facts, long Claims, string Head);

    /// <param name="folder">The backup.</param>
    /// <param name="keys">The file with its keys; null: without them, so that evidence cannot be read.</param>
    /// <param name="data">The data directory: not there, or empty.</param>
    /// <param name="connectionString">YUEHENG_DATABASE, an empty database; null or empty: a private cluster in the data directory.</param>
    /// <param name="masterKey">YUEHENG_MASTER_KEY.</param>
    /// <exception cref="BackupRefusedException">The backup is not whole, or something is there already.</exception>
    /// <exception cref="ClusterRefusedException">The private cluster cannot run here.</exception>
    public static async Task<Restored> From(string folder, string? keys, string data, string? connectionString, TimeProvider clock, string? masterKey = null, CancellationToken cancellation = default)
    {
        var manifest = await BackupManifest.Read(folder, cancellation);
        foreach (var file in manifest.Files) await Compare(folder, file, cancellation);
        data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data));
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any()) throw new BackupRefusedException($"数据目录 {data} 不是空的；只恢复到空目录。");
        // Made beside and moved into place at the end: a data directory is whole or not there.
        var half = data + ".restoring";
        if (Directory.Exists(half)) throw new BackupRefusedException($"{half} 是一次中断的恢复留下的；请移走后再试。");
        Directory.CreateDirectory(half);
        try
        {
            if (keys is not null) await UnpackKeys(keys, Path.Combine(half, EvidenceFolder.Keys), cancellation);
            foreach (var file in manifest.Files.Where(file => file.Path != BackupManifest.Dump))
            {
                var to = Path.Combine(half, file.Path);
                if (file.Path.Contains('/')) Durable.MakeFolder(Path.Combine(half, EvidenceFolder.Files));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                await using var from = File.OpenRead(Path.Combine(folder, file.Path));
                await using var copy = Durable.Create(to);
                await from.CopyToAsync(copy, cancellation);
                copy.Flush(true);
            }
            var restored = await Database(folder, manifest, half, connectionString, keys is not null || !string.IsNullOrEmpty(masterKey), clock, masterKey, cancellation);
            if (Directory.Exists(data)) Directory.Delete(data);
            Directory.Move(half, data);
            return restored;
        }
        catch
        {
            Directory.Delete(half, true);
            File.Delete(Path.Combine(Path.GetDirectoryName(half)!, Path.GetFileName(half) + ".lock"));
            throw;
        }
    }

    private static async Task Compare(string folder, BackupFile file, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Path);
        if (Path.IsPathRooted(file.Path) || file.Path.Split('/').Contains("..")) throw new BackupRefusedException($"备份清单中有不合规的路径 {file.Path}。");
        if (!File.Exists(path)) throw new BackupRefusedException($"备份中缺少 {file.Path}。");
        await using var stream = File.OpenRead(path);
        if (stream.Length != file.Size || Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != file.Sha256) throw new BackupRefusedException($"备份中的 {file.Path} 与清单所记的散列值不同：文件被改动或不完整。");
    }

    private static async Task UnpackKeys(string file, string folder, CancellationToken cancellation)
    {
        if (!File.Exists(file)) throw new BackupRefusedException($"没有密钥文件 {file}；没有密钥就读不出证据。确要如此，请用 --without-keys。");
        Durable.MakeFolder(folder);
        try
        {
            await using var input = File.OpenRead(file);
            await using var tar = new TarReader(input);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
                // Keys lie directly in their folder; whatever path an entry claims, only its last word counts.
                var name = Path.GetFileName(entry.Name);
                if (name is "" or "." or ".." || entry.DataStream is not { } content) continue;
                await using var output = Durable.Create(Path.Combine(folder, name));
                await content.CopyToAsync(output, cancellation);
                output.Flush(true);
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new BackupRefusedException($"密钥文件 {file} 不能读取。");
        }
    }

    private static async Task<Restored> Database(string folder, BackupManifest manifest, string data, string? connectionString, bool hasKeys, TimeProvider clock, string? masterKey, CancellationToken cancellation)
    {
        await using (var cluster = string.IsNullOrEmpty(connectionString) ? await PrivateCluster.Start(Path.Combine(data, "cluster"), cancellation) : null)
        {
            var owner = cluster?.Owner ?? connectionString!;
            await using var source = NpgsqlDataSource.Create(owner + ";Pooling=false");
            await Prepare(source, cancellation);
            await PostgresTools.Run("pg_restore", owner, ["--no-owner", "--no-password", "--exit-on-error", "--single-transaction", "--dbname", new NpgsqlConnectionStringBuilder(owner).Database!, Path.Combine(Path.GetFullPath(folder), BackupManifest.Dump)], cancellation);
            foreach (var (contract, sha256, record) in manifest.Withdrawn) await Withdraw(source, contract, sha256, record, cancellation);
            await using var database = await LedgerDatabase.Open(owner, "", clock, cancellation);
            return await Verify(database, manifest, data, hasKeys, clock, masterKey, cancellation);
        }
    }

    // What belongs to the cluster or to the database as a whole is in no dump: the application's role, and what it may do in this database.
    private static async Task Prepare(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var look = source.CreateCommand("select exists (select from pg_namespace where nspname in ('ledger', 'yueheng', 'statements', 'server'))");
        if (await look.ExecuteScalarAsync(cancellation) is true) throw new BackupRefusedException("数据库不是空的：其中已有约衡的数据；只恢复到空数据库。");
        await using var roles = source.CreateCommand("""
            do $$
            begin
                if not exists (select from pg_roles where rolname = 'yueheng_app') then create role yueheng_app nologin; end if;
                if not pg_has_role(current_user, 'yueheng_app', 'member') then execute format('grant yueheng_app to %I', current_user); end if;
                execute format('grant connect, temporary on database %I to yueheng_app', current_database());
            end
            $$
            """);
        await roles.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task Withdraw(NpgsqlDataSource source, string contract, string sha256, Withdrawal record, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand("select set_config('yueheng.contracts', $1, true), ledger.withdraw_evidence($1, $2, $3, $4, $5)", connection);
        foreach (var value in (object[])[contract, sha256, record.RecordedAt, record.By, record.Reason]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Restored> Verify(LedgerDatabase database, BackupManifest manifest, string data, bool hasKeys, TimeProvider clock, string? masterKey, CancellationToken cancellation)
    {
        var (contracts, differences, files) = (new List<RestoredContract>(), new List<string>(), 0);
        var publicKeys = await PublicKeys.All(database, cancellation);
        var vaultFolder = hasKeys ? EvidenceFolder.Open(data, MasterKey.Open(data, masterKey)) : null;
        foreach (var head in manifest.Heads)
        {
            var ledger = new FactLedger(database, clock, [head.Contract]);
            var checkpoints = await CheckpointBook.Of(database, head.Contract, cancellation);
            if (CheckpointCheck.First(head.Contract, checkpoints, publicKeys) is { } fault) differences.Add($"{head.Contract}：{fault.Message}");
            var facts = await ledger.Verify(head.Contract, [head.Facts, .. checkpoints.Select(one => one.Facts)], cancellation);
            var claims = await ledger.Claims.Verify(head.Contract, [head.Claims, .. checkpoints.Select(one => one.Claims)], cancellation);
            foreach (var found in (ReadOnlySpan<Verifying.Verification>)[facts, claims])
                if (found.First is { } first) differences.Add($"{head.Contract}：{first.Message}");
            if (facts.Head != head.Facts.Hash || claims.Head != head.Claims.Hash) differences.Add($"{head.Contract}：恢复后的链头与备份时不同。");
            contracts.Add(new(head.Contract, facts.Count, claims.Count, facts.Head));
            if (vaultFolder is null) continue;
            var vault = new EvidenceVault(database, vaultFolder, clock, [head.Contract]);
            foreach (var (file, message) in await vault.Verify(head.Contract, cancellation)) differences.Add($"{head.Contract}：证据 {file.Name}：{message}");
            files += (await vault.List(head.Contract, cancellation)).Count(file => file.Withdrawal is null);
        }
        return new(contracts, files, differences);
    }
}

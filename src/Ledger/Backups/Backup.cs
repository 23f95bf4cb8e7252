using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Backups;

/// <summary>
/// A copy of an installation at one moment, made while it runs: a folder with the dump of the database (<c>pg_dump</c>, custom format), the
/// encrypted evidence and a manifest with all hashes; and, apart from it, a file with the keys. Who has the folder alone opens no evidence.
/// </summary>
/// <example><c>await Backup.Make("data", null, "/backups/2025-12-08", "/elsewhere/2025-12-08.keys", TimeProvider.System)</c></example>
public static class Backup
{
    /// <summary>What was copied.</summary>
    /// <param name="Bytes">Of all files, the keys left out.</param>
    /// <param name="Keys">The file with the keys; null: they lie in none (YUEHENG_MASTER_KEY holds the master key).</param>
    public sealed record Made(int Contracts, int Evidence, long Bytes, string? Keys);

    /// <param name="data">The data directory.</param>
    /// <param name="connectionString">YUEHENG_DATABASE; null or empty: the private cluster of the data directory, running or not.</param>
    /// <param name="folder">Where to; made, or empty.</param>
    /// <param name="keys">The file for the keys; made.</param>
    /// <param name="clock">True time.</param>
    /// <exception cref="BackupRefusedException"/>
    public static async Task<Made> Make(string data, string? connectionString, string folder, string keys, TimeProvider clock, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(data)) throw new BackupRefusedException($"数据目录 {data} 不存在。");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new BackupRefusedException($"{folder} 不是空的；请换一个新目录。");
        if (File.Exists(keys)) throw new BackupRefusedException($"密钥文件 {keys} 已经存在；请换一个名字。");
        Durable.MakeFolder(Path.GetFullPath(folder));
        await using var reached = await Reached.Database(data, connectionString, cancellation);
        await using var source = NpgsqlDataSource.Create(reached.Owner + ";Pooling=false");
        var files = new List<BackupFile>();
        var withdrawn = new List<BackupWithdrawal>();
        IReadOnlyList<BackupHead> heads;
        IReadOnlyList<(string Contract, string Sha256, string Place)> evidence;

        // One moment for the dump, the heads and the list of evidence; whoever appends meanwhile is not held up.
        await using (var connection = await source.OpenConnectionAsync(cancellation))
        await using (await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation))
        {
            await using var export = new NpgsqlCommand("select pg_export_snapshot()", connection);
            var snapshot = (string)(await export.ExecuteScalarAsync(cancellation))!;
            await PostgresTools.Run("pg_dump", reached.Owner, ["--format=custom", "--no-owner", "--no-password", $"--snapshot={snapshot}", "--file", Path.Combine(Path.GetFullPath(folder), BackupManifest.Dump)], cancellation);
            heads = await Heads(connection, cancellation);
            evidence = await Evidence(connection, cancellation);
        }
        files.Add(await Flushed(folder, BackupManifest.Dump, cancellation));

        // After the dump: everything that it names was on disk before it was named.
        foreach (var (contract, sha256, place) in evidence)
        {
            var path = Path.Combine(EvidenceFolder.Files, place);
            if (await Copy(Path.Combine(data, path), folder, path, cancellation)) files.Add(await Flushed(folder, path, cancellation));
            else if (await Withdrawal(source, contract, sha256, cancellation) is { } gone) withdrawn.Add(new(contract, sha256, gone));
            else throw new BackupRefusedException($"合同 {contract} 的证据 {sha256} 不在数据目录中：请先查明（服务的“核验”会列出全部受损的证据）。");
        }
        if (await Copy(Path.Combine(data, BackupManifest.Settings), folder, BackupManifest.Settings, cancellation)) files.Add(await Flushed(folder, BackupManifest.Settings, cancellation));

        var hasKeys = await Keys(data, keys, cancellation);
        var manifest = new BackupManifest(BackupManifest.Version, clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), files, heads, await Master(source, cancellation), withdrawn);
        // Last of all: a backup without it is none.
        Durable.WriteOnce(Path.Combine(folder, BackupManifest.Name), JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json));
        return new(heads.Count, evidence.Count - withdrawn.Count, files.Sum(file => file.Size), hasKeys ? keys : null);
    }

    internal static async Task<IReadOnlyList<BackupHead>> Heads(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select coalesce(f.contract, c.contract), f.seq, f.hash, c.seq, c.hash from ledger.heads f full join ledger.claim_heads c on c.contract = f.contract order by 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var heads = new List<BackupHead>();
        while (await reader.ReadAsync(cancellation)) heads.Add(new(reader.GetString(0), Head(1), Head(3)));
        return heads;

        Anchor Head(int column) => reader.IsDBNull(column) ? new(0, Checkpoint.Genesis) : new(reader.GetInt64(column), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(column + 1)));
    }

    private static async Task<IReadOnlyList<(string, string, string)>> Evidence(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select e.contract, e.sha256, e.file from ledger.evidence e join ledger.evidence_keys k using (contract, sha256) order by 1, 2", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var evidence = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancellation)) evidence.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return evidence;
    }

    private static async Task<Withdrawal?> Withdrawal(NpgsqlDataSource source, string contract, string sha256, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select recorded_at, by, reason from ledger.evidence_withdrawals where contract = $1 and sha256 = $2");
        command.Parameters.Add(new() { Value = contract });
        command.Parameters.Add(new() { Value = sha256 });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static async Task<string?> Master(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("select string_agg(distinct master, ' ' order by master) from ledger.evidence_keys");
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private static async Task<bool> Copy(string from, string folder, string path, CancellationToken cancellation)
    {
        if (!File.Exists(from)) return false;
        var to = Path.Combine(folder, path);
        var made = Path.GetDirectoryName(Path.GetFullPath(to))!;
        if (!Directory.Exists(made)) Directory.CreateDirectory(made);
        try
        {
            await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
            await using var target = Durable.Create(to);
            await source.CopyToAsync(target, cancellation);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Withdrawn between the look and the copy.
            return false;
        }
    }

    private static async Task<BackupFile> Flushed(string folder, string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        file.Flush(true);
        Durable.FlushFolder(Path.GetDirectoryName(file.Name)!);
        return new(path, file.Length, hash);
    }

    private static async Task<bool> Keys(string data, string file, CancellationToken cancellation)
    {
        var folder = Path.Combine(data, EvidenceFolder.Keys);
        if (!Directory.Exists(folder)) return false;
        await using (var output = Durable.Create(file))
        {
            await TarFile.CreateFromDirectoryAsync(folder, output, includeBaseDirectory: false, cancellation);
            output.Flush(true);
        }
        Durable.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return true;
    }
}

/// <summary>A database that was reached by its owner: yours, a private cluster that a node runs, or one that was started for the purpose.</summary>
internal sealed class Reached : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;

    private Reached(string owner, PrivateCluster? cluster) => (Owner, _cluster) = (owner, cluster);

    public string Owner { get; }

    /// <exception cref="BackupRefusedException">There is none.</exception>
    public static async Task<Reached> Database(string data, string? connectionString, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(connectionString)) return new(connectionString, null);
        var folder = Path.Combine(data, "cluster");
        if (!Directory.Exists(Path.Combine(folder, "data"))) throw new BackupRefusedException($"数据目录 {data} 中没有数据库；用外部数据库时请设置 YUEHENG_DATABASE。");
        try
        {
            var cluster = await PrivateCluster.Start(folder, cancellation);
            return new(cluster.Owner, cluster);
        }
        catch (ClusterRefusedException held) when (held.InnerException is IOException)
        {
            // A node is running it: then it takes another connection.
            var owner = PrivateCluster.OwnerOfRunning(folder);
            try
            {
                await using var source = NpgsqlDataSource.Create(owner + ";Pooling=false");
                await using var connection = await source.OpenConnectionAsync(cancellation);
                return new(owner, null);
            }
            catch (NpgsqlException unreached)
            {
                throw new BackupRefusedException($"数据库由另一个进程运行，而不能连接：{unreached.Message}");
            }
        }
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}

using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Npgsql;

namespace Yueheng.Ledger.Migrations;

/// <summary>
/// The numbered SQL files of one room (<c>001-facts.sql</c>), embedded in its assembly. Each runs once in a database, in order, in a
/// transaction of its own. Several nodes may start together: one migrates, the others wait and find it done.
/// </summary>
/// <param name="room">The room's name; rooms count their files apart.</param>
/// <param name="files">All files of the room, in order, from number 1 without a gap.</param>
public sealed partial class Migrations(string room, IReadOnlyList<MigrationFile> files)
{
    // One lock for all rooms: any number that nobody else uses ("yueheng" in ASCII).
    private const long Lock = 0x79756568656E67;

    /// <summary>Those of the ledger.</summary>
    public static Migrations OfLedger { get; } = EmbeddedIn(typeof(Migrations).Assembly, "ledger");

    /// <summary>The files embedded in an assembly under their own names.</summary>
    public static Migrations EmbeddedIn(Assembly assembly, string room) =>
        new(room, [.. assembly.GetManifestResourceNames().Where(name => FileName().IsMatch(name)).Order(StringComparer.Ordinal).Select(name => Read(assembly, name))]);

    private static MigrationFile Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return new MigrationFile(name, reader.ReadToEnd());
    }

    /// <summary>Brings a database up to date.</summary>
    /// <param name="owner">Connects as the owner of the tables.</param>
    /// <param name="clock">Says when a file was applied.</param>
    /// <param name="cancellation">Ends the waiting for another node, too.</param>
    /// <returns>The names of the files applied now.</returns>
    /// <exception cref="MigrationRefusedException">An applied file has changed since, or the database is ahead of this program.</exception>
    /// <exception cref="NpgsqlException">The file or the wire is broken; what was applied before stays.</exception>
    public async Task<IReadOnlyList<string>> Apply(NpgsqlDataSource owner, TimeProvider clock, CancellationToken cancellation = default)
    {
        CheckNumbers();
        // A connection of its own, closed at the end: the lock goes with it, however this ends.
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await using (var wait = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } })
            await wait.ExecuteNonQueryAsync(cancellation);
        try
        {
            await Execute(connection, """
                create schema if not exists yueheng;
                create table if not exists yueheng.migrations (
                    room text not null, number int not null, file text not null, sha256 bytea not null, applied_at timestamptz not null,
                    primary key (room, number));
                """, cancellation);
            var applied = await Applied(connection, cancellation);
            Compare(applied);
            var fresh = files.Skip(applied.Count).ToArray();
            foreach (var file in fresh) await Apply(connection, file, clock, cancellation);
            return [.. fresh.Select(file => file.Name)];
        }
        finally
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
                await Execute(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    private void CheckNumbers()
    {
        for (var at = 0; at < files.Count; at++)
            if (files[at].Number != at + 1) throw new MigrationRefusedException($"迁移文件 {files[at].Name} 的编号不连续，此处应为 {at + 1:D3}。");
    }

    private void Compare(IReadOnlyList<(string File, byte[] Hash)> applied)
    {
        for (var at = 0; at < applied.Count; at++)
        {
            if (at >= files.Count) throw new MigrationRefusedException($"数据库已执行过本程序没有的迁移 {applied[at].File}；请使用更新的程序。");
            if (!applied[at].Hash.AsSpan().SequenceEqual(files[at].Hash))
                throw new MigrationRefusedException($"迁移文件 {files[at].Name} 在执行之后被改动；已执行的迁移不可更改，请恢复原文，另写新的编号。");
        }
    }

    private async Task<IReadOnlyList<(string File, byte[] Hash)>> Applied(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select file, sha256 from yueheng.migrations where room = $1 order by number", connection) { Parameters = { new() { Value = room } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new List<(string, byte[])>();
        while (await reader.ReadAsync(cancellation)) applied.Add((reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return applied;
    }

    private async Task Apply(NpgsqlConnection connection, MigrationFile file, TimeProvider clock, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, file.Sql, cancellation);
        await using var note = new NpgsqlCommand("insert into yueheng.migrations values ($1, $2, $3, $4, $5)", connection)
        {
            Parameters = { new() { Value = room }, new() { Value = file.Number }, new() { Value = file.Name }, new() { Value = file.Hash }, new() { Value = clock.GetUtcNow() } },
        };
        await note.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [GeneratedRegex(@"^\d{3}-[a-z0-9-]+\.sql$")]
    private static partial Regex FileName();
}

/// <summary>One numbered file.</summary>
/// <param name="Name">Begins with three digits, its number.</param>
/// <param name="Sql">Its statements; it neither begins nor ends a transaction.</param>
public sealed record MigrationFile(string Name, string Sql)
{
    public int Number => int.Parse(Name.AsSpan(0, 3), CultureInfo.InvariantCulture);

    /// <summary>SHA-256 of its text.</summary>
    public byte[] Hash => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Sql));
}

/// <summary>The files of this program and the history of the database do not belong together. The message says what to do.</summary>
public sealed class MigrationRefusedException(string message) : Exception(message);

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Reading;

namespace Yueheng.Bench;

/// <summary>The ledger on a private cluster: bulk appends, unchecked and checked, beside a bare COPY of the very rows they made, single appends, reading and verifying. Wall time.</summary>
internal static class LedgerBench
{
    private const string Contract = "security-operations";
    private const string Columns = "contract, seq, id, kind, subject, at, recorded_at, by, evidence, fact, previous, hash";
    private const int SingleAppends = 1000;

    public static async Task Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var bytes = BusyYear.Write(count);
        // The same facts on one day, none late and none ahead of its time.
        var today = Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(bytes), "\"at\":\"[0-9-]{10}T", "\"at\":\"2025-07-01T"));
        var (pack, refusals) = new PackReader("calendars").Read($"contracts/{Contract}", false);
        if (pack is null) throw new InvalidOperationException(string.Join('\n', refusals));
        var folder = Directory.CreateTempSubdirectory("ledger-bench-");
        File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherExecute);
        await using (var cluster = await PrivateCluster.Start(Path.Combine(folder.FullName, "cluster")))
        {
            await using var superuser = NpgsqlDataSource.Create(cluster.Superuser);
            for (var round = 0; round < rounds; round++)
            {
                // Each into an empty database: neither pays for the rows of the other.
                var recording = await Checked(superuser, await Fresh(superuser, cluster, $"checked{round}"), pack.Contract.Vocabulary, today, count);
                await Round(superuser, await Fresh(superuser, cluster, $"round{round}"), bytes, count, recording);
            }
        }
        folder.Delete(true);
    }

    private static async Task<string> Fresh(NpgsqlDataSource superuser, PrivateCluster cluster, string name)
    {
        await Execute(superuser, $"create database {name} owner yueheng_owner");
        return new NpgsqlConnectionStringBuilder(cluster.Owner) { Database = name }.ConnectionString;
    }

    // As the endpoint records a stream: against the contract's vocabulary, with authority, lateness and screening checked.
    private static async Task<TimeSpan> Checked(NpgsqlDataSource superuser, string connectionString, Vocabulary vocabulary, byte[] bytes, int count)
    {
        await using var database = await LedgerDatabase.Open(connectionString, "", TimeProvider.System);
        var ledger = new FactLedger(database, new DayEnd(), [Contract]);
        await Execute(superuser, "checkpoint");
        var recording = Stopwatch.StartNew();
        var recorded = await Count(ledger.RecordLines(Contract, vocabulary, new MemoryStream(bytes), new Author("bench", [], ["*"])));
        recording.Stop();
        if (recorded != count) throw new InvalidOperationException($"{recorded} of {count} facts were recorded.");
        return recording.Elapsed;
    }

    private static async Task<int> Count(IAsyncEnumerable<LineAnswer> answers)
    {
        var recorded = 0;
        await foreach (var answer in answers)
            if (answer.Answer is Receipt { IsNew: true }) recorded++;
        return recorded;
    }

    private static async Task Round(NpgsqlDataSource superuser, string connectionString, byte[] bytes, int count, TimeSpan recording)
    {
        await using var database = await LedgerDatabase.Open(connectionString, "", TimeProvider.System);
        var ledger = new FactLedger(database, TimeProvider.System, [Contract]);

        await Execute(superuser, "checkpoint");
        var bulk = Stopwatch.StartNew();
        var recorded = await Count(ledger.AppendLines(Contract, null, new MemoryStream(bytes), "bench"));
        bulk.Stop();
        if (recorded != count) throw new InvalidOperationException($"{recorded} of {count} facts were recorded.");

        var reading = Stopwatch.StartNew();
        var rows = new List<RecordedFact>(count);
        await foreach (var row in ledger.Read(Contract, FactsWanted.All)) rows.Add(row);
        reading.Stop();

        // The same columns, checks and indexes; no row-level security, no chain, no head.
        await Execute(database.Owner, "create table bare (like ledger.facts including all)");
        await Execute(superuser, "checkpoint");
        var copy = Stopwatch.StartNew();
        await Copy(database.Owner, rows);
        copy.Stop();

        var verifying = Stopwatch.StartNew();
        if (!(await ledger.Verify(Contract)).IsWhole) throw new InvalidOperationException("The chain is broken.");
        verifying.Stop();

        var single = new List<TimeSpan>();
        for (var number = 0; number < SingleAppends; number++)
        {
            var line = Encoding.UTF8.GetBytes($$$"""{"id":"single-{{{number}}}","contract":"{{{Contract}}}","kind":"incident.reported","at":"2025-03-03T09:00:00+08:00","subject":"S-{{{number}}}","data":{"severity":"urgent"}}""");
            var one = Stopwatch.StartNew();
            if (await ledger.Append(Contract, null, line, "bench") is not Receipt) throw new InvalidOperationException("A fact was refused.");
            single.Add(one.Elapsed);
        }
        single.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"unchecked {count / bulk.Elapsed.TotalSeconds,8:F0}/s   checked {count / recording.TotalSeconds,8:F0}/s   bare COPY {count / copy.Elapsed.TotalSeconds,8:F0}/s   ratios {copy.Elapsed / bulk.Elapsed:F2} and {copy.Elapsed / recording:F2}   reading {count / reading.Elapsed.TotalSeconds,8:F0}/s   verifying {count / verifying.Elapsed.TotalSeconds,8:F0}/s   single p50 {single[SingleAppends / 2].TotalMilliseconds:F2} ms  p99 {single[SingleAppends * 99 / 100].TotalMilliseconds:F2} ms"));
    }

    private static async Task Copy(NpgsqlDataSource source, List<RecordedFact> rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"copy bare ({Columns}) from stdin (format binary)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Contract, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Seq, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Kind, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Subject, NpgsqlDbType.Text);
            await copy.WriteAsync(row.At, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.RecordedAt, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.By, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Evidence, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Fact, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Previous, NpgsqlDbType.Bytea);
            await copy.WriteAsync(row.Hash, NpgsqlDbType.Bytea);
        }
        await copy.CompleteAsync();
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    // Of the day on which all of it happened.
    private sealed class DayEnd : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2025, 7, 2, 0, 0, 0, TimeSpan.FromHours(8));
    }
}

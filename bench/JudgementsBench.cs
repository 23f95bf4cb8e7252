using System.Diagnostics;
using System.Globalization;
using System.Text;
using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Clusters;
using Yueheng.Statements;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Bench;

/// <summary>
/// The assessment of a contract with very many facts as the server gives it: the first one, the one after each new fact, and the same again.
/// Wall time from the question to the bytes of the answer, the database asked each time; and the processor time of this process, which a
/// busy machine does not stretch.
/// </summary>
internal static class JudgementsBench
{
    private const string Contract = "security-operations";

    public static async Task Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        var folder = Directory.CreateTempSubdirectory("judgements-bench-");
        File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherExecute);
        await using (var cluster = await PrivateCluster.Start(Path.Combine(folder.FullName, "cluster")))
        {
            var clock = new StandingClock();
            await using (var superuser = NpgsqlDataSource.Create(cluster.Superuser))
            await using (var command = superuser.CreateCommand("create database bench owner yueheng_owner"))
                await command.ExecuteNonQueryAsync();
            await using var database = await LedgerDatabase.Open(new NpgsqlConnectionStringBuilder(cluster.Owner) { Database = "bench" }.ConnectionString, "", clock);
            await StatementsMigrations.Apply(database, clock);
            var shelf = new Shelf(database, clock, "calendars", Path.Combine(folder.FullName, "packs"));
            await shelf.Install(Path.Combine("contracts", Contract), "bench");
            await Measure(database, clock, shelf, count, rounds);
        }
        folder.Delete(true);
    }

    private static async Task Measure(LedgerDatabase database, StandingClock clock, Shelf shelf, int count, int rounds)
    {
        var ledger = new FactLedger(database, clock, [Contract]);
        await foreach (var answer in ledger.AppendLines(Contract, null, new MemoryStream(BusyYear.Write(count)), "bench"))
            if (answer.Answer is not Receipt) throw new InvalidOperationException($"Line {answer.Line} was refused.");
        var judgements = new Judgements(database, clock, shelf);
        var first = await Ask(judgements);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} facts, {first.Figures} figures, {first.Bytes / 1024} KiB; first {first.Time.TotalMilliseconds:F0} ms"));

        var (fresh, again, work) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // One at the end, as things happen; every fourth late, among the others.
            var at = round % 4 == 3 ? "2025-06-01T09:00:00+08:00" : string.Create(CultureInfo.InvariantCulture, $"2026-01-15T09:{round % 60:D2}:00+08:00");
            var line = $$$"""{"id":"new-{{{round}}}","contract":"{{{Contract}}}","kind":"incident.reported","at":"{{{at}}}","subject":"NEW-{{{round}}}","data":{"severity":"emergency"}}""";
            if (await ledger.Append(Contract, null, Encoding.UTF8.GetBytes(line), "bench") is not Receipt) throw new InvalidOperationException("A fact was refused.");
            var before = Environment.CpuUsage.TotalTime;
            fresh.Add((await Ask(judgements)).Time.TotalMilliseconds);
            work.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            again.Add((await Ask(judgements)).Time.TotalMilliseconds);
        }
        Console.WriteLine($"after one new fact  {Spread(fresh)}   (processor: {Spread(work)})");
        Console.WriteLine($"from cache          {Spread(again)}");
        // What an overview takes beside the assessment: every figure named, the five sentences, duties, clocks, the light.
        var judged = await judgements.At([Contract], Contract);
        var overview = Stopwatch.StartNew();
        var sentences = judged.Document.Summary.Count + judged.Light.Reasons.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"overview            {overview.Elapsed.TotalMilliseconds:F0} ms once a judgement, {sentences} sentences"));
    }

    private static async Task<(TimeSpan Time, int Figures, int Bytes)> Ask(Judgements judgements)
    {
        var time = Stopwatch.StartNew();
        var judged = await judgements.At([Contract], Contract);
        var bytes = judged.Assessment(true);
        return (time.Elapsed, judged.Figures.Count, bytes.Length);
    }

    private static string Spread(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {times[times.Count / 2]:F1} ms   p99 {times[Math.Min(times.Count - 1, times.Count * 99 / 100)]:F1} ms   max {times[^1]:F1} ms");
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse("2026-01-30T16:00:00Z", CultureInfo.InvariantCulture);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Npgsql;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Reading;

namespace Yueheng.Ledger.Tests.Crashes;

/// <summary>A receipt is a promise: what was acknowledged is there after any crash, and the chain is whole.</summary>
public class KilledTests(PostgresFixture postgres)
{
    private static readonly string[] Contracts = [Bench.Contract, "another"];

    [Fact]
    public Task A_killed_postgres_loses_nothing_acknowledged() => KillPostgres(1);

    [Fact, Trait("Length", "Long")]
    public Task A_postgres_killed_again_and_again_loses_nothing_acknowledged() => KillPostgres(8);

    [Fact, Trait("Length", "Soak")]
    public Task A_postgres_killed_a_hundred_times_loses_nothing_acknowledged() => KillPostgres(100);

    [Fact]
    public Task A_killed_appender_loses_nothing_acknowledged() => KillAppender(1);

    [Fact, Trait("Length", "Long")]
    public Task Appenders_killed_again_and_again_lose_nothing_acknowledged() => KillAppender(6);

    [Fact, Trait("Length", "Soak")]
    public Task Appenders_killed_a_hundred_times_lose_nothing_acknowledged() => KillAppender(100);

    private static async Task KillPostgres(int rounds)
    {
        using var folder = new ClusterFolder();
        await using var cluster = await PrivateCluster.Start(folder.Path);
        await using var database = await LedgerDatabase.Open(cluster.Owner, "", TimeProvider.System);
        var random = new Random(7);
        var acknowledged = new ConcurrentDictionary<(string Contract, string Id), Receipt>();
        for (var round = 0; round < rounds; round++)
        {
            var before = acknowledged.Count;
            var appending = Contracts.SelectMany(contract => (Task[])[Singly(contract, "a"), Singly(contract, "b"), InBulk(contract)]).ToArray();
            while (acknowledged.Count < before + 60 && !appending.Any(task => task.IsCompleted)) await Task.Delay(5);
            await Task.Delay(random.Next(150));
            var killed = cluster.ProcessId!.Value;
            Process.GetProcessById(killed).Kill();
            await Task.WhenAll(appending).WaitAsync(TimeSpan.FromSeconds(60));
            while (cluster.ProcessId is null || cluster.ProcessId == killed) await Task.Delay(20);
            await cluster.WaitUntilReady();
            database.App.Clear();
            await Check();

            async Task Singly(string contract, string hand)
            {
                var ledger = new FactLedger(database, TimeProvider.System, Contracts);
                for (var number = 0; ; number++)
                {
                    try
                    {
                        var receipt = (Receipt)await ledger.Append(contract, null, Encoding.UTF8.GetBytes(Bench.Line($"{round}-{hand}-{number}", contract)), "li");
                        acknowledged[(contract, receipt.Id)] = receipt;
                    }
                    catch (Exception broken) when (IsWire(broken)) { return; }
                }
            }

            async Task InBulk(string contract)
            {
                var ledger = new FactLedger(database, TimeProvider.System, Contracts);
                var lines = string.Join('\n', Enumerable.Range(0, 200_000).Select(number => Bench.Line($"{round}-bulk-{number}", contract)));
                try
                {
                    await foreach (var answer in ledger.AppendLines(contract, null, new MemoryStream(Encoding.UTF8.GetBytes(lines)), "li"))
                        acknowledged[(contract, ((Receipt)answer.Answer).Id)] = (Receipt)answer.Answer;
                }
                catch (Exception broken) when (IsWire(broken)) { }
            }
        }

        async Task Check()
        {
            foreach (var contract in Contracts)
            {
                var ledger = new FactLedger(database, TimeProvider.System, Contracts);
                (await ledger.Verify(contract)).First.ShouldBeNull();
                var recorded = new Dictionary<string, (long, string)>();
                await foreach (var fact in ledger.Read(contract, FactsWanted.All)) recorded.Add(fact.Id, (fact.Seq, Convert.ToHexStringLower(fact.Hash)));
                foreach (var ((_, id), receipt) in acknowledged.Where(known => known.Key.Contract == contract)) recorded[id].ShouldBe((receipt.Seq, receipt.Hash));
            }
        }
    }

    private async Task KillAppender(int rounds)
    {
        await using var bench = await postgres.Fresh();
        var random = new Random(11);
        for (var round = 0; round < rounds; round++)
        {
            using var child = AppendingProcess.Append(bench.Database.Owner.ConnectionString, $"r{round}");
            var said = new List<string>();
            while (said.Count < 30) said.Add((await child.StandardOutput.ReadLineAsync()).ShouldNotBeNull());
            var rest = child.StandardOutput.ReadToEndAsync();
            await Task.Delay(random.Next(100));
            child.Kill();
            said.AddRange((await rest).Split('\n')[..^1]);

            (await bench.Verify()).First.ShouldBeNull();
            var recorded = new Dictionary<string, string>();
            await foreach (var fact in bench.Ledger.Read(Bench.Contract, FactsWanted.All)) recorded.Add(fact.Id, $"{fact.Id} {fact.Seq} {Convert.ToHexStringLower(fact.Hash)}");
            foreach (var line in said) recorded[line.Split(' ')[0]].ShouldBe(line);
            await bench.Recorded(Bench.Line($"after-{round}"));
        }
    }

    private static bool IsWire(Exception broken) => broken is NpgsqlException or ObjectDisposedException or IOException;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Yueheng.EndToEnd.Tests.Crashes;

/// <summary>
/// An answer with a receipt is a promise: whatever was killed while many were recording at once, each fact whose receipt arrived is there,
/// with that number and that hash, the chain is whole, and whoever heard nothing may ask again.
/// </summary>
public sealed class KilledTests
{
    private const string Contract = "security-operations", BulkContract = "civil-affairs";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact, Trait("Length", "Long")]
    public Task What_was_acknowledged_outlives_a_killed_server_and_a_killed_database() => Kill(4);

    [Fact, Trait("Length", "Soak")]
    public Task What_was_acknowledged_outlives_sixty_kills() => Kill(60);

    private static async Task Kill(int rounds)
    {
        using var data = new DataFolder();
        var server = await ServerProcess.Start(data.Path);
        try
        {
            var passwords = server.Passwords;
            using var agent = await ApiClient.SignIn(server.Address, "desk-agent", passwords["desk-agent"]);
            using var engineer = await ApiClient.SignIn(server.Address, "engineer", passwords["engineer"]);
            using var auditor = await ApiClient.SignIn(server.Address, "auditor", passwords["auditor"]);
            var random = new Random(17);
            var load = new Load(agent, engineer);
            for (var round = 0; round < rounds; round++)
            {
                var recording = load.Begin(round);
                await Until(() => load.Acknowledged(round) > 40 || recording.IsCompleted);
                await Task.Delay(random.Next(200));
                if (round % 2 == 0)
                {
                    await server.Kill();
                    await recording.WaitAsync(Patience);
                    await server.DisposeAsync();
                    server = await ServerProcess.Start(data.Path);
                    foreach (var client in (ApiClient[])[agent, engineer, auditor]) client.Follow(server.Address);
                }
                else
                {
                    using var postmaster = Process.GetProcessById(ServerProcess.PostmasterOf(data.Path)!.Value);
                    postmaster.Kill();
                    await recording.WaitAsync(Patience);
                    await Until(() => postmaster.HasExited);
                    await Until(auditor.IsReady);
                }
                await load.AskAgain();
                await load.Check(auditor);
            }
            load.Acknowledged().ShouldBeGreaterThan(rounds * 40);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(5)) waited.Elapsed.ShouldBeLessThan(Patience);
    }

    private static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    /// <summary>Several hands that record one fact after the other, and one that sends a long stream of them, until the wire breaks.</summary>
    private sealed class Load(ApiClient agent, ApiClient engineer)
    {
        private const int Hands = 4;
        private readonly ConcurrentDictionary<(string Contract, string Id), (long Seq, string Hash)> _receipts = [];
        private readonly ConcurrentBag<string> _unanswered = [];

        public int Acknowledged(int? round = null) => round is null ? _receipts.Count : _receipts.Keys.Count(known => known.Id.StartsWith($"kill-{round}-", StringComparison.Ordinal));

        public Task Begin(int round) => Task.WhenAll(Enumerable.Range(0, Hands).Select(hand => Singly(round, hand)).Append(InBulk(round)));

        private static string Line(string contract, string id) =>
            $$$"""{"id":"{{{id}}}","contract":"{{{contract}}}","kind":"incident.reported","at":"2025-12-08T08:00:00+08:00","subject":"{{{id}}}","data":{"severity":"emergency"}}""";

        private async Task Singly(int round, int hand)
        {
            for (var number = 0; ; number++)
            {
                var id = $"kill-{round}-{hand}-{number}";
                try
                {
                    using var answer = await agent.Post($"/api/contracts/{Contract}/facts", Line(Contract, id));
                    if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    {
                        _unanswered.Add(id);
                        return;
                    }
                    var body = await answer.Content.ReadAsStringAsync();
                    answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
                    Note(Contract, body);
                }
                catch (Exception broken) when (broken is HttpRequestException or IOException)
                {
                    _unanswered.Add(id);
                    return;
                }
            }
        }

        private async Task InBulk(int round)
        {
            var lines = string.Join('\n', Enumerable.Range(0, 20_000).Select(number => Line(BulkContract, $"kill-{round}-bulk-{number}")));
            try
            {
                using var answer = await engineer.Stream($"/api/contracts/{BulkContract}/facts", lines);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return;
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
                while (await reader.ReadLineAsync() is { } line) Note(BulkContract, line);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException)
            {
                // A stream breaks off anywhere, in the middle of a line too: what came before counts.
            }
        }

        private void Note(string contract, string receipt)
        {
            using var read = JsonDocument.Parse(receipt);
            var root = read.RootElement;
            if (root.TryGetProperty("status", out var status) && status.GetInt32() is var code) code.ShouldBeOneOf(200, 201);
            _receipts[(contract, root.GetProperty("id").GetString()!)] = (root.GetProperty("seq").GetInt64(), root.GetProperty("hash").GetString()!);
        }

        /// <summary>Whoever heard nothing sends the same again: it is recorded once, now or before.</summary>
        public async Task AskAgain()
        {
            while (_unanswered.TryTake(out var id))
            {
                using var answer = await agent.Post($"/api/contracts/{Contract}/facts", Line(Contract, id));
                answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
                Note(Contract, await answer.Content.ReadAsStringAsync());
            }
        }

        public async Task Check(ApiClient auditor)
        {
            foreach (var contract in (string[])[Contract, BulkContract])
            {
                using var verified = await auditor.Post($"/api/contracts/{contract}/verification", "{}");
                var said = await verified.Content.ReadAsStringAsync();
                verified.StatusCode.ShouldBe(HttpStatusCode.OK, said);
                using (var verification = JsonDocument.Parse(said)) verification.RootElement.GetProperty("whole").GetBoolean().ShouldBeTrue(said);

                var recorded = new Dictionary<string, (long, string)>();
                foreach (var line in (await auditor.Get($"/api/contracts/{contract}/facts")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    using var fact = JsonDocument.Parse(line);
                    recorded.Add(fact.RootElement.GetProperty("id").GetString()!, (fact.RootElement.GetProperty("seq").GetInt64(), fact.RootElement.GetProperty("hash").GetString()!));
                }
                foreach (var ((_, id), receipt) in _receipts.Where(known => known.Key.Contract == contract)) recorded[id].ShouldBe(receipt, id);
            }
        }
    }
}

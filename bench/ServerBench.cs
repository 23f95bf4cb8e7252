using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Yueheng.Ledger.Clusters;
using Yueheng.Server;

namespace Yueheng.Bench;

/// <summary>
/// A whole server, asked over HTTP on loopback as a signed-in person asks it: facts one after the other, each durable before its receipt comes;
/// several hands at once; a stream of lines; and what a browser fetches first. Wall time.
/// </summary>
internal static partial class ServerBench
{
    private const string Contract = "security-operations";
    private const string Facts = $"/api/contracts/{Contract}/facts";
    private const int Hands = 8, Lines = 20_000;

    [GeneratedRegex("(?:src|href)=\"(/assets/[^\"]+)\"")]
    private static partial Regex Assets();

    public static async Task Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000;
        var folder = Directory.CreateTempSubdirectory("server-bench-");
        File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherExecute);
        var data = Path.Combine(folder.FullName, "data");
        var start = Stopwatch.StartNew();
        await using (var node = await Node.Start(new NodeOptions(Directory.GetCurrentDirectory(), data) { Urls = ["http://127.0.0.1:0"], Clock = DateTimeOffset.Parse("2025-12-08T08:30:00+08:00", CultureInfo.InvariantCulture) }))
        {
            Say($"a fresh data directory with its demonstration stands after {start.Elapsed.TotalSeconds:F1} s");
            using var client = await SignIn(node);
            await Single(client, count / 10, "warm");
            Say($"one insert and commit     {Spread(await Commits(data, count))}");
            Say($"one fact over HTTP        {Spread(await Single(client, count, "single"))}");
            await Together(client, count);
            await Stream(client);
            await FirstLoad(node.Addresses[0]);
        }
        folder.Delete(true);
    }

    private static async Task<HttpClient> SignIn(Node node)
    {
        var agent = node.FirstUsers.Single(user => user.Login == "engineer");
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = new Uri(node.Addresses[0]), Timeout = TimeSpan.FromMinutes(5) };
        using var answer = await client.PostAsJsonAsync("/api/session", new { user = agent.Login, password = agent.Password });
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("X-CSRF-Token", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrf").GetString());
        return client;
    }

    private static string Line(string id) =>
        $$$"""{"id":"{{{id}}}","contract":"{{{Contract}}}","kind":"incident.reported","at":"2025-12-08T08:00:00+08:00","subject":"{{{id}}}","data":{"severity":"emergency"}}""";

    // What no ledger on this disk can do without: one row written and made durable, over the same socket.
    private static async Task<List<double>> Commits(string data, int count)
    {
        await using var database = NpgsqlDataSource.Create(PrivateCluster.OwnerOfRunning(Path.Combine(data, "cluster")));
        await using var connection = await database.OpenConnectionAsync();
        await using (var make = new NpgsqlCommand("create schema bench; create table bench.bare (line text)", connection)) await make.ExecuteNonQueryAsync();
        await using var insert = new NpgsqlCommand("insert into bench.bare values ($1)", connection) { Parameters = { new() { Value = Line("bare") } } };
        await insert.PrepareAsync();
        var times = new List<double>();
        for (var number = 0; number < count; number++)
        {
            var one = Stopwatch.StartNew();
            await insert.ExecuteNonQueryAsync();
            times.Add(one.Elapsed.TotalMilliseconds);
        }
        return times;
    }

    private static async Task<List<double>> Single(HttpClient client, int count, string prefix)
    {
        var times = new List<double>();
        for (var number = 0; number < count; number++)
        {
            var one = Stopwatch.StartNew();
            using var answer = await client.PostAsync(Facts, new StringContent(Line($"{prefix}-{number}"), Encoding.UTF8, "application/json"));
            times.Add(one.Elapsed.TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }
        return times;
    }

    private static async Task Together(HttpClient client, int count)
    {
        var all = Stopwatch.StartNew();
        var times = await Task.WhenAll(Enumerable.Range(0, Hands).Select(hand => Single(client, count / Hands, $"hand-{hand}")));
        Say($"{Hands} hands on one contract   {Spread([.. times.SelectMany(one => one)])}   {count / all.Elapsed.TotalSeconds:F0} facts/s");
    }

    private static async Task Stream(HttpClient client)
    {
        var lines = string.Join('\n', Enumerable.Range(0, Lines).Select(number => Line($"stream-{number}")));
        var all = Stopwatch.StartNew();
        using var answer = await client.PostAsync(Facts, new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));
        var recorded = (await answer.Content.ReadAsStringAsync()).Split('\n').Count(line => line.Contains("\"status\":201", StringComparison.Ordinal));
        Say($"a stream of {Lines} lines  {recorded / all.Elapsed.TotalSeconds:F0} facts/s, {recorded} recorded, a report for each line");
    }

    // As sent, compressed: the page, its script with what that imports, its style.
    private static async Task FirstLoad(string address)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var page = await client.GetAsync("/sign-in");
        if (!page.IsSuccessStatusCode)
        {
            Say($"the console is not built: .ci/web");
            return;
        }
        var text = await page.Content.ReadAsStringAsync();
        var bytes = Encoding.UTF8.GetByteCount(text);
        var files = Assets().Matches(text).Select(match => match.Groups[1].Value).Distinct().ToList();
        foreach (var file in files) bytes += (await client.GetByteArrayAsync(file)).Length;
        Say($"first load of the console {bytes / 1024} KB sent in {files.Count + 1} files; web/scripts/first-load.mjs adds the first page's own part");
    }

    private static string Spread(List<double> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {times[times.Count / 2]:F2} ms   p99 {times[times.Count * 99 / 100]:F2} ms   max {times[^1]:F1} ms");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

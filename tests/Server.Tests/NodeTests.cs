using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using Yueheng.Ledger.Clusters;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests;

/// <summary>A node from its start to its end, with a cluster of its own or on a database that is there.</summary>
public sealed class NodeTests(ServerFixture fixture)
{
    private NodeOptions Options() => new(ServerFixture.Home, fixture.Folder()) { Urls = ["http://127.0.0.1:0"] };

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_demonstration_has_a_user_a_role_its_contracts_and_its_clock_and_keeps_them()
    {
        var options = Options() with { Data = Reachable(), Clock = new DateTimeOffset(2025, 12, 8, 0, 30, 0, TimeSpan.Zero) };
        IReadOnlyList<Yueheng.Server.Identity.FirstUser> users;
        string password;
        await using (var node = await Node.Start(options, Cancellation))
        {
            users = node.FirstUsers;
            users.Count.ShouldBe(13);
            password = users[0].Password;
            foreach (var user in users)
            {
                using var client = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = new Uri(node.Addresses[0]) };
                var session = await (await client.Post("/api/session", new { user = user.Login, password = user.Password })).Json();
                session.GetProperty("demo").GetBoolean().ShouldBeTrue();
                session.Text("clock").ShouldStartWith("2025-12-08T08:");
                session.GetProperty("contracts").GetArrayLength().ShouldBe(user.Login.EndsWith("-admin", StringComparison.Ordinal) ? 0 : 7);
                if (user.Login != "buyer-leader") continue;
                foreach (var card in (await (await client.Get("/api/contracts")).Json()).EnumerateArray()) card.GetProperty("head").GetProperty("seq").GetInt64().ShouldBeGreaterThan(10, card.Text("id"));
            }
        }
        // Started again, without a clock: nobody is made anew, and the clock has run on.
        await using (var again = await Node.Start(options with { Clock = null }, Cancellation))
        {
            again.FirstUsers.ShouldBeEmpty();
            again.IsDemo.ShouldBeTrue();
            using var client = new HttpClient { BaseAddress = new Uri(again.Addresses[0]) };
            (await (await client.Post("/api/session", new { user = users[0].Login, password })).Json()).Text("clock").ShouldStartWith("2025-12-08T08:");
        }
        Directory.Delete(options.Data, true);
    }

    // The user that the cluster runs as has to reach it.
    private static string Reachable()
    {
        var folder = Directory.CreateTempSubdirectory("node-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        return folder;
    }

    [Fact]
    public async Task An_empty_installation_has_three_administrators_who_must_change_and_enrol()
    {
        await using var node = await Node.Start(Options() with { IsEmpty = true, Database = await fixture.FreshDatabase() }, Cancellation);
        node.FirstUsers.Select(user => user.Login).ShouldBe(["system-admin", "security-admin", "audit-admin"]);
        node.FirstUsers.Select(user => user.Password).Distinct().Count().ShouldBe(3);
        using var client = new HttpClient { BaseAddress = new Uri(node.Addresses[0]) };
        var session = await (await client.Post("/api/session", new { user = "system-admin", password = node.FirstUsers[0].Password })).Json();
        session.Text("password").ShouldBe("must-change");
        session.Text("totp").ShouldBe("must-enrol");
        session.GetProperty("demo").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Two_nodes_that_start_together_set_one_installation_up()
    {
        var database = await fixture.FreshDatabase();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Node.Start(Options() with { IsEmpty = true, Database = database }, Cancellation)));
        nodes.Sum(node => node.FirstUsers.Count).ShouldBe(3);
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}";
        var refused = await Should.ThrowAsync<NodeRefusedException>(async () => await Node.Start(Options() with { Urls = [url], IsEmpty = true, Database = await fixture.FreshDatabase() }, Cancellation));
        refused.Message.ShouldContain(url);
        refused.Message.ShouldContain("已被占用");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_used_is_named()
    {
        var file = Path.Combine(fixture.Folder(), "file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var refused = await Should.ThrowAsync<NodeRefusedException>(() => Node.Start(Options() with { Data = Path.Combine(file, "data") }, Cancellation));
        refused.Message.ShouldContain(file);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_said_to_be()
    {
        var refused = await Should.ThrowAsync<NodeRefusedException>(() => Node.Start(Options() with { Database = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=2" }, Cancellation));
        refused.Message.ShouldContain("数据库");
    }

    [Fact]
    public async Task The_application_may_have_a_login_of_its_own()
    {
        var database = await fixture.FreshDatabase();
        var app = new NpgsqlConnectionStringBuilder(fixture.Cluster.App) { Database = new NpgsqlConnectionStringBuilder(database).Database }.ConnectionString;
        await using var node = await Node.Start(Options() with { IsEmpty = true, Database = database, AppDatabase = app }, Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(node.Addresses[0]) };
        await (await client.Post("/api/session", new { user = "audit-admin", password = node.FirstUsers[2].Password })).Json();
    }
}

/// <summary>A node whose database goes away for a while.</summary>
public sealed class DatabaseAwayTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_node_says_so_while_its_database_is_away_and_goes_on_when_it_is_back()
    {
        var root = Directory.CreateTempSubdirectory("away-").FullName;
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.OtherExecute);
        await using (var cluster = await PrivateCluster.Start(Path.Combine(root, "cluster"), Cancellation))
        await using (var node = await Node.Start(new NodeOptions(ServerFixture.Home, fixture.Folder()) { Urls = ["http://127.0.0.1:0"], IsEmpty = true, Database = cluster.Owner }, Cancellation))
        {
            using var client = new HttpClient { BaseAddress = new Uri(node.Addresses[0]) };
            // Several connections in the pool, all of which will break.
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Get("/readyz")));
            var session = await client.Post("/api/session", new { user = "system-admin", password = node.FirstUsers[0].Password });
            session.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            Process.GetProcessById(cluster.ProcessId!.Value).Kill();

            var waited = Stopwatch.StartNew();
            var answers = new List<int>();
            do answers.Add((int)(await client.Get("/api/session")).StatusCode);
            while (answers[^1] != 200 && waited.Elapsed < TimeSpan.FromSeconds(30));
            answers[^1].ShouldBe(200);
            answers.Distinct().Except([200, 503]).ShouldBeEmpty();
            (await client.Get("/readyz")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        }
        Directory.Delete(root, true);
    }
}

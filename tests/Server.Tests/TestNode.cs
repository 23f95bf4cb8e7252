using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Tests;

/// <summary>How a node is started, where it is not as usual.</summary>
public sealed class TestNodeOptions
{
    /// <summary>False: the API checks nothing, and only the database holds things back.</summary>
    public bool IsChecked { get; set; } = true;

    /// <summary>Business time at the start.</summary>
    public string Clock { get; set; } = "2025-12-08T08:30:00+08:00";

    /// <summary>True time; null: the system's.</summary>
    public TimeProvider? Truth { get; set; }

    /// <summary>The database of another node, to have two on one; null: a fresh one.</summary>
    public string? Database { get; set; }

    public string? Data { get; set; }
    public string? Console { get; set; }

    /// <summary>Settings as an appsettings.json in the data directory would hold them.</summary>
    public string? AppSettings { get; set; }
}

/// <summary>A node on a loopback port, with a database of its own.</summary>
/// <example><c>var manager = await node.As(Role.ProviderManager); (await manager.GetAsync("/api/session")).StatusCode</c></example>
public sealed class TestNode : IAsyncDisposable
{
    /// <summary>The contract that <see cref="As(Role, string[])"/> takes when none is named.</summary>
    public const string Contract = "security-operations";

    /// <summary>One that nobody has a role in unless a test names it.</summary>
    public const string OtherContract = "civil-affairs";

    private readonly List<HttpClient> _clients = [];
    private int _people;

    private TestNode(WebApplication app, LedgerDatabase database, string connection, string data, TimeProvider truth)
    {
        (App, Database, Connection, Data, Truth) = (app, database, connection, data, truth);
        Address = new Uri(app.Urls.First());
        Anonymous = NewClient();
    }

    public WebApplication App { get; }
    public LedgerDatabase Database { get; }

    /// <summary>Of the database's owner.</summary>
    public string Connection { get; }

    public string Data { get; }
    public TimeProvider Truth { get; }
    public Uri Address { get; }

    /// <summary>Nobody.</summary>
    public HttpClient Anonymous { get; }

    public T Part<T>() where T : notnull => App.Services.GetRequiredService<T>();

    internal static async Task<TestNode> Start(ServerFixture fixture, Action<TestNodeOptions>? choose)
    {
        var options = new TestNodeOptions();
        choose?.Invoke(options);
        var truth = options.Truth ?? TimeProvider.System;
        var connection = options.Database ?? await fixture.FreshDatabase();
        var database = await LedgerDatabase.Open(connection, "", truth);
        var data = options.Data ?? fixture.Folder();
        if (options.AppSettings is { } settings) await File.WriteAllTextAsync(Path.Combine(data, "appsettings.json"), settings);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(IsoTime.Parse(options.Clock) / 1_000_000);
        var app = Host.Build(
            new HostSettings(ServerFixture.Home, data) { Urls = ["http://127.0.0.1:0"], IsChecked = options.IsChecked, Console = options.Console },
            database, new BusinessClock(truth, start - truth.GetUtcNow()), truth);
        await app.StartAsync();
        return new TestNode(app, database, connection, data, truth);
    }

    /// <summary>Somebody with one role, signed in; in no contract but those named.</summary>
    public async Task<HttpClient> As(Role role, params string[] contracts) => await SignIn(await Person([role], contracts is [] ? [Contract] : contracts));

    /// <summary>An administrator, signed in, the second factor enrolled.</summary>
    public async Task<HttpClient> As(Admin admin) => await SignIn(await Person([], [], admin));

    /// <summary>Makes somebody.</summary>
    /// <param name="password">Null: they have none, and only <see cref="SignIn"/> lets them in.</param>
    /// <returns>Their id.</returns>
    public async Task<string> Person(IReadOnlyList<Role> roles, IReadOnlyList<string> contracts, Admin? admin = null, string? password = null, string? login = null)
    {
        var word = admin?.Word() ?? (roles is [var only, ..] ? only.Word() : "nobody");
        var id = $"u-{word}-{Interlocked.Increment(ref _people)}-{Guid.NewGuid().ToString("n")[..6]}";
        await Execute(
            "insert into server.users (id, login, name, title, admin, created_at, password, totp_secret) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id, login ?? id[2..], "测试" + word, word, (object?)admin?.Word() ?? DBNull.Value, Truth.GetUtcNow(), password is null ? DBNull.Value : People.Hash(password), admin is null ? DBNull.Value : new byte[] { 1 });
        foreach (var contract in contracts)
            foreach (var role in roles)
                await Execute("insert into server.grants values ($1, $2, $3, 'u-test', $4)", contract, id, role.Word(), Truth.GetUtcNow());
        return id;
    }

    /// <summary>A client with a session of somebody's, its cookie and its token.</summary>
    public async Task<HttpClient> SignIn(string user)
    {
        var secret = await Part<Sessions>().Start(user, "127.0.0.1", CancellationToken.None);
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Cookie", "yueheng=" + secret);
        using var session = JsonDocument.Parse(await client.GetStringAsync("/api/session"));
        client.DefaultRequestHeaders.Add(Gate.CsrfHeader, session.RootElement.GetProperty("csrf").GetString());
        return client;
    }

    /// <summary>A machine with a key.</summary>
    public async Task<HttpClient> Machine(IReadOnlyList<Permission> permissions, IReadOnlyList<string>? kinds = null, params string[] contracts)
    {
        var key = MachineKeys.Prefix + Sessions.Secret();
        await Execute(
            "insert into server.keys (id, token, name, contracts, permissions, kinds, by, made_at, approved_by, approved_at) values ($1, $2, '测试', $3, $4, $5, 'u-test', $6, 'u-test', $6)",
            "k-" + Guid.NewGuid().ToString("n")[..8], Sessions.Hash(key), contracts is [] ? new[] { Contract } : contracts, permissions.Select(permission => permission.Word()).ToArray(), (kinds ?? ["*"]).ToArray(), Truth.GetUtcNow());
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A client without cookies of its own: what it sends, a test has given it.</summary>
    public HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>Runs a statement as the owner of the tables.</summary>
    public async Task Execute(string sql, params object[] values)
    {
        await using var command = Database.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Ask<T>(string sql, params object[] values)
    {
        await using var command = Database.Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await Database.DisposeAsync();
    }
}

using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Migrations;
using Yueheng.Server.Clock;
using Yueheng.Server.Demonstrations;
using Yueheng.Server.Identity;
using Yueheng.Statements;

namespace Yueheng.Server;

/// <summary>How a node is started.</summary>
/// <param name="Home">The installation's folder: contracts, calendars, the built console.</param>
/// <param name="Data">The data directory.</param>
public sealed record NodeOptions(string Home, string Data)
{
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8080"];

    /// <summary>Where the business clock starts on a fresh installation; null: it is true time.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>A fresh installation gets its three administrators and nothing else.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>A database of yours, by its owner; null or empty: a private cluster in the data directory.</summary>
    public string? Database { get; init; }

    /// <summary>The same by a login of the lesser role; null: the owner's login works as that role.</summary>
    public string? AppDatabase { get; init; }
}

/// <summary>A node that runs: its database, its host. Ends both when it is disposed of.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly LedgerDatabase _database;
    private readonly WebApplication _app;

    private Node(LedgerDatabase database, WebApplication app, IReadOnlyList<FirstUser> firstUsers, bool isDemo) =>
        (_database, _app, FirstUsers, IsDemo) = (database, app, firstUsers, isDemo);

    /// <summary>Where it listens, ports filled in.</summary>
    public IReadOnlyList<string> Addresses => [.. _app.Urls];

    /// <summary>Those who were made just now; their passwords are told nowhere else.</summary>
    public IReadOnlyList<FirstUser> FirstUsers { get; }

    public bool IsDemo { get; }

    /// <summary>Starts a node: opens and migrates the database, sets a fresh installation up, and listens.</summary>
    /// <exception cref="NodeRefusedException">It cannot start; the message says why.</exception>
    public static async Task<Node> Start(NodeOptions options, CancellationToken cancellation = default)
    {
        var truth = TimeProvider.System;
        LedgerDatabase? database = null;
        try
        {
            MakeFolder(options.Data);
            database = await LedgerDatabase.Open(options.Database, Path.Combine(options.Data, "cluster"), truth, cancellation, options.AppDatabase);
            await StatementsMigrations.Apply(database, truth, cancellation);
            await ServerMigrations.Apply(database, truth, cancellation);
            var installation = new Installation(database);
            var clock = await installation.Clock(options.Clock, truth, cancellation);
            var settings = new HostSettings(options.Home, options.Data) { Urls = options.Urls, Console = ConsoleIn(options.Home) };
            IReadOnlyList<FirstUser> users = [];
            await installation.SetUpOnce(async () => users = options.IsEmpty
                ? await new FirstUsers(database, truth).Administrators(null, cancellation)
                : await new Demonstration(database, settings, clock, truth).SetUp(cancellation), cancellation);
            var isDemo = await installation.IsDemo(cancellation);
            var app = Host.Build(settings with { IsDemo = isDemo }, database, clock, truth);
            try
            {
                await app.StartAsync(cancellation);
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
            return new Node(database, app, users, isDemo);
        }
        catch (Exception broken)
        {
            if (database is not null) await database.DisposeAsync();
            if (Why(broken, options) is { } why) throw new NodeRefusedException(why, broken);
            throw;
        }
    }

    // The database's user has to pass through the data directory; nobody has to read it.
    private static void MakeFolder(string data)
    {
        if (Directory.Exists(data)) return;
        Directory.CreateDirectory(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private static string? ConsoleIn(string home) =>
        ((string[])[Path.Combine(AppContext.BaseDirectory, "web"), Path.Combine(home, "artifacts", "web"), Path.Combine(home, "web")]).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")) && !File.Exists(Path.Combine(folder, "package.json")));

    private static string? Why(Exception broken, NodeOptions options) => broken switch
    {
        ClusterRefusedException or MigrationRefusedException or KeyRefusedException => broken.Message,
        IOException { InnerException: AddressInUseException } => $"地址 {string.Join("、", options.Urls)} 已被占用：请停止占用它的程序，或用 --urls 换一个端口。",
        SocketException or IOException { InnerException: SocketException } => $"不能在 {string.Join("、", options.Urls)} 上监听：{broken.Message}",
        UnauthorizedAccessException or IOException => $"数据目录 {options.Data} 不能使用：{broken.Message}",
        NpgsqlException => $"数据库连接不上或不能使用：{broken.Message}",
        _ => null,
    };

    /// <summary>Waits until somebody ends the process, by SIGTERM or Ctrl+C.</summary>
    public Task WaitForEnd(CancellationToken cancellation = default) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>A node cannot start; the message, in Chinese, says why and what to do.</summary>
public sealed class NodeRefusedException(string message, Exception inner) : Exception(message, inner);

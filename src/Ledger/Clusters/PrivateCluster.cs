using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Yueheng.Ledger.Clusters;

/// <summary>
/// A PostgreSQL cluster of our own in a folder, started from the system's programs and ended with this process. It is reached by a Unix
/// socket in a folder that only its user enters, and by no network: so it needs no passwords. When the server dies it is started again.
/// </summary>
/// <remarks>
/// In the folder: <c>data</c>, <c>socket</c>, <c>postgres.log</c> and beside it <c>postgres.lock</c>. Roles: <c>postgres</c> (superuser),
/// <c>yueheng_owner</c> (owns the database, runs migrations), <c>yueheng_app</c> (all else).
/// </remarks>
/// <example><c>await using var cluster = await PrivateCluster.Start("data/cluster"); cluster.App</c></example>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string Database = "yueheng";

    // sun_path holds 108 bytes, one of them the end.
    private const int LongestSocketPath = 107;
    private const string SocketName = "/.s.PGSQL.5432";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ClusterLock _lock;
    private readonly UnprivilegedUser _user;
    private readonly string _programs;
    private readonly string _data;
    private readonly string _sockets;
    private readonly Thread _keeper;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stop = new();
    private volatile Process? _server;

    private PrivateCluster(string folder, ClusterLock held, UnprivilegedUser user)
    {
        _lock = held;
        _user = user;
        _data = Path.Combine(folder, "data");
        Log = Path.Combine(folder, "postgres.log");
        _sockets = SocketFolder(folder);
        user.MakeFolder(folder);
        user.MakeFolder(_sockets);
        _programs = PostgresPrograms.Find(VersionOf(_data));
        _keeper = new Thread(Keep) { IsBackground = true, Name = "PostgreSQL" };
    }

    /// <summary>Connects as the superuser, to the database <c>postgres</c>.</summary>
    public string Superuser => ConnectionString("postgres", "postgres");

    /// <summary>Connects as the owner of the tables.</summary>
    public string Owner => ConnectionString("yueheng_owner", Database);

    /// <summary>Connects as the application.</summary>
    public string App => ConnectionString("yueheng_app", Database);

    /// <summary>What the server says, all its starts one after the other.</summary>
    public string Log { get; }

    /// <summary>The postmaster; null between its death and its next start.</summary>
    public int? ProcessId => _server is { HasExited: false } server ? server.Id : null;

    private string ConnectionString(string user, string database) =>
        new NpgsqlConnectionStringBuilder { Host = _sockets, Port = 5432, Username = user, Database = database }.ConnectionString;

    /// <summary>Makes the cluster in its folder if it is not there yet, and starts it.</summary>
    /// <param name="folder">The cluster's own; made where it is missing.</param>
    /// <exception cref="ClusterRefusedException">What it needs is missing, or another process uses the folder.</exception>
    public static async Task<PrivateCluster> Start(string folder, CancellationToken cancellation = default)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var user = UnprivilegedUser.Choose();
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var held = ClusterLock.Take(folder + ".lock");
        PrivateCluster? cluster = null;
        try
        {
            cluster = new PrivateCluster(folder, held, user);
            cluster.Make();
            cluster._keeper.Start();
            await cluster.WaitUntilReady(cancellation);
            await cluster.MakeRolesAndDatabase(cancellation);
            return cluster;
        }
        catch
        {
            if (cluster is null) held.Dispose(); else await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects as the owner to a cluster that another process runs in a folder, for as long as that one lets it run.</summary>
    public static string OwnerOfRunning(string folder) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), Port = 5432, Username = "yueheng_owner", Database = Database,
    }.ConnectionString;

    // A deep data directory makes a path that no socket can have; then a short one under the temporary folder, the same at every start.
    private static string SocketFolder(string folder)
    {
        var beside = Path.Combine(folder, "socket");
        if (Encoding.UTF8.GetByteCount(beside + SocketName) <= LongestSocketPath) return beside;
        var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        return Path.Combine(Path.GetTempPath(), "yueheng-" + print);
    }

    private static int? VersionOf(string data)
    {
        var file = Path.Combine(data, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    private void Make()
    {
        if (Directory.Exists(_data)) return;
        // Made beside and moved into place, so that a cluster is whole or not there.
        var half = _data + ".new";
        if (Directory.Exists(half)) Directory.Delete(half, true);
        _user.Run(Path.Combine(_programs, "initdb"),
            ["-D", half, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject", "--data-checksums"]);
        Directory.Move(half, _data);
    }

    // Runs on a thread that lives as long as the server may: the kernel ends the server with the thread that started it.
    private void Keep()
    {
        try
        {
            while (!_stop.IsSet)
            {
                Leftovers.Clear(_data);
                using var server = _user.StartAttached(Path.Combine(_programs, "postgres"),
                [
                    "-D", _data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={_sockets}", "-c", "unix_socket_permissions=0700", "-c", "port=5432",
                    "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on", "-c", "max_wal_size=4GB", "-c", "timezone=UTC", "-c", "logging_collector=off", "-c", "jit=off",
                    "-c", "log_destination=stderr", "-c", "log_timezone=UTC", "-c", "log_line_prefix=%m [%p] ",
                ], Log);
                _server = server;
                // Stopped while it was being started: then nobody else has told it.
                if (_stop.IsSet) UnprivilegedUser.Signal(server.Id, UnprivilegedUser.Interrupt);
                server.WaitForExit();
                _server = null;
                _stop.Wait(TimeSpan.FromMilliseconds(200));
            }
            _ended.TrySetResult();
        }
        catch (Exception broken)
        {
            _ended.TrySetException(broken);
        }
    }

    /// <summary>Waits until the server takes connections: at its start, and after it was started again.</summary>
    /// <exception cref="ClusterRefusedException">It does not come up; the message holds the end of its log.</exception>
    public async Task WaitUntilReady(CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(Superuser + ";Pooling=false;Timeout=5");
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(30, cancellation))
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                return;
            }
            catch (Exception early) when (early is NpgsqlException or TimeoutException)
            {
                if (_ended.Task.IsFaulted) await _ended.Task;
                if (waited.Elapsed > StartPatience) throw new ClusterRefusedException($"PostgreSQL 没有启动。日志 {Log} 的末尾：\n{EndOfLog()}", early);
            }
        }
    }

    private string EndOfLog() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(10)) : "";

    private async Task MakeRolesAndDatabase(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Superuser + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var roles = new NpgsqlCommand("""
            do $$
            begin
                if not exists (select from pg_roles where rolname = 'yueheng_owner') then create role yueheng_owner login; end if;
                if not exists (select from pg_roles where rolname = 'yueheng_app') then create role yueheng_app login; end if;
                grant yueheng_app to yueheng_owner;
            end
            $$
            """, connection);
        await roles.ExecuteNonQueryAsync(cancellation);
        await using var isThere = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = Database } } };
        if (await isThere.ExecuteScalarAsync(cancellation) is not null) return;
        await using var make = new NpgsqlCommand($"create database {Database} owner yueheng_owner", connection);
        await make.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stops the server: open transactions are rolled back, what was committed stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsSet) return;
        _stop.Set();
        if (_keeper.IsAlive)
        {
            Signal(UnprivilegedUser.Interrupt);
            if (await Task.WhenAny(_ended.Task, Task.Delay(StopPatience)) != _ended.Task) Signal(UnprivilegedUser.Quit);
            await _ended.Task.ContinueWith(_ => { }, TaskScheduler.Default);
        }
        _lock.Dispose();
    }

    private void Signal(int signal)
    {
        if (ProcessId is { } id) UnprivilegedUser.Signal(id, signal);
    }
}

using Npgsql;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Yueheng.Ledger.Tests;

/// <summary>One private cluster for all tests that leave it alive; a database of its own for each test that asks.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Prepared = "prepared";
    private readonly ClusterFolder _folder = new();
    private readonly SemaphoreSlim _copying = new(1);
    private int _databases;

    public PrivateCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await PrivateCluster.Start(_folder.Path);
        await Execute($"create database {Prepared} owner yueheng_owner");
        await (await LedgerDatabase.Open(OwnerOf(Prepared), "", TimeProvider.System)).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The connection string of the owner of an empty database.</summary>
    public async Task<string> EmptyDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await Execute($"create database {name} owner yueheng_owner");
        return OwnerOf(name);
    }

    /// <summary>A migrated database of its own: a copy of one that was migrated once.</summary>
    public async Task<Bench> Fresh()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        // A template is copied by one at a time.
        await _copying.WaitAsync();
        try
        {
            await Execute($"create database {name} owner yueheng_owner template {Prepared} strategy wal_log");
        }
        finally
        {
            _copying.Release();
        }
        return new(await LedgerDatabase.Open(OwnerOf(name), "", TimeProvider.System), Cluster);
    }

    private string OwnerOf(string database) => new NpgsqlConnectionStringBuilder(Cluster.Owner) { Database = database }.ConnectionString;

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Superuser + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A folder for a cluster, reachable for the user that runs it; removed at the end.</summary>
public sealed class ClusterFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ledger-").FullName;

    public ClusterFolder()
    {
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute);
    }

    public string Path => System.IO.Path.Combine(_root, "cluster");

    public void Dispose() => Directory.Delete(_root, true);
}

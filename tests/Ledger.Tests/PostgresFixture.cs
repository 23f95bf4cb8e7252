using Npgsql;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Yueheng.Ledger.Tests;

/// <summary>One private cluster for all tests that leave it alive; a database of its own for each test that asks.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly ClusterFolder _folder = new();
    private int _databases;

    public PrivateCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await PrivateCluster.Start(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The connection string of the owner of an empty database.</summary>
    public async Task<string> EmptyDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(Cluster.Superuser + ";Pooling=false");
        await using var command = source.CreateCommand($"create database {name} owner yueheng_owner");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Cluster.Owner) { Database = name }.ConnectionString;
    }

    public async Task<Bench> Fresh() => new(await LedgerDatabase.Open(await EmptyDatabase(), "", TimeProvider.System), Cluster);
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

using Npgsql;
using Yueheng.Ledger.Clusters;
using Yueheng.Statements.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Yueheng.Statements.Tests;

/// <summary>One private cluster for all tests; a database of its own for each that asks.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("statements-");
    private PrivateCluster _cluster = null!;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        // The user that runs the cluster must reach its folder.
        File.SetUnixFileMode(_root.FullName, _root.UnixFileMode | UnixFileMode.OtherExecute);
        _cluster = await PrivateCluster.Start(Path.Combine(_root.FullName, "cluster"));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _root.Delete(true);
    }

    /// <summary>The connection string of the owner of an empty database.</summary>
    public async Task<string> EmptyDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await using var source = NpgsqlDataSource.Create(_cluster.Superuser + ";Pooling=false");
        await using var command = source.CreateCommand($"create database {name} owner yueheng_owner");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_cluster.Owner) { Database = name }.ConnectionString;
    }

    /// <summary>Connects to a database past all that holds the application back.</summary>
    public NpgsqlDataSource Superuser(string owner) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_cluster.Superuser) { Database = new NpgsqlConnectionStringBuilder(owner).Database, Pooling = false });

    /// <summary>A node on an empty database.</summary>
    public async Task<Node> Fresh() => await Node.On(await EmptyDatabase());
}

using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Clusters;
using Yueheng.Server.Clock;
using Yueheng.Server.Tests;
using Yueheng.Statements;
using Yueheng.Statements.Shelves;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Yueheng.Server.Tests;

/// <summary>One private cluster for all tests, and in it a database with everything in place that each node gets a copy of.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private const string Template = "prepared";
    private readonly string _root = Directory.CreateTempSubdirectory("server-").FullName;
    private readonly SemaphoreSlim _copying = new(1);
    private int _databases;

    public PrivateCluster Cluster { get; private set; } = null!;

    /// <summary>The repository: contracts, calendars.</summary>
    public static string Home { get; } = FindHome();

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_root, File.GetUnixFileMode(_root) | UnixFileMode.OtherExecute);
        Cluster = await PrivateCluster.Start(Path.Combine(_root, "cluster"));
        await Execute($"create database {Template} owner yueheng_owner");
        await using var database = await LedgerDatabase.Open(OwnerOf(Template), "", TimeProvider.System);
        await StatementsMigrations.Apply(database, TimeProvider.System);
        await ServerMigrations.Apply(database, TimeProvider.System);
        // In force since before their first day, as if the parties had put them here then.
        var clock = new BusinessClock(TimeProvider.System, new DateTimeOffset(2024, 12, 1, 0, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow());
        var shelf = new Shelf(database, clock, Path.Combine(Home, "calendars"), Folder());
        foreach (var folder in Directory.GetDirectories(Path.Combine(Home, "contracts")).Order(StringComparer.Ordinal)) await shelf.Install(folder, "u-test");
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(_root, true);
    }

    /// <summary>The connection string of the owner of a fresh copy: migrated, the sample contracts on the shelf, nobody there yet.</summary>
    public async Task<string> FreshDatabase()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        // A template is copied by one at a time.
        await _copying.WaitAsync();
        try
        {
            await Execute($"create database {name} owner yueheng_owner template {Template} strategy file_copy");
        }
        finally
        {
            _copying.Release();
        }
        return OwnerOf(name);
    }

    /// <summary>An empty folder, removed at the end.</summary>
    public string Folder() => Directory.CreateDirectory(Path.Combine(_root, Path.GetRandomFileName())).FullName;

    /// <summary>A node of its own on a fresh database.</summary>
    public async Task<TestNode> Start(Action<TestNodeOptions>? choose = null) => await TestNode.Start(this, choose);

    private string OwnerOf(string database) => new NpgsqlConnectionStringBuilder(Cluster.Owner) { Database = database }.ConnectionString;

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Superuser + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string FindHome()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Yueheng.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>A node for the tests of one class.</summary>
public sealed class OneNode(ServerFixture fixture) : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await fixture.Start();

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}

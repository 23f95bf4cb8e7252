using Npgsql;
using Yueheng.Ledger.Clusters;

namespace Yueheng.Ledger;

/// <summary>
/// The database that a node works on: yours, when a connection string is given, else a private cluster. Opened once at start; migrated then.
/// </summary>
/// <example><c>await using var database = await LedgerDatabase.Open(Environment.GetEnvironmentVariable("YUEHENG_DATABASE"), "data/cluster", clock);</c></example>
public sealed class LedgerDatabase : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;

    private LedgerDatabase(PrivateCluster? cluster, NpgsqlDataSource owner, NpgsqlDataSource app)
    {
        _cluster = cluster;
        Owner = owner;
        App = app;
    }

    /// <summary>Connects as the owner of the tables, past row-level security: for migrations, verification and backups only.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>Connects as <c>yueheng_app</c>, which sees the contracts of its transaction and changes nothing that is recorded.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>Opens the database and brings it up to date.</summary>
    /// <param name="connectionString">Of a user that owns the database and may make roles; null or empty: a private cluster.</param>
    /// <param name="clusterFolder">The private cluster's folder.</param>
    /// <param name="appConnectionString">Of a login that is a member of <c>yueheng_app</c> and owns nothing; null or empty: the owner's login works as that role.</param>
    /// <exception cref="ClusterRefusedException">The private cluster cannot run here, or the given one would acknowledge what is not durable.</exception>
    /// <exception cref="Migrations.MigrationRefusedException">Database and program do not belong together.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<LedgerDatabase> Open(string? connectionString, string clusterFolder, TimeProvider clock, CancellationToken cancellation = default, string? appConnectionString = null)
    {
        var cluster = string.IsNullOrEmpty(connectionString) ? await PrivateCluster.Start(clusterFolder, cancellation) : null;
        var database = cluster is null ? Of(null, connectionString!, AsApp(string.IsNullOrEmpty(appConnectionString) ? connectionString! : appConnectionString)) : Of(cluster, cluster.Owner, cluster.App);
        try
        {
            await database.RefuseForgetful(cancellation);
            await global::Yueheng.Ledger.Migrations.Migrations.OfLedger.Apply(database.Owner, clock, cancellation);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static LedgerDatabase Of(PrivateCluster? cluster, string owner, string app) =>
        new(cluster, NpgsqlDataSource.Create(owner), NpgsqlDataSource.Create(app));

    // A login, working as the lesser role from the first statement on.
    private static string AsApp(string connectionString)
    {
        var app = new NpgsqlConnectionStringBuilder(connectionString);
        app.Options = $"{app.Options} -c role=yueheng_app".Trim();
        return app.ConnectionString;
    }

    private async Task RefuseForgetful(CancellationToken cancellation)
    {
        await using var command = Owner.CreateCommand("select current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'");
        if (await command.ExecuteScalarAsync(cancellation) is not true)
            throw new ClusterRefusedException("数据库关闭了 fsync 或 full_page_writes：断电会丢失已确认的事实。请打开后再用。");
    }

    /// <summary>Closes the connections and stops the private cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }
}

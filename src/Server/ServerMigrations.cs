using Yueheng.Ledger;
using Yueheng.Ledger.Migrations;

namespace Yueheng.Server;

/// <summary>The tables of this room; applied after those of the ledger, which they lean on.</summary>
public static class ServerMigrations
{
    public static Task Apply(LedgerDatabase database, TimeProvider clock, CancellationToken cancellation = default) =>
        Migrations.EmbeddedIn(typeof(ServerMigrations).Assembly, "server").Apply(database.Owner, clock, cancellation);
}

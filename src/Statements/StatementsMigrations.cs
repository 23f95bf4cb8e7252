using Yueheng.Ledger;
using Yueheng.Ledger.Migrations;

namespace Yueheng.Statements;

/// <summary>The tables of this room; applied after those of the ledger, which they lean on.</summary>
public static class StatementsMigrations
{
    public static Task Apply(LedgerDatabase database, TimeProvider clock, CancellationToken cancellation = default) =>
        Migrations.EmbeddedIn(typeof(StatementsMigrations).Assembly, "statements").Apply(database.Owner, clock, cancellation);
}

using Npgsql;
using Yueheng.Ledger.Migrations;
using M = Yueheng.Ledger.Migrations.Migrations;

namespace Yueheng.Ledger.Tests.Migrations;

public class MigrationsTests(PostgresFixture postgres)
{
    private static readonly MigrationFile First = new("001-first.sql", "create table first (n int)");
    private static readonly MigrationFile Second = new("002-second.sql", "insert into first values (2)");

    private async Task<NpgsqlDataSource> Empty() => NpgsqlDataSource.Create(await postgres.EmptyDatabase());

    private static async Task<object?> Ask(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    [Fact]
    public async Task Each_file_is_applied_once_and_in_order()
    {
        await using var database = await Empty();
        (await new M("room", [First]).Apply(database, TimeProvider.System)).ShouldBe(["001-first.sql"]);
        (await new M("room", [First, Second]).Apply(database, TimeProvider.System)).ShouldBe(["002-second.sql"]);
        (await new M("room", [First, Second]).Apply(database, TimeProvider.System)).ShouldBeEmpty();
        (await Ask(database, "select count(*) from first")).ShouldBe(1L);
    }

    [Fact]
    public async Task Nodes_that_start_together_apply_it_once()
    {
        await using var database = await Empty();
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => M.OfLedger.Apply(database, TimeProvider.System)));
        applied.Count(files => files.Count > 0).ShouldBe(1);
    }

    [Fact]
    public async Task Two_databases_of_one_cluster_migrate_together()
    {
        await using var one = await Empty();
        await using var two = await Empty();
        await Task.WhenAll(M.OfLedger.Apply(one, TimeProvider.System), M.OfLedger.Apply(two, TimeProvider.System));
    }

    [Fact]
    public async Task A_changed_applied_file_is_refused()
    {
        await using var database = await Empty();
        await new M("room", [First]).Apply(database, TimeProvider.System);
        var changed = new M("room", [First with { Sql = First.Sql + " " }, Second]);
        (await Should.ThrowAsync<MigrationRefusedException>(() => changed.Apply(database, TimeProvider.System))).Message.ShouldContain("001-first.sql");
        (await Ask(database, "select count(*) from first")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_database_ahead_of_the_program_is_refused()
    {
        await using var database = await Empty();
        await new M("room", [First, Second]).Apply(database, TimeProvider.System);
        await Should.ThrowAsync<MigrationRefusedException>(() => new M("room", [First]).Apply(database, TimeProvider.System));
    }

    [Fact]
    public async Task A_gap_in_the_numbers_is_refused()
    {
        await using var database = await Empty();
        await Should.ThrowAsync<MigrationRefusedException>(() => new M("room", [Second]).Apply(database, TimeProvider.System));
    }

    [Fact]
    public async Task A_broken_file_leaves_nothing_and_stops_those_after_it()
    {
        await using var database = await Empty();
        var broken = new M("room", [First, new("002-broken.sql", "create table second (n int); select nonsense"), new("003-third.sql", "create table third (n int)")]);
        await Should.ThrowAsync<PostgresException>(() => broken.Apply(database, TimeProvider.System));
        (await Ask(database, "select to_regclass('first') is not null and to_regclass('second') is null and to_regclass('third') is null")).ShouldBe(true);
    }
}

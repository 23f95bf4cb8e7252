using Npgsql;

namespace Yueheng.Ledger.Tests.Migrations;

public class PrivilegesTests(PostgresFixture postgres)
{
    private static async Task<object?> As(NpgsqlDataSource source, string sql, string visible = Bench.Contract)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var see = new NpgsqlCommand("select set_config('yueheng.contracts', $1, true)", connection) { Parameters = { new() { Value = visible } } }) await see.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task Refused(NpgsqlDataSource source, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => As(source, sql), sql)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, sql);

    [Theory]
    [InlineData("update ledger.facts set kind = 'other'")]
    [InlineData("delete from ledger.facts")]
    [InlineData("truncate ledger.facts")]
    [InlineData("update ledger.heads set seq = 0")]
    [InlineData("delete from ledger.heads")]
    [InlineData("insert into ledger.heads values ('sample2', 0, decode(repeat('00', 32), 'hex'), 0)")]
    [InlineData("alter table ledger.facts disable trigger all")]
    [InlineData("alter table ledger.facts disable row level security")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("drop table ledger.facts")]
    [InlineData("create table ledger.other (n int)")]
    [InlineData("select * from yueheng.migrations")]
    [InlineData("set role postgres")]
    public async Task The_application_changes_nothing_recorded(string sql)
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(1);
        await Refused(bench.Database.App, sql);
        (await bench.Verify()).First.ShouldBeNull();
    }

    [Theory]
    [InlineData("update ledger.facts set kind = 'other'")]
    [InlineData("delete from ledger.facts")]
    [InlineData("truncate ledger.facts")]
    [InlineData("truncate ledger.heads cascade")]
    [InlineData("delete from ledger.heads")]
    public async Task Nor_does_the_owner_by_mistake(string sql)
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(1);
        await Refused(bench.Database.Owner, sql);
    }

    [Fact]
    public async Task A_session_sees_its_contracts_and_no_others()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1"));
        await bench.Seeing("other").Append("other", null, System.Text.Encoding.UTF8.GetBytes(Bench.Line("f1", "other")), "li");
        (await As(bench.Database.App, "select string_agg(contract, ' ') from ledger.facts")).ShouldBe("sample");
        (await As(bench.Database.App, "select string_agg(contract, ' ' order by contract) from ledger.heads", "other,sample")).ShouldBe("other sample");
        (await As(bench.Database.App, "select count(*) from ledger.facts", "")).ShouldBe(0L);
        await using var forgotten = bench.Database.App.CreateCommand("select count(*) from ledger.facts");
        (await forgotten.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task It_appends_to_no_contract_that_it_does_not_see()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(1);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => bench.Seeing("other").Append(Bench.Contract, null, System.Text.Encoding.UTF8.GetBytes(Bench.Line("f2")), "li"));
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, "select * from ledger.lock_head('sample')", "other"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, "select * from ledger.standing('sample', '{f1}')", "other"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, "select ledger.advance_head('sample', 1)", "other"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App,
            "insert into ledger.facts values ('sample', 2, 'f2', 'k', 's', 0, 0, 'li', '[]', '{}', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))", "other")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public async Task The_head_moves_over_nothing_but_what_follows_it(int to)
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(2);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, $"select ledger.advance_head('sample', {to})"))).SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
    }
}

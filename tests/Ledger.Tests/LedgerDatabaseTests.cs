using System.Text;
using Yueheng.Ledger.Appending;

namespace Yueheng.Ledger.Tests;

public class LedgerDatabaseTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Without_a_connection_string_it_keeps_a_cluster_of_its_own()
    {
        using var folder = new ClusterFolder();
        var line = Encoding.UTF8.GetBytes(Bench.Line("f1"));
        Receipt first;
        await using (var database = await LedgerDatabase.Open(null, folder.Path, TimeProvider.System))
            first = (Receipt)await new FactLedger(database, TimeProvider.System, [Bench.Contract]).Append(Bench.Contract, null, line, "li");
        await using var again = await LedgerDatabase.Open("", folder.Path, TimeProvider.System);
        (await new FactLedger(again, TimeProvider.System, [Bench.Contract]).Append(Bench.Contract, null, line, "li")).ShouldBe(first with { IsNew = false });
    }

    [Fact]
    public async Task With_one_it_works_there_as_the_lesser_role()
    {
        await using var bench = await postgres.Fresh();
        await using var command = bench.Database.App.CreateCommand("select current_user::text");
        (await command.ExecuteScalarAsync()).ShouldBe("yueheng_app");
    }
}

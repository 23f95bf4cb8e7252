using Yueheng.Statements.Shelves;
using Yueheng.Statements.Watching;

namespace Yueheng.Statements.Tests.Watching;

public sealed class LedgerWatchTests(PostgresFixture postgres)
{
    private const string Contract = "leased-line";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Every_node_hears_what_any_node_records()
    {
        await using var one = await postgres.Fresh();
        await one.Install(Contract);
        await using var other = await one.Beside();
        await using var watch = new LedgerWatch(other.Database);
        await watch.Ready;
        using var ear = new Ear(watch);

        var receipt = await one.Record(Contract, "f1", "outage.started", "2025-06-01T09:00:00+08:00", "line-a");
        var heard = await ear.Next();
        (heard.Event, heard.Contract, heard.Seq, heard.Kind, heard.Id).ShouldBe(("fact", Contract, receipt.Seq, "outage.started", "f1"));

        await one.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, (_, text) => text + "# x\n"), null, PackKind.Amendment, "wang", "buyer");
        (await ear.Next()).ShouldBe(new Notice("pack", Contract, Id: "2"));
        await one.Book.Issue([Contract], Contract, new(2025, 1, 1), new(2025, 9, 30), Node.Instant("2025-10-01T00:00:00+08:00"), "wang");
        (await ear.Next()).ShouldBe(new Notice("statement", Contract, Id: "2025-001"));
    }

    [Fact]
    public async Task When_the_wire_breaks_the_listeners_are_told_to_look_again()
    {
        await using var node = await postgres.Fresh();
        await node.Install(Contract);
        await using var watch = new LedgerWatch(node.Database);
        await watch.Ready;
        using var ear = new Ear(watch);

        await using (var superuser = postgres.Superuser(node.Connection))
        await using (var cut = superuser.CreateCommand("select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%listen%') cut"))
            (await cut.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1L);
        (await ear.Next()).ShouldBe(Notice.Resync);

        await node.Record(Contract, "f1", "outage.started", "2025-06-01T09:00:00+08:00", "line-a");
        (await ear.Next()).Id.ShouldBe("f1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void A_payload_of_somebody_else_is_no_notice(string payload) => Notice.Read(payload).ShouldBeNull();

    private sealed class Ear : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly System.Threading.Channels.Channel<Notice> _heard = System.Threading.Channels.Channel.CreateUnbounded<Notice>();

        public Ear(LedgerWatch watch)
        {
            var listening = watch.Listen(_end.Token).GetAsyncEnumerator();
            var first = listening.MoveNextAsync();
            _ = Task.Run(async () =>
            {
                try
                {
                    for (var more = await first; more; more = await listening.MoveNextAsync()) _heard.Writer.TryWrite(listening.Current);
                }
                catch (OperationCanceledException)
                {
                    // The test is over.
                }
            });
        }

        public async Task<Notice> Next() => await _heard.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public void Dispose() => _end.Cancel();
    }
}

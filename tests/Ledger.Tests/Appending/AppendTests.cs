using System.Text;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;

namespace Yueheng.Ledger.Tests.Appending;

public class AppendTests(PostgresFixture postgres)
{
    private const string Proof = """[{"sha256":"00000000000000000000000000000000000000000000000000000000000000aa","name":"单.pdf"}]""";

    private const string TooLong = "这一行超过 1 MiB";

    private static string With(string line, string key, string json) => line[..^1] + $",\"{key}\":{json}}}";

    [Fact]
    public async Task Facts_are_numbered_from_one_without_gaps()
    {
        await using var bench = await postgres.Fresh();
        for (var number = 1; number <= 3; number++)
        {
            var receipt = await bench.Recorded(Bench.Line($"f{number}"));
            (receipt.Id, receipt.Seq, receipt.IsNew).ShouldBe(($"f{number}", number, true));
            (await bench.Append("{")).ShouldBeOfType<Refused>();
        }
        (await bench.Verify()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_fact_again_gets_the_first_receipt()
    {
        await using var bench = await postgres.Fresh();
        var first = await bench.Recorded("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00+08:00","subject":"s","data":{"a":1.50,"b":null}}""");
        bench.Clock.Now = bench.Clock.Now.AddDays(1);
        var again = await bench.Recorded("""{"data":{"a":15e-1},"subject":"s","at":"2025-03-03T01:00:00.0Z","kind":"k","contract":"sample","id":"f1"}""", "wang");
        again.ShouldBe(first with { IsNew = false });
        (await bench.Verify()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_fact_under_the_same_id_is_refused()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1"));
        var refused = (await bench.Append(Bench.Line("f1", subject: "INC-2"))).ShouldBeOfType<Refused>();
        (refused.Reason, refused.Id).ShouldBe((RefusalReason.OtherContent, "f1"));
        refused.Messages.ShouldHaveSingleItem().ShouldContain("第 1 号");
    }

    [Fact]
    public async Task Evidence_sent_later_is_not_lost_unnoticed()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1"));
        (await bench.Append(With(Bench.Line("f1"), "evidence", Proof))).ShouldBeOfType<Refused>().Reason.ShouldBe(RefusalReason.OtherContent);
        await bench.Recorded(With(Bench.Line("f2"), "evidence", Proof));
        (await bench.Recorded(With(Bench.Line("f2"), "evidence", Proof))).IsNew.ShouldBeFalse();
        (await bench.Recorded(Bench.Line("f2"))).IsNew.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "没有内容")]
    [InlineData("{", "JSON")]
    [InlineData("""{"id":"f1","contract":"other","kind":"k","at":"2025-03-03T09:00:00Z","subject":"s"}""", "other")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00","subject":"s"}""", "时区")]
    [InlineData("""{"id":"f\u0000","contract":"sample","kind":"k","at":"2025-03-03T09:00:00Z","subject":"s"}""", "U+0000")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00Z","subject":"s","evidence":["a"]}""", "evidence")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00Z","subject":"s","evidence":[{"sha256":"AA","name":"n"}]}""", "evidence")]
    [InlineData("{\n}", "换行")]
    public async Task What_is_no_fact_is_refused_with_its_reason(string line, string says)
    {
        await using var bench = await postgres.Fresh();
        var refused = (await bench.Append(line)).ShouldBeOfType<Refused>();
        refused.Reason.ShouldBe(RefusalReason.Invalid);
        refused.Messages.ShouldHaveSingleItem().ShouldContain(says);
    }

    [Fact]
    public async Task An_id_too_long_for_an_index_is_refused()
    {
        await using var bench = await postgres.Fresh();
        (await bench.Append(Bench.Line(new string('长', 400)))).ShouldBeOfType<Refused>().Messages.ShouldHaveSingleItem().ShouldContain("1000");
        await bench.Recorded(Bench.Line(new string('长', 333), subject: new string('s', 1000), kind: new string('k', 1000)));
    }

    [Fact]
    public async Task The_contracts_own_vocabulary_is_held_against_it()
    {
        await using var bench = await postgres.Fresh();
        var vocabulary = new Vocabulary([KeyValuePair.Create("payment.made", (IReadOnlyList<Field>)[new Field("amount", FieldType.Amount, Value.Missing)])], []);
        (await bench.Ledger.Append(Bench.Contract, vocabulary, Encoding.UTF8.GetBytes(Bench.Line("f1", kind: "payment.made")), "li")).ShouldBeOfType<Refused>().Messages.ShouldHaveSingleItem().ShouldContain("amount");
    }

    [Fact]
    public async Task What_an_export_added_is_said_anew()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(With(With(With(Bench.Line("f1"), "seq", "70"), "by", "\"mallory\""), "recordedAt", "\"2020-01-01T00:00:00Z\""));
        (await bench.Export()).ShouldContain("\"seq\":1,\"recordedAt\":\"2025-03-03T02:00:00Z\",\"by\":\"li\"");
    }

    [Fact]
    public async Task A_clock_set_back_does_not_turn_back_the_record()
    {
        await using var bench = await postgres.Fresh();
        var first = await bench.Recorded(Bench.Line("f1"));
        bench.Clock.Now = bench.Clock.Now.AddHours(-1);
        (await bench.Recorded(Bench.Line("f2"))).RecordedAt.ShouldBe(first.RecordedAt);
        (await bench.AppendLines(Bench.Line("f3")))[0].Answer.ShouldBeOfType<Receipt>().RecordedAt.ShouldBe(first.RecordedAt);
        (await bench.Verify()).First.ShouldBeNull();
    }

    [Fact]
    public async Task Appenders_on_one_contract_never_fork_its_chain()
    {
        await using var bench = await postgres.Fresh();
        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(hand => Task.Run(async () =>
        {
            var mine = new List<Receipt>();
            for (var number = 0; number < 25; number++) mine.Add(await bench.Recorded(Bench.Line($"{hand}-{number}")));
            return mine;
        })));
        receipts.SelectMany(mine => mine).Select(receipt => receipt.Seq).Order().ShouldBe(Enumerable.Range(1, 200).Select(seq => (long)seq));
        (await bench.Verify()).ShouldSatisfyAllConditions(check => check.First.ShouldBeNull(), check => check.Count.ShouldBe(200));
    }

    [Fact]
    public async Task Appenders_who_send_the_same_facts_record_each_once()
    {
        await using var bench = await postgres.Fresh();
        var lines = Enumerable.Range(0, 50).Select(number => Bench.Line($"f{number}")).ToArray();
        var hands = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => bench.AppendLines(lines))));
        hands.SelectMany(answers => answers).Count(answer => answer.Answer is Receipt { IsNew: true }).ShouldBe(50);
        (await bench.Verify()).Count.ShouldBe(50);
    }

    [Fact]
    public async Task Contracts_do_not_wait_for_each_other()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(1);
        await using var connection = await bench.Database.App.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("set local yueheng.contracts = 'sample'; select * from ledger.lock_head('sample')", connection);
        await hold.ExecuteNonQueryAsync();
        var other = bench.Seeing("other").Append("other", null, Encoding.UTF8.GetBytes(Bench.Line("f1", "other")), "li");
        var same = bench.Append(Bench.Line("f2"));
        (await other.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeOfType<Receipt>();
        same.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();
        (await same).ShouldBeOfType<Receipt>().Seq.ShouldBe(2);
    }

    [Fact]
    public async Task In_bulk_every_line_gets_its_own_answer()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1"));
        var answers = await bench.AppendLines("\uFEFF" + Bench.Line("f2"), "", "nonsense", Bench.Line("f1"), Bench.Line("f1", subject: "other"), Bench.Line("f2") + "\r", Bench.Line("f2", subject: "other"), Bench.Line("f3"));
        answers.Select(answer => (answer.Line, answer.Answer switch { Receipt receipt => $"{receipt.Seq} {receipt.IsNew}", Refused refused => refused.Reason.ToString(), _ => "" })).ShouldBe(
            [(1, "2 True"), (3, "Invalid"), (4, "1 False"), (5, "OtherContent"), (6, "2 False"), (7, "OtherContent"), (8, "3 True")]);
        (await bench.Verify()).ShouldSatisfyAllConditions(check => check.First.ShouldBeNull(), check => check.Count.ShouldBe(3));
    }

    [Fact]
    public async Task A_line_too_long_is_refused_and_those_around_it_are_not()
    {
        await using var bench = await postgres.Fresh();
        var answers = await bench.AppendLines(Bench.Line("f1"), new string('x', 5 << 20), Bench.Line("f2"), new string('y', 2 << 20));
        answers.Select(answer => answer.Answer is Refused refused ? refused.Messages[0].Split('，', '；')[0] : "").ShouldBe(["", TooLong, "", TooLong]);
    }

    [Fact]
    public async Task Many_batches_make_one_chain_and_again_change_nothing()
    {
        await using var bench = await postgres.Fresh();
        var lines = Enumerable.Range(1, 12_001).Select(number => Bench.Line($"f{number}")).ToArray();
        var first = await bench.AppendLines(lines);
        first.Select(answer => ((Receipt)answer.Answer).Seq).ShouldBe(Enumerable.Range(1, 12_001).Select(seq => (long)seq));
        (await bench.AppendLines(lines)).Select(answer => (Receipt)answer.Answer).ShouldBe(first.Select(answer => (Receipt)answer.Answer with { IsNew = false }));
        (await bench.Verify()).ShouldSatisfyAllConditions(check => check.First.ShouldBeNull(), check => check.Count.ShouldBe(12_001), check => check.Head.ShouldBe(((Receipt)first[^1].Answer).Hash));
    }
}

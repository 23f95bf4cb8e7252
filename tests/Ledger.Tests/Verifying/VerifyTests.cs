using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Tests.Verifying;

public class VerifyTests(PostgresFixture postgres)
{
    // Columns that make a fact, all but its place in the chain.
    private const string Content = "(id, kind, subject, at, recorded_at, by, evidence, fact)";
    private const string ContentOfOther = "(o.id, o.kind, o.subject, o.at, o.recorded_at, o.by, o.evidence, o.fact)";

    private static string Swap(int one, int other, string columns, string ofOther) =>
        $"create temp table o as select * from ledger.facts where seq in ({one}, {other}); update ledger.facts set id = 'moving ' || id where seq in ({one}, {other}); "
        + $"update ledger.facts f set {columns} = {ofOther} from o where f.seq = {one + other} - o.seq; drop table o";

    private static string SwapSeq(int one, int other) =>
        $"update ledger.facts set seq = 100 where seq = {one}; update ledger.facts set seq = {one} where seq = {other}; update ledger.facts set seq = {other} where seq = 100";

    private const string Foreign = "insert into ledger.facts select contract, {0}, 'new', kind, subject, at, recorded_at, by, evidence, replace(fact, '\"id\":\"f1\"', '\"id\":\"new\"'), previous, hash from ledger.facts where id = 'f1'";

    public static TheoryData<string, Alteration, int, string?> Alterations { get; } = new()
    {
        { "update ledger.facts set fact = replace(fact, '\"number\":4', '\"number\":5') where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set fact = 'nonsense' where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set by = 'wang' where seq = 1", Alteration.Differs, 1, "f1" },
        { "update ledger.facts set recorded_at = recorded_at + 1 where seq = 10", Alteration.Differs, 10, "f10" },
        { "update ledger.facts set evidence = '[{}]' where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set kind = 'incident.resolved' where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set subject = 'INC-9' where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set at = at - 1 where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set id = 'other' where seq = 4", Alteration.Differs, 4, "other" },
        { "update ledger.facts set hash = decode(repeat('ab', 32), 'hex') where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.facts set hash = decode(repeat('ab', 32), 'hex') where seq = 10", Alteration.Differs, 10, "f10" },
        { "update ledger.facts set previous = decode(repeat('ab', 32), 'hex') where seq = 4", Alteration.Differs, 4, "f4" },
        { "update ledger.heads set hash = decode(repeat('ab', 32), 'hex')", Alteration.Differs, 10, "f10" },
        { "update ledger.heads set seq = 9", Alteration.Inserted, 10, "f10" },
        { "delete from ledger.heads", Alteration.Inserted, 1, null },
        { "delete from ledger.facts where seq = 1", Alteration.Missing, 1, "f2" },
        { "delete from ledger.facts where seq = 4", Alteration.Missing, 4, "f5" },
        { "delete from ledger.facts where seq in (4, 5)", Alteration.Missing, 4, "f6" },
        { "delete from ledger.facts where seq = 10", Alteration.Missing, 10, null },
        { "delete from ledger.facts", Alteration.Missing, 1, null },
        { "update ledger.facts set contract = 'elsewhere' where seq = 4", Alteration.Missing, 4, "f5" },
        { "delete from ledger.facts where seq = 4; update ledger.facts set seq = seq + 100 where seq > 4; update ledger.facts set seq = seq - 101 where seq > 100", Alteration.Missing, 4, null },
        { string.Format(Foreign, 11), Alteration.Inserted, 11, null },
        { "update ledger.facts set seq = seq + 100 where seq > 3; update ledger.facts set seq = seq - 99 where seq > 100; " + string.Format(Foreign, 4), Alteration.Inserted, 4, "new" },
        { SwapSeq(4, 5), Alteration.Reordered, 4, "f5" },
        { SwapSeq(4, 8), Alteration.Reordered, 4, "f8" },
        { SwapSeq(1, 10), Alteration.Reordered, 1, "f10" },
        { Swap(4, 5, Content, ContentOfOther), Alteration.Reordered, 4, "f5" },
        { Swap(2, 9, Content, ContentOfOther), Alteration.Reordered, 2, "f9" },
    };

    [Theory, MemberData(nameof(Alterations))]
    public async Task What_a_superuser_does_is_found_and_named(string sql, Alteration what, int seq, string? id)
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(10);
        (await bench.Verify()).First.ShouldBeNull();
        await bench.Tamper(sql);
        var found = (await bench.Verify()).First.ShouldNotBeNull();
        (found.What, found.Seq).ShouldBe((what, (long)seq), found.Message);
        if (id is not null) found.Id.ShouldBe(id, found.Message);
    }

    [Fact]
    public async Task A_fact_rewritten_with_its_hash_is_named_by_the_next_one()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(5);
        var rows = new List<Yueheng.Ledger.Chain.RecordedFact>();
        await foreach (var row in bench.Ledger.Read(Bench.Contract, new())) rows.Add(row);
        foreach (var seq in (int[])[3, 5])
        {
            var row = rows[seq - 1];
            var hash = Yueheng.Ledger.Chain.Link.Hash(seq, row.RecordedAt, "wang", row.Evidence, row.Previous, row.Fact);
            await bench.Tamper($"update ledger.facts set by = 'wang', hash = '\\x{Convert.ToHexStringLower(hash)}' where seq = {seq}");
            var found = (await bench.Verify()).First.ShouldNotBeNull();
            (found.What, found.Seq, found.Id).ShouldBe((Alteration.Differs, seq, $"f{seq}"), found.Message);
            await bench.Tamper($"update ledger.facts set by = 'li', hash = '\\x{Convert.ToHexStringLower(row.Hash)}' where seq = {seq}");
            (await bench.Verify()).First.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Two_alterations_name_the_first()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(10);
        await bench.Tamper("delete from ledger.facts where seq = 7; update ledger.facts set by = 'wang' where seq = 3");
        (await bench.Verify()).First!.Seq.ShouldBe(3);
    }

    [Fact]
    public async Task A_ledger_rewritten_whole_is_found_by_a_head_held_outside()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(3);
        var printed = (await bench.Recorded(Bench.Line("f4"))).Hash;
        await bench.Tamper("delete from ledger.facts; delete from ledger.heads");
        (await bench.Verify()).First.ShouldBeNull();
        await bench.Record(3);
        await bench.Recorded(Bench.Line("f4", subject: "INC-9"));
        (await bench.Verify()).First.ShouldBeNull();
        var found = (await bench.Verify(new Anchor(4, printed))).First.ShouldNotBeNull();
        (found.What, found.Seq).ShouldBe((Alteration.Differs, 4L));
        (await bench.Verify(new Anchor(9, printed))).First!.What.ShouldBe(Alteration.Missing);
    }

    [Fact]
    public async Task A_contract_without_facts_is_whole()
    {
        await using var bench = await postgres.Fresh();
        (await bench.Verify()).ShouldBe(new Verification(Bench.Contract, 0, new string('0', 64), null));
    }

    [Theory]
    [InlineData("edit", Alteration.Differs, 4, "f4")]
    [InlineData("by", Alteration.Differs, 4, "f4")]
    [InlineData("evidence", Alteration.Differs, 4, "f4")]
    [InlineData("broken", Alteration.Differs, 4, null)]
    [InlineData("bare", Alteration.Differs, 4, "f4")]
    [InlineData("delete", Alteration.Missing, 4, "f5")]
    [InlineData("swap", Alteration.Reordered, 4, "f8")]
    [InlineData("neighbours", Alteration.Reordered, 4, "f5")]
    [InlineData("renumbered swap", Alteration.Reordered, 4, "f8")]
    [InlineData("twice", Alteration.Inserted, 5, "f4")]
    [InlineData("insert", Alteration.Inserted, 4, "new")]
    public async Task What_was_done_to_an_export_is_found_and_named(string how, Alteration what, int seq, string? id)
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(10);
        var lines = (await bench.Export()).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        (await Bench.VerifyExport(string.Join('\n', lines))).First.ShouldBeNull();
        string At(int number, string old, string fresh) => lines[number - 1].Replace(old, fresh, StringComparison.Ordinal);
        switch (how)
        {
            case "edit": lines[3] = At(4, "\"number\":4", "\"number\":5"); break;
            case "by": lines[3] = At(4, "\"by\":\"li\"", "\"by\":\"wang\""); break;
            case "evidence": lines[3] = At(4, "\"evidence\":[]", "\"evidence\":[{}]"); break;
            case "broken": lines[3] = "{"; break;
            case "bare": lines[3] = Bench.Line("f4"); break;
            case "delete": lines.RemoveAt(3); break;
            case "swap": (lines[3], lines[7]) = (lines[7], lines[3]); break;
            case "neighbours": (lines[3], lines[4]) = (lines[4], lines[3]); break;
            case "renumbered swap": (lines[3], lines[7]) = (At(8, "\"seq\":8", "\"seq\":4"), At(4, "\"seq\":4", "\"seq\":8")); break;
            case "twice": lines.Insert(4, lines[3]); break;
            case "insert":
                for (var number = 10; number >= 4; number--) lines[number - 1] = At(number, $"\"seq\":{number},", $"\"seq\":{number + 1},");
                lines.Insert(3, lines[2].Replace("\"seq\":3,", "\"seq\":4,", StringComparison.Ordinal).Replace("\"id\":\"f3\"", "\"id\":\"new\"", StringComparison.Ordinal));
                break;
        }
        var found = (await Bench.VerifyExport(string.Join('\n', lines))).First.ShouldNotBeNull();
        (found.What, found.Seq, found.Id).ShouldBe((what, (long)seq, id), found.Message);
    }

    [Fact]
    public async Task An_export_cut_short_is_found_by_a_head_held_outside()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(9);
        var last = await bench.Recorded(Bench.Line("f10"));
        var export = await bench.Export();
        (await Bench.VerifyExport(export, new Anchor(10, last.Hash))).First.ShouldBeNull();
        var cut = export[..export[..^1].LastIndexOf('\n')];
        (await Bench.VerifyExport(cut)).First.ShouldBeNull();
        var found = (await Bench.VerifyExport(cut, new Anchor(10, last.Hash))).First.ShouldNotBeNull();
        (found.What, found.Seq).ShouldBe((Alteration.Missing, 10L));
    }
}

using System.Text;
using Npgsql;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Verifying;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

public class ClaimChainTests(PostgresFixture postgres)
{
    /// <summary>Six steps: 1/proposed, 1/accepted, 2/proposed, 2/contested, 2/upheld, 3/proposed.</summary>
    private static async Task<ClaimDesk> SixSteps(Bench bench)
    {
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        await desk.Accept(1, Reviewer);
        await desk.Propose(Clerk, ClaimType.Finding, facts: Finding());
        await desk.Contest(2, Manager);
        await desk.Decide(2, Leader, ClaimStep.Upheld);
        await desk.Propose(Clerk, ClaimType.Retraction, "f1~1");
        return desk;
    }

    private static async Task<string> Export(ClaimDesk desk)
    {
        var output = new MemoryStream();
        await desk.Claims.Write(Bench.Contract, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static Task<Verification> Verify(string export, params Anchor[] anchors) => ClaimExport.Verify(Bench.Contract, new MemoryStream(Encoding.UTF8.GetBytes(export)), anchors);

    [Fact]
    public void The_form_of_a_step_is_pinned()
    {
        var step = new ClaimEvent("sample", 7, 3, "excuse", "proposed", "provider", "li", 1_740_963_600_500_000_000, "{\"reason\":\"因\"}"u8.ToArray(), "[]"u8.ToArray(), new byte[32], []);
        Convert.ToHexStringLower(step.Link(7, new byte[32])).ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(
            "{\"contract\":\"sample\",\"seq\":7,\"recordedAt\":\"2025-03-03T01:00:00.5Z\",\"by\":\"li\",\"claim\":3,\"type\":\"excuse\",\"step\":\"proposed\",\"side\":\"provider\",\"content\":{\"reason\":\"因\"},\"facts\":[],\"previous\":\""
            + new string('0', 64) + "\"}"))));
        Convert.ToHexStringLower(step.Link(7, new byte[32])).ShouldBe("e567d30662ea25396d9415c1c2ee6252d4c72b5bbae1af1fccc3c3e40f67a4aa");
    }

    [Fact]
    public async Task A_step_says_all_that_was_said_and_what_it_put_on_record()
    {
        await using var bench = await postgres.Fresh();
        var desk = await SixSteps(bench);
        var lines = (await Export(desk)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(6);
        lines[0].ShouldStartWith(
            "{\"contract\":\"sample\",\"seq\":1,\"recordedAt\":\"2025-03-03T02:00:00Z\",\"by\":\"u-engineer\",\"claim\":1,\"type\":\"excuse\",\"step\":\"proposed\",\"side\":\"provider\",\"content\":{\"about\":\"f1\",\"answerDue\":\"2025-03-10T02:00:00Z\",\"count\":1,\"evidence\":[{\"name\":\"单.pdf\",\"sha256\":\""
            + Proof.Sha256 + "\"}],\"reason\":\"有理由\",\"recorded\":[{\"hash\":");
        var recorded = await desk.Fact("f1~1");
        lines[1].ShouldContain($"{{\"hash\":\"{recorded.GetProperty("hash").GetString()}\",\"id\":\"f1~1\",\"seq\":3}}");
    }

    [Fact]
    public async Task An_export_is_verified_without_a_database()
    {
        await using var bench = await postgres.Fresh();
        var desk = await SixSteps(bench);
        var head = await desk.Claims.HeadOf(Bench.Contract);
        (await Verify(await Export(desk), head)).ShouldBe(new Verification(Bench.Contract, 6, head.Hash, null));
        (await Verify("")).ShouldBe(new Verification(Bench.Contract, 0, new string('0', 64), null));
    }

    [Theory]
    [InlineData("经核", "经查", Alteration.Differs, 5, "2/upheld")]
    [InlineData("\"claim\":3", "\"claim\":2", Alteration.Differs, 6, "2/proposed")]
    [InlineData("\"step\":\"contested\"", "\"step\":\"accepted\"", Alteration.Differs, 4, "2/accepted")]
    [InlineData("third-party", "buyer", Alteration.Differs, 1, "1/proposed")]
    [InlineData(",\"kind\":\"finding", ",\"more\":1,\"kind\":\"finding", Alteration.Differs, 3, "2/proposed")]
    [InlineData("\"seq\":4,", "\"more\":1,\"seq\":4,", Alteration.Differs, 4, "2/contested")]
    [InlineData("\"seq\":4", "\"seq\":\"4\"", Alteration.Differs, 4, null)]
    public async Task An_alteration_of_an_export_is_named(string was, string now, Alteration what, int seq, string? id)
    {
        await using var bench = await postgres.Fresh();
        var export = await Export(await SixSteps(bench));
        var at = export.IndexOf(was, StringComparison.Ordinal);
        var found = (await Verify(export[..at] + now + export[(at + was.Length)..])).First.ShouldNotBeNull();
        (found.What, found.Seq, found.Id).ShouldBe((what, seq, id));
        found.Message.ShouldContain("申请步骤");
    }

    [Fact]
    public async Task A_step_left_out_at_the_end_shows_beside_a_head_that_somebody_holds()
    {
        await using var bench = await postgres.Fresh();
        var desk = await SixSteps(bench);
        var lines = (await Export(desk)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (await Verify(string.Join('\n', lines[..^1]))).IsWhole.ShouldBeTrue();
        (await Verify(string.Join('\n', lines[..^1]), await desk.Claims.HeadOf(Bench.Contract))).First.ShouldNotBeNull().What.ShouldBe(Alteration.Missing);
    }

    public static TheoryData<string, Alteration, int> Tamperings { get; } = new()
    {
        { "update ledger.claim_events set content = replace(content, '经核', '经查') where seq = 5", Alteration.Differs, 5 },
        { "update ledger.claim_events set by = 'other' where seq = 2", Alteration.Differs, 2 },
        { "update ledger.claim_events set step = 'contested' where seq = 2", Alteration.Differs, 2 },
        { "update ledger.claim_events set facts = '[]' where seq = 1", Alteration.Differs, 1 },
        { "update ledger.claim_events set recorded_at = recorded_at + 1 where seq = 6", Alteration.Differs, 6 },
        { "delete from ledger.claim_events where seq = 3", Alteration.Missing, 3 },
        { "delete from ledger.claim_events where seq = 6", Alteration.Missing, 6 },
        { "update ledger.claim_events set seq = 100 where seq = 3; update ledger.claim_events set seq = 3 where seq = 4; update ledger.claim_events set seq = 4 where seq = 100", Alteration.Reordered, 3 },
        { "insert into ledger.claim_events select contract, 7, 4, type, step, side, by, recorded_at, content, facts, previous, hash from ledger.claim_events where seq = 6", Alteration.Inserted, 7 },
    };

    [Theory, MemberData(nameof(Tamperings))]
    public async Task What_a_superuser_does_to_a_claim_is_found_and_named(string sql, Alteration what, int seq)
    {
        await using var bench = await postgres.Fresh();
        var desk = await SixSteps(bench);
        (await desk.Claims.Verify(Bench.Contract)).First.ShouldBeNull();
        await bench.Tamper(sql);
        var found = (await desk.Claims.Verify(Bench.Contract)).First.ShouldNotBeNull();
        (found.What, found.Seq).ShouldBe((what, seq));
    }

    private static async Task<object?> As(NpgsqlDataSource source, string sql, string visible = Bench.Contract, string circle = "")
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var see = new NpgsqlCommand("select set_config('yueheng.contracts', $1, true), set_config('yueheng.circle', $2, true)", connection) { Parameters = { new() { Value = visible }, new() { Value = circle } } })
            await see.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [Theory]
    [InlineData("update ledger.claim_events set step = 'accepted'")]
    [InlineData("delete from ledger.claim_events")]
    [InlineData("truncate ledger.claim_events")]
    [InlineData("update ledger.claim_heads set seq = 0")]
    [InlineData("delete from ledger.claim_heads")]
    [InlineData("insert into ledger.claim_heads values ('other', 0, decode(repeat('00', 32), 'hex'), 0, 0)")]
    [InlineData("update ledger.notes set note = 'x'")]
    [InlineData("delete from ledger.notes")]
    public async Task The_application_edits_no_history(string sql)
    {
        await using var bench = await postgres.Fresh();
        var desk = await SixSteps(bench);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await desk.Claims.Verify(Bench.Contract)).First.ShouldBeNull();
    }

    [Theory]
    [InlineData("update ledger.claim_events set step = 'accepted'")]
    [InlineData("delete from ledger.claim_events")]
    [InlineData("delete from ledger.claim_heads")]
    [InlineData("delete from ledger.notes")]
    public async Task Nor_does_the_owner_by_mistake(string sql)
    {
        await using var bench = await postgres.Fresh();
        await SixSteps(bench);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.Owner, sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_session_sees_the_claims_of_its_contracts_and_no_others()
    {
        await using var bench = await postgres.Fresh();
        await SixSteps(bench);
        foreach (var table in (string[])["claim_events", "claim_heads"])
        {
            (await As(bench.Database.App, $"select count(*) from ledger.{table}")).ShouldNotBe(0L);
            (await As(bench.Database.App, $"select count(*) from ledger.{table}", "other")).ShouldBe(0L);
            (await As(bench.Database.App, $"select count(*) from ledger.{table}", "")).ShouldBe(0L);
        }
        foreach (var call in (string[])["select * from ledger.lock_claims('sample')", "select ledger.advance_claims('sample')"])
            (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, call, "other"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App,
            "insert into ledger.claim_events values ('sample', 7, 4, 'excuse', 'proposed', 'buyer', 'li', 0, '{}', '[]', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))", "other")))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => bench.Seeing("other").Claims.List(Bench.Contract));
    }

    [Fact]
    public async Task The_head_moves_over_nothing_but_what_follows_it()
    {
        await using var bench = await postgres.Fresh();
        await SixSteps(bench);
        (await Should.ThrowAsync<PostgresException>(() => As(bench.Database.App, "select ledger.advance_claims('sample')"))).SqlState.ShouldBe(PostgresErrorCodes.IntegrityConstraintViolation);
    }

    [Fact]
    public async Task Notes_are_seen_by_their_own_circle_whatever_the_program_asks_for()
    {
        await using var bench = await postgres.Fresh();
        var notes = bench.Ledger.Notes;
        (await notes.Write(Bench.Contract, Clerk, "f1", "先问清楚")).Faults.ShouldBeEmpty();
        (await notes.Write(Bench.Contract, Engineer, "f1", "备件未到")).Faults.ShouldBeEmpty();
        (await notes.Write(Bench.Contract, Supervisor, "f1", "复查")).Faults.ShouldBeEmpty();
        (await notes.Write(Bench.Contract, UsingUnit, "2", "已知")).Faults.ShouldBeEmpty();
        (await notes.Read(Bench.Contract, Leader, null)).Single().Text.ShouldBe("先问清楚");
        (await notes.Read(Bench.Contract, Manager, "f1")).Single().Text.ShouldBe("备件未到");
        (await notes.Read(Bench.Contract, Supervisor, null)).Single().Text.ShouldBe("复查");
        (await notes.Read(Bench.Contract, UsingUnit, "f1")).ShouldBeEmpty();
        await Should.ThrowAsync<UnauthorizedAccessException>(() => notes.Read(Bench.Contract, Auditor, null));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => bench.Seeing("other").Notes.Read(Bench.Contract, Clerk, null));
        (await As(bench.Database.App, "select count(*) from ledger.notes", circle: "buyer")).ShouldBe(1L);
        (await As(bench.Database.App, "select count(*) from ledger.notes", "other", "buyer")).ShouldBe(0L);
        (await As(bench.Database.App, "select count(*) from ledger.notes")).ShouldBe(0L);
        (await notes.Write(Bench.Contract, Clerk, "f1", "请打 13800000000")).Faults.ShouldNotBeEmpty();
        (await notes.Write(Bench.Contract, Clerk, "f1", " ")).Faults.ShouldNotBeEmpty();
    }
}

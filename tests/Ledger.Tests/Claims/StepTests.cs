using Npgsql;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

public class StepTests(PostgresFixture postgres)
{
    private static readonly Author[] Everybody = [Clerk, Reviewer, Leader, Manager, Engineer, Supervisor, UsingUnit, Auditor, new("u-finance", [Role.BuyerFinance]), new("u-desk", [Role.DeskAgent]), new("u-both", [Role.BuyerLeader, Role.ProviderManager])];

    [Fact]
    public async Task Only_the_other_party_answers_and_only_those_who_speak_for_it()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        foreach (var author in Everybody.Except([Reviewer, Leader])) Refused(await desk.Accept(1, author)).ShouldBe(StepRefusal.Forbidden, author.Id);
        foreach (var author in Everybody.Except([Reviewer, Leader])) Refused(await desk.Contest(1, author)).ShouldBe(StepRefusal.Forbidden, author.Id);
        (await desk.Accept(1, Leader)).ShouldBeOfType<StepTaken>();

        await bench.Recorded(Bench.Line("g1"));
        await desk.Propose(Clerk, ClaimType.Retraction, "g1");
        foreach (var author in Everybody.Except([Manager])) Refused(await desk.Accept(2, author)).ShouldBe(StepRefusal.Forbidden, author.Id);
        (await desk.Accept(2, Manager)).ShouldBeOfType<StepTaken>();
    }

    [Fact]
    public async Task Who_changed_sides_does_not_answer_himself()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        Refused(await desk.Accept(1, new Author(Engineer.Id, [Role.BuyerLeader]))).ShouldBe(StepRefusal.Forbidden);
    }

    [Fact]
    public async Task Those_who_proposed_it_may_take_it_back_while_it_is_open()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        foreach (var author in (Author[])[Clerk, Reviewer, Supervisor, UsingUnit, Auditor]) Refused(await desk.Withdraw(1, author)).ShouldBe(StepRefusal.Forbidden, author.Id);
        (await desk.Withdraw(1, Manager)).ShouldBeOfType<StepTaken>();
        (await desk.State(1)).ShouldBe(ClaimState.Withdrawn);
        Refused(await desk.Accept(1, Reviewer)).ShouldBe(StepRefusal.NotNow);
        Refused(await desk.Withdraw(1, Manager)).ShouldBe(StepRefusal.NotNow);
        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer");
    }

    [Fact]
    public async Task Machines_and_auditors_propose_nothing()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(new Author("m-probe", [], ["*"]), ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.Forbidden);
        Refused(await desk.Try(Auditor, ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.Forbidden);
        Refused(await desk.Try(Auditor, ClaimType.Retraction, "f1")).ShouldBe(StepRefusal.Forbidden);
    }

    [Fact]
    public async Task A_claim_that_is_not_there_is_not_answered()
    {
        await using var bench = await postgres.Fresh();
        Refused(await new ClaimDesk(bench).Accept(9, Reviewer)).ShouldBe(StepRefusal.Unknown);
    }

    [Fact]
    public async Task Texts_of_a_claim_name_no_person()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, reason: "请打 13800000000", facts: Excused())).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, evidence: [Proof with { Name = "13800000000.pdf" }], facts: Excused())).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, facts: Bench.Line("f1", data: """{"attributable":"buyer","note":"13800000000"}"""))).ShouldBe(StepRefusal.Invalid);
        await desk.Excuse();
        Refused(await desk.Claims.Answer(Bench.Contract, 1, Reviewer, ClaimStep.Contested, "请打 13800000000", [])).ShouldBe(StepRefusal.Invalid);
    }

    [Fact]
    public async Task Of_all_who_answer_together_one_is_heard()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        for (var number = 1; number <= 5; number++)
        {
            await desk.Excuse($"f{number}");
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(hand => Task.Run(() => hand % 2 == 0 ? desk.Accept(number, Reviewer) : desk.Contest(number, Leader))));
            answers.OfType<StepTaken>().Count().ShouldBe(1);
            answers.OfType<StepRefused>().ShouldAllBe(refused => refused.Reason == StepRefusal.NotNow);
            (await desk.Claim(number)).History.Count.ShouldBe(2);
        }
        var accepted = (await desk.Claims.List(Bench.Contract)).Count(claim => claim.StateAt(desk.Now) == ClaimState.Accepted);
        (await desk.Record()).Split("; ").Length.ShouldBe(5 + 2 * accepted);
    }

    [Fact]
    public async Task Claims_proposed_together_are_numbered_without_gaps()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await Task.WhenAll(Enumerable.Range(1, 12).Select(number => Task.Run(() => desk.Excuse($"f{number}"))));
        (await desk.Claims.List(Bench.Contract)).Select(claim => claim.Number).ShouldBe(Enumerable.Range(1, 12).Select(number => (long)number));
        (await desk.Record()).Split("; ").Length.ShouldBe(12);
    }

    [Theory]
    [InlineData("claims")]
    [InlineData("head")]
    public async Task Killed_half_way_it_leaves_neither_the_step_nor_the_facts(string waitingFor)
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        await using var holder = await bench.Database.App.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"set local yueheng.contracts = 'sample'; select * from ledger.lock_{waitingFor}('sample')", holder)) await hold.ExecuteNonQueryAsync();

        var accepting = desk.Accept(1, Reviewer);
        await using var owner = bench.Database.Owner.CreateCommand("select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()");
        object? pid;
        while ((pid = await owner.ExecuteScalarAsync()) is null) accepting.IsCompleted.ShouldBeFalse();
        await bench.Tamper($"select pg_terminate_backend({pid})");
        await Should.ThrowAsync<NpgsqlException>(() => accepting);
        await transaction.RollbackAsync();

        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer");
        (await desk.State(1)).ShouldBe(ClaimState.Proposed);
        (await desk.Accept(1, Reviewer)).ShouldBeOfType<StepTaken>().Facts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Facts_and_claims_are_told_to_whoever_listens_when_they_are_on_record()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await using var listener = await bench.Database.App.OpenConnectionAsync();
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await using (var listen = new NpgsqlCommand("listen yueheng", listener)) await listen.ExecuteNonQueryAsync();
        await bench.Append("{");
        await bench.Recorded(Bench.Line("f\\\"1"));
        await bench.AppendLines(Bench.Line("f2"), Bench.Line("f3"), "nonsense");
        await bench.Recorded(Bench.Line("f2"));
        await desk.Propose(Clerk, ClaimType.Retraction, "f2");
        Refused(await desk.Accept(1, Clerk));
        while (heard.Count < 3) await listener.WaitAsync();
        heard.ShouldBe(
        [
            """{"event":"fact","contract":"sample","seq":1,"kind":"incident.reported","id":"f\"1"}""",
            """{"event":"fact","contract":"sample","seq":3}""",
            """{"event":"claim","contract":"sample","seq":1,"kind":"retraction","id":"1"}""",
        ]);
    }
}

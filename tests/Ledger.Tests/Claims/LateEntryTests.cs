using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

public class LateEntryTests(PostgresFixture postgres)
{
    private static string[] Lines(int count) => [.. Enumerable.Range(1, count).Select(number => Bench.Line($"late-{number}", subject: $"INC-{number}"))];

    [Fact]
    public async Task A_batch_is_recorded_whole_when_the_other_party_agrees()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        bench.Clock.Now = bench.Clock.Now.AddDays(60);
        var claim = await desk.Propose(Manager, ClaimType.Late, evidence: [Proof], facts: Lines(3));
        (claim.ProposalCount, claim.Recorded.Count).ShouldBe((3, 0));
        (await desk.Accept(1, Reviewer)).ShouldBeOfType<StepTaken>().Facts.Select(fact => fact.Seq).ShouldBe([1, 2, 3]);
        (await desk.Fact("late-2")).GetProperty("evidence").GetRawText().ShouldContain(Proof.Sha256);
        (await desk.Record()).ShouldBe(string.Join("; ", Enumerable.Range(1, 3).Select(number => $"late-{number} incident.reported u-manager+u-reviewer")));
        (await desk.Claims.Counts(Bench.Contract, 0, long.MaxValue)).ShouldBe(new RecordCounts(0, 1, 0, 3, 0, 0));
    }

    [Fact]
    public async Task Thousands_are_one_batch_too()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        bench.Clock.Now = bench.Clock.Now.AddDays(60);
        await desk.Propose(Manager, ClaimType.Late, evidence: [Proof], facts: Lines(5_000));
        (await desk.Claims.List(Bench.Contract))[0].ShouldSatisfyAllConditions(claim => claim.Proposals.ShouldBeNull(), claim => claim.ProposalCount.ShouldBe(5_000));
        (await desk.Claim(1)).Proposals!.Count.ShouldBe(5_000);
        (await desk.Accept(1, Reviewer)).ShouldBeOfType<StepTaken>().Facts.Count.ShouldBe(5_000);
        (await desk.Claims.Verify(Bench.Contract)).First.ShouldBeNull();
        (await bench.Verify()).ShouldSatisfyAllConditions(check => check.First.ShouldBeNull(), check => check.Count.ShouldBe(5_000));
    }

    [Fact]
    public async Task It_needs_a_reason_and_a_proof()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Manager, ClaimType.Late, facts: Lines(1))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Manager, ClaimType.Late, evidence: [Proof], reason: " ", facts: Lines(1))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Manager, ClaimType.Late, evidence: [Proof])).ShouldBe(StepRefusal.Invalid);
    }

    [Fact]
    public async Task Each_bad_fact_is_named()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        var refused = (await desk.Try(Manager, ClaimType.Late, evidence: [Proof], facts: [Lines(1)[0], "{", Bench.Line("late-3", "other"), Lines(1)[0]])).ShouldBeOfType<StepRefused>();
        refused.Faults.Select(fault => fault.Fact).Order().ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("finding.recorded", StepRefusal.Invalid)]
    [InlineData("fact.retracted", StepRefusal.Invalid)]
    [InlineData("deliverable.accepted", StepRefusal.Forbidden)]
    public async Task Lateness_is_no_way_around_authority(string kind, StepRefusal reason)
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Manager, ClaimType.Late, evidence: [Proof], facts: Bench.Line("x", kind: kind))).ShouldBe(reason);
    }

    [Fact]
    public async Task When_one_of_them_can_no_more_be_recorded_none_is()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Manager, ClaimType.Late, evidence: [Proof], facts: Lines(3));
        await bench.Recorded(Bench.Line("late-2", subject: "other"));
        Refused(await desk.Accept(1, Reviewer)).ShouldBe(StepRefusal.NotNow);
        (await desk.Record()).ShouldBe("late-2 incident.reported li");
        (await desk.State(1)).ShouldBe(ClaimState.Proposed);
    }

    [Fact]
    public async Task The_limit_changes_when_both_agree_and_what_was_late_before_stays_late()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        bench.Clock.Now = bench.Clock.Now.AddHours(48);
        await bench.Recorded(Bench.Line("f1"));
        (await bench.Record(Bench.Line("f2"), Engineer)).ShouldBeOfType<Yueheng.Ledger.Appending.Refused>();
        await desk.Propose(Manager, ClaimType.Setting, setting: new Settings(72, 240));
        (await desk.Claims.SettingsOf(Bench.Contract)).ShouldBe(Settings.Default);
        Refused(await desk.Accept(1, Manager)).ShouldBe(StepRefusal.Forbidden);
        await desk.Accept(1, Leader);
        (await desk.Claims.SettingsOf(Bench.Contract)).ShouldBe(new Settings(72, 240));
        bench.Clock.Now = bench.Clock.Now.AddTicks(1);
        (await bench.Record(Bench.Line("f2"), Engineer)).ShouldBeOfType<Yueheng.Ledger.Appending.Receipt>();
        (await desk.Claims.Counts(Bench.Contract, 0, long.MaxValue)).LateFacts.ShouldBe(1);
        var marks = await desk.Claims.Marks(Bench.Contract);
        var late = new List<bool>();
        await foreach (var fact in bench.Ledger.Read(Bench.Contract, Yueheng.Ledger.Reading.FactsWanted.All)) late.Add(marks.Of(fact).IsLate);
        late.ShouldBe([true, false]);
    }

    [Fact]
    public async Task Limits_that_nobody_can_mean_are_refused()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Manager, ClaimType.Setting, setting: new Settings(0, 168))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Manager, ClaimType.Setting, setting: new Settings(24, 1))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Clerk, ClaimType.Setting, setting: new Settings(48, 168))).ShouldBe(StepRefusal.Forbidden);
    }
}

using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

/// <summary>拟扣, 申辩, 核定.</summary>
public class FindingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task It_is_recorded_when_it_was_answered_and_decided_and_no_earlier()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        (await desk.Propose(Clerk, ClaimType.Finding, facts: Finding())).WaitsFor(desk.Now).ShouldBe([Side.Provider]);
        (await desk.Record()).ShouldBe("");
        Refused(await desk.Decide(1, Reviewer, ClaimStep.Upheld)).ShouldBe(StepRefusal.NotNow);
        await desk.Contest(1, Manager);
        (await desk.State(1)).ShouldBe(ClaimState.Answered);
        (await desk.Claim(1)).WaitsFor(desk.Now).ShouldBe([Side.Buyer]);
        (await desk.Record()).ShouldBe("");
        await desk.Decide(1, Reviewer, ClaimStep.Upheld);
        (await desk.Record()).ShouldBe("d1 finding.recorded u-clerk+u-reviewer");
        ((await desk.State(1)), (await desk.Claim(1)).Decision).ShouldBe((ClaimState.Decided, ClaimStep.Upheld));
    }

    [Fact]
    public async Task Whoever_does_not_contest_it_records_it_with_the_others()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Supervisor, ClaimType.Finding, facts: Finding());
        await desk.Accept(1, Manager);
        await desk.Decide(1, Leader, ClaimStep.Upheld);
        (await desk.Record()).ShouldBe("d1 finding.recorded u-supervisor+u-manager+u-leader");
    }

    [Fact]
    public async Task Amended_it_says_what_was_decided()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Clerk, ClaimType.Finding, facts: Finding(count: 3));
        await desk.Contest(1, Manager);
        Refused(await desk.Decide(1, Reviewer, ClaimStep.Amended)).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Decide(1, Reviewer, ClaimStep.Upheld, Finding(count: 1))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Decide(1, Reviewer, ClaimStep.Amended, Bench.Line("d1"))).ShouldBe(StepRefusal.Invalid);
        await desk.Decide(1, Reviewer, ClaimStep.Amended, Finding("other", 1));
        (await desk.Record()).ShouldBe("d1 finding.recorded u-clerk+u-reviewer");
        (await desk.Fact("d1")).GetProperty("data").GetProperty("count").GetInt32().ShouldBe(1);
        (await desk.Claim(1)).Proposals![0].Id.ShouldBe("d1");
        (await desk.Claim(1)).History[^1].Amended.ShouldNotBeNull();
    }

    [Fact]
    public async Task Rejected_it_leaves_no_fact()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Clerk, ClaimType.Finding, facts: Finding());
        await desk.Contest(1, Manager);
        await desk.Decide(1, Reviewer, ClaimStep.Rejected);
        (await desk.Record()).ShouldBe("");
        (await desk.Claims.Counts(Bench.Contract, 0, long.MaxValue)).ShouldBe(new RecordCounts(0, 0, 1, 0, 0, 0));
        Refused(await desk.Decide(1, Leader, ClaimStep.Upheld)).ShouldBe(StepRefusal.NotNow);
    }

    [Fact]
    public async Task Unanswered_in_time_it_may_be_decided()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Clerk, ClaimType.Finding, facts: Finding());
        bench.Clock.Now = bench.Clock.Now.AddDays(7);
        (await desk.State(1)).ShouldBe(ClaimState.Proposed);
        bench.Clock.Now = bench.Clock.Now.AddTicks(1);
        (await desk.State(1)).ShouldBe(ClaimState.Lapsed);
        Refused(await desk.Contest(1, Manager)).ShouldBe(StepRefusal.NotNow);
        await desk.Decide(1, Reviewer, ClaimStep.Upheld);
        (await desk.Record()).ShouldBe("d1 finding.recorded u-clerk+u-reviewer");
        // It waited for its answer: that does not make it late.
        (await desk.Mark("d1")).ShouldBe(new Mark(false, null, 1));
        (await desk.Claims.Counts(Bench.Contract, 0, long.MaxValue)).LateFacts.ShouldBe(0);
    }

    [Fact]
    public async Task Who_proposed_it_does_not_decide_it()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Propose(Reviewer, ClaimType.Finding, facts: Finding());
        await desk.Contest(1, Manager);
        Refused(await desk.Decide(1, Reviewer, ClaimStep.Upheld)).ShouldBe(StepRefusal.Forbidden);
        (await desk.Decide(1, Leader, ClaimStep.Upheld)).ShouldBeOfType<StepTaken>();
    }

    [Fact]
    public async Task The_provider_proposes_none_and_decides_none()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Manager, ClaimType.Finding, facts: Finding())).ShouldBe(StepRefusal.Forbidden);
        await desk.Propose(Clerk, ClaimType.Finding, facts: Finding());
        await desk.Contest(1, Manager);
        foreach (var other in (Author[])[Manager, Engineer, Clerk, Supervisor, UsingUnit, Auditor])
            Refused(await desk.Decide(1, other, ClaimStep.Rejected)).ShouldBe(StepRefusal.Forbidden);
    }

    [Fact]
    public async Task An_id_that_is_on_record_is_not_proposed()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("d1"));
        Refused(await desk.Try(Clerk, ClaimType.Finding, facts: Finding())).ShouldBe(StepRefusal.NotNow);
    }
}

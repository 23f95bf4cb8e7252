using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

public class TakingBackTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_retraction_is_recorded_when_the_other_party_agrees()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1"), "u-clerk");
        await desk.Propose(Clerk, ClaimType.Retraction, "f1");
        (await desk.Record()).ShouldBe("f1 incident.reported u-clerk");
        await desk.Accept(1, Manager);
        (await desk.Record()).ShouldBe("f1 incident.reported u-clerk; f1~1r fact.retracted u-clerk+u-manager");
        (await desk.Fact("f1~1r")).GetProperty("at").GetString().ShouldBe("2025-03-03T01:00:00Z");
        (await desk.Mark("f1")).ShouldBe(new Mark(false, "f1~1r", 1));
    }

    [Fact]
    public async Task It_may_say_since_when()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1"));
        await desk.Propose(Clerk, ClaimType.Retraction, "f1", facts: """{"id":"x","contract":"sample","kind":"fact.retracted","at":"2025-03-03T09:30:00+08:00","subject":"INC-1","data":{"fact":"f1"}}""");
        await desk.Accept(1, Manager);
        (await desk.Fact("f1~1r")).GetProperty("at").GetString().ShouldBe("2025-03-03T01:30:00Z");
    }

    [Fact]
    public async Task A_correction_is_both_or_neither()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1", data: """{"severity":"low"}"""), "u-clerk");
        await desk.Propose(Clerk, ClaimType.Correction, "f1", facts: Bench.Line("f1", data: """{"severity":"urgent"}"""));
        await desk.Accept(1, Manager);
        (await desk.Record()).ShouldBe("f1 incident.reported u-clerk; f1~1r fact.retracted u-clerk+u-manager; f1~1 incident.reported u-clerk+u-manager");
        var counts = await desk.Claims.Counts(Bench.Contract, 0, long.MaxValue);
        (counts.AcceptedClaims, counts.Retractions, counts.Corrections, counts.LateFacts).ShouldBe((1, 1, 1, 0));
    }

    [Fact]
    public async Task A_corrected_fact_can_be_corrected_again()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1"));
        await desk.Propose(Clerk, ClaimType.Correction, "f1", facts: Bench.Line("f1", subject: "INC-2"));
        await desk.Accept(1, Manager);
        Refused(await desk.Try(Clerk, ClaimType.Correction, "f1", facts: Bench.Line("f1", subject: "INC-3"))).ShouldBe(StepRefusal.NotNow);
        await desk.Propose(Clerk, ClaimType.Correction, "f1~1", facts: Bench.Line("f1", subject: "INC-3"));
        await desk.Accept(2, Manager);
        (await desk.Fact("f1~1~2")).GetProperty("subject").GetString().ShouldBe("INC-3");
    }

    [Fact]
    public async Task When_neither_party_proposes_both_must_agree()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1"), "u-unit");
        var claim = await desk.Propose(UsingUnit, ClaimType.Retraction, "f1");
        claim.WaitsFor(desk.Now).ShouldBe([Side.Buyer, Side.Provider]);
        (await desk.Accept(1, Manager)).ShouldBeOfType<StepTaken>().Facts.ShouldBeEmpty();
        (await desk.Claim(1)).WaitsFor(desk.Now).ShouldBe([Side.Buyer]);
        Refused(await desk.Accept(1, Manager)).ShouldBe(StepRefusal.NotNow);
        await desk.Accept(1, Reviewer);
        (await desk.Record()).ShouldBe("f1 incident.reported u-unit; f1~1r fact.retracted u-unit+u-manager+u-reviewer");
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_taken_back_nor_a_retraction()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("r1", kind: Vocabulary.Retraction, data: """{"fact":"f0"}"""));
        Refused(await desk.Try(Clerk, ClaimType.Retraction, "nothing")).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Clerk, ClaimType.Retraction, "r1")).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Clerk, ClaimType.Retraction)).ShouldBe(StepRefusal.Invalid);
    }
}

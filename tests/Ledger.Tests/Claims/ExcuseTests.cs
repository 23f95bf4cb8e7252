using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using static Yueheng.Ledger.Tests.Claims.ClaimDesk;

namespace Yueheng.Ledger.Tests.Claims;

public class ExcuseTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_plain_fact_is_on_record_at_once_and_the_excuse_is_not()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        var claim = await desk.Excuse();
        (claim.Number, claim.About, claim.StateAt(desk.Now), claim.Recorded.Single()).ShouldBe((1, "f1", ClaimState.Proposed, "f1"));
        claim.WaitsFor(desk.Now).ShouldBe([Side.Buyer]);
        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer");
        (await desk.Fact("f1")).GetProperty("data").GetRawText().ShouldBe("""{"severity":"urgent"}""");
    }

    [Fact]
    public async Task Accepted_it_becomes_a_correction_by_both()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        bench.Clock.Now = bench.Clock.Now.AddDays(3);
        var taken = (await desk.Accept(1, Reviewer)).ShouldBeOfType<StepTaken>();
        taken.Facts.Select(fact => fact.Id).ShouldBe(["f1~1r", "f1~1"]);
        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer; f1~1r fact.retracted u-engineer+u-reviewer; f1~1 incident.reported u-engineer+u-reviewer");
        var (first, retraction, corrected) = (await desk.Fact("f1"), await desk.Fact("f1~1r"), await desk.Fact("f1~1"));
        foreach (var key in (string[])["at", "subject"])
        {
            retraction.GetProperty(key).GetString().ShouldBe(first.GetProperty(key).GetString());
            corrected.GetProperty(key).GetString().ShouldBe(first.GetProperty(key).GetString());
        }
        retraction.GetProperty("data").GetProperty("fact").GetString().ShouldBe("f1");
        corrected.GetProperty("data").GetProperty("attributable").GetString().ShouldBe("third-party");
        corrected.GetProperty("evidence").GetRawText().ShouldContain(Proof.Sha256);
        (await desk.State(1)).ShouldBe(ClaimState.Accepted);
    }

    [Fact]
    public async Task Contested_it_changes_nothing()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        (await desk.Contest(1, Leader)).ShouldBeOfType<StepTaken>().Facts.ShouldBeEmpty();
        (await desk.State(1)).ShouldBe(ClaimState.Refused);
        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer");
        Refused(await desk.Accept(1, Reviewer)).ShouldBe(StepRefusal.NotNow);
    }

    [Fact]
    public async Task Silence_is_no_consent()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        bench.Clock.Now = bench.Clock.Now.AddYears(1);
        (await desk.State(1)).ShouldBe(ClaimState.Proposed);
    }

    [Fact]
    public async Task A_fact_that_is_on_record_already_is_not_recorded_again()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1", data: """{"severity":"urgent"}"""), "u-engineer");
        await desk.Excuse();
        (await desk.Record()).ShouldBe("f1 incident.reported u-engineer");
    }

    [Fact]
    public async Task Another_fact_under_its_id_stops_it()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1", subject: "INC-9"));
        Refused(await desk.Try(Engineer, ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.NotNow);
        (await desk.Claims.List(Bench.Contract)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lowered_severity_takes_the_place_of_the_one_on_record()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await bench.Recorded(Bench.Line("f1", data: """{"severity":"urgent"}"""), "u-unit");
        var claim = await desk.Propose(Manager, ClaimType.Excuse, facts: Bench.Line("f2", data: """{"severity":"general"}"""));
        (claim.About, claim.Recorded.Count).ShouldBe(("f1", 0));
        await desk.Accept(1, Reviewer);
        (await desk.Record()).ShouldBe("f1 incident.reported u-unit; f1~1r fact.retracted u-manager+u-reviewer; f1~1 incident.reported u-manager+u-reviewer");
        (await desk.Fact("f1~1")).GetProperty("data").GetProperty("severity").GetString().ShouldBe("general");
    }

    [Fact]
    public async Task What_is_not_the_authors_to_state_waits_whole()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        var claim = await desk.Propose(Manager, ClaimType.Excuse, facts: Bench.Line("p1", kind: "praise.received", data: """{"from":"某处","written":true}"""));
        claim.About.ShouldBeNull();
        (await desk.Record()).ShouldBe("");
        await desk.Accept(1, Leader);
        (await desk.Record()).ShouldBe("p1 praise.received u-manager+u-leader");
    }

    [Fact]
    public async Task What_excuses_nobody_is_recorded_and_not_claimed()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, facts: Bench.Line("f1"))).ShouldBe(StepRefusal.Invalid);
        Refused(await desk.Try(Clerk, ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.Invalid);
    }

    [Fact]
    public async Task What_happened_long_ago_is_a_late_entry_whatever_it_excuses()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        bench.Clock.Now = bench.Clock.Now.AddDays(2);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.Invalid);
    }

    [Fact]
    public async Task One_fact_has_one_open_claim()
    {
        await using var bench = await postgres.Fresh();
        var desk = new ClaimDesk(bench);
        await desk.Excuse();
        Refused(await desk.Try(Manager, ClaimType.Retraction, "f1")).ShouldBe(StepRefusal.NotNow);
        Refused(await desk.Try(Engineer, ClaimType.Excuse, facts: Excused())).ShouldBe(StepRefusal.NotNow);
        await desk.Contest(1, Reviewer);
        (await desk.Propose(Manager, ClaimType.Retraction, "f1")).Number.ShouldBe(2);
    }
}

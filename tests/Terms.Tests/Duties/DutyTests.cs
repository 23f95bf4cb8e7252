namespace Yueheng.Terms.Tests.Duties;

/// <summary>Section 6 of the language.</summary>
public class DutyTests
{
    private const string Due = "{ rows: { columns: { period: text, due: date }, list: [[2025-R1, 2025-03-03]] } }";

    private static string State(string facts, string asOf = "2025-04-01T00:00", string duty = "", string of = Due) =>
        RowsOf($"{{ duty: {{ of: {of}, done: {{ facts: done, on: {{ subject: {{ concat: [{{ text: report/ }}, period] }} }} }}{duty} }} }}", "duty period state", facts, asOf: asOf);

    [Theory]
    [InlineData("2025-03-03T00:00", "kept")]
    [InlineData("2025-03-04T00:00", "kept")]
    [InlineData("2025-03-04T00:00:00.000000001", "late")]
    public void A_date_is_due_at_its_24_00(string done, string state) => State($"f1 done {done} report/2025-R1").ShouldBe($"s 2025-R1 {state}");

    [Theory]
    [InlineData("2025-03-03T23:59:59.999999999", "pending")]
    [InlineData("2025-03-04T00:00", "missing")]
    public void What_is_not_done_is_missing_from_the_due_instant_on(string asOf, string state) => State("", asOf).ShouldBe($"s 2025-R1 {state}");

    [Fact]
    public void What_is_done_after_it_was_missing_is_late_and_no_longer_missing() => State("f1 done 2025-03-20T00:00 report/2025-R1").ShouldBe("s 2025-R1 late");

    [Fact]
    public void The_first_fulfilment_counts() => State("f1 done 2025-03-02T00:00 report/2025-R1\nf2 done 2025-03-20T00:00 report/2025-R1").ShouldBe("s 2025-R1 kept");

    [Fact]
    public void The_last_fulfilment_may_count() =>
        RowsOf($"{{ duty: {{ of: {Due}, done: {{ facts: done, last: true, on: {{ subject: {{ text: q }} }} }} }} }}", "state", "f1 done 2025-03-02T00:00 q\nf2 done 2025-03-20T00:00 q").ShouldBe("late");

    [Fact]
    public void A_fulfilment_of_another_period_does_not_count() => State("f1 done 2025-03-01T00:00 report/2025-R2").ShouldBe("s 2025-R1 missing");

    [Fact]
    public void An_instant_is_due_as_it_stands() =>
        State("f1 done 2025-03-03T12:00:01 report/p", of: "{ rows: { columns: { period: text, due: instant }, list: [[p, 2025-03-03T12:00:00+08:00]] } }").ShouldBe("s p late");

    [Theory]
    [InlineData("", "pending")]
    [InlineData("f1 done 2025-03-20T00:00 report/p", "kept")]
    public void Without_a_due_date_a_duty_is_pending_until_it_is_done(string facts, string state) =>
        State(facts, of: "{ rows: { columns: { period: text, due: date }, list: [[p, ~]] } }").ShouldBe($"s p {state}");

    private const string Three = "{ rows: { columns: { period: text, due: date }, list: [[p1, 2025-03-01], [p2, 2025-03-02], [p3, 2025-03-03]] } }";

    [Fact]
    public void Occurrences_due_after_until_do_not_exist() => State("", duty: ", until: 2025-03-03T00:00:00+08:00", of: Three).ShouldBe("s p1 missing | s p2 missing");

    [Fact]
    public void A_missing_until_drops_nothing() => State("", duty: ", until: { missing: instant }", of: Three).ShouldBe("s p1 missing | s p2 missing | s p3 missing");

    [Fact]
    public void Occurrences_may_be_dropped_by_a_condition() => State("", duty: ", where: { not: { is: { period: p2 } } }", of: Three).ShouldBe("s p1 missing | s p3 missing");

    [Fact]
    public void Facts_make_duties() =>
        RowsOf("{ duty: { of: { facts: a }, period: t, due: { due: { from: at, within: 2 workdays } }, done: { facts: done, on: [t] } } }", "period due state",
            "f1 a 2025-03-07T10:00 A {\"t\":\"E1\"}\nf2 a 2025-03-07T11:00 B {\"t\":\"E2\"}\nf3 done 2025-03-12T00:00 C {\"t\":\"E1\"}", asOf: "2025-03-12T00:00")
            .ShouldBe("E1 2025-03-12T00:00:00+08:00 kept | E2 2025-03-12T00:00:00+08:00 missing");

    [Fact]
    public void A_fulfilment_may_be_computed() => RowsOf($"{{ duty: {{ of: {Due}, done: {{ at: 2025-03-05T00:00:00+08:00 }} }} }}", "done state").ShouldBe("2025-03-05T00:00:00+08:00 late");

    [Fact]
    public void By_default_a_fulfilment_is_of_the_same_subject() =>
        RowsOf("{ duty: { of: { facts: a, with: { period: id, due: 2025-03-03 } }, done: { facts: done } } }", "subject state", "f1 a 2025-03-01T09:00 A\nf2 a 2025-03-01T09:00 B\nf3 done 2025-03-02T09:00 B").ShouldBe("A missing | B kept");

    [Fact]
    public void A_judgement_lists_the_occurrences_of_every_duty() =>
        Judging($"terms: {{ D1: {{ label: 报告, duty: {{ of: {Three}, done: {{ facts: done }} }} }}, D0: {{ duty: {{ of: {Due}, done: {{ facts: done }}, due: {{ missing: date }} }} }} }}".Replace("{ facts: done }", "{ facts: done, on: [] }", StringComparison.Ordinal), "f1 done 2025-03-02T12:00")
            .Judgement.Duties().Select(duty => $"{duty.Duty} {duty.Label} {duty.Period} {duty.State}").ShouldBe(["D1 报告 p1 late", "D1 报告 p2 kept", "D1 报告 p3 kept", "D0  2025-R1 kept"]);
}

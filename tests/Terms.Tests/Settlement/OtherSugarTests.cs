namespace Yueheng.Terms.Tests.Settlement;

/// <summary>Violations, rights, windows and measures.</summary>
public class OtherSugarTests
{
    private const string Violations =
        """
        terms:
          V1: { violation: { each: { facts: a }, where: ok, amount: { times: [x, 1/3] }, events: event, at: at } }
          V2: { violation: { each: { facts: a }, amount: 2, events: { join: [t, u] }, at: i, subject: { concat: [subject, { text: / }, id] } } }
          all: { union: [V1, V2] }
          weighed: { heaviest: { of: all, events: events, order: [{ desc: amount }, at, violation] } }
        figures:
          - { address: "{violation}/{subject}", each: weighed, value: amount, format: money, where: picked }
          - { address: "lighter/{violation}/{subject}", each: weighed, value: events, where: { not: picked } }
        """;

    [Fact]
    public void One_event_costs_what_its_heaviest_violation_costs() =>
        Judging(Violations, "f1 a 2025-03-01T09:00 A {\"ok\":true,\"x\":10,\"event\":\"E1\",\"t\":\"E1\"}\nf2 a 2025-03-02T09:00 B {\"ok\":true,\"x\":1,\"event\":\"E2\",\"t\":\"E2\",\"u\":\"E3\"}")
            .GivesOnly("V1/A = 3.33", "V2/B/f2 = 2.00", "lighter/V1/B = E2", "lighter/V2/A/f1 = E1");

    [Fact]
    public void A_violation_without_events_is_picked_by_none() =>
        Judging("terms: { V: { violation: { each: { facts: a }, amount: 0.005, at: at } } }\nfigures: [ { address: n, each: V, value: { size: events } }, { address: amount, each: V, value: amount } ]", "f1 a 2025-03-01T09:00").GivesOnly("amount = 0.01", "n = 0");

    [Fact]
    public void A_violation_keeps_what_is_known_of_the_occurrence() =>
        RowsOf("{ violation: { each: { facts: a }, amount: { times: [x, 2] }, at: i } }", "id x violation amount at", "f1 a 2025-03-01T09:00 {\"x\":3,\"i\":\"2025-03-02T09:00:00+08:00\"}").ShouldBe("f1 3 s 6 2025-03-02T09:00:00+08:00");

    [Theory]
    [InlineData("", "missing")]
    [InlineData("f1 a 2025-03-01T09:00", "open")]
    public void A_right_is_open_when_its_condition_holds(string facts, string state) =>
        Judging("terms: { T: { right: { when: { exists: { facts: a } } } } }\nfigures: [ { address: right/T, when: T, value: { text: open } } ]", facts).Gives("right/T", state);

    [Theory]
    [InlineData("2025-03-02T23:59:59", "not-open")]
    [InlineData("2025-03-03T00:00", "open")]
    [InlineData("2025-03-14T00:00", "open")]
    [InlineData("2025-03-14T00:00:00.000000001", "closed")]
    public void A_window_is_open_from_the_first_instant_to_the_last(string asOf, string state) =>
        RowsOf("{ window: { from: 2025-03-03, within: 10 days } }", "from to state", asOf: asOf).ShouldBe($"2025-03-03T00:00:00+08:00 2025-03-14T00:00:00+08:00 {state}");

    [Fact]
    public void A_window_that_nothing_opens_is_not_open() => RowsOf("{ window: { from: { first: { of: at, facts: a } }, within: 10 days } }", "from to state").ShouldBe("- - not-open");

    [Theory]
    [InlineData("9999", "met")]
    [InlineData("9998.999999999999999999", "breached")]
    public void A_measure_is_met_or_breached_by_its_exact_value(string up, string state) =>
        RowsOf("{ measure: { of: { facts: a }, value: { ratio: [x, y] }, target: { of: value, at-least: 99.99% } } }", "state", $"f1 a 2025-03-01T09:00 {{\"x\":{up},\"y\":10000}}").ShouldBe(state);

    [Fact]
    public void A_measure_without_target_has_a_value_alone() => RowsOf("{ measure: { of: { facts: a }, value: x } }", "value", "f1 a 2025-03-01T09:00 {\"x\":7}").ShouldBe("7");

    [Fact]
    public void A_measure_that_is_missing_does_not_meet_its_target() =>
        RowsOf("{ measure: { of: { facts: a }, value: x, target: { of: value, at-least: 0 } } }", "state", "f1 a 2025-03-01T09:00").ShouldBe("breached");
}

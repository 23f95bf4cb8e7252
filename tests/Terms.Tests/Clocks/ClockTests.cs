namespace Yueheng.Terms.Tests.Clocks;

/// <summary>Section 5 of the language.</summary>
public class ClockTests
{
    private static Judged Clock(string clock, string facts, string asOf = "2025-04-01T00:00") => Judging(
        $$"""
        terms:
          K: { clock: { of: { facts: a }, stops: { facts: b }, {{clock}} } }
        figures:
          - { address: "{subject}", each: K, value: state }
          - { address: "{subject}/elapsed", each: K, value: elapsed }
          - { address: "{subject}/stop", each: K, value: stop }
        """, facts, asOf);

    private static string State(string clock, string facts, string asOf = "2025-04-01T00:00") => Clock(clock, facts, asOf).ValueOf("S1");

    private static string Elapsed(string clock, string facts, string asOf = "2025-04-01T00:00") => Clock(clock, facts, asOf).ValueOf("S1/elapsed");

    [Theory]
    [InlineData("2025-03-03T10:00:00", "kept")]
    [InlineData("2025-03-03T10:00:00.000000001", "breached")]
    [InlineData("2025-03-03T09:00:00", "kept")]
    public void A_limit_is_kept_to_the_very_instant(string stop, string state) => State("limit: 1 hour", $"f1 a 2025-03-03T09:00\nf2 b {stop}").ShouldBe(state);

    [Theory]
    [InlineData("2025-03-03T10:00", "running")]
    [InlineData("2025-03-03T10:00:00.000000001", "breached")]
    public void What_is_not_stopped_runs_until_the_limit_has_passed(string asOf, string state) => State("limit: 1 hour", "f1 a 2025-03-03T09:00", asOf).ShouldBe(state);

    [Fact]
    public void Elapsed_is_shown_in_whole_seconds_floored() => Elapsed("limit: 1 hour", "f1 a 2025-03-03T09:00\nf2 b 2025-03-03T10:00:00.999999999").ShouldBe("3600");

    [Fact]
    public void A_clock_that_runs_is_measured_up_to_the_moment() => Elapsed("limit: 1 hour", "f1 a 2025-03-03T09:00", "2025-03-03T09:10").ShouldBe("600");

    [Fact]
    public void The_first_stop_of_the_same_subject_at_or_after_the_start_stops_it() =>
        Clock("limit: 1 hour", "f0 b 2025-03-03T08:00 A\nf1 a 2025-03-03T09:00 A\nf2 b 2025-03-03T09:10 B\nf3 b 2025-03-03T09:30 A\nf4 b 2025-03-03T09:40 A").Gives("A/stop", "2025-03-03T09:30:00+08:00").Gives("A", "kept");

    [Fact]
    public void A_stop_before_the_start_may_be_let_count() =>
        Judging("terms: { K: { clock: { of: { facts: a }, stops: { facts: b, before: true }, limit: 1 hour } } }\nfigures: [ { address: e, each: K, value: elapsed }, { address: s, each: K, value: state } ]",
            "f0 b 2025-03-03T08:00\nf1 a 2025-03-03T09:00\nf2 b 2025-03-03T11:00").GivesOnly("e = 0", "s = kept");

    [Fact]
    public void The_last_stop_may_be_taken() =>
        Judging("terms: { K: { clock: { of: { facts: a }, stops: { facts: b, last: true }, limit: 1 hour } } }\nfigures: [ { address: e, each: K, value: elapsed } ]",
            "f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:10\nf3 b 2025-03-03T11:00").Gives("e", "7200");

    [Fact]
    public void A_stop_may_be_matched_by_other_columns_and_held_to_a_condition() =>
        Judging("terms: { K: { clock: { of: { facts: a }, stops: { facts: b, on: { t: t }, where: { of: x, more-than: this.x } }, limit: 1 hour } } }\nfigures: [ { address: e, each: K, value: elapsed } ]",
            "f1 a 2025-03-03T09:00 A {\"t\":\"k\",\"x\":1}\nf2 b 2025-03-03T09:10 B {\"t\":\"j\",\"x\":2}\nf3 b 2025-03-03T09:20 B {\"t\":\"k\",\"x\":1}\nf4 b 2025-03-03T09:30 B {\"t\":\"k\",\"x\":2}").Gives("e", "1800");

    [Fact]
    public void A_stop_may_be_computed_even_before_the_start() =>
        Judging("terms: { K: { clock: { of: { facts: a }, stops: { at: i }, limit: 1 hour } } }\nfigures: [ { address: e, each: K, value: elapsed }, { address: s, each: K, value: state } ]",
            "f1 a 2025-03-03T09:00 {\"i\":\"2025-03-03T08:00:00+08:00\"}").GivesOnly("e = 0", "s = kept");

    [Theory]
    [InlineData("2025-03-04T00:00", "kept")]
    [InlineData("2025-03-04T00:00:00.000000001", "breached")]
    public void A_due_date_is_kept_until_its_24_00(string stop, string state) => State("due: 2025-03-03", $"f1 a 2025-03-03T09:00\nf2 b {stop}").ShouldBe(state);

    [Theory]
    [InlineData("", "2025-03-04T00:00", "running")]
    [InlineData("", "2025-03-04T00:00:00.000000001", "breached")]
    [InlineData(", edge: running", "2025-03-04T00:00", "running")]
    [InlineData(", edge: breached", "2025-03-04T00:00", "breached")]
    [InlineData(", edge: breached", "2025-03-03T23:59:59", "running")]
    public void At_the_due_instant_itself_the_edge_decides(string edge, string asOf, string state) => State("due: 2025-03-03" + edge, "f1 a 2025-03-03T09:00", asOf).ShouldBe(state);

    [Fact]
    public void Stopping_at_the_due_instant_is_kept_whatever_the_edge() => State("due: 2025-03-03, edge: breached", "f1 a 2025-03-03T09:00\nf2 b 2025-03-04T00:00", "2025-03-04T00:00").ShouldBe("kept");

    [Theory]
    [InlineData("f1 a 2025-03-03T09:00")]
    [InlineData("f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:10")]
    public void A_clock_without_its_due_date_keeps_running(string facts) => State("due: d", facts).ShouldBe("running");

    [Fact]
    public void A_clock_is_measured_no_further_than_until() =>
        Clock("limit: 3 hours, until: 2025-03-03T11:00:00+08:00", "f1 a 2025-03-03T09:00").Gives("S1", "running").Gives("S1/elapsed", "7200");

    [Fact]
    public void A_clock_may_start_at_another_column_and_only_for_some_rows() =>
        Clock("where: { of: i, present: true }, starts: i, limit: 1 hour", "f1 a 2025-03-03T09:00 A {\"i\":\"2025-03-03T10:00:00+08:00\"}\nf2 a 2025-03-03T09:00 B\nf3 b 2025-03-03T10:30 A")
            .GivesOnly("A = kept", "A/elapsed = 1800", "A/stop = 2025-03-03T10:30:00+08:00");

    [Theory]
    [InlineData("f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:30", "kept")]
    [InlineData("f1 a 2025-03-03T09:00 {\"ok\":true}\nf2 b 2025-03-03T09:30", "kept")]
    [InlineData("f1 a 2025-03-03T09:00 {\"ok\":true}\nf2 b 2025-03-03T11:00", "excused")]
    [InlineData("f1 a 2025-03-03T09:00 {\"ok\":true}", "excused")]
    [InlineData("f1 a 2025-03-03T09:00", "breached")]
    public void An_excuse_covers_what_is_not_kept(string facts, string state)
    {
        State("limit: 1 hour, excused: ok", facts).ShouldBe(state);
        State("due: 2025-03-03T10:00:00+08:00, excused: ok", facts).ShouldBe(state);
    }

    [Fact]
    public void A_limit_may_differ_from_row_to_row() =>
        Clock("limit: { bands: { of: x, rows: [ { at-least: 5, is: 30 minutes } ], otherwise: 2 hours } }",
            "f1 a 2025-03-03T09:00 A {\"x\":5}\nf2 a 2025-03-03T09:00 B {\"x\":4}\nf3 b 2025-03-03T10:00 A\nf4 b 2025-03-03T10:00 B").Gives("A", "breached").Gives("B", "kept");

    [Fact]
    public void A_column_that_the_clock_makes_too_means_the_old_one_inside_the_clock() =>
        RowsOf("{ clock: { of: { from: { facts: a }, with: { due: day, state: { text: old } } }, stops: { facts: b }, due: due, excused: { is: { state: old } } } }", "due state", "f1 a 2025-03-03T09:00").ShouldBe("2025-03-04T00:00:00+08:00 excused");

    [Fact]
    public void A_clock_without_the_limit_it_should_have_has_no_state() =>
        RowsOf("{ clock: { of: { facts: a }, stops: { facts: b }, limit: { bands: { of: x, rows: [{ at-least: 5, is: 1 hour }] } } } }", "id state", "f1 a 2025-03-03T09:00 A {\"x\":4}\nf2 a 2025-03-03T09:00 B {\"x\":5}").ShouldBe("f1 - | f2 breached");

    [Fact]
    public void A_stop_may_be_found_in_a_set() =>
        Judging("terms: { good: { facts: b, where: ok }, K: { clock: { of: { facts: a }, stops: { in: good }, limit: 1 hour } } }\nfigures: [ { address: e, each: K, value: elapsed } ]", "f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:10\nf3 b 2025-03-03T09:30 {\"ok\":true}").Gives("e", "1800");

    [Fact]
    public void A_clock_without_limit_and_due_is_only_measured() =>
        Judging("terms: { K: { clock: { of: { facts: a }, stops: { facts: b } } } }\nfigures: [ { address: e, each: K, value: elapsed } ]", "f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:10").GivesOnly("e = 600");

    [Fact]
    public void A_clock_that_is_only_measured_has_no_state() =>
        RefusalsOf("terms: { K: { clock: { of: { facts: a }, stops: { facts: b } } } }\nfigures: [ { address: s, each: K, value: state } ]").ShouldHaveSingleItem().ShouldStartWith("没有名为“state”的列或名称");

    [Fact]
    public void A_clock_in_working_hours_stands_still_over_lunch_and_night() =>
        Elapsed("on: office, limit: 4 hours", "f1 a 2025-03-03T11:00\nf2 b 2025-03-04T10:00").ShouldBe("25200");

    [Theory]
    [InlineData("2025-03-04T09:30", "kept")]
    [InlineData("2025-03-04T09:30:01", "breached")]
    public void A_limit_in_working_hours_is_kept_to_the_second(string stop, string state) => State("on: office, limit: 1 hour", $"f1 a 2025-03-03T17:30\nf2 b {stop}").ShouldBe(state);

    [Fact]
    public void A_new_fact_starts_a_clock_of_its_own() =>
        RowsOf("{ clock: { of: { facts: a }, stops: { facts: b }, limit: 1 hour } }", "id state", "f1 a 2025-03-03T09:00\nf2 b 2025-03-03T09:30\nf3 a 2025-03-03T10:00", asOf: "2025-03-03T10:30").ShouldBe("f1 kept | f3 running");
}

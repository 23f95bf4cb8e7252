namespace Yueheng.Terms.Tests.Sets;

/// <summary>Sets that walk through rows in order: spells, runs, folds, set-off, the heaviest.</summary>
public class RunningTests
{
    private static string Spells(string facts, string asOf = "2025-04-01T00:00") =>
        RowsOf("{ spells: { of: { facts: [a, b] }, by: [subject], opens: { is: { kind: a } }, closes: { is: { kind: b } } } }", "subject id from to closed-by", facts, asOf: asOf)
            .Replace("2025-03-01T", "", StringComparison.Ordinal).Replace(":00+08:00", "", StringComparison.Ordinal);

    [Fact]
    public void A_spell_lasts_from_the_row_that_opens_to_the_row_that_closes() =>
        Spells("f1 a 2025-03-01T09:00 A\nf2 b 2025-03-01T10:00 A\nf3 a 2025-03-01T11:00 A").ShouldBe("A f1 09:00 10:00 f2 | A f3 11:00 - -");

    [Fact]
    public void Opening_what_is_open_and_closing_what_is_closed_is_ignored() =>
        Spells("f0 b 2025-03-01T08:00 A\nf1 a 2025-03-01T09:00 A\nf2 a 2025-03-01T09:30 A\nf3 b 2025-03-01T10:00 A\nf4 b 2025-03-01T10:30 A").ShouldBe("A f1 09:00 10:00 f3");

    [Fact]
    public void Spells_of_several_subjects_do_not_mix() =>
        Spells("f1 a 2025-03-01T09:00 A\nf2 a 2025-03-01T09:10 B\nf3 b 2025-03-01T09:20 B\nf4 b 2025-03-01T09:30 A").ShouldBe("A f1 09:00 09:30 f4 | B f2 09:10 09:20 f3");

    [Fact]
    public void A_spell_that_closes_later_is_still_open_before() =>
        Spells("f1 a 2025-03-01T09:00 A\nf2 b 2025-03-01T10:00 A", "2025-03-01T09:59").ShouldBe("A f1 09:00 - -");

    [Fact]
    public void A_row_that_closes_a_spell_may_open_the_next() =>
        RowsOf("{ spells: { of: { facts: a }, by: [], opens: true, closes: true } }", "id closed-by", "f1 a 2025-03-01T09:00\nf2 a 2025-03-01T10:00\nf3 a 2025-03-01T11:00").ShouldBe("f1 f2 | f2 f3 | f3 -");

    private const string Months = "{ rows: { columns: { m: text, ok: yes-no, g: text }, list: [ [m1, true, p], [m2, true, q], [m3, false, p], [m4, true, p], [m5, ~, q], [m6, true, p] ] } }";

    [Theory]
    [InlineData("", "m1 1 1 | m2 1 2 | m4 2 1 | m6 3 1")]
    [InlineData(", by: [g]", "m1 1 1 | m2 1 1 | m4 2 1 | m6 2 2")]
    [InlineData(", order: [{ desc: m }]", "m6 1 1 | m4 2 1 | m2 3 1 | m1 3 2")]
    public void Runs_are_unbroken_rows_that_hold_a_condition(string how, string rows) => RowsOf($"{{ runs: {{ of: months, while: ok{how} }} }}", "m run place", terms: $"months: {Months}").ShouldBe(rows);

    [Fact]
    public void A_fold_carries_values_from_row_to_row() =>
        RowsOf(
            """
            fold: { of: { facts: a }, carry: {
              balance: { starts: 100, then: { greatest: [0, { minus: [was.balance, x] }] } },
              low: { starts: false, then: { any-of: [was.low, { of: balance, less-than: 50 }] } },
              count: { starts: 0, then: { plus: [was.count, { choose: [{ when: { is: { was.low: false } }, is: 1 }, { otherwise: 0 }] }] } } } }
            """.Insert(0, "{ ") + " }",
            "id was.balance balance low count",
            "f1 a 2025-03-01T09:00 {\"x\":30}\nf2 a 2025-03-02T09:00 {\"x\":30}\nf3 a 2025-03-03T09:00 {\"x\":90}").ShouldBe("f1 100 70 false 1 | f2 70 40 true 2 | f3 40 0 true 2");

    [Fact]
    public void A_fold_starts_again_in_each_group_and_may_have_an_order_of_its_own() =>
        RowsOf("{ fold: { of: { facts: a }, by: [subject], order: [{ desc: at }], carry: { sum: { starts: 0, then: { plus: [was.sum, x] } } } } }", "id sum",
            "f1 a 2025-03-01T09:00 A {\"x\":1}\nf2 a 2025-03-02T09:00 B {\"x\":2}\nf3 a 2025-03-03T09:00 A {\"x\":4}").ShouldBe("f3 4 | f2 2 | f1 5");

    private const string SetOff =
        """
        claims: { rows: { columns: { c: text, owed: number, rank: number, only: text }, list: [ [C1, 50, 2, ~], [C2, 80, 1, ~], [C3, -5, 3, ~], [C4, 10, 4, P2] ] } }
        pots: { rows: { columns: { p: text, holds: number }, list: [ [P1, 60], [P2, 100], [P3, -1] ] } }
        """;

    private static string Taken(string how) => RowsOf($"{{ allocate: {{ claims: claims, claim: c, amount: owed, pots: pots, pot: p, room: holds{how} }}, where: {{ of: taken, more-than: 0 }} }}", "claim pot taken", terms: SetOff);

    [Fact]
    public void Claims_take_from_pots_in_order_until_either_is_used_up() => Taken("").ShouldBe("C1 P1 50 | C2 P1 10 | C2 P2 70 | C4 P2 10");

    [Fact]
    public void Claims_may_have_an_order_of_their_own() => Taken(", order: [rank]").ShouldBe("C2 P1 60 | C2 P2 20 | C1 P2 50 | C4 P2 10");

    [Fact]
    public void A_claim_takes_only_from_the_pots_it_may() =>
        Taken(", where: { any-of: [{ of: this.only, present: false }, { of: p, same-as: this.only }] }").ShouldBe("C1 P1 50 | C2 P1 10 | C2 P2 70 | C4 P2 10");

    [Fact]
    public void Negative_amounts_and_rooms_take_nothing() =>
        RowsOf("{ allocate: { claims: claims, claim: c, amount: owed, pots: pots, pot: p, room: holds }, where: { any-of: [{ is: { claim: C3 } }, { is: { pot: P3 } }] } }", "taken", terms: SetOff).ShouldBe("0 | 0 | 0 | 0 | 0 | 0");

    private const string Rows = "rows: { columns: { id: text, e: text, weight: number }, list: [ [v1, E1, 100], [v2, E1, 300], [v3, E2, 50], [v4, E3, 10], [v5, E3, 10] ] }";

    [Fact]
    public void One_event_is_punished_once_by_its_heaviest_row() =>
        RowsOf("{ heaviest: { of: v, events: e, order: [{ desc: weight }, id] } }", "id picked", terms: $"v: {{ {Rows} }}").ShouldBe("v1 false | v2 true | v3 true | v4 true | v5 false");

    [Fact]
    public void A_tie_is_broken_by_the_listed_order() =>
        RowsOf("{ heaviest: { of: v, events: e, order: [{ desc: weight }, { desc: id }] }, where: picked }", "id", terms: $"v: {{ {Rows} }}").ShouldBe("v2 | v3 | v5");

    [Fact]
    public void A_row_of_several_events_is_picked_if_any_of_them_picks_it() =>
        RowsOf("{ heaviest: { of: { from: { rows: { columns: { id: text, e: text, f: text, weight: number }, list: [ [both, E1, E2, 50], [one, E1, E1, 90], [other, E2, E2, 40], [nobody, ~, ~, 99] ] } }, with: { events: { join: [e, f] } } }, events: events, order: [{ desc: weight }] } }", "id picked")
            .ShouldBe("both true | one true | other false | nobody false");
}

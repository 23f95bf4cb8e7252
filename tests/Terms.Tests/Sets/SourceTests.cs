namespace Yueheng.Terms.Tests.Sets;

/// <summary>Section 3 of the language: where rows come from.</summary>
public class SourceTests
{
    private const string Facts =
        """
        f2 a 2025-03-02T00:30 B {"x":2,"t":"red"}
        f1 a 2025-03-01T09:00 A {"x":1,"event":"E1"}
        f3 b 2025-03-03T09:00 A {"x":3}
        f4 unheard-of 2025-03-04T09:00 Z {"x":4,"event":"E2"}
        """;

    [Theory]
    [InlineData("{ facts: a }", "f1 a A 2025-03-01 1 - E1 | f2 a B 2025-03-02 2 red -")]
    [InlineData("{ facts: [b, a] }", "f1 a A 2025-03-01 1 - E1 | f2 a B 2025-03-02 2 red - | f3 b A 2025-03-03 3 - -")]
    public void Facts_are_rows_in_the_order_of_time(string set, string rows) => RowsOf(set, "id kind subject day x t event", Facts).ShouldBe(rows);

    [Fact]
    public void Facts_of_any_kind_have_the_columns_of_any_alone() => RowsOf("{ facts: any }", "id kind event", Facts).ShouldBe("f1 a E1 | f2 a - | f3 b - | f4 unheard-of E2");

    [Fact]
    public void Kinds_are_read_together_and_what_one_lacks_is_missing() =>
        RowsOf("{ facts: [payment.made, finding.recorded] }", "id instalment rule count", "p payment.made 2025-03-01T09:00 {\"instalment\":\"P1\",\"amount\":1}\nq finding.recorded 2025-03-02T09:00 {\"rule\":\"R\"}").ShouldBe("p P1 - - | q - R 1");

    [Fact]
    public void A_fact_may_be_filtered_before_it_is_a_row() => RowsOf("{ facts: a, where: { of: x, more-than: 1 } }", "id", Facts).ShouldBe("f2");

    [Fact]
    public void Sets_are_taken_from_sets() => RowsOf("{ from: { from: all, where: { is: { kind: a } } }, where: { is: { subject: B } } }", "id", Facts, "all: { facts: [a, b] }").ShouldBe("f2");

    [Fact]
    public void A_union_has_all_rows_one_set_after_the_other() => RowsOf("{ union: [ { facts: b }, more ] }", "id x y", Facts, "more: { facts: a, with: { y: { times: [x, 10] } } }").ShouldBe("f3 3 - | f1 1 10 | f2 2 20");

    [Fact]
    public void Literal_rows_may_hold_every_type_and_nothing() =>
        RowsOf("{ rows: { columns: { n: number, t: text, o: yes-no, i: instant, d: date, l: duration }, list: [ [80%, 2025, true, 2025-03-01T00:00:00Z, 2025-03-01, 90 minutes], [~, ~, ~, ~, ~, ~] ] } }", "n t o i d l")
            .ShouldBe("0.8 2025 true 2025-03-01T08:00:00+08:00 2025-03-01 1小时30分 | - - - - - -");

    [Fact]
    public void A_table_computes_its_cells_outside_of_any_row() =>
        RowsOf("{ table: [ { name: { text: sum }, n: { sum: { of: x, facts: a } } }, { name: { text: none } } ] }", "name n", Facts).ShouldBe("sum 3 | none -");

    [Fact]
    public void An_empty_set_has_no_rows() => RowsOf("{ rows: { columns: { n: number }, list: [] } }", "n").ShouldBe("");

    [Theory]
    [InlineData("each: month, from: 2025-01-15T00:00:00+08:00, to: 2025-03-01T00:00:00+08:00", "1 2025-01 2025-01-15 2025-01-31 | 2 2025-02 2025-02-01 2025-02-28")]
    [InlineData("each: month, from: 2025-01-31T23:59:59+08:00, to: 2025-02-01T00:00:01+08:00", "1 2025-01 2025-01-31 2025-01-31 | 2 2025-02 2025-02-01 2025-02-01")]
    [InlineData("each: quarter", "1 2025-Q1 2025-01-01 2025-03-31 | 2 2025-Q2 2025-04-01 2025-06-30 | 3 2025-Q3 2025-07-01 2025-09-30 | 4 2025-Q4 2025-10-01 2025-12-31")]
    [InlineData("each: half-year", "1 2025-H1 2025-01-01 2025-06-30 | 2 2025-H2 2025-07-01 2025-12-31")]
    [InlineData("each: year, to: 2026-01-02T00:00:00+08:00", "1 2025 2025-01-01 2025-12-31 | 2 2026 2026-01-01 2026-01-01")]
    [InlineData("each: week, from: 2025-12-28T00:00:00+08:00, to: 2026-01-06T00:00:00+08:00", "1 2025-W52 2025-12-28 2025-12-28 | 2 2026-W01 2025-12-29 2026-01-04 | 3 2026-W02 2026-01-05 2026-01-05")]
    [InlineData("each: day, from: 2025-12-31T00:00:00+08:00, to: 2026-01-02T00:00:00+08:00", "1 2025-12-31 2025-12-31 2025-12-31 | 2 2026-01-01 2026-01-01 2026-01-01")]
    [InlineData("each: workday, from: 2025-01-25T00:00:00+08:00, to: 2025-02-06T00:00:00+08:00", "1 2025-01-26 2025-01-26 2025-01-26 | 2 2025-01-27 2025-01-27 2025-01-27 | 3 2025-02-05 2025-02-05 2025-02-05")]
    [InlineData("each: non-workday, from: 2025-02-07T00:00:00+08:00, to: 2025-02-10T00:00:00+08:00", "1 2025-02-09 2025-02-09 2025-02-09")]
    [InlineData("each: month, from: 2025-03-01T00:00:00+08:00, to: 2025-03-01T00:00:00+08:00", "")]
    [InlineData("each: month, from: 2025-04-01T00:00:00+08:00, to: 2025-03-01T00:00:00+08:00", "")]
    [InlineData("each: month, from: { missing: instant }", "")]
    [InlineData("each: quarter, anchored: true, from: 2025-01-15T00:00:00+08:00, to: 2025-08-01T00:00:00+08:00", "1 Q1 2025-01-15 2025-04-14 | 2 Q2 2025-04-15 2025-07-14 | 3 Q3 2025-07-15 2025-07-31")]
    [InlineData("each: month, anchored: true, from: 2025-01-31T00:00:00+08:00, to: 2025-04-01T00:00:00+08:00", "1 M1 2025-01-31 2025-02-27 | 2 M2 2025-02-28 2025-03-30 | 3 M3 2025-03-31 2025-03-31")]
    [InlineData("each: half-year, anchored: true", "1 H1 2025-01-01 2025-06-30 | 2 H2 2025-07-01 2025-12-31")]
    [InlineData("each: year, anchored: true, from: 2024-02-29T00:00:00+08:00, to: 2025-03-01T00:00:00+08:00", "1 Y1 2024-02-29 2025-02-27 | 2 Y2 2025-02-28 2025-02-28")]
    public void Periods_are_those_touched_clipped_to_the_span(string periods, string rows) => RowsOf($"{{ periods: {{ {periods} }} }}", "number period first last").ShouldBe(rows);

    [Fact]
    public void A_period_has_instants_clipped_to_the_span_too() =>
        RowsOf("{ periods: { each: month, from: 2025-01-31T10:00:00+08:00, to: 2025-02-01T11:00:00+08:00 } }", "from to")
            .ShouldBe("2025-01-31T10:00:00+08:00 2025-02-01T00:00:00+08:00 | 2025-02-01T00:00:00+08:00 2025-02-01T11:00:00+08:00");

    [Fact]
    public void Dates_make_a_row_a_date_both_ends_included() =>
        RowsOf("{ dates: { of: { facts: a }, from: { date-of: at }, to: 2025-03-02 } }", "id date", Facts).ShouldBe("f1 2025-03-01 | f1 2025-03-02 | f2 2025-03-02");

    [Fact]
    public void Dates_from_or_to_nowhere_make_no_row() =>
        RowsOf("{ union: [ { dates: { of: { facts: a }, from: d, to: 2025-03-02 } }, { dates: { of: { facts: a }, from: 2025-03-03, to: 2025-03-02 } } ] }", "id date", Facts).ShouldBe("");

    [Fact]
    public void Members_make_a_row_a_member() =>
        RowsOf("{ members: { of: { facts: a }, list: { join: [ { texts: [q, p] }, { default: [t, { text: p }] } ] }, as: name } }", "id name", Facts).ShouldBe("f1 p | f1 q | f2 p | f2 q | f2 red");

    [Fact]
    public void Pairs_are_made_with_every_matching_row() =>
        RowsOf("{ pairs: { of: { facts: b }, with: { facts: a }, on: { subject: subject }, where: { of: at, less-than: this.at }, take: { other: id, gap: { minus: [this.at, at] } } } }", "id other gap", Facts).ShouldBe("f3 f1 2天");

    [Fact]
    public void Pairs_without_equality_are_every_combination() =>
        RowsOf("{ pairs: { of: { facts: a }, with: { facts: a }, take: { other: id } } }", "id other", Facts).ShouldBe("f1 f1 | f1 f2 | f2 f1 | f2 f2");

    [Fact]
    public void A_group_is_one_row_in_order_of_first_appearance() =>
        RowsOf("{ group: { of: { facts: [a, b] }, by: [subject] }, with: { n: { count: { in: members } }, sum: { sum: { of: x, in: members } }, last: { last: { of: id, in: members } } } }", "subject n sum last", Facts).ShouldBe("A 2 4 f3 | B 1 2 f2");

    [Fact]
    public void A_group_may_be_kept_by_what_its_members_hold() =>
        RowsOf("{ group: { of: { facts: [a, b] }, by: [subject] }, where: { of: { count: { in: members } }, more-than: 1 } }", "subject", Facts).ShouldBe("A");

    [Fact]
    public void Rows_with_a_missing_value_group_together() =>
        RowsOf("{ group: { of: { facts: [a, b] }, by: [t] }, with: { n: { count: { in: members } } } }", "t n", Facts).ShouldBe("- 2 | red 1");
}

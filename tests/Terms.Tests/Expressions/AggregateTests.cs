namespace Yueheng.Terms.Tests.Expressions;

public class AggregateTests
{
    private const string Facts =
        """
        f1 a 2025-03-01T09:00 A {"x":3,"t":"red","ok":true}
        f2 a 2025-03-02T09:00 B {"x":1,"t":"blue"}
        f3 a 2025-03-03T09:00 A {"t":"red"}
        f4 a 2025-03-04T09:00 C {"x":3,"t":"green","ok":false}
        f5 b 2025-03-05T09:00 A {"x":10}
        """;

    [Theory]
    [InlineData("{ count: { facts: a } }", "4")]
    [InlineData("{ count: { facts: [a, b] } }", "5")]
    [InlineData("{ count: { facts: any } }", "5")]
    [InlineData("{ count: { facts: [a, a] } }", "4")]
    [InlineData("{ count: { facts: done } }", "0")]
    [InlineData("{ count: { facts: a, distinct: t } }", "3")]
    [InlineData("{ count: { facts: a, distinct: x } }", "2")]
    [InlineData("{ count: { facts: a, where: ok } }", "1")]
    [InlineData("{ count: { facts: a, on: { subject: { text: A } } } }", "2")]
    [InlineData("{ count: { facts: a, on: { subject: { text: A }, t: { text: red }, x: 3 } } }", "1")]
    [InlineData("{ count: { facts: a, on: { t: { text: red }, x: 3, ok: true } } }", "1")]
    [InlineData("{ count: { facts: a, on: { t: { missing: text } } } }", "0")]
    [InlineData("{ count: { facts: a, on: { subject: { text: B }, ok: { missing: yes-no } } } }", "0")]
    [InlineData("{ count: { facts: a, on: { t: { text: red }, ok: true, x: { missing: number } } } }", "0")]
    [InlineData("{ count: { in: { facts: a, where: ok } } }", "1")]
    [InlineData("{ sum: { of: x, facts: a } }", "7")]
    [InlineData("{ sum: { of: x, in: none } }", "0")]
    [InlineData("{ sum: { of: { elapsed: { from: at, to: as-of } }, in: none } }", "0")]
    [InlineData("{ smallest: { of: x, facts: a } }", "1")]
    [InlineData("{ largest: { of: at, facts: a } }", "2025-03-04T09:00:00+08:00")]
    [InlineData("{ largest: { of: t, facts: a } }", "red")]
    [InlineData("{ smallest: { of: x, in: none } }", "missing")]
    [InlineData("{ mean: { of: x, facts: a } }", "2.333333333333")]
    [InlineData("{ mean: { of: x, in: none } }", "missing")]
    [InlineData("{ mean: { of: { elapsed: { from: at, to: 2025-03-05T09:00:00+08:00 } }, facts: a } }", "216000")]
    [InlineData("{ first: { of: x, facts: a } }", "3")]
    [InlineData("{ first: { of: x, in: none } }", "missing")]
    [InlineData("{ first: { of: id, facts: a, where: { of: x, less-than: 3 } } }", "f2")]
    [InlineData("{ first: { of: id, facts: a, order: [t] } }", "f2")]
    [InlineData("{ last: { of: id, facts: a } }", "f4")]
    [InlineData("{ last: { of: id, facts: a, order: [t] } }", "f3")]
    [InlineData("{ last: { of: id, in: none } }", "missing")]
    [InlineData("{ nth: { of: id, k: 2, facts: a } }", "f2")]
    [InlineData("{ nth: { of: id, k: 5, facts: a } }", "missing")]
    [InlineData("{ nth: { of: id, k: 0, facts: a } }", "missing")]
    [InlineData("{ nth: { of: id, k: 1, facts: a, order: [{ desc: x }] } }", "f1")]
    [InlineData("{ collect: { of: t, facts: a } }", "blue, green, red")]
    [InlineData("{ size: { collect: { of: t, in: none } } }", "0")]
    [InlineData("{ exists: { facts: a, where: { is: { t: green } } } }", "true")]
    [InlineData("{ exists: { in: none } }", "false")]
    [InlineData("{ none: { facts: a, where: { is: { t: green } } } }", "false")]
    [InlineData("{ none: { in: none } }", "true")]
    [InlineData("{ reaches: { of: x, level: 4, give: id, facts: a } }", "f2")]
    [InlineData("{ reaches: { of: x, level: 4.001, give: id, facts: a } }", "f4")]
    [InlineData("{ reaches: { of: x, level: 8, give: id, facts: a } }", "missing")]
    [InlineData("{ reaches: { of: x, level: { missing: number }, give: id, facts: a } }", "missing")]
    public void Aggregates_look_into_a_set_and_skip_what_is_missing(string expression, string value) =>
        ValueOf(expression, Facts, "none: { facts: a, where: false }").ShouldBe(value);

    [Fact]
    public void First_takes_the_first_row_even_when_its_value_is_missing() =>
        ValueOf("{ first: { of: x, facts: a, order: [{ desc: t }, { desc: at }] } }", Facts).ShouldBe("missing");

    [Fact]
    public void Facts_of_the_same_instant_are_ordered_by_id_ordinally() =>
        ValueOf("{ concat: [{ first: { of: id, facts: a } }, { text: ' ' }, { last: { of: id, facts: a } }] }",
            """
            b a 2025-03-01T09:00
            B a 2025-03-01T09:00
            a10 a 2025-03-01T01:00:00Z
            a9 a 2025-03-01T09:00
            """).ShouldBe("B b");

    [Fact]
    public void An_aggregate_on_a_row_matches_its_own_columns() =>
        RowsOf("{ facts: b, with: { before: { count: { facts: a, on: [subject], where: { of: at, less-than: this.at } } } } }", "id before", Facts).ShouldBe("f5 2");

    [Fact]
    public void Inside_a_lookup_a_bare_name_is_first_a_column_of_the_set_looked_into() =>
        RowsOf("{ facts: b, with: { n: { count: { facts: a, where: { of: x, less-than: this.x } } }, same: { count: { facts: a, where: { of: x, less-than: x } } } } }", "n same", Facts).ShouldBe("3 0");

    private const string Outages =
        """
        o1 a 2025-03-01T09:00 A {"from":"2025-03-01T09:00:00+08:00","to":"2025-03-01T11:00:00+08:00"}
        o2 a 2025-03-01T10:00 B {"from":"2025-03-01T10:00:00+08:00","to":"2025-03-01T12:00:00+08:00"}
        o3 a 2025-03-01T12:00 C {"from":"2025-03-01T12:00:00+08:00","to":"2025-03-01T12:30:00+08:00"}
        o4 a 2025-03-01T14:00 D {"from":"2025-03-01T14:00:00+08:00"}
        o5 a 2025-03-01T15:00 E {"to":"2025-03-01T16:00:00+08:00"}
        """;

    [Theory]
    [InlineData("{ covered: { from: from, to: to, facts: a, where: { of: to, present: true } } }", "12600")]
    [InlineData("{ covered: { from: from, to: to, facts: a } }", "16200")]
    [InlineData("{ covered: { from: from, to: to, facts: a, inside: [2025-03-01T10:30:00+08:00, 2025-03-01T12:10:00+08:00] } }", "6000")]
    [InlineData("{ covered: { from: from, to: to, facts: a, inside: [2025-03-01T12:10:00+08:00, 2025-03-01T10:30:00+08:00] } }", "0")]
    [InlineData("{ covered: { from: from, to: to, facts: a, inside: [2025-03-01T10:30:00+08:00, { missing: instant }] } }", "missing")]
    [InlineData("{ covered: { from: from, to: to, in: { facts: a, where: false } } }", "0")]
    public void What_overlaps_is_covered_once_and_an_open_end_lasts_until_the_moment(string expression, string seconds) =>
        ValueOf(expression, Outages, asOf: "2025-03-01T15:00").ShouldBe(seconds);
}

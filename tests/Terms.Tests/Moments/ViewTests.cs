namespace Yueheng.Terms.Tests.Moments;

/// <summary>Section 9 of the language: judging at another moment.</summary>
public class ViewTests
{
    private const string Facts = "f1 a 2025-03-01T09:00 A {\"x\":1}\nf2 a 2025-03-02T09:00 B {\"x\":2}\nf3 a 2025-03-03T09:00 C {\"x\":4}\n";

    private const string Terms =
        """
        terms:
          cut: { value: 2025-03-02T09:00:00+08:00 }
          rate: { value: 10 }
          sum: { value: { sum: { of: x, facts: a } } }
          price: { value: { times: [sum, rate] } }
          late: { value: { of: as-of, more-than: 2025-03-02T12:00:00+08:00 } }
          chosen: { facts: a }
          smaller: { facts: a, where: { of: x, less-than: 3 } }
          total: { value: { sum: { of: x, in: chosen } } }
        views:
          early: { as-of: cut }
          dear: { assuming: { rate: { times: [rate, sum] } } }
          both: { as-of: cut, assuming: { rate: sum } }
          when-late: { as-of: cut, when: late }
          narrow: { assuming: { chosen: smaller } }
          nowhere: { as-of: { missing: instant } }
        figures:
          - { address: v, value: EXPRESSION }
        """;

    private static string Value(string expression, string more = "", string asOf = "2025-12-01T00:00") => Judging(Terms.Replace("EXPRESSION", expression, StringComparison.Ordinal), Facts + more, asOf).ValueOf("v");

    [Theory]
    [InlineData("sum", "7")]
    [InlineData("{ value: sum, view: early }", "3")]
    [InlineData("{ value: sum, as-of: 2025-03-01T09:00:00+08:00 }", "1")]
    [InlineData("{ value: sum, as-of: 2025-03-01T08:59:59.999999999+08:00 }", "0")]
    [InlineData("{ value: as-of, view: early }", "2025-03-02T09:00:00+08:00")]
    [InlineData("{ sum: { of: x, facts: a, view: early } }", "3")]
    [InlineData("{ sum: { of: x, facts: a, as-of: 2025-03-01T12:00:00+08:00 } }", "1")]
    [InlineData("{ value: price, assuming: { rate: 100 } }", "700")]
    [InlineData("{ value: price, view: dear }", "490")]
    [InlineData("{ value: price, view: both }", "21")]
    [InlineData("{ value: total, view: narrow }", "3")]
    [InlineData("{ value: total, assuming: { chosen: smaller } }", "3")]
    [InlineData("{ value: { value: sum, view: early }, as-of: 2025-03-01T12:00:00+08:00 }", "1")]
    [InlineData("{ value: sum, view: early, as-of: 2025-03-01T12:00:00+08:00 }", "1")]
    [InlineData("{ value: sum, view: early, as-of: 2025-03-03T12:00:00+08:00 }", "3")]
    [InlineData("{ value: price, view: early, assuming: { rate: 2 } }", "6")]
    [InlineData("{ value: { value: price, assuming: { rate: 3 } }, assuming: { rate: 2 } }", "21")]
    [InlineData("{ value: sum, view: nowhere }", "missing")]
    [InlineData("{ value: sum, as-of: { missing: instant } }", "missing")]
    [InlineData("{ count: { facts: a, view: nowhere } }", "0")]
    public void A_value_may_be_asked_for_at_another_moment(string expression, string value) => Value(expression).ShouldBe(value);

    [Fact]
    public void A_moment_inside_is_never_later_than_outside() => Value("{ value: sum, as-of: 2025-12-31T00:00:00+08:00 }", asOf: "2025-03-02T09:00").ShouldBe("3");

    [Fact]
    public void Figures_of_a_view_are_listed_while_it_exists()
    {
        const string contract = "terms: { late: { value: { of: as-of, more-than: 2025-03-02T12:00:00+08:00 } }, n: { value: { count: { facts: a } } } }\nviews: { cut: { as-of: 2025-03-02T09:00:00+08:00, when: late }, now: {} }\nfigures: [ { address: \"{view}/n\", view: [cut, now], value: n } ]";
        Judging(contract, Facts, "2025-12-01T00:00").GivesOnly("cut/n = 2", "now/n = 3");
        Judging(contract, Facts, "2025-03-02T12:00").GivesOnly("now/n = 2");
    }

    [Fact]
    public void A_value_of_a_view_that_does_not_exist_is_missing() => Value("{ value: sum, view: when-late }", asOf: "2025-03-02T12:00").ShouldBe("missing");

    [Theory]
    [InlineData("2025-11-30T00:00", "2")]
    [InlineData("2025-12-02T00:00", "3")]
    public void A_retraction_counts_by_the_instant_of_the_whole_judging(string retracted, string early) =>
        Value("{ value: sum, view: early }", $"r1 fact.retracted {retracted} {{\"fact\":\"f1\"}}").ShouldBe(early);

    [Fact]
    public void On_a_row_the_moment_may_be_that_of_the_row() =>
        RowsOf("{ facts: a, with: { before: { value: sum, as-of: at }, others: { count: { facts: a, as-of: at } } } }", "id before others", Facts, "sum: { value: { sum: { of: x, facts: a } } }").ShouldBe("f1 1 1 | f2 3 2 | f3 7 3");

    [Fact]
    public void Terms_may_look_back_at_each_other_through_an_earlier_moment() =>
        RowsOf("{ facts: a, with: { earlier: { count: { in: s, as-of: { minus: [at, 1 second] } } } } }", "id earlier", Facts).ShouldBe("f1 0 | f2 1 | f3 2");

    [Fact]
    public void A_set_assumed_in_place_of_another_is_matched_by_column_names() =>
        Judging("terms: { base: { facts: a }, other: { rows: { columns: { x: number }, list: [[5], [6]] } }, n: { value: { sum: { of: x, in: base } } }, m: { value: { count: { in: base, where: { of: subject, present: true } } } } }\nfigures: [ { address: n, value: { value: n, assuming: { base: other } } }, { address: m, value: { value: m, assuming: { base: other } } } ]", Facts)
            .GivesOnly("m = 0", "n = 11");

    [Fact]
    public void A_term_that_needs_itself_at_the_same_moment_is_refused() =>
        RefusalsOf("terms: { p: { value: { plus: [q, 1] } }, q: { value: { plus: [p, 1] } } }").ShouldHaveSingleItem().ShouldStartWith("各名称互相依赖成环：");

    [Fact]
    public void A_term_that_needs_itself_at_its_own_moment_by_way_of_a_view_cannot_be_judged() =>
        Should.Throw<Kernel.CircleException>(() => Judging("terms: { p: { value: { value: p, as-of: as-of } } }\nfigures: [ { address: p, value: p } ]").ValueOf("p"));
}

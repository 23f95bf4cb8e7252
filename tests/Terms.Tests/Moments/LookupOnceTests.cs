using System.Text;

namespace Yueheng.Terms.Tests.Moments;

/// <summary>
/// A lookup that asks nothing of the row it stands in comes to the same for every row of a moment, and is computed once; one that asks
/// anything, however far inside, is computed for each row.
/// </summary>
public class LookupOnceTests
{
    private const int Many = 20_000;

    private static readonly string Facts = string.Concat(Enumerable.Range(1, Many).Select(n => $"f{n} a 2025-03-{1 + n % 28:00}T09:00 S{n} {{\"x\":{n % 7}}}\n"));

    [Theory]
    [InlineData("{ sum: { of: x, facts: a } }")]
    [InlineData("{ count: { in: s, where: { of: x, at-least: 3 } } }")]
    [InlineData("{ ratio: [x, { default: [{ largest: { of: x, in: s } }, 1] }] }")]
    [InlineData("{ sum: { of: x, in: s, where: { of: x, at-least: { mean: { of: x, in: s } } } } }")]
    [InlineData("{ choose: [{ when: { none: { in: s, where: { of: x, more-than: 100 } } }, is: x }, { otherwise: 0 }] }")]
    [InlineData("{ count: { in: s, as-of: 2025-03-15T00:00:00+08:00 } }")]
    public void Twenty_thousand_rows_that_ask_the_same_are_judged_in_linear_work(string value)
    {
        var judged = Judging($"terms:\n  s: {{ facts: a }}\nfigures: [ {{ address: 'v/{{id}}', each: s, value: {value} }} ]", Facts);
        judged.Texts.Count().ShouldBe(Many);
        judged.Judgement.RowsVisited.ShouldBeInRange(1, 4 * Many);
    }

    [Fact]
    public void With_an_amendment_it_is_once_for_each_text()
    {
        var judged = Judging($$"""
            terms:
              s: { facts: a }
              rate: { value: 2 }
              priced: { from: s, with: { v: { sum: { of: { times: [x, rate] }, in: s } } } }
            amendments:
              A1: { label: 补充协议, clause: a1, signed: 2025-01-01, from: 2025-03-15, replaces: { rate: { value: 3 } } }
            figures: [ { address: 'v/{id}', each: priced, value: v } ]
            """, Facts);
        judged.Texts.Distinct().Count().ShouldBe(1, "each row of the sum picks its own text");
        judged.Judgement.RowsVisited.ShouldBeInRange(1, 4 * Many);
    }

    private const string Few =
        """
        f1 a 2025-03-01T09:00 A {"x":3,"t":"red"}
        f2 a 2025-03-02T09:00 B {"x":1,"t":"blue"}
        f3 a 2025-03-03T09:00 A {"x":5,"t":"red"}
        f4 a 2025-08-04T09:00 C {"x":2,"t":"blue"}
        g1 b 2025-08-05T09:00 A {"x":10,"t":"red"}
        g2 b 2025-08-06T09:00 B {"x":20,"t":"blue"}
        """;

    [Theory]
    [InlineData("{ count: { facts: b } }", "2 | 2 | 2 | 2")]
    [InlineData("{ count: { facts: b, on: [t] } }", "1 | 1 | 1 | 1")]
    [InlineData("{ sum: { of: x, facts: b, on: [t] } }", "10 | 20 | 10 | 20")]
    [InlineData("{ sum: { of: x, facts: b, where: { of: x, at-least: { times: [this.x, 5] } } } }", "20 | 30 | 0 | 30")]
    [InlineData("{ sum: { of: { times: [x, this.x] }, facts: b } }", "90 | 30 | 150 | 60")]
    [InlineData("{ count: { in: s, as-of: at } }", "1 | 2 | 3 | 4")]
    [InlineData("{ count: { in: s, where: { of: at, at-most: this.at } } }", "1 | 2 | 3 | 4")]
    [InlineData("{ nth: { of: id, k: x, in: s } }", "f3 | f1 | missing | f2")]
    [InlineData("{ sum: { of: { count: { in: s, where: { of: t, same-as: this.t } } }, in: s } }", "8 | 8 | 8 | 8")]
    [InlineData("{ sum: { of: { count: { facts: b, where: { of: u, same-as: kind } } }, in: s } }", "0 | 0 | 0 | 0")]
    [InlineData("{ sum: { of: { count: { facts: b, on: { t: row-t } } }, in: s } }", "4 | 4 | 4 | 4")]
    [InlineData("{ reaches: { of: x, level: row-x, give: id, in: s } }", "f1 | f1 | f3 | f1")]
    [InlineData("{ amount-of: { of: { covered: { from: start-of-day, to: at, inside: [at, as-of], in: days } }, in: hours } }", "27 | 18 | 9 | 0")]
    [InlineData("{ sum: { of: x, facts: b, assuming: { half: x } } }", "30 | 30 | 30 | 30")]
    [InlineData("{ value: half, assuming: { half: x } }", "3 | 1 | 5 | 2")]
    [InlineData("{ sum: { of: { times: [x, half] }, facts: b, assuming: { half: row-x } } }", "90 | 30 | 150 | 60")]
    public void What_is_asked_of_the_row_is_asked_of_each_row(string value, string expected)
    {
        var judged = Judging($$"""
            terms:
              s: { facts: a, order: [at] }
              half: { value: 0.5 }
              days: { from: s, with: { start-of-day: { start-of: day } } }
              rows: { from: s, with: { row-x: x, row-t: t } }
              out: { from: rows, with: { v: { default: [{ concat: [{{value}}] }, { text: missing }] } } }
            figures: [ { address: 'v/{id}', each: out, value: v } ]
            """, Few);
        string.Join(" | ", judged.Texts).ShouldBe(expected);
    }

    [Fact]
    public void Members_of_a_group_are_those_of_each_group() =>
        Judging("""
            terms:
              s: { facts: a }
              groups: { group: { of: s, by: [t] }, with: { n: { sum: { of: x, in: members } }, all: { sum: { of: x, in: s } } } }
            figures: [ { address: 'n/{t}', each: groups, value: n }, { address: 'all/{t}', each: groups, value: all } ]
            """, Few).GivesOnly("all/blue = 11", "all/red = 11", "n/blue = 3", "n/red = 8");

    [Fact]
    public void A_row_before_and_a_row_after_an_amendment_see_their_own_text() =>
        Judging("""
            terms:
              prices: { rows: { columns: { p: number }, list: [[10]] } }
              s: { facts: a }
              priced: { from: s, with: { v: { sum: { of: p, in: prices } }, w: { sum: { of: { times: [p, rate] }, in: prices } } } }
              rate: { value: 1 }
            amendments:
              A1: { label: 补充协议, clause: a1, signed: 2025-01-01, from: 2025-07-01, replaces: { prices: { rows: { columns: { p: number }, list: [[20]] } }, rate: { value: 3 } } }
            figures: [ { address: 'v/{id}', each: priced, value: v }, { address: 'w/{id}', each: priced, value: w } ]
            """, Few).GivesOnly("v/f1 = 10", "v/f2 = 10", "v/f3 = 10", "v/f4 = 20", "w/f1 = 10", "w/f2 = 10", "w/f3 = 10", "w/f4 = 60");

    [Fact]
    public void The_work_of_rows_that_ask_for_their_own_is_counted_too()
    {
        var facts = new StringBuilder();
        for (var n = 1; n <= 100; n++) facts.Append($"f{n} a 2025-03-01T09:00 S{n} {{\"x\":{n}}}\n");
        Judging("terms:\n  s: { facts: a }\nfigures: [ { address: 'v/{id}', each: s, value: { count: { in: s, where: { of: x, at-most: this.x } } } } ]", facts.ToString())
            .Gives("v/f40", "40").Judgement.RowsVisited.ShouldBe(100 * 100);
    }
}

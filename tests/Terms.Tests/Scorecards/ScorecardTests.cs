namespace Yueheng.Terms.Tests.Scorecards;

/// <summary>Section 7 of the language: points.</summary>
public class ScorecardTests
{
    private static Judged Card(string items, string rules, string facts = "", string more = "") => Judging(
        $$"""
        terms:
          findings: { facts: finding.recorded }
          card:
            scorecard:
              findings: findings
              items: { {{items}} }
              rules: { {{rules}} }
          {{more}}
        figures:
          - { address: total, value: card }
          - { address: "item/{item}", each: card.items, value: score }
          - { address: "rule/{rule}", each: card.rules, value: points }
        """, facts);

    private const string Ten = "S1: { name: 质量, points: 10 }";

    [Theory]
    [InlineData(0, "10")]
    [InlineData(1, "7")]
    [InlineData(3, "1")]
    [InlineData(4, "0")]
    public void Deductions_never_take_more_than_the_item_has(int times, string score) =>
        Card(Ten, "R1: { item: S1, each: { facts: a }, points: -3 }", Facts("a", times)).Gives("item/S1", score).Gives("total", score).Gives("rule/R1", (-3 * times).ToString());

    private static string Facts(string kind, int times, string data = "") => string.Join('\n', Enumerable.Range(1, times).Select(n => $"{kind}{n} {kind} 2025-03-0{n}T09:00 {data}"));

    [Fact]
    public void Within_an_item_bonuses_make_up_for_deductions_but_never_exceed_its_points()
    {
        Card(Ten, "R1: { item: S1, each: { facts: a }, points: -3 }, R2: { item: S1, each: { facts: b }, points: 2 }", Facts("a", 2) + "\n" + Facts("b", 1)).Gives("item/S1", "6");
        Card(Ten, "R1: { item: S1, each: { facts: a }, points: -3 }, R2: { item: S1, each: { facts: b }, points: 2 }", Facts("a", 1) + "\n" + Facts("b", 3)).Gives("item/S1", "10");
        Card(Ten, "R1: { item: S1, each: { facts: a }, points: -9 }, R2: { item: S1, each: { facts: b }, points: 2 }", Facts("a", 2) + "\n" + Facts("b", 5)).Gives("item/S1", "2");
    }

    [Fact]
    public void Beyond_an_item_bonuses_come_on_top_of_what_deductions_left()
    {
        const string item = "S1: { name: 质量, points: 10, bonus: beyond }";
        Card(item, "R1: { item: S1, each: { facts: a }, points: -9 }, R2: { item: S1, each: { facts: b }, points: 2 }", Facts("a", 2) + "\n" + Facts("b", 3)).Gives("item/S1", "6");
        Card(item, "R2: { item: S1, each: { facts: b }, points: 2 }", Facts("b", 3)).Gives("item/S1", "16").Gives("total", "16");
    }

    [Fact]
    public void An_item_may_start_at_nought_and_be_earned() =>
        Card("P: { name: 绩效, points: 30, starts: 0 }", "R1: { item: P, each: { facts: a }, points: 12 }", Facts("a", 2)).Gives("item/P", "24");

    [Fact]
    public void What_is_earned_stops_at_the_points_of_the_item() =>
        Card("P: { name: 绩效, points: 30, starts: 0 }", "R1: { item: P, each: { facts: a }, points: 12 }", Facts("a", 3)).Gives("item/P", "30");

    [Fact]
    public void An_override_sets_the_item_whatever_its_rules_say() =>
        Card("S1: { name: 安全, points: 10, override: { when: { exists: { facts: b } }, is: 0 } }, S2: { name: 其他, points: 5 }", "R1: { item: S1, each: { facts: a }, points: -1 }", Facts("a", 1) + "\n" + Facts("b", 1))
            .GivesOnly("item/S1 = 0", "item/S2 = 5", "rule/R1 = -1", "total = 5");

    [Fact]
    public void A_rule_without_item_is_on_the_total_which_is_never_below_nought()
    {
        Card(Ten, "R1: { each: { facts: a }, points: -4 }", Facts("a", 2)).Gives("item/S1", "10").Gives("total", "2");
        Card(Ten, "R1: { each: { facts: a }, points: -4 }", Facts("a", 3)).Gives("total", "0");
    }

    [Fact]
    public void The_total_is_the_sum_of_capped_items() =>
        Card(Ten + ", S2: { name: 安全, points: 20 }", "R1: { item: S1, each: { facts: a }, points: -8 }, R2: { item: S2, count: 3, points: -2.5 }", Facts("a", 2))
            .GivesOnly("item/S1 = 0", "item/S2 = 12.5", "rule/R1 = -16", "rule/R2 = -7.5", "total = 12.5");

    [Fact]
    public void Points_may_depend_on_the_row_and_be_taken_several_times() =>
        Card(Ten, "R1: { item: S1, each: { facts: a }, where: ok, points: { bands: { of: x, rows: [ { at-least: 10, is: -2 } ], otherwise: -1 } }, times: y }",
            "f1 a 2025-03-01T09:00 {\"ok\":true,\"x\":10,\"y\":2}\nf2 a 2025-03-01T09:00 {\"ok\":true,\"x\":9,\"y\":3}\nf3 a 2025-03-01T09:00 {\"x\":99,\"y\":9}").Gives("rule/R1", "-7").Gives("item/S1", "3");

    [Fact]
    public void A_count_takes_the_place_of_rows() => Card(Ten, "R1: { item: S1, count: { units: { of: 25, each: 10, count: started } }, points: -1.5 }").Gives("item/S1", "5.5");

    [Fact]
    public void Findings_of_people_count_by_the_rule_they_name() =>
        Card(Ten, "R1: { item: S1, human: true, points: -1 }, R2: { item: S1, each: { facts: a }, human: true, points: -2 }",
            "f1 finding.recorded 2025-03-01T09:00 {\"rule\":\"R1\",\"count\":2}\nf2 finding.recorded 2025-03-01T09:00 {\"rule\":\"R1\"}\nf3 finding.recorded 2025-03-01T09:00 {\"rule\":\"R2\"}\nf4 finding.recorded 2025-03-01T09:00 {\"rule\":\"R3\"}\nf5 a 2025-03-01T09:00")
            .GivesOnly("item/S1 = 3", "rule/R1 = -3", "rule/R2 = -4", "total = 3");

    [Fact]
    public void Deductions_and_bonuses_are_kept_apart_before_the_cap() =>
        Judging(
            """
            terms: { card: { scorecard: { items: { S1: { name: 质量, points: 10 } }, rules: { R1: { item: S1, count: 5, points: -3 }, R2: { item: S1, count: 2, points: 2 }, R3: { item: S1, count: 0, points: 9 } } } } }
            figures: [ { address: d, each: card.items, value: deductions }, { address: b, each: card.items, value: bonuses }, { address: "r/{rule}/{item}/{name}", each: card.rules, where: { not: { is: { points: 0 } } }, value: points } ]
            """).GivesOnly("b = 4", "d = 15", "r/R1/S1/R1 = -15", "r/R2/S1/R2 = 4");

    [Fact]
    public void Fractions_of_points_add_up_exactly() =>
        Card("S1: { name: 质量, points: 1 }", "R1: { item: S1, count: 3, points: -1/3 }").Gives("item/S1", "0").Gives("rule/R1", "-1");

    [Theory]
    [InlineData("R1: { item: S9, count: 1, points: -1 }", "规则“R1”的评分项“S9”不存在")]
    [InlineData("R1: { item: S1, points: -1 }", "规则“R1”没有发生的依据：须有 each、count 或 human: true")]
    [InlineData("R1: { item: S1, count: 1, each: { facts: a }, points: -1 }", "规则“R1”的 each 与 count 只能取其一")]
    public void A_rule_that_cannot_be_reckoned_is_refused(string rule, string message) =>
        RefusalsOf($"terms: {{ card: {{ scorecard: {{ items: {{ {Ten} }}, rules: {{ {rule} }} }} }} }}").ShouldContain(said => said.StartsWith(message, StringComparison.Ordinal));
}

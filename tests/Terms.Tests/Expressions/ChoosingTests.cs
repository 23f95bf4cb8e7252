namespace Yueheng.Terms.Tests.Expressions;

public class ChoosingTests
{
    private const string Bands = "{ bands: { of: N, rows: [ { more-than: 30, is: 3 }, { more-than: 10, at-most: 20, is: 2 }, { at-least: 5, less-than: 8, is: 1 } ], otherwise: 0 } }";

    [Theory]
    [InlineData("30.0001", "3")]
    [InlineData("30", "0")]
    [InlineData("20", "2")]
    [InlineData("10.5", "2")]
    [InlineData("10", "0")]
    [InlineData("8", "0")]
    [InlineData("7.999", "1")]
    [InlineData("5", "1")]
    [InlineData("4", "0")]
    public void Bands_give_the_first_row_whose_edges_all_hold(string number, string band) =>
        ValueOf(Bands.Replace("N", number, StringComparison.Ordinal)).ShouldBe(band);

    [Fact]
    public void Without_otherwise_what_is_in_no_band_is_missing() => ValueOf("{ bands: { of: 1, rows: [ { more-than: 30, is: 3 } ] } }").ShouldBe("missing");

    [Fact]
    public void A_band_row_without_edges_always_holds() => ValueOf("{ bands: { of: 1, rows: [ { is: 3 } ] } }").ShouldBe("3");

    [Fact]
    public void Bands_may_be_edged_by_computed_values_of_any_ordered_type() =>
        ValueOf("{ bands: { of: 2 hours, rows: [ { at-most: { times: [limit, 2] }, is: { text: early } } ], otherwise: { text: late } } }", terms: "limit: { value: 1 hour }").ShouldBe("early");

    [Theory]
    [InlineData("true", "true", "1")]
    [InlineData("false", "true", "2")]
    [InlineData("false", "false", "3")]
    public void The_first_case_that_holds_is_chosen(string first, string second, string value) =>
        ValueOf($"{{ choose: [ {{ when: {first}, is: 1 }}, {{ when: {second}, is: 2 }}, {{ otherwise: 3 }} ] }}").ShouldBe(value);

    [Fact]
    public void Without_a_case_that_holds_a_choice_is_missing() => ValueOf("{ choose: [ { when: false, is: 1 } ] }").ShouldBe("missing");

    [Fact]
    public void A_missing_condition_does_not_hold() => ValueOf("{ choose: [ { when: { missing: yes-no }, is: 1 }, { otherwise: 2 } ] }").ShouldBe("2");

    [Theory]
    [InlineData("{ concat: [{ text: I }, 1] }", "I1")]
    [InlineData("{ concat: [1.50, { text: / }, 2025-03-01] }", "1.5/2025-03-01")]
    [InlineData("{ concat: [{ text: a }, { missing: text }] }", "missing")]
    [InlineData("{ part: { of: { text: a/b/c }, before: / } }", "a")]
    [InlineData("{ part: { of: { text: a/b/c }, after: / } }", "b/c")]
    [InlineData("{ part: { of: { text: abc }, before: / } }", "abc")]
    [InlineData("{ part: { of: { text: abc }, after: / } }", "missing")]
    [InlineData("{ part: { of: { text: a--b }, after: -- } }", "b")]
    [InlineData("{ size: { texts: [a, b, a] } }", "2")]
    [InlineData("{ size: { text: a } }", "1")]
    [InlineData("{ size: { missing: list } }", "missing")]
    [InlineData("{ size: { join: [{ missing: list }] } }", "0")]
    [InlineData("{ join: [{ texts: [b, a] }, { texts: [c, a] }] }", "a, b, c")]
    [InlineData("{ join: [{ text: b }, { missing: list }, { text: a }] }", "a, b")]
    public void Texts_and_lists(string expression, string value) => ValueOf(expression).ShouldBe(value);
}

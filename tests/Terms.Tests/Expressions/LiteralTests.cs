namespace Yueheng.Terms.Tests.Expressions;

/// <summary>Section 1 of the language: what stands for itself.</summary>
public class LiteralTests
{
    [Theory]
    [InlineData("20", "20")]
    [InlineData("0.5", "0.5")]
    [InlineData("-1", "-1")]
    [InlineData("1945700.00", "1945700")]
    [InlineData("80%", "0.8")]
    [InlineData("3‰", "0.003")]
    [InlineData("1/3", "0.333333333333")]
    [InlineData("-1/8", "-0.125")]
    [InlineData("2025-12-31", "2025-12-31")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("2025-12-31T00:00:00+08:00", "2025-12-31T00:00:00+08:00")]
    [InlineData("2025-12-30T16:00:00Z", "2025-12-31T00:00:00+08:00")]
    [InlineData("10 minutes", "600")]
    [InlineData("1 minute", "60")]
    [InlineData("2 hours", "7200")]
    [InlineData("30 seconds", "30")]
    [InlineData("5 days", "432000")]
    [InlineData("1 week", "604800")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    public void Literals_are_typed_by_their_form(string literal, string value) => ValueOf(literal).ShouldBe(value);

    [Theory]
    [InlineData("2025-13-01")]
    [InlineData("2025-02-29")]
    [InlineData("2025-12-31T00:00:00")]
    [InlineData("1.5 hours")]
    [InlineData("1/0")]
    [InlineData("1/x")]
    [InlineData("20 workdays")]
    [InlineData("1 month")]
    [InlineData("100001 days")]
    [InlineData("1e5")]
    [InlineData("1,000")]
    [InlineData("80 %")]
    [InlineData("3x")]
    public void What_only_looks_like_a_literal_is_refused(string literal) =>
        RefusalsOf($"terms: {{ v: {{ value: \"{literal}\" }} }}").ShouldHaveSingleItem().ShouldStartWith($"“{literal}”不是数、日期、时刻或时长");

    [Theory]
    [InlineData("{ text: 2025-12-31 }", "2025-12-31")]
    [InlineData("{ text: \"约 衡\" }", "约 衡")]
    [InlineData("{ texts: [b, a, b] }", "a, b")]
    [InlineData("{ size: { texts: [] } }", "0")]
    [InlineData("{ missing: number }", "missing")]
    public void Texts_are_written_out(string expression, string value) => ValueOf(expression).ShouldBe(value);

    [Theory]
    [InlineData("as-of", "2026-01-01T00:00:00+08:00")]
    [InlineData("signed", "2024-12-20")]
    [InlineData("term.first", "2025-01-01")]
    [InlineData("term.last", "2025-12-31")]
    [InlineData("term.from", "2025-01-01T00:00:00+08:00")]
    [InlineData("term.to", "2026-01-01T00:00:00+08:00")]
    public void Every_contract_has_built_in_names(string name, string value) => ValueOf(name).ShouldBe(value);

    [Fact]
    public void A_name_is_a_column_before_it_is_a_term_and_a_term_before_it_is_built_in() =>
        Judging(
            """
            terms:
              x: { value: 7 }
              signed: { value: 1 }
              s: { rows: { columns: { x: number }, list: [[2]] } }
            figures:
              - { address: column, each: s, value: x }
              - { address: term, value: x }
              - { address: hidden, value: signed }
            """).GivesOnly("column = 2", "hidden = 1", "term = 7");
}

namespace Yueheng.Terms.Tests.Expressions;

public class ArithmeticTests
{
    [Theory]
    [InlineData("{ plus: [0.1, 0.2] }", "0.3")]
    [InlineData("{ plus: [5] }", "5")]
    [InlineData("{ plus: [1 hour, 30 minutes] }", "5400")]
    [InlineData("{ plus: [2025-01-01T00:00:00+08:00, 90 minutes] }", "2025-01-01T01:30:00+08:00")]
    [InlineData("{ plus: [90 minutes, 2025-01-01T00:00:00+08:00] }", "2025-01-01T01:30:00+08:00")]
    [InlineData("{ minus: [10, 3, 2] }", "5")]
    [InlineData("{ minus: [1 hour, 90 minutes] }", "-1800")]
    [InlineData("{ minus: [2025-01-02T00:00:00+08:00, 1 hour] }", "2025-01-01T23:00:00+08:00")]
    [InlineData("{ minus: [2025-01-02T00:00:00+08:00, 2025-01-01T00:00:00+08:00] }", "86400")]
    [InlineData("{ times: [1945700, 0.1%, 3] }", "5837.1")]
    [InlineData("{ times: [1 hour, 1.5] }", "5400")]
    [InlineData("{ times: [1/3, 1 hour] }", "1200")]
    [InlineData("{ ratio: [1, 4] }", "0.25")]
    [InlineData("{ ratio: [45 minutes, 1 hour] }", "0.75")]
    [InlineData("{ ratio: [1, 0] }", "missing")]
    [InlineData("{ ratio: [1 hour, 0 hours] }", "missing")]
    public void Sums_differences_products_and_ratios(string expression, string value) => ValueOf(expression).ShouldBe(value);

    [Theory]
    [InlineData("{ of: { times: [{ ratio: [1, 3] }, 3] }, same-as: 1 }")]
    [InlineData("{ of: { plus: [0.1, 0.2] }, same-as: 0.3 }")]
    [InlineData("{ of: { plus: [1/3, 1/3, 1/3] }, same-as: 1 }")]
    [InlineData("{ of: { ratio: [8759, 8760] }, less-than: 0.9998858448 }")]
    [InlineData("{ of: { ratio: [9999, 10000] }, at-least: 99.99% }")]
    [InlineData("{ not: { of: { ratio: [9998999999999, 10000000000000] }, at-least: 99.99% } }")]
    [InlineData("{ of: 1/3, more-than: 0.3333333333333333333333333333 }")]
    [InlineData("{ of: { times: [12345678901234.56, 98765432109876.54] }, same-as: { times: [98765432109876.54, 12345678901234.56] } }")]
    [InlineData("{ of: { minus: [{ times: [99999999999999999999, 99999999999999999999, 0.1] }, { times: [9999999999999999999.9, 99999999999999999999] }] }, same-as: 0 }")]
    public void Numbers_are_exact(string condition) => ValueOf(condition).ShouldBe("true");

    [Theory]
    [InlineData("{ round: { of: 0.125, to: 0.01 } }", "0.13")]
    [InlineData("{ round: { of: -0.125, to: 0.01 } }", "-0.13")]
    [InlineData("{ round: { of: 0.1249999999999999999999999999, to: 0.01 } }", "0.12")]
    [InlineData("{ round: { of: 1/3, to: 0.01 } }", "0.33")]
    [InlineData("{ round: { of: { ratio: [5, 1000] }, to: 0.01 } }", "0.01")]
    [InlineData("{ round: { of: 7.5, to: 5 } }", "10")]
    [InlineData("{ round: { of: 2.5, to: 1 } }", "3")]
    [InlineData("{ round: { of: 100, to: 0.3 } }", "99.9")]
    [InlineData("{ floor: 2.9 }", "2")]
    [InlineData("{ floor: -2.1 }", "-3")]
    [InlineData("{ floor: { times: [1/3, 3] } }", "1")]
    [InlineData("{ ceiling: 2.1 }", "3")]
    [InlineData("{ ceiling: -2.9 }", "-2")]
    [InlineData("{ ceiling: 2 }", "2")]
    public void Rounding_is_half_away_from_zero(string expression, string value) => ValueOf(expression).ShouldBe(value);

    [Theory]
    [InlineData("completed", "0 minutes", "0")]
    [InlineData("completed", "14 minutes", "0")]
    [InlineData("completed", "15 minutes", "1")]
    [InlineData("completed", "29 minutes", "1")]
    [InlineData("started", "0 minutes", "0")]
    [InlineData("started", "1 second", "1")]
    [InlineData("started", "15 minutes", "1")]
    [InlineData("started", "901 seconds", "2")]
    [InlineData("exceeded", "0 minutes", "0")]
    [InlineData("exceeded", "15 minutes", "0")]
    [InlineData("exceeded", "901 seconds", "1")]
    [InlineData("exceeded", "30 minutes", "1")]
    [InlineData("started", "-30 minutes", "0")]
    public void Units_of_a_duration_are_completed_started_or_exceeded(string count, string duration, string units) =>
        ValueOf($"{{ units: {{ of: {duration}, each: 15 minutes, count: {count} }} }}").ShouldBe(units);

    [Theory]
    [InlineData("completed", "2.5", "2")]
    [InlineData("completed", "-2.5", "0")]
    [InlineData("started", "2.5", "3")]
    [InlineData("started", "2", "2")]
    [InlineData("exceeded", "2", "1")]
    [InlineData("exceeded", "2.5", "2")]
    [InlineData("exceeded", "0", "0")]
    [InlineData("exceeded", "0.5", "0")]
    public void Units_of_a_number_likewise(string count, string number, string units) =>
        ValueOf($"{{ units: {{ of: {number}, each: 1, count: {count} }} }}").ShouldBe(units);

    [Fact]
    public void Units_of_size_nought_are_missing()
    {
        ValueOf("{ units: { of: 3, each: 0, count: started } }").ShouldBe("missing");
        ValueOf("{ units: { of: 3 hours, each: 0 hours, count: started } }").ShouldBe("missing");
    }

    [Theory]
    [InlineData("{ least: [3, 1, 2] }", "1")]
    [InlineData("{ greatest: [3, 1, 2] }", "3")]
    [InlineData("{ least: [2025-03-01, 2025-02-01] }", "2025-02-01")]
    [InlineData("{ greatest: [{ text: a }, { text: b }] }", "b")]
    [InlineData("{ greatest: [1 hour, 61 minutes] }", "3660")]
    [InlineData("{ least: [{ missing: number }, 4] }", "4")]
    [InlineData("{ greatest: [{ missing: number }] }", "missing")]
    [InlineData("{ latest-of: [2025-03-01, 2025-04-01] }", "2025-04-01")]
    [InlineData("{ latest-of: [2025-03-01, { missing: date }] }", "missing")]
    [InlineData("{ default: [{ missing: number }, 5, 6] }", "5")]
    [InlineData("{ default: [{ missing: number }] }", "missing")]
    [InlineData("{ clamp: { of: 12, from: 0, to: 10 } }", "10")]
    [InlineData("{ clamp: { of: -2, from: 0, to: 10 } }", "0")]
    [InlineData("{ clamp: { of: 10, from: 0, to: 10 } }", "10")]
    [InlineData("{ clamp: { of: 5, from: 8, to: 3 } }", "8")]
    [InlineData("{ clamp: { of: 5, from: 0, to: { missing: number } } }", "missing")]
    public void Extremes_and_defaults(string expression, string value) => ValueOf(expression).ShouldBe(value);

    [Theory]
    [InlineData("plus: [1, none]")]
    [InlineData("plus: [none, 1]")]
    [InlineData("minus: [1, none]")]
    [InlineData("times: [0, none]")]
    [InlineData("ratio: [none, 2]")]
    [InlineData("ratio: [2, none]")]
    [InlineData("round: { of: none, to: 0.01 }")]
    [InlineData("floor: none")]
    [InlineData("ceiling: none")]
    [InlineData("units: { of: none, each: 2, count: started }")]
    [InlineData("units: { of: 2, each: none, count: started }")]
    [InlineData("clamp: { of: none, from: 0, to: 1 }")]
    [InlineData("bands: { of: none, rows: [{ at-least: 0, is: 1 }], otherwise: 2 }")]
    public void Arithmetic_with_a_missing_part_is_missing(string expression) =>
        ValueOf($"{{ {expression} }}", terms: "none: { value: { missing: number } }").ShouldBe("missing");

    [Theory]
    [InlineData("{ plus: [1, 2025-01-01] }", "不能相加：数、日期")]
    [InlineData("{ plus: [2025-01-01T00:00:00Z, 2025-01-01T00:00:00Z] }", "不能相加：时刻、时刻")]
    [InlineData("{ plus: [1, 1 hour] }", "不能相加：数、时长")]
    [InlineData("{ minus: [1 hour, 2025-01-01T00:00:00Z] }", "不能相减：时长、时刻")]
    [InlineData("{ minus: [{ text: a }, { text: b }] }", "不能相减：文本、文本")]
    [InlineData("{ times: [1 hour, 1 hour] }", "不能相乘：时长、时长")]
    [InlineData("{ ratio: [1 hour, 60] }", "不能相除：时长、数")]
    [InlineData("{ least: [1, 2025-01-01] }", "各部分的类型不一致：数、日期")]
    public void What_cannot_be_reckoned_is_refused_before_any_fact(string expression, string message) =>
        RefusalsOf($"terms: {{ v: {{ value: {expression} }} }}").ShouldContain(said => said.StartsWith(message, StringComparison.Ordinal));
}

namespace Yueheng.Cli.Tests;

/// <summary>Contracts and facts that no one writes in good faith: each is refused in words, none ends the process in any other way.</summary>
public class HostilePackTests
{
    private static void IsRefusedInWords(string term, string figure = "{ address: e, value: e }", params string[] facts)
    {
        using var sample = new Sample(Sample.Contract.Replace("terms:\n", $"terms:\n{term}\n", StringComparison.Ordinal).Replace("figures:\n", $"figures:\n  - {figure}\n", StringComparison.Ordinal));
        var ran = sample.Assess(facts);
        ran.Errors.ShouldNotContain("Unhandled exception");
        ran.Errors.ShouldNotContain("Stack overflow");
        ran.Errors.ShouldNotBe("");
        ran.Output.ShouldBe("");
        ran.Code.ShouldBe(2);
    }

    [Fact]
    public void A_value_that_looks_back_at_itself_without_end() => IsRefusedInWords("  e: { value: { value: e, as-of: { minus: [as-of, 1 second] } } }");

    [Fact]
    public void A_chain_of_values_without_end_in_sight() =>
        IsRefusedInWords(string.Join("\n", Enumerable.Range(0, 20_000).Select(n => $"  c{n}: {{ value: {{ plus: [c{n + 1}, 1] }} }}")) + "\n  c20000: { value: 1 }", "{ address: e, value: c0 }");

    [Fact]
    public void A_chain_of_sets_without_end_in_sight() =>
        IsRefusedInWords(string.Join("\n", Enumerable.Range(0, 20_000).Select(n => $"  c{n}: {{ from: c{n + 1} }}")) + "\n  c20000: { facts: payment.made }", "{ address: e, each: c0, value: id }");

    [Fact]
    public void A_set_of_more_rows_than_there_are_seconds() =>
        IsRefusedInWords("  e: { dates: { of: { dates: { of: { rows: { columns: { k: number }, list: [[1]] } }, from: 1900-01-01, to: 1999-12-31 } }, from: 1900-01-01, to: 1999-12-31 } }", "{ address: e, value: { count: { in: e } } }");

    [Fact]
    public void Two_figures_at_one_address() => IsRefusedInWords("  e: { value: 1 }", "{ address: total, value: e }");

    [Theory]
    [InlineData("{ shift: { of: 2025-01-01, by: 99999 years } }")]
    [InlineData("{ shift: { of: as-of, by: -99999 months } }")]
    [InlineData("{ due: { from: 2025-01-01, within: 500 years } }")]
    [InlineData("{ due: { from: 2025-01-01, within: 100000 workdays } }")]
    [InlineData("{ due: { from: as-of, within: 100000 weeks } }")]
    [InlineData("{ plus: [as-of, 100000 days] }")]
    [InlineData("{ plus: [as-of, 100000 weeks, 100000 weeks] }")]
    [InlineData("{ times: [100000 weeks, 999999999999] }")]
    [InlineData("{ nth: { of: id, k: 99999999999999, facts: payment.made } }")]
    public void What_is_beyond_all_time_is_missing(string value)
    {
        using var sample = new Sample(Sample.Contract.Replace("terms:\n", $"terms:\n  e: {{ value: {value} }}\n", StringComparison.Ordinal).Replace("figures:\n", "figures:\n  - { address: e, value: e }\n", StringComparison.Ordinal));
        var ran = sample.Assess([]);
        ran.Code.ShouldBe(0, ran.Errors);
        ran.Output.ShouldNotStartWith("e\t");
    }

    [Fact]
    public void Sums_beyond_all_money_are_still_exact()
    {
        using var sample = new Sample();
        sample.Assess([Sample.Fact("f1", "payment.made", data: """{"amount":79228162514264337593543950335}"""), Sample.Fact("f2", "payment.made", data: """{"amount":79228162514264337593543950335}"""), Sample.Fact("f3", "payment.made", data: """{"amount":0.01}""")])
            .IsWell().Output.ShouldContain("total\t158456325028528675187087900670.01\n");
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("2/7")]
    public void Numbers_that_double_their_length_again_and_again(string number) =>
        IsRefusedInWords(string.Join("\n", Enumerable.Range(0, 40).Select(n => $"  c{n}: {{ value: {{ times: [c{n + 1}, c{n + 1}] }} }}")) + $"\n  c40: {{ value: {number} }}", "{ address: e, value: c0 }");

    [Fact]
    public void Texts_that_double_their_length_again_and_again() =>
        IsRefusedInWords(string.Join("\n", Enumerable.Range(0, 40).Select(n => $"  c{n}: {{ value: {{ concat: [c{n + 1}, c{n + 1}] }} }}")) + "\n  c40: { value: { text: abc } }", "{ address: e, value: c0 }");

    [Fact]
    public void Types_that_cannot_be_told_do_not_take_for_ever()
    {
        var chain = string.Join("\n", Enumerable.Range(0, 60).Select(n => $"  c{n}: {{ value: {{ least: [c{n + 1}, c{n + 1}] }} }}")) + "\n  c60: { value: { least: [] } }";
        using var sample = new Sample(Sample.Contract.Replace("terms:\n", $"terms:\n{chain}\n", StringComparison.Ordinal));
        sample.Assess([]).Code.ShouldBeOneOf(0, 2);
    }
}

namespace Yueheng.Cli.Tests;

/// <summary>The command that runs the examples of contract folders.</summary>
public class TestTests
{
    private static Sample WithExample(string expect)
    {
        var sample = new Sample();
        sample.Write("examples/one.jsonl", Sample.Fact("f1", "payment.made", data: """{"amount":10}"""), Sample.Fact("f2", "payment.made", data: """{"amount":5}"""));
        sample.Write("examples/one.yaml", "name: 一例", "facts: one.jsonl", "as-of: 2025-02-01T00:00:00+08:00", expect);
        return sample;
    }

    [Theory]
    [InlineData("expect: { duty/DU-1/2025-Q1: pending }")]
    [InlineData("expect: { total: '0.00' }\nabsent: [ clock/K1/INC-1 ]")]
    [InlineData("expect: { total: '0.00', duty/DU-1/2025-Q1: pending, duty/DU-1/2025-Q2: pending, duty/DU-1/2025-Q3: pending, duty/DU-1/2025-Q4: pending }\ncomplete: true")]
    public void An_example_that_holds_passes(string expect)
    {
        using var sample = WithExample(expect);
        var ran = Run("test", sample.Folder).IsWell();
        ran.Output.ShouldStartWith("通过  ");
        ran.Output.ShouldEndWith("\n1 passed, 0 failed\n");
    }

    [Theory]
    [InlineData("expect: { total: '1.00' }", "total：预期 1.00，实为 0.00")]
    [InlineData("expect: { net: '1.00' }", "net：预期 1.00，未公布")]
    [InlineData("absent: [ total ]", "total：不应公布，实为 0.00")]
    [InlineData("expect: { total: '0.00' }\ncomplete: true", "duty/DU-1/2025-Q1：未列入预期，实为 pending")]
    [InlineData("expect: { total: '0.00' }\ncolour: red", "未知的键“colour”")]
    public void An_example_that_does_not_hold_exits_1_and_says_why(string expect, string problem)
    {
        using var sample = WithExample(expect);
        var ran = Run("test", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Output.ShouldStartWith("不符  ");
        ran.Output.ShouldContain(problem);
        ran.Output.ShouldEndWith("\n0 passed, 1 failed\n");
    }

    [Fact]
    public void Facts_may_be_left_out_of_an_example()
    {
        using var sample = new Sample();
        sample.Write("examples/one.jsonl", Sample.Fact("f1", "payment.made", data: """{"amount":10}"""), Sample.Fact("f2", "payment.made", data: """{"amount":5}"""));
        sample.Write("examples/one.yaml", "name: 一例", "facts: [one.jsonl]", "without: f1", "as-of: 2025-04-01T00:00:00+08:00", "expect: { total: '5.00' }");
        Run("test", sample.Folder).IsWell();
    }

    [Theory]
    [InlineData("facts: none.jsonl", "没有事实文件“none.jsonl”")]
    [InlineData("facts: bad.jsonl", "bad.jsonl:1: ")]
    public void An_example_whose_facts_cannot_be_read_fails(string facts, string problem)
    {
        using var sample = new Sample();
        sample.Write("examples/bad.jsonl", "{");
        sample.Write("examples/one.yaml", "name: 一例", facts, "as-of: 2025-04-01T00:00:00+08:00");
        var ran = Run("test", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain(problem);
    }

    [Fact]
    public void A_contract_that_cannot_be_read_counts_as_failed()
    {
        using var sample = new Sample("language: terms/1");
        var ran = Run("test", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Output.ShouldBe("0 passed, 1 failed\n");
    }

    [Fact]
    public void The_examples_of_a_sample_contract_hold() => Run("test", "civil-affairs").IsWell().Output.ShouldEndWith(", 0 failed\n");
}

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

    [Theory]
    [InlineData("without: [f1, f9]", "without 中的“f9”不是这些文件里的事实编号，最相近的是“f1”", "without: [f1, f9]")]
    [InlineData("absent: [clock/K9/INC-1]", "clock/K9/INC-1：没有哪个数值会有这个地址，列在 absent 中检验不了什么", "absent: [clock/K9/INC-1]")]
    [InlineData("expect: {}", "没有 expect 也没有 absent：此示例什么也没有检验", "name: 一例")]
    [InlineData("expect: { total: '0.0' }", "total：预期 0.0，实为 0.00；数按所公布的写法逐字比较", "expect: { total: '0.0' }")]
    [InlineData("expect: { totl: '0.00' }", "totl：预期 0.00，未公布；最相近的是“total”", "expect: { totl: '0.00' }")]
    public void What_tests_nothing_is_told_with_its_line(string wrong, string problem, string line)
    {
        using var sample = WithExample(wrong);
        var ran = RunIn(sample.Folder, "", [], "test", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain(problem);
        ran.Output.ShouldContain(" | " + line + "\n");
    }

    [Fact]
    public void An_instant_that_does_not_exist_is_told_so()
    {
        using var sample = new Sample();
        sample.Write("examples/one.jsonl", "");
        sample.Write("examples/one.yaml", "name: 一例", "facts: one.jsonl", "as-of: 2025-02-30T00:00:00+08:00", "expect: { total: '0.00' }");
        var ran = RunIn(sample.Folder, "", [], "test", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("examples/one.yaml:3:8: as-of“2025-02-30T00:00:00+08:00”不是带时区偏移的时刻：2025 年 2 月只有 28 天");
    }

    [Fact]
    public void Two_rows_under_one_address_are_named_by_their_facts()
    {
        using var sample = new Sample(Sample.Contract.Replace("clock/{term}/{subject}", "clock/{term}", StringComparison.Ordinal));
        var ran = sample.Assess([Sample.Fact("f1", "incident.reported"), Sample.Fact("f2", "incident.reported", subject: "INC-2")]);
        ran.Code.ShouldBe(2);
        ran.Output.ShouldBe("");
        ran.Errors.ShouldContain("地址“clock/K1”有两个数值，来自集合“K1”的两行：事实 f1 与 事实 f2；在地址中加上能区分各行的列");
        ran.Errors.ShouldContain("""24 |   - { address: "clock/{term}", each: K1, value: state }""");
    }

    [Fact]
    public void A_reading_that_changes_the_type_of_a_name_is_found_by_check()
    {
        using var sample = new Sample();
        sample.Write("readings.yaml", "interpretations:", "  I-1:", "    asks: 问", "    reading: 答", "    alternatives: { alt: { label: 另, replaces: { total: { value: { text: 多 } } } } }");
        var ran = RunIn(sample.Folder, "", [], "check", sample.Folder);
        ran.Code.ShouldBe(1);
        ran.Errors.ShouldContain("readings.yaml:5:57: “total”：读法 I-1=alt：读法把“total”由数改成了文本；替换的须是同类，原来是数的仍给数");
    }
}

using System.Text.Json.Nodes;

namespace Yueheng.Cli.Tests;

/// <summary>A refusal shows the line at fault with a caret under the place.</summary>
public class ExcerptTests
{
    [Fact]
    public void The_line_and_a_caret_stand_under_the_message()
    {
        using var sample = new Sample(Sample.Contract.Replace("facts: payment.made", "facts: payment.maid", StringComparison.Ordinal));
        var lines = RunIn(sample.Folder, "", [], "check", sample.Folder).Errors.Split('\n');
        lines[0].ShouldContain("没有列出种类“payment.maid”；是否指“payment.made”");
        lines[1].ShouldStartWith("  21 | ");
        lines[1].ShouldContain("facts: payment.maid");
        lines[2].ShouldMatch(@"^     \| +\^$");
    }

    [Fact]
    public void Json_keeps_the_message_on_one_line()
    {
        using var sample = new Sample(Sample.Contract.Replace("facts: payment.made", "facts: payment.maid", StringComparison.Ordinal));
        var ran = RunIn(sample.Folder, "", [], "check", sample.Folder, "--json");
        ran.Code.ShouldBe(1);
        JsonNode.Parse(ran.Output)![0]!["refusals"]![0]!["message"]!.GetValue<string>().ShouldNotContain('\n');
    }

    [Fact]
    public void Findings_are_written_as_sarif()
    {
        using var sample = new Sample();
        var ran = RunIn(sample.Folder, "", [], "check", sample.Folder, "--sarif").IsWell();
        JsonNode.Parse(ran.Output)!["version"]!.GetValue<string>().ShouldBe("2.1.0");
    }

    private const string Payment = """{"id":"f1","contract":"sample","kind":"payment.made","at":"2025-02-30T09:00:00+08:00","subject":"P1","data":{"amount":"12万元"}}""";

    [Theory]
    [InlineData("facts.jsonl")]
    [InlineData("-")]
    public void A_bad_fact_is_shown_with_caret_and_remedy_from_a_file_and_from_standard_input(string facts)
    {
        using var sample = new Sample();
        sample.Write("facts.jsonl", "", Payment);
        var ran = RunIn(sample.Folder, facts == "-" ? "\n" + Payment : "", [], "assess", sample.Folder, "--facts", facts, "--as-of", "2025-06-30T00:00:00+08:00");
        ran.Code.ShouldBe(2);
        ran.Output.ShouldBe("");
        var name = facts == "-" ? "（标准输入）" : facts;
        ran.Errors.TrimEnd('\n').Split('\n').ShouldBe(
        [
            $"{name}:2: 事实 f1 的 at “2025-02-30T09:00:00+08:00”不是日历上有的日子：2025 年 2 月只有 28 天。",
            "  2 | " + Payment,
            "    | " + new string(' ', Payment.IndexOf("\"2025-02", StringComparison.Ordinal)) + "^",
            $"{name}:2: 事实 f1 的 amount 应是金额（数），写的是文字“12万元”；写作 120000，不加引号。",
            "  2 | " + Payment,
            "    | " + new string(' ', Payment.IndexOf("\"12万元", StringComparison.Ordinal)) + "^",
        ]);
    }

    [Fact]
    public void Garbage_is_shown_without_a_character_that_a_terminal_would_obey()
    {
        using var sample = new Sample();
        File.WriteAllBytes(Path.Combine(sample.Folder, "facts.jsonl"), [0x1b, (byte)'[', (byte)'2', (byte)'J', 0x07, 0xff, 0x00, (byte)'\n', .. Enumerable.Repeat((byte)0x90, 1 << 20)]);
        var ran = RunIn(sample.Folder, "", [], "assess", sample.Folder, "--facts", "facts.jsonl", "--as-of", "2025-06-30T00:00:00+08:00");
        ran.Code.ShouldBe(2);
        ran.Errors.ShouldContain(@"  1 | \u001b[2J\u0007\xff\u0000");
        ran.Errors.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        ran.Errors.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public void Help_tells_what_exit_codes_mean_in_Chinese()
    {
        foreach (var arguments in (string[][])[["--help"], ["assess", "--help"], ["check", "-h"]])
        {
            var help = Run(arguments).IsWell().Output;
            help.ShouldContain("用法：");
            help.ShouldContain("退出码：");
            help.ShouldContain("  2  输入有误");
            help.ShouldNotContain("Show help");
        }
    }

    [Theory]
    [InlineData("缺少命令；--help 列出全部命令")]
    [InlineData("缺少 --facts", "assess", "civil-affairs", "--as-of", "2025-06-30T00:00:00+08:00")]
    [InlineData("命令 duties 缺少参数；yueheng duties --help 列出各参数", "duties")]
    [InlineData("--facts 之后缺少值", "duties", "civil-affairs", "--facts")]
    [InlineData("不认识“--colour”；--help 列出全部命令与选项", "duties", "civil-affairs", "--colour")]
    [InlineData("--seed 的值“x”写法不对", "simulate", "civil-affairs", "--seed", "x")]
    [InlineData("--facts 只能给一个值", "duties", "civil-affairs", "--facts", "a", "--facts", "b")]
    public void A_call_that_makes_no_sense_is_told_so_in_Chinese(string problem, params string[] arguments) => Run(arguments).IsRefused(problem);
}

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
}

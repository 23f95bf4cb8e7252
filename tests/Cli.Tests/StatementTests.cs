using System.Security.Cryptography;
using System.Text;

namespace Yueheng.Cli.Tests;

public class StatementTests
{
    private static readonly string[] Facts = [Sample.Fact("f1", "incident.reported"), Sample.Fact("f2", "incident.resolved", "2025-03-03T11:00:00+08:00")];

    [Fact]
    public void A_statement_is_one_file_and_nothing_on_standard_output()
    {
        using var sample = new Sample();
        sample.Assess(Facts, more: ["--html", "papers/statement.html"]).IsWell().Output.ShouldBe("");
        var html = File.ReadAllText(Path.Combine(sample.Folder, "papers", "statement.html"));
        html.ShouldStartWith("<!DOCTYPE html>");
        html.ShouldContain("本合同不设评分");
        html.ShouldContain("clock/K1/INC-1 = breached");
    }

    [Fact]
    public void A_statement_says_when_its_steps_do_not_lead_to_the_net_amount()
    {
        using var sample = new Sample(Sample.Contract + "\nsummary: { net: total, waterfall: [{ label: 已付, value: 5.00 }] }");
        var ran = sample.Assess(Facts, more: ["--html", "statement.html"]);
        ran.Code.ShouldBe(0);
        ran.Errors.ShouldContain("waterfall 各步合计与净额相差 -5.00 元");
        File.ReadAllText(Path.Combine(sample.Folder, "statement.html")).ShouldContain("class=warn");
    }

    [Fact]
    public void It_is_one_or_the_other()
    {
        using var sample = new Sample();
        sample.Assess(Facts, more: ["--json", "--html", "statement.html"]).IsRefused("--json 与 --html 只能取一");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        using var sample = new Sample();
        sample.Write("taken", "");
        var ran = sample.Assess(Facts, more: ["--html", "taken/statement.html"]);
        ran.Code.ShouldBe(2);
        ran.Errors.ShouldContain("不能写入");
    }

    [Fact]
    public void Facts_from_standard_input_leave_the_same_fingerprint_as_those_of_a_file()
    {
        using var sample = new Sample();
        var bytes = string.Join("\n", Facts) + "\n\n";
        RunIn(sample.Folder, bytes, [], "assess", sample.Folder, "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00", "--html", "statement.html").IsWell();
        var html = File.ReadAllText(Path.Combine(sample.Folder, "statement.html"));
        html.ShouldContain("事实（标准输入）");
        html.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bytes))));
    }
}

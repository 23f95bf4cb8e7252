namespace Yueheng.Cli.Tests;

public class ExplainTests
{
    [Fact]
    public void A_figure_is_explained_down_to_its_facts()
    {
        using var sample = new Sample();
        var facts = sample.Write("facts.jsonl", Sample.Fact("f1", "payment.made", data: """{"amount":10}"""), Sample.Fact("f2", "payment.made", data: """{"amount":5}"""));
        var output = Run("explain", sample.Folder, "--facts", facts, "--as-of", "2025-06-30T00:00:00+08:00", "total").IsWell().Output;
        output.ShouldStartWith("total = 15.00\n");
        foreach (var mentioned in new[] { "已付", "c1", "f1", "f2" }) output.ShouldContain(mentioned);
    }

    [Fact]
    public void A_figure_that_is_not_listed_is_refused_with_those_that_are_near()
    {
        using var sample = new Sample();
        Run("explain", sample.Folder, "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00", "DU-1").IsRefused("DU-1: 此时没有公布这个地址的数值；相近的有：duty/DU-1/2025-Q1、duty/DU-1/2025-Q2、duty/DU-1/2025-Q3、duty/DU-1/2025-Q4");
    }
}

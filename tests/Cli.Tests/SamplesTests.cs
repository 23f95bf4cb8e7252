namespace Yueheng.Cli.Tests;

public class SamplesTests
{
    [Fact]
    public void The_sample_year_of_every_contract_is_judged_and_one_figure_explained()
    {
        var output = Run("samples").IsWell().Output;
        foreach (var contract in Directory.GetFiles(Repository.Contracts, "sample.jsonl", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file))!)) output.ShouldContain(contract);
        output.ShouldContain("※ 条款 ");
    }
}

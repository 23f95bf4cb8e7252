namespace Yueheng.Cli.Tests;

public class CheckTests
{
    [Fact]
    public void Every_sample_contract_can_be_judged()
    {
        var ran = Run("check").IsWell();
        foreach (var contract in Directory.GetFiles(Repository.Contracts, "contract.yaml", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)))) ran.Output.ShouldContain($"{contract}：可以评判\n");
    }

    [Fact]
    public void A_contract_that_cannot_be_judged_exits_1_and_the_others_are_still_checked()
    {
        using var bad = new Sample(Sample.Contract.Replace("facts: payment.made", "facts: payment.maid", StringComparison.Ordinal));
        using var good = new Sample();
        var ran = RunIn(bad.Folder, "", [], "check", bad.Folder, good.Folder);
        ran.Code.ShouldBe(1);
        ran.Errors.ShouldContain("contract.yaml:21:");
        ran.Errors.ShouldContain("“total”：facts 一节没有列出种类“payment.maid”");
        ran.Output.ShouldContain("sample：可以评判\n");
    }
}

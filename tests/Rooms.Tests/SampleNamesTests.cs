namespace Yueheng.Rooms.Tests;

public class SampleNamesTests
{
    [Fact]
    public void No_code_names_a_sample_contract_or_its_parties() => SampleNames.Findings(Repository.Root).ShouldBeEmpty();

    [Fact]
    public void Code_that_names_one_is_found_out() =>
        SampleNames.Findings(Repository.WrongTree).ShouldBe(
        [
            "src/Statements/Prices.cs: names lighthouse-keeping",
            "src/Statements/Prices.cs: names 东海灯塔管理处",
        ]);
}

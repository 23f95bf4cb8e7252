using Yueheng.Contracts.Simulation;
using Yueheng.Contracts.Simulation.Outlooks;

namespace Yueheng.Contracts.Tests.Simulation;

public class OutlookTests
{
    private const int Years = 12;

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    private static Outlook Of(string contract, Grade grade) => Outlook.Over(contract, SamplePacks.Read(contract).Contract, grade, 1, Years);

    [Theory, MemberData(nameof(Contracts))]
    public void The_better_the_service_the_better_the_score_and_the_smaller_the_damages(string contract)
    {
        var (good, fair, poor) = (Of(contract, Grade.Good), Of(contract, Grade.Fair), Of(contract, Grade.Poor));
        if (good.Score is not null)
        {
            good.Score.Mean.ShouldBeGreaterThan(fair.Score!.Mean);
            fair.Score.Mean.ShouldBeGreaterThan(poor.Score!.Mean);
        }
        good.Damages!.Mean.ShouldBeLessThanOrEqualTo(fair.Damages!.Mean);
        fair.Damages.Mean.ShouldBeLessThan(poor.Damages!.Mean);
    }

    [Fact]
    public void An_outlook_does_not_depend_on_which_thread_judged_which_year()
    {
        var contract = SamplePacks.Names[0];
        var (one, two) = (Of(contract, Grade.Fair), Of(contract, Grade.Fair));
        one.Net.ShouldBe(two.Net);
        one.Charges.ShouldBe(two.Charges);
    }

    [Fact]
    public void Percentiles_are_values_that_occurred()
    {
        var lie = Distribution.Of([5m, 1m, 4m, 2m, 3m, 10m, 6m, 7m, 8m, 9m])!;
        (lie.Mean, lie.Median, lie.Tenth, lie.Ninetieth, lie.Smallest, lie.Largest).ShouldBe((5.5m, 5m, 1m, 9m, 1m, 10m));
    }

    [Fact]
    public void Of_no_values_there_is_no_distribution() => Distribution.Of([]).ShouldBeNull();
}

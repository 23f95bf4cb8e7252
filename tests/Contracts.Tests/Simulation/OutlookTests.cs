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

    /// <summary>About what the sample year comes to: 357,961 and 316,000 yuan.</summary>
    [Theory]
    [InlineData("water-quality-station", 350_000, 700_000)]
    [InlineData("leased-line", 250_000, 500_000)]
    public void What_is_taken_and_what_is_let_by_the_month_stay_small_beside_the_whole(string contract, int least, int most)
    {
        var payable = Of(contract, Grade.Good).Payable!;
        payable.Smallest.ShouldBeGreaterThan(least);
        payable.Largest.ShouldBeLessThan(most);
    }

    // A figure a complaint with the same address for all: two complaints in a year are one too many.
    private const string Brittle = """
        language: terms/1
        contract: { name: 甲, parties: { buyer: 乙 }, signed: 2025-01-01, term: { from: 2025-01-01, through: 2025-12-31 }, calendar: cn-government }
        facts: { complaint.received: {} }
        terms:
          complaints: { facts: complaint.received, with: { one: { value: 1 }, all: { text: all } } }
          net: { value: { minus: [1000, { sum: { of: one, in: complaints } }] } }
        figures:
          - { address: "complaint/{all}", each: complaints, value: one }
        summary: { net: net }
        """;

    [Fact]
    public void A_year_that_cannot_be_judged_is_counted_with_its_seed_and_the_others_stand()
    {
        using var folder = new TemporaryFolder();
        folder.Write("contract.yaml", Brittle);
        var (pack, refusals) = SamplePacks.Reader.Read(folder.Path, false);
        refusals.ShouldBeEmpty();
        var outlook = Outlook.Over("brittle", pack!.Contract, Grade.Fair, 1, 60);
        outlook.Unjudged.ShouldNotBeEmpty();
        outlook.Unjudged.ShouldAllBe(year => year.Seed >= 1 && year.Seed <= 60 && year.Message.Contains("“complaint/all”"));
        outlook.Net!.Count.ShouldBe(60 - outlook.Unjudged.Count);
        outlook.Years.ShouldBe(outlook.Net.Count);
        Should.Throw<Yueheng.Terms.CannotJudgeException>(() => Outlook.Over("brittle", pack.Contract, Grade.Fair, outlook.Unjudged[0].Seed, 1)).Message.ShouldContain($"种子 {outlook.Unjudged[0].Seed}");
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

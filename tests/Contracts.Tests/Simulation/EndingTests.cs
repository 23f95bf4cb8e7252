using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Simulation;

/// <summary>Only poor service ends a contract early, and only in its last month.</summary>
public class EndingTests
{
    private const int PoorYears = 48;

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    private static IReadOnlyList<SimulatedFact> Endings(string contract, Grade grade, int years)
    {
        var simulator = SimulationTests.Of(contract);
        return [.. Enumerable.Range(1, years).SelectMany(seed => simulator.Year(seed, grade).Facts).Where(fact => Ends(simulator.Wordings, fact))];
    }

    private static bool Ends(Wordings wordings, SimulatedFact fact) =>
        wordings.Ends(fact.Kind) || wordings.EndingWords.Any(ending => ending.Kind == fact.Kind && fact.Data.Any(field => field.Key == ending.Column && field.Value.ToString() == ending.Word));

    [Theory, MemberData(nameof(Contracts))]
    public void Good_and_fair_years_run_to_the_end_of_the_term(string contract)
    {
        Endings(contract, Grade.Good, 12).ShouldBeEmpty();
        Endings(contract, Grade.Fair, 12).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Contracts))]
    public void A_poor_year_may_end_in_the_last_month_of_the_term(string contract)
    {
        var pack = SamplePacks.Read(contract).Contract;
        var wordings = SimulationTests.Of(contract).Wordings;
        var endings = Endings(contract, Grade.Poor, PoorYears);
        endings.ShouldAllBe(fact => fact.At >= pack.TermTo - 30 * ChinaTime.Day && fact.At < pack.TermTo);
        // Every way to end it is taken in one year or another, and in most years none.
        endings.Select(fact => fact.Kind).Distinct().Order(StringComparer.Ordinal).ShouldBe(wordings.EndingKinds.Order(StringComparer.Ordinal));
        endings.Count(fact => fact.Kind == "contract.terminated").ShouldBeLessThan(PoorYears / 3);
    }

    [Fact]
    public void Contracts_that_read_their_own_end_are_among_the_samples() =>
        SamplePacks.Names.Count(name => SimulationTests.Of(name).Wordings.EndingKinds.Any()).ShouldBeGreaterThan(2);

    [Theory, MemberData(nameof(Contracts))]
    public void A_year_that_ends_early_can_be_judged(string contract)
    {
        var simulator = SimulationTests.Of(contract);
        if (!simulator.Wordings.EndingKinds.Any()) return;
        var ended = Enumerable.Range(1, PoorYears).Select(seed => simulator.Year(seed, Grade.Poor)).First(year => year.Facts.Any(fact => simulator.Wordings.Ends(fact.Kind)));
        Judge.Contract(SamplePacks.Read(contract).Contract, ended.ToFactSet(), ended.AsOf).ByAddress().ShouldNotBeEmpty();
        // What happens of itself has ended with it.
        var end = ended.Facts.Last(fact => simulator.Wordings.Ends(fact.Kind)).At;
        ended.Facts.Where(fact => fact.Kind is "incident.reported" or "request.made" && fact.At > end + ChinaTime.Day).ShouldBeEmpty();
    }
}

using Yueheng.Contracts.Simulation;
using Yueheng.Facts;

namespace Yueheng.Contracts.Tests.Simulation;

/// <summary>Kinds and fields that nobody here has heard of: what the contract compares them with says what they hold.</summary>
public class StrangersFieldsTests
{
    private const string Canteen = """
        language: terms/1
        contract: { name: 食堂, parties: { buyer: 甲 }, signed: 2025-03-20, term: { from: 2025-04-01, through: 2026-03-31 }, calendar: cn-government }
        facts:
          window.opened: { resource: text, grade: text }
          window.closed: { resource: text }
          meal.late: { minutes: amount }
          rating.given: { score: amount }
          deliverable.submitted: { deliverable: text, period: text }
          payment.made: { instalment: text, amount: amount }
        terms:
          late-from: { value: 15 }
          months: { periods: { each: month }, where: { of: to, at-most: as-of } }
          use: { spells: { of: { facts: [window.opened, window.closed] }, by: [resource], opens: { is: { kind: window.opened } }, closes: { is: { kind: window.closed } } } }
          charges:
            pairs: { of: months, with: use, where: { of: from, less-than: this.to }, take: { grade: grade, opened: from } }
            with: { price: { choose: [{ when: { is: { grade: A } }, is: 18600 }, { when: { is: { grade: B } }, is: 12400 }] } }
          lates: { facts: meal.late, with: { credit: { choose: [{ when: { of: minutes, more-than: 30 }, is: 1500 }, { when: { of: minutes, more-than: late-from }, is: 500 }, { otherwise: 0 }] } } }
          scores: { from: months, with: { score: { last: { of: score, facts: rating.given, where: [{ of: at, at-least: this.from }, { of: at, less-than: this.to }] } } } }
          share: { value: { bands: { of: { mean: { of: score, in: scores } }, rows: [{ at-least: 90, is: 100% }], otherwise: 0 } } }
          bad: { runs: { of: scores, order: [number], while: { of: score, less-than: 80 } } }
          menu: { duty: { of: { periods: { each: month } }, due: { due: { from: first, within: -1 workdays } }, done: { facts: deliverable.submitted, on: { deliverable: { text: menu }, period: period } } } }
          bond: { security: { required: 50000.00, lodged: { facts: payment.made, on: { instalment: { text: bond } } } } }
        figures:
          - { address: price, value: { sum: { of: price, in: charges } } }
          - { address: credit, value: { sum: { of: credit, in: lates } } }
          - { address: share, value: share }
          - { address: "bad/{number}", each: bad, value: place }
        """;

    private static readonly Lazy<Simulator> Simulator = new(() =>
    {
        using var folder = new TemporaryFolder();
        folder.Write("contract.yaml", Canteen);
        var (pack, refusals) = SamplePacks.Reader.Read(folder.Path, false);
        refusals.ShouldBeEmpty();
        return new Simulator("canteen", pack!.Contract);
    });

    private static List<SimulatedFact> Facts(string kind, Grade grade = Grade.Fair, int years = 12) =>
        [.. Enumerable.Range(1, years).SelectMany(seed => Simulator.Value.Year(seed, grade).Facts).Where(fact => fact.Kind == kind)];

    private static decimal Number(SimulatedFact fact, string field) => Numbers.Round(fact.Data.Single(each => each.Key == field).Value, 6);

    [Fact]
    public void Words_are_those_that_the_contract_looks_for_behind_spells_and_pairs() =>
        Facts("window.opened").Select(fact => fact.Data.Single(each => each.Key == "grade").Value.ToString()).Distinct().Order().ShouldBe(["A", "B"]);

    [Fact]
    public void What_is_measured_lies_about_the_edges_that_it_is_measured_by()
    {
        var minutes = Facts("meal.late").Select(fact => Number(fact, "minutes")).ToList();
        minutes.ShouldAllBe(value => value >= 0 && value <= 60);
        minutes.ShouldContain(value => value <= 15);
        minutes.ShouldContain(value => value > 15 && value <= 30);
    }

    [Fact]
    public void Scores_end_at_their_maximum_and_fall_with_the_service()
    {
        decimal Mean(Grade grade) => Facts("rating.given", grade).Average(fact => Number(fact, "score"));
        Facts("rating.given").ShouldAllBe(fact => Number(fact, "score") >= 50 && Number(fact, "score") <= 100);
        Mean(Grade.Good).ShouldBeGreaterThan(Mean(Grade.Fair));
        Mean(Grade.Fair).ShouldBeGreaterThan(Mean(Grade.Poor));
    }

    [Fact]
    public void What_each_month_asks_for_comes_each_month() =>
        Facts("rating.given", years: 1).Select(fact => ChinaTime.ToLocalDate(ChinaTime.DayOf(fact.At)).Month).Distinct().Count().ShouldBe(12);

    [Fact]
    public void A_security_that_is_paid_in_is_paid_in() =>
        Facts("payment.made").ShouldAllBe(fact => Number(fact, "amount") == 50000m);

    [Fact]
    public void A_paper_owed_before_its_month_is_handed_in_at_office_hours()
    {
        var menus = Facts("deliverable.submitted");
        menus.Count.ShouldBeGreaterThan(100);
        menus.ShouldAllBe(fact => ChinaTime.TimeOfDay(fact.At) >= 8 * ChinaTime.Hour && ChinaTime.TimeOfDay(fact.At) <= 18 * ChinaTime.Hour);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Yueheng.Contracts.Tests.Cases;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Laws;

/// <summary>What holds of every sample contract whatever happens. The long form (YUEHENG_SOAK=1) tries more facts, others each time.</summary>
public class LawTests
{
    private const int MostFacts = 60;
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("YUEHENG_SOAK") == "1";

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    private static void Holds<T>(Gen<T> of, Action<T> law, int times = 40)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(IsSoak ? times * 50 : times);
        Check.One(IsSoak ? config : config.WithReplay(20250303, 7), Prop.ForAll(Arb.From(of), law));
    }

    /// <summary>Laws that hold because nothing ever happens would prove nothing.</summary>
    [Theory]
    [MemberData(nameof(Contracts))]
    public void Random_facts_reach_into_every_corner_of_a_contract(string contract)
    {
        var pool = FactPool.Of(contract);
        var values = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        Holds(pool.Facts(MostFacts * 3), Note);
        // Random payments seldom meet their bills to the cent: whether such a duty can be kept, the sample year shows.
        if (!RecordedCase.Contracts.Contains(contract)) Note(File.ReadAllLines(Path.Combine(Repository.Contracts, contract, "sample.jsonl")));
        values.Where(figure => figure.Key.StartsWith("clock/", StringComparison.Ordinal)).SelectMany(figure => figure.Value).ShouldBeSupersetOf("kept", "breached");
        values.Where(figure => figure.Key.StartsWith("duty/", StringComparison.Ordinal)).SelectMany(figure => figure.Value).ShouldBeSupersetOf("kept", "late", "missing");
        values["damages/total"].Count.ShouldBeGreaterThan(3);
        values["net"].Count.ShouldBeGreaterThan(5);

        void Note(string[] facts)
        {
            foreach (var (address, figure) in Watched.Of(contract).Judge(facts, pool.Last))
                (values.TryGetValue(string.Join('/', address.Split('/').Take(2)), out var seen) ? seen : values[string.Join('/', address.Split('/').Take(2))] = []).Add(figure.Text);
        }
    }

    private static string Shown(IReadOnlyDictionary<string, Figure> figures, params string[] without) =>
        string.Join("\n", figures.Where(figure => !figure.Key.StartsWith("law/", StringComparison.Ordinal) && !without.Any(id => figure.Key.Contains(id, StringComparison.Ordinal)))
            .OrderBy(figure => figure.Key, StringComparer.Ordinal).Select(figure => $"{figure.Key} = {figure.Value.Text}"));

    [Theory]
    [MemberData(nameof(Contracts))]
    public void The_order_of_facts_does_not_matter_nor_do_duplicates(string contract)
    {
        var pool = FactPool.Of(contract);
        Holds(from facts in pool.Facts(MostFacts) from shuffled in Gen.Shuffle(facts) from again in Gen.Choose(0, facts.Length) from asOf in pool.Instants() select (facts, shuffled, again, asOf), given =>
            Shown(Watched.Of(contract).Judge(given.shuffled.Concat(given.facts.Take(given.again)), given.asOf)).ShouldBe(Shown(Watched.Of(contract).Judge(given.facts, given.asOf))));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_retraction_is_as_if_neither_it_nor_the_fact_were_there(string contract)
    {
        var pool = FactPool.Of(contract);
        Holds(from facts in pool.Facts(MostFacts).Where(facts => facts.Length > 0) from which in Gen.Choose(0, facts.Length - 1) from asOf in pool.Instants() from earlier in Gen.Choose(0, 400) select (facts, which, asOf, earlier), given =>
        {
            var retracted = given.facts[given.which];
            var id = retracted.Split('"')[3];
            var retraction = FactPool.Retraction(contract, "taken-back", id, given.asOf - given.earlier * ChinaTime.Day);
            // The id that a figure's address may hold is made unmistakable: f1 is part of f12.
            var renamed = retracted.Replace($"\"id\":\"{id}\"", "\"id\":\"the-one\"", StringComparison.Ordinal);
            var others = given.facts.Where(fact => fact != retracted).ToList();
            Shown(Watched.Of(contract).Judge([.. others, renamed, retraction.Replace($"\"fact\":\"{id}\"", "\"fact\":\"the-one\"", StringComparison.Ordinal)], given.asOf), "the-one", "taken-back")
                .ShouldBe(Shown(Watched.Of(contract).Judge(others, given.asOf)));
        });
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void A_later_moment_loses_no_fact_but_those_taken_back(string contract)
    {
        var pool = FactPool.Of(contract);
        Holds(from facts in pool.Facts(MostFacts).Where(facts => facts.Length > 0) from asOf in pool.Instants() from later in Gen.Choose(0, 300) from which in Gen.Choose(0, facts.Length - 1) from at in pool.Instants() select (facts, asOf, later: asOf + later * ChinaTime.Day, which, at), given =>
        {
            var id = given.facts[given.which].Split('"')[3];
            string[] facts = [.. given.facts, FactPool.Retraction(contract, "taken-back", id, given.at)];
            string[] before = Visible(contract, facts, given.asOf), after = Visible(contract, facts, given.later);
            before.Except(after).ShouldBe(given.at > given.asOf && given.at <= given.later && before.Contains(id) ? [id] : []);
        });
    }

    private static string[] Visible(string contract, string[] facts, long asOf) => Watched.Of(contract).Judge(facts, asOf)["law/visible"].Value.List;

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Items_stay_within_their_points_and_damages_within_their_caps(string contract)
    {
        var (pool, watched) = (FactPool.Of(contract), Watched.Of(contract));
        Holds(from facts in pool.Facts(MostFacts * 3) from asOf in Gen.OneOf(pool.Instants(), Gen.Constant(pool.Last)) select (facts, asOf), given =>
        {
            var figures = watched.Judge(given.facts, given.asOf);
            foreach (var (card, item, syntax) in watched.Items.Where(item => item.Syntax.Override is null))
            {
                if (!figures.TryGetValue($"law/{card}/{item}/score", out var score) || !figures.TryGetValue($"law/{card}/{item}/points", out var points)) continue;
                score.Value.ShouldBeAtLeast(Value.Of(0m), $"{card}/{item}");
                score.Value.ShouldBeAtMost(syntax.Bonus == "beyond" ? Numbers.Add(points.Value, figures[$"law/{card}/{item}/bonuses"].Value) : points.Value, $"{card}/{item}");
            }
            foreach (var term in watched.Capped)
                if (figures.TryGetValue($"law/damages/{term}", out var damages) && figures.TryGetValue($"law/cap/{term}", out var cap))
                    damages.Value.ShouldBeAtMost(Numbers.RoundTo(cap.Value, 0.01m), term);
            foreach (var (address, amount) in figures.Where(figure => figure.Key.StartsWith("law/amount/", StringComparison.Ordinal)))
            {
                amount.Value.ShouldBeAtLeast(Value.Of(0m), address);
                Numbers.RoundTo(amount.Value, 0.01m).ShouldBe(amount.Value, address);
            }
        }, times: 25);
    }
}

file static class Ordered
{
    public static void ShouldBeSupersetOf(this IEnumerable<string> values, params string[] wanted) => wanted.Except(values).ShouldBeEmpty();
    public static void ShouldBeAtLeast(this Value value, Value least, string of) => (Value.Compare(value, least) >= 0).ShouldBeTrue($"{of}: {value} is below {least}");
    public static void ShouldBeAtMost(this Value value, Value most, string of) => (Value.Compare(value, most) <= 0).ShouldBeTrue($"{of}: {value} is above {most}");
}

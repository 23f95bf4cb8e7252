using System.Buffers;
using System.Collections.Concurrent;
using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Simulation;

public class SimulationTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Simulator>> Simulators = new(StringComparer.Ordinal);

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    internal static Simulator Of(string contract) => Simulators.GetOrAdd(contract, name => new Lazy<Simulator>(() => new Simulator(name, SamplePacks.Read(name).Contract))).Value;

    private static byte[] Bytes(SimulatedYear year)
    {
        var output = new ArrayBufferWriter<byte>();
        year.Write(output);
        return output.WrittenSpan.ToArray();
    }

    [Theory, MemberData(nameof(Contracts))]
    public void The_same_seed_gives_the_same_bytes(string contract)
    {
        var again = new Simulator(contract, SamplePacks.Read(contract).Contract);
        Bytes(again.Year(7, Grade.Fair)).ShouldBe(Bytes(Of(contract).Year(7, Grade.Fair)));
    }

    [Theory, MemberData(nameof(Contracts))]
    public void Another_seed_gives_another_year(string contract) =>
        Bytes(Of(contract).Year(8, Grade.Fair)).ShouldNotBe(Bytes(Of(contract).Year(7, Grade.Fair)));

    [Theory, MemberData(nameof(Contracts))]
    public void Every_line_is_accepted_and_the_year_is_judged_without_fault(string contract)
    {
        var pack = SamplePacks.Read(contract);
        foreach (var grade in Enum.GetValues<Grade>())
            for (var seed = 1; seed <= 3; seed++)
            {
                var year = Of(contract).Year(seed, grade);
                using var stream = new MemoryStream(Bytes(year));
                var reading = FactReader.Read(stream, "simulated.jsonl", contract, pack.Contract.Vocabulary);
                reading.Faults.ShouldBeEmpty();
                var read = Figures(Judge.Contract(pack.Contract, reading.Facts!, year.AsOf));
                read.ShouldNotBeEmpty();
                // What was written and read back is what was made up.
                read.ShouldBe(Figures(Judge.Contract(pack.Contract, year.ToFactSet(), year.AsOf)));
            }
    }

    private static Dictionary<string, string> Figures(Judgement judgement) => judgement.ByAddress().ToDictionary(figure => figure.Key, figure => figure.Value.Text);

    [Theory, MemberData(nameof(Contracts))]
    public void Facts_come_in_the_order_in_which_they_are_judged(string contract)
    {
        var facts = Of(contract).Year(2, Grade.Poor).Facts;
        facts.ShouldBe([.. facts.OrderBy(fact => fact.At).ThenBy(fact => fact.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Everything that a contract reads happens in one year or another; how it ends is told in <see cref="EndingTests"/>.</summary>
    [Theory, MemberData(nameof(Contracts))]
    public void Over_some_poor_years_every_kind_that_the_contract_reads_appears(string contract)
    {
        var simulator = Of(contract);
        var seen = Enumerable.Range(1, 16).SelectMany(seed => simulator.Year(seed, Grade.Poor).Facts).Select(fact => fact.Kind).ToHashSet();
        SamplePacks.Read(contract).Contract.Syntax.Facts.Keys
            .Where(kind => kind != "any" && !seen.Contains(kind) && !simulator.Wordings.Ends(kind))
            .ShouldBeEmpty();
    }

}

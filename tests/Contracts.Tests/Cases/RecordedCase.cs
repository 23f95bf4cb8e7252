using System.Globalization;
using System.Text;
using System.Text.Json;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Cases;

/// <summary>A recorded case: facts of a sample contract, and every figure that was computed from them without this program.</summary>
internal sealed record RecordedCase(string Contract, IReadOnlyList<string> Lines, long AsOf, IReadOnlyDictionary<string, string> Figures)
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Cases");

    /// <summary>The names of all cases: contract/number.</summary>
    public static IEnumerable<string> All() => Directory.GetFiles(Folder, "*.facts.jsonl", SearchOption.AllDirectories)
        .Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)[..^".facts.jsonl".Length]}")
        .Order(StringComparer.Ordinal);

    /// <summary>The contracts that have recorded cases.</summary>
    public static IReadOnlyList<string> Contracts { get; } = [.. All().Select(name => name.Split('/')[0]).Distinct()];

    public static RecordedCase Read(string name)
    {
        var stem = Path.Combine(Folder, name);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(stem + ".json"));
        return new RecordedCase(
            name.Split('/')[0],
            File.ReadAllLines(stem + ".facts.jsonl"),
            IsoTime.Parse(expected.RootElement.GetProperty("asOf").GetString()!),
            expected.RootElement.GetProperty("figures").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetString()!, StringComparer.Ordinal));
    }

    public Judgement Judge() => Judge(Lines, null);

    private Judgement Judge(IEnumerable<string> lines, Pack? by)
    {
        var pack = by ?? SamplePacks.Read(Contract);
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "facts.jsonl", pack.Id, pack.Contract.Vocabulary);
        reading.Faults.ShouldBeEmpty();
        return Terms.Judge.Contract(pack.Contract, reading.Facts!, AsOf);
    }

    /// <summary>Judges these lines and compares every figure, none more, none less; the first that differ are named.</summary>
    public void Holds(IEnumerable<string> lines, Pack? by = null)
    {
        var figures = Judge(lines, by).ByAddress().ToDictionary(figure => figure.Key, figure => figure.Value.Text, StringComparer.Ordinal);
        var differences = Figures.Keys.Union(figures.Keys).Order(StringComparer.Ordinal)
            .Where(address => Figures.GetValueOrDefault(address) != figures.GetValueOrDefault(address))
            .Select(address => $"{address}: {Figures.GetValueOrDefault(address, "not listed")}, not {figures.GetValueOrDefault(address, "nothing")}").ToList();
        differences.Count.ShouldBe(0, string.Create(CultureInfo.InvariantCulture, $"{differences.Count} of {Figures.Count} figures differ:\n{string.Join("\n", differences.Take(10))}"));
    }
}

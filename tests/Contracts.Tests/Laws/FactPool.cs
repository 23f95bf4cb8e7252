using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Yueheng.Contracts.Tests.Cases;
using Yueheng.Facts;

namespace Yueheng.Contracts.Tests.Laws;

/// <summary>
/// Makes random facts of a sample contract by its vocabulary. Subjects and values are those that occur in its recorded cases or examples, so that random facts
/// meet each other and mean something; kinds, fields and instants are free.
/// </summary>
internal sealed class FactPool
{
    private static readonly ConcurrentDictionary<string, FactPool> Pools = new(StringComparer.Ordinal);

    public static FactPool Of(string contract) => Pools.GetOrAdd(contract, contract => new FactPool(contract));

    private readonly string _contract;
    private readonly Dictionary<string, SortedSet<string>> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Field), SortedSet<string>> _values = [];
    private readonly List<long> _instants = [];

    private FactPool(string contract)
    {
        _contract = contract;
        foreach (var line in Lines(contract))
        {
            var fact = JsonNode.Parse(line)!;
            var kind = (string)fact["kind"]!;
            (_subjects.TryGetValue(kind, out var subjects) ? subjects : _subjects[kind] = new(StringComparer.Ordinal)).Add((string)fact["subject"]!);
            _instants.Add(IsoTime.Parse((string)fact["at"]!));
            foreach (var (field, value) in fact["data"] as JsonObject ?? [])
                (_values.TryGetValue((kind, field), out var values) ? values : _values[(kind, field)] = new(StringComparer.Ordinal)).Add(value?.ToJsonString() ?? "null");
        }
        _instants.Sort();
    }

    // A contract without recorded cases has its examples and its sample year.
    private static IEnumerable<string> Lines(string contract) =>
        RecordedCase.Contracts.Contains(contract)
            ? RecordedCase.All().Where(name => name.StartsWith(contract + "/", StringComparison.Ordinal)).SelectMany(name => RecordedCase.Read(name).Lines)
            : Directory.GetFiles(Path.Combine(Repository.Contracts, contract), "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Length > 0);

    /// <summary>Sets of up to <paramref name="most"/> facts that the contract accepts, with ids f0, f1 …</summary>
    public Gen<string[]> Facts(int most) =>
        from count in Gen.Choose(1, most)
        from facts in One().ArrayOf(count)
        select Accepted([.. facts.Select((fact, number) => fact.Replace("\"id\":\"\"", $"\"id\":\"f{number}\"", StringComparison.Ordinal))]);

    /// <summary>An instant among those at which something happened, or close to one.</summary>
    public Gen<long> Instants() =>
        from instant in Gen.Elements(_instants.ToArray())
        from seconds in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(-7_200, 7_200)), (1, Gen.Choose(-2_000_000, 2_000_000)))
        select instant + seconds * ChinaTime.Second;

    public long Last => _instants[^1];

    private Gen<string> One()
    {
        var vocabulary = SamplePacks.Read(_contract).Contract.Vocabulary;
        string[] kinds = [.. Enumerable.Range(0, vocabulary.KindCount).Select(vocabulary.KindName).Where(kind => kind != Vocabulary.Retraction && _subjects.ContainsKey(kind))];
        return
            from kind in Gen.Frequency((40, Gen.Elements(kinds)), (1, Gen.Constant("weather.changed")))
            from subject in Gen.Elements(_subjects.TryGetValue(kind, out var subjects) ? [.. subjects] : new[] { "S-1" })
            from at in Instants()
            from data in Data(kind)
            select $$"""{"id":"","contract":"{{_contract}}","kind":"{{kind}}","at":"{{ChinaTime.Write(at)}}","subject":{{JsonSerializer.Serialize(subject)}},"data":{{data}}}""";
    }

    private Gen<string> Data(string kind) => FieldsOf(kind)
        .Aggregate(Gen.Constant<IEnumerable<string>>([]), (made, field) => from before in made from value in Value(kind, field) select value is null ? before : before.Append($"{JsonSerializer.Serialize(field)}:{value}"))
        .Select(fields => "{" + string.Join(",", fields) + "}");

    // The keys inside data that the contract reads, of the kind and of any.
    private IEnumerable<string> FieldsOf(string kind) => new[] { kind, "any" }
        .SelectMany(name => SamplePacks.Read(_contract).Contract.Syntax.Facts.GetValueOrDefault(name)?.Select(field => field.Value.Field ?? field.Key) ?? []).Distinct();

    private Gen<string?> Value(string kind, string field) => _values.TryGetValue((kind, field), out var values)
        ? Gen.Frequency((8, Gen.Elements<string?>([.. values])), (1, Gen.Constant<string?>(null)))
        : Gen.Constant<string?>(null);

    // What the contract refuses (an amount left out, a beginning after its end) is no fact of it.
    private string[] Accepted(string[] lines)
    {
        var faults = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "facts", _contract, SamplePacks.Read(_contract).Contract.Vocabulary).Faults.Select(fault => fault.Line).ToHashSet();
        return [.. lines.Where((_, index) => !faults.Contains(index + 1))];
    }

    public static string Retraction(string contract, string id, string fact, long at) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","contract":"{{contract}}","kind":"fact.retracted","at":"{{ChinaTime.Write(at)}}","subject":"{{fact}}","data":{"fact":"{{fact}}"} }""");
}

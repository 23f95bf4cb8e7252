using System.Text;
using System.Text.Json;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Yaml;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Examples;

/// <summary>An example of a contract folder: facts, an instant, and what both sides expect of them.</summary>
[Doc("示例：给定事实与时刻，双方所预期的数值")]
public sealed class ExampleSyntax : Syntax
{
    [Doc("名称")] public required string Name { get; init; }
    [OneOrMany, Doc("事实文件，在示例之旁")] public required IReadOnlyList<string> Facts { get; init; }
    [OneOrMany, Doc("不取的事实编号")] public IReadOnlyList<string>? Without { get; init; }
    [Spelled(Spelling.Instant), Doc("判定时刻")] public required string AsOf { get; init; }
    [OneOrMany, Doc("改用的其他读法，如 I-15=alt-b")] public IReadOnlyList<string>? Readings { get; init; }
    [Doc("预期的数值")] public IReadOnlyDictionary<string, string>? Expect { get; init; }
    [OneOrMany, Doc("不应公布的地址")] public IReadOnlyList<string>? Absent { get; init; }
    [Words("true", "false"), Doc("true：除所列外不得公布其他")] public string? Complete { get; init; }
}

/// <summary>What came of running an example.</summary>
/// <param name="Problems">Empty when it holds.</param>
public sealed record ExampleResult(string File, string Name, IReadOnlyList<string> Problems);

/// <summary>Runs the examples of a contract folder; the same for CI and for a customer.</summary>
public static class ExampleRunner
{
    /// <param name="reader">Reads the pack again for an example that takes other readings.</param>
    public static IEnumerable<ExampleResult> Run(Pack pack, PackReader reader)
    {
        var folder = Path.Combine(pack.Folder, "examples");
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            yield return Run(pack, reader, file);
    }

    private static ExampleResult Run(Pack pack, PackReader reader, string file)
    {
        var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), file);
        var refusals = new List<Refusal>();
        var example = YamlFile.Read(file, shown, refusals) is { } node ? new Binder(refusals).Bind<ExampleSyntax>(node) : null;
        if (example is null || refusals.Count > 0) return new(shown, Path.GetFileNameWithoutExtension(file), [.. refusals.Select(refusal => refusal.ToString())]);
        if (!IsoTime.TryParse(example.AsOf, out var asOf)) return new(shown, example.Name, [$"as-of“{example.AsOf}”不是带时区偏移的时刻"]);
        if (example.Readings is { Count: > 0 } readings)
        {
            var chosen = readings.Select(Reading.Parse).ToList();
            if (chosen.Contains(null)) return new(shown, example.Name, ["readings 应写作 I-15=alt-b"]);
            var (other, refused) = reader.Read(pack.Folder, true, [.. chosen.OfType<Reading>()]);
            if (other is null) return new(shown, example.Name, [.. refused.Select(refusal => refusal.ToString())]);
            pack = other;
        }
        var reading = ReadFacts(pack, Path.GetDirectoryName(file)!, example, out var missing);
        if (missing is not null) return new(shown, example.Name, [missing]);
        if (reading!.Facts is not { } facts) return new(shown, example.Name, [.. reading.Faults.Select(fault => fault.ToString())]);
        try
        {
            return new(shown, example.Name, [.. Compare(example, Judge.Contract(pack.Contract, facts, asOf).ByAddress())]);
        }
        catch (CannotJudgeException error)
        {
            return new(shown, example.Name, [error.Message]);
        }
    }

    private static IEnumerable<string> Compare(ExampleSyntax example, FiguresByAddress figures)
    {
        var expected = example.Expect ?? new Dictionary<string, string>();
        foreach (var (address, value) in expected)
            if (!figures.TryGetValue(address, out var figure)) yield return $"{address}：预期 {value}，未公布";
            else if (figure.Text != value) yield return $"{address}：预期 {value}，实为 {figure.Text}";
        foreach (var address in example.Absent ?? [])
            if (figures.TryGetValue(address, out var figure)) yield return $"{address}：不应公布，实为 {figure.Text}";
        if (example.Complete == "true")
            foreach (var (address, figure) in figures)
                if (!expected.ContainsKey(address)) yield return $"{address}：未列入预期，实为 {figure.Text}";
    }

    private static FactReading? ReadFacts(Pack pack, string folder, ExampleSyntax example, out string? missing)
    {
        missing = null;
        var without = example.Without?.ToHashSet(StringComparer.Ordinal) ?? [];
        var files = new List<FactFile>();
        foreach (var name in example.Facts)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                missing = $"没有事实文件“{name}”";
                return null;
            }
            files.Add(new FactFile(name, without.Count == 0 ? new MemoryStream(File.ReadAllBytes(path)) : Leave(path, without)));
        }
        return FactReader.Read(files, pack.Id, pack.Contract.Vocabulary);
    }

    // Lines left out become blank, so that line numbers in messages stay those of the file.
    private static MemoryStream Leave(string path, HashSet<string> without)
    {
        var kept = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            if (!IsOneOf(line, without)) kept.Append(line);
            kept.Append('\n');
        }
        return new MemoryStream(Encoding.UTF8.GetBytes(kept.ToString()));
    }

    private static bool IsOneOf(string line, HashSet<string> ids)
    {
        try
        {
            using var fact = JsonDocument.Parse(line);
            return fact.RootElement.ValueKind == JsonValueKind.Object && fact.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && ids.Contains(id.GetString()!);
        }
        catch (JsonException)
        {
            // A broken line is kept: the reader of facts says what is wrong with it.
            return false;
        }
    }
}

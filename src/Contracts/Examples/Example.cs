using System.Text;
using System.Text.Json;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Yaml;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Kernel;
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
/// <param name="Problems">Empty when it holds; each with its place in the example.</param>
public sealed record ExampleResult(string File, string Name, IReadOnlyList<Refusal> Problems);

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
        var problems = new List<Refusal>();
        var example = YamlFile.Read(file, shown, problems) is { } node ? new Binder(problems).Bind<ExampleSyntax>(node) : null;
        if (example is not null && problems.Count == 0) Judged(pack, reader, Path.GetDirectoryName(file)!, example, problems);
        return new(shown, example?.Name ?? Path.GetFileNameWithoutExtension(file), problems);
    }

    private static void Judged(Pack pack, PackReader reader, string folder, ExampleSyntax example, List<Refusal> problems)
    {
        if (!IsoTime.TryParse(example.AsOf, out var asOf))
        {
            Say(example, "as-of", $"as-of“{example.AsOf}”不是带时区偏移的时刻{Literals.WhyNoDate(example.AsOf)}{(Habits.AsInstant(example.AsOf) is { } mended ? $"；北京时间写作 {mended}" : "")}", problems);
            return;
        }
        if (example is { Expect: not { Count: > 0 }, Absent: not { Count: > 0 }, Complete: not "true" })
            Say(example, "", "没有 expect 也没有 absent：此示例什么也没有检验；在 expect 中写上预期的数值", problems);
        if (example.Readings is { Count: > 0 } readings)
        {
            var chosen = readings.Select(Reading.Parse).ToList();
            if (chosen.Contains(null))
            {
                Say(example, "readings", "readings 应写作 I-15=alt-b", problems);
                return;
            }
            var (other, refused) = reader.Read(pack.Folder, true, [.. chosen.OfType<Reading>()]);
            problems.AddRange(refused);
            if (other is null) return;
            pack = other;
        }
        if (ReadFacts(pack, folder, example, problems) is not { } facts) return;
        try
        {
            Compare(example, pack.Contract, Judge.Contract(pack.Contract, facts, asOf).ByAddress(), problems);
        }
        catch (CannotJudgeException error)
        {
            problems.Add(new Refusal(error.Place ?? example.Position, null, error.Message));
        }
    }

    private static void Say(ExampleSyntax example, string key, string message, List<Refusal> problems) =>
        problems.Add(new Refusal(example.PlaceOf(key, example.PlaceOf(key.Split('/')[0])), null, message));

    private static void Compare(ExampleSyntax example, Contract contract, FiguresByAddress figures, List<Refusal> problems)
    {
        var expected = example.Expect ?? new Dictionary<string, string>();
        foreach (var (address, value) in expected)
            if (!figures.TryGetValue(address, out var figure)) Say(example, $"expect/{address}", $"{address}：预期 {value}，未公布{Near(address, figures)}", problems);
            else if (figure.Text != value) Say(example, $"expect/{address}", $"{address}：预期 {value}，实为 {figure.Text}{(IsSameNumber(value, figure.Text) ? "；数按所公布的写法逐字比较" : "")}", problems);
        foreach (var address in example.Absent ?? [])
            if (figures.TryGetValue(address, out var figure)) Say(example, $"absent/{address}", $"{address}：不应公布，实为 {figure.Text}", problems);
            else if (!contract.MayPublish(address)) Say(example, $"absent/{address}", $"{address}：没有哪个数值会有这个地址，列在 absent 中检验不了什么{Near(address, figures)}", problems);
        if (example.Complete == "true")
            foreach (var (address, figure) in figures)
                if (!expected.ContainsKey(address)) Say(example, "complete", $"{address}：未列入预期，实为 {figure.Text}", problems);
    }

    private static string Near(string address, FiguresByAddress figures) => Nearness.Nearest(address, figures.Keys) is { } near ? $"；最相近的是“{near}”" : "";

    private static bool IsSameNumber(string one, string other) =>
        Literals.ParseNumber(one) is { } left && Literals.ParseNumber(other) is { } right && left.Equals(right);

    private static FactSet? ReadFacts(Pack pack, string folder, ExampleSyntax example, List<Refusal> problems)
    {
        var without = example.Without?.ToHashSet(StringComparer.Ordinal) ?? [];
        var unmet = new HashSet<string>(without, StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<FactFile>();
        foreach (var name in example.Facts)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                Say(example, $"facts/{name}", $"没有事实文件“{name}”；文件名从示例所在的文件夹算起", problems);
                return null;
            }
            files.Add(new FactFile(Path.GetRelativePath(Directory.GetCurrentDirectory(), path), without.Count == 0 ? new MemoryStream(File.ReadAllBytes(path)) : Leave(path, without, unmet, ids)));
        }
        foreach (var id in unmet.Order(StringComparer.Ordinal))
            Say(example, $"without/{id}", $"without 中的“{id}”不是这些文件里的事实编号{(Nearness.Nearest(id, ids) is { } near ? $"，最相近的是“{near}”" : "")}", problems);
        var reading = FactReader.Read(files, pack.Id, pack.Contract.Vocabulary);
        problems.AddRange(reading.Faults.Select(fault => new Refusal(Position.Nowhere, null, fault + fault.Excerpt?.Under(fault.Line))));
        return reading.Facts;
    }

    // Lines left out become blank, so that line numbers in messages stay those of the file.
    private static MemoryStream Leave(string path, HashSet<string> without, HashSet<string> unmet, HashSet<string> ids)
    {
        var kept = new StringBuilder();
        foreach (var line in File.ReadLines(path))
        {
            var id = IdOf(line);
            if (id is not null) ids.Add(id);
            if (id is not null && without.Contains(id)) unmet.Remove(id);
            else kept.Append(line);
            kept.Append('\n');
        }
        return new MemoryStream(Encoding.UTF8.GetBytes(kept.ToString()));
    }

    private static string? IdOf(string line)
    {
        try
        {
            using var fact = JsonDocument.Parse(line);
            return fact.RootElement.ValueKind == JsonValueKind.Object && fact.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException)
        {
            // A broken line is kept: the reader of facts says what is wrong with it.
            return null;
        }
    }
}

using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Tests.Schemas;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>
/// An example of docs/terms.md as its section "How the examples are written" has it: terms, or a part of contract.yaml, upon the frame;
/// facts, a line each; and what they give.
/// </summary>
/// <param name="Line">The line of the document at which it begins.</param>
/// <param name="Given">Facts, instant and reading, a line each.</param>
/// <param name="Values">What a name or an address is; a dash where it is missing.</param>
internal sealed partial record WorkedExample(int Line, string Yaml, IReadOnlyList<string> Given, IReadOnlyList<(string Name, string Value)> Values, IReadOnlyList<PrintedTable> Tables, IReadOnlyList<string> Findings)
{
    public const string Missing = "–";

    /// <summary>The parts of contract.yaml; an example that has none of them at its left margin consists of terms.</summary>
    private static readonly string[] Parts = [.. Shape.Of(typeof(ContractSyntax)).Keys.Select(key => key.Name)];

    public static IReadOnlyList<WorkedExample> All { get; } = In(LanguageDocument.Text);

    public static IReadOnlyList<WorkedExample> In(string document)
    {
        var found = new List<WorkedExample>();
        var fences = LanguageDocument.Fences(document);
        for (var i = 0; i < fences.Count; i++)
            if (fences[i] is { Kind: "yaml", Role: "example" }) found.Add(Parse(fences[i], i + 1 < fences.Count && fences[i + 1].Role == "gives" ? fences[i + 1] : null));
        return found;
    }

    public static Fence Frame { get; } = LanguageDocument.Fences(LanguageDocument.Text).Single(fence => fence.Role == "frame");

    private static WorkedExample Parse(Fence yaml, Fence? gives)
    {
        List<string> given = [], findings = [];
        List<(string, string)> values = [.. Beside().Matches(yaml.Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim()))];
        List<PrintedTable> tables = [];
        foreach (var line in gives?.Text.Split('\n') ?? [])
            if (line.Length == 0) continue;
            else if (line.StartsWith("! ", StringComparison.Ordinal)) findings.Add(line[2..]);
            else if (line.StartsWith("  ", StringComparison.Ordinal)) tables[^1].Rows.Add(Cells(line));
            else if (Head().Match(line) is { Success: true } head) tables.Add(new PrintedTable(head.Groups[1].Value, Cells(head.Groups[2].Value), []));
            else if (line.Split(" = ") is [var name, var value]) values.Add((name.Trim(), value.Trim()));
            else given.Add(line);
        return new(yaml.Line, yaml.Text, given, values, tables, findings);
    }

    private static string[] Cells(string line) => [.. Gap().Split(line.Trim())];

    /// <summary>The example upon the frame, as it is written: what stands in both comes from the example.</summary>
    public ContractSyntax Written()
    {
        var refusals = new List<Refusal>();
        var own = (YamlMapping)Node(Yaml, $"terms.md+{Line - 1}", refusals);
        if (!own.Entries.Any(entry => Parts.Contains(entry.Key))) own = new(own.Position, [("terms", own.Position, own)]);
        var frame = (YamlMapping)Node(Frame.Text, "frame", refusals);
        var bound = new Binder(refusals).Bind<ContractSyntax>(Over(frame, own, true));
        refusals.ShouldBeEmpty($"line {Line}");
        return bound!;
    }

    /// <summary>The same as an editor sees it.</summary>
    public JsonObject AsEdited()
    {
        var isWhole = Yaml.Split('\n').Any(line => Parts.Any(part => line.StartsWith(part + ":", StringComparison.Ordinal)));
        var own = EditorYaml.Read(Yaml)!.AsObject();
        if (!isWhole) own = new JsonObject { ["terms"] = own };
        var whole = EditorYaml.Read(Frame.Text)!.AsObject();
        foreach (var (key, value) in own)
            if (key is "contract" or "facts")
                foreach (var (entry, mine) in value!.AsObject()) whole[key]![entry] = mine?.DeepClone();
            else whole[key] = value?.DeepClone();
        return whole;
    }

    private static YamlNode Node(string text, string name, List<Refusal> refusals)
    {
        var node = YamlFile.Parse(Encoding.UTF8.GetBytes(text), name, refusals);
        refusals.ShouldBeEmpty(name);
        return node.ShouldNotBeNull();
    }

    // Contract and facts are completed entry by entry; any other part of the frame gives way as a whole.
    private static YamlMapping Over(YamlMapping under, YamlMapping over, bool deep) =>
        new(over.Position, [.. under.Entries.Where(entry => over.Entries.All(own => own.Key != entry.Key)), .. over.Entries.Select(own =>
            deep && own.Key is "contract" or "facts" && own.Value is YamlMapping mine && under.Entries.FirstOrDefault(entry => entry.Key == own.Key).Value is YamlMapping theirs ? (own.Key, own.Position, Over(theirs, mine, false)) : own)]);

    public override string ToString() => $"terms.md line {Line}";

    [GeneratedRegex(@"^ *([A-Za-z][\w.-]*):.* # = (.*)$", RegexOptions.Multiline)]
    private static partial Regex Beside();

    [GeneratedRegex(@"^([A-Za-z][\w.-]*): +(.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Gap();
}

/// <summary>A set as it is printed: the columns looked at (with a format, if not the usual one) and the rows, all of them.</summary>
internal sealed record PrintedTable(string Set, string[] Columns, List<string[]> Rows);

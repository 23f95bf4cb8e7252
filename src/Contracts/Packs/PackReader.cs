using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Packs;

/// <summary>A contract folder that was read and can be judged.</summary>
/// <param name="Id">The folder's name: the contract's id, which its facts carry.</param>
public sealed record Pack(string Id, string Folder, Contract Contract);

/// <summary>Reads a contract folder, or says everything that is wrong with it.</summary>
public sealed class PackReader(string calendars)
{
    /// <param name="folder">The contract folder.</param>
    /// <param name="withClauses">Clauses, readings and stated figures are needed for traces and documents, not for figures.</param>
    /// <param name="readings">Readings to judge by instead of those in use: an interpretation and one of its alternatives.</param>
    public (Pack? Pack, IReadOnlyList<Refusal> Refusals) Read(string folder, bool withClauses, IReadOnlyList<Reading>? readings = null)
    {
        withClauses |= readings is { Count: > 0 };
        var refusals = new List<Refusal>();
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var file = Path.Combine(folder, "contract.yaml");
        if (!File.Exists(file)) return (null, [new Refusal(new Position(folder, 0, 0), null, "没有 contract.yaml：这不是合同文件夹")]);
        if (YamlFile.Read(file, Show(file), refusals) is not { } node) return (null, refusals);
        foreach (var name in withClauses ? Companions : [])
        {
            var companion = Path.Combine(folder, name);
            if (!File.Exists(companion)) continue;
            if (YamlFile.Read(companion, Show(companion), refusals) is not { } more) return (null, refusals);
            if (Merge(node, more, name, refusals) is not { } merged) return (null, refusals);
            node = merged;
        }
        var syntax = new Binder(refusals).Bind<ContractSyntax>(node);
        if (syntax is null || refusals.Count > 0) return (null, refusals);
        if (Overlay.Apply(syntax, readings ?? [], refusals) is not { } read) return (null, refusals);
        syntax = read;
        var (calendar, calendarRefusals) = CalendarReader.Read(Path.Combine(calendars, syntax.Contract.Calendar), syntax.Contract.Calendar);
        if (calendar is null)
        {
            refusals.Add(new Refusal(syntax.Contract.Position, null, $"日历“{syntax.Contract.Calendar}”不可用"));
            return (null, [.. refusals, .. calendarRefusals]);
        }
        var (contract, problems) = Contract.Compile(syntax, calendar);
        return contract is null ? (null, problems) : (new Pack(id, folder, contract), []);
    }

    private static string Show(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);

    /// <summary>Files that continue contract.yaml: what people read beside the terms. Each of their keys stands in one file only.</summary>
    private static readonly string[] Companions = ["clauses.yaml", "readings.yaml", "stated.yaml"];

    private static YamlMapping? Merge(YamlNode node, YamlNode more, string name, List<Refusal> refusals)
    {
        if (node is not YamlMapping main || more is not YamlMapping clauses)
        {
            refusals.Add(new Refusal((node is YamlMapping ? more : node).Position, null, "此处应是一个映射（键: 值）"));
            return null;
        }
        foreach (var (key, position, _) in clauses.Entries)
            if (key is not ("clauses" or "interpretations" or "stated")) refusals.Add(new Refusal(position, null, $"{name} 中未知的键“{key}”；可用：clauses、interpretations、stated"));
            else if (main.Entries.Any(entry => entry.Key == key)) refusals.Add(new Refusal(position, null, $"“{key}”已在另一文件中"));
        return refusals.Count > 0 ? null : new YamlMapping(main.Position, [.. main.Entries, .. clauses.Entries]);
    }
}

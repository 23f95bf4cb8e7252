using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
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
        var (calendar, calendarRefusals) = CalendarReader.Read(Path.Combine(calendars, syntax.Contract.Calendar), syntax.Contract.Calendar);
        if (calendar is null)
        {
            refusals.Add(new Refusal(syntax.Contract.PlaceOf("calendar"), null, $"日历“{syntax.Contract.Calendar}”不可用{Calendars(syntax.Contract.Calendar)}"));
            refusals.AddRange(calendarRefusals);
            // Nothing is judged by it; but what else is wrong is said at once.
            Compile(syntax, new WorkCalendar(syntax.Contract.Calendar, new Dictionary<int, YearOfWork>()), refusals);
            return (null, refusals);
        }
        var contract = readings is { Count: > 0 } ? Reread(syntax, calendar, readings, refusals) : Compile(syntax, calendar, refusals);
        return contract is null ? (null, refusals) : (new Pack(id, folder, contract), []);
    }

    /// <summary>What is wrong with the pack's other readings: one that cannot be judged is found before anyone disputes it.</summary>
    public static IReadOnlyList<Refusal> RefusedReadings(Pack pack)
    {
        var refusals = new List<Refusal>();
        foreach (var (id, interpretation) in pack.Contract.Syntax.Interpretations ?? new Dictionary<string, InterpretationSyntax>())
            foreach (var name in interpretation.NotRunnable is null ? interpretation.Alternatives?.Keys ?? [] : [])
            {
                var refused = new List<Refusal>();
                Reread(pack.Contract.Syntax, pack.Contract.Calendar, [new Reading(id, name)], refused, pack.Contract);
                refusals.AddRange(refused.Select(refusal => refusal with { Message = $"读法 {id}={name}：{refusal.Message}" }));
            }
        return refusals;
    }

    private static Contract? Compile(ContractSyntax syntax, WorkCalendar calendar, List<Refusal> refusals)
    {
        var (contract, problems) = Contract.Compile(syntax, calendar);
        refusals.AddRange(problems);
        return contract;
    }

    // A name read otherwise must still be what its readers take it for, though a type that fits nowhere may fit by chance.
    private static Contract? Reread(ContractSyntax syntax, WorkCalendar calendar, IReadOnlyList<Reading> readings, List<Refusal> refusals, Contract? used = null)
    {
        if (Overlay.Apply(syntax, readings, refusals) is not { } overlaid || (used ?? Compile(syntax, calendar, refusals)) is not { } own) return null;
        var problems = new List<Refusal>();
        var whole = Compile(overlaid, calendar, problems);
        // What a figure says of a changed type is only what follows from it.
        var contract = whole ?? Compile(WithoutFigures(overlaid), calendar, []);
        foreach (var reading in readings)
            foreach (var (name, term) in syntax.Interpretations![reading.Interpretation].Alternatives![reading.Alternative].Replaces)
                if (own.TryTypeOf(name, out var was) && contract is not null && contract.TryTypeOf(name, out var now) && was != now && was != Facts.ValueType.Missing && now != Facts.ValueType.Missing)
                    refusals.Add(new Refusal(term.Position, name, $"读法把“{name}”由{Kind(was)}改成了{Kind(now)}；替换的须是同类，原来是数的仍给数"));
        if (refusals.Count == 0) refusals.AddRange(problems);
        return refusals.Count == 0 ? whole : null;
    }

    private static ContractSyntax WithoutFigures(ContractSyntax contract) => new()
    {
        Language = contract.Language,
        Contract = contract.Contract,
        Facts = contract.Facts,
        Terms = contract.Terms,
        Amendments = contract.Amendments,
        Views = contract.Views,
        Figures = [],
        Position = contract.Position,
    };

    private static string Kind(Facts.ValueType? type) => type is { } known ? Literals.ToChinese(known) : "集合";

    private string Calendars(string wanted) =>
        !Directory.Exists(calendars) ? "；没有日历文件夹，环境变量 YUEHENG_HOME 应指向安装目录"
        : Directory.Exists(Path.Combine(calendars, wanted)) ? ""
        : $"；没有这个日历，calendars/ 下有：{string.Join("、", Directory.GetDirectories(calendars).Select(Path.GetFileName).Order(StringComparer.Ordinal))}";

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

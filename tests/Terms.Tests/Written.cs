using System.Text;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;

namespace Yueheng.Terms.Tests;

/// <summary>
/// Contracts and facts as the tests write them. A contract is its sections in YAML without the header, which is always the same:
/// signed 2024-12-20, term 2025, the government's calendar. A fact is a line <c>id kind at subject {data}</c>; without an offset <c>at</c> is
/// Beijing time, without a subject it is S1.
/// </summary>
public static class Written
{
    public const string Header =
        """
        language: terms/1
        contract:
          name: 样本合同
          parties: { buyer: 采购单位（示例）, provider: 服务单位（示例） }
          signed: 2024-12-20
          term: { from: 2025-01-01, through: 2025-12-31 }
          calendar: cn-government
          hours:
            office: { days: workdays, from-to: ["09:00-12:00", "13:00-18:00"] }
            seasonal:
              days: workdays
              from-to: ["09:00-12:00", "13:00-18:00"]
              seasons:
                - { from: 2025-07-01, through: 2025-07-01, from-to: "10:00-11:00" }
                - { from: 06-01, through: 09-30, from-to: ["08:30-12:00", "14:30-18:00"] }
                - { from: 12-20, through: 01-10, from-to: ["10:00-16:00"] }
            weekend: { days: [saturday, sunday], from-to: "10:00-16:00" }
            daily: { days: every-day, from-to: "00:00-24:00" }

        """;

    public const string Facts =
        """
        facts:
          a: { x: number, y: number, t: text, u: text, ok: yes-no, d: date, i: instant, from: from, to: until }
          b: { x: number, y: number, t: text, u: text, ok: yes-no, d: date, i: instant, from: from, to: until }
          done: { t: text }
          finding.recorded: { rule: text, count: { type: whole, default: 1 } }
          payment.made: { instalment: text, amount: amount }
          security.lodged: { security: text, amount: amount }
          any: { event: text }

        """;

    public static (Pack? Pack, IReadOnlyList<Refusal> Refusals) Reading(string sections)
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder(Header);
        if (!HasSection(sections, "facts")) text.Append(Facts);
        text.Append(sections.TrimEnd()).Append('\n');
        foreach (var (section, empty) in new[] { ("terms", "{}"), ("figures", "[]") })
            if (!HasSection(sections, section)) text.Append(section).Append(": ").Append(empty).Append('\n');
        folder.Write("sample/contract.yaml", text.ToString());
        return new PackReader(Repository.Calendars).Read(Path.Combine(folder.Path, "sample"), false);
    }

    private static bool HasSection(string sections, string name) => ("\n" + sections).Contains($"\n{name}:", StringComparison.Ordinal);

    public static Pack Contract(string sections)
    {
        var (pack, refusals) = Reading(sections);
        refusals.ShouldBeEmpty(string.Join("\n", refusals));
        return pack.ShouldNotBeNull();
    }

    /// <summary>What a contract is refused with, without the places.</summary>
    public static IEnumerable<string> RefusalsOf(string sections) => Reading(sections).Refusals.Select(refusal => refusal.Message);

    /// <summary>A contract judged on facts at an instant: by default the end of its term.</summary>
    public static Judged Judging(string sections, string facts = "", string asOf = "2026-01-01T00:00") => Judging(Contract(sections), facts, asOf);

    public static Judged Judging(Pack pack, string facts = "", string asOf = "2026-01-01T00:00") => new(Judge.Contract(pack.Contract, FactsOf(pack, facts), InstantOf(asOf)));

    public static FactSet FactsOf(Pack pack, string facts)
    {
        var lines = facts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(JsonOf);
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "facts", pack.Id, pack.Contract.Vocabulary);
        reading.Faults.ShouldBeEmpty(string.Join("\n", reading.Faults));
        return reading.Facts!;
    }

    private static string JsonOf(string line)
    {
        var parts = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
        var named = parts.Length > 3 && !parts[3].StartsWith('{');
        var subject = named ? parts[3] : "S1";
        var data = string.Join(' ', parts.Skip(named ? 4 : 3));
        return $$"""{"id":"{{parts[0]}}","contract":"sample","kind":"{{parts[1]}}","at":"{{Full(parts[2])}}","subject":"{{subject}}","data":{{(data.Length == 0 ? "{}" : data)}}}""";
    }

    // 2025-03-03T09:00 is 2025-03-03T09:00:00+08:00.
    private static string Full(string instant)
    {
        if (instant.Length == 16) instant += ":00";
        return instant.EndsWith('Z') || instant.LastIndexOf('+') > 0 ? instant : instant + "+08:00";
    }

    public static long InstantOf(string instant) => IsoTime.Parse(Full(instant));

    /// <summary>An expression's value, as its type is written by default; "missing" when there is none.</summary>
    public static string ValueOf(string expression, string facts = "", string terms = "", string asOf = "2026-01-01T00:00") =>
        Judging($"{Terms(terms, "v", $"{{ value: {expression} }}")}figures: [ {{ address: v, value: v }} ]", facts, asOf).ValueOf("v");

    /// <summary>The rows of a set, each its named columns: "1 red | 2 -", where - is missing.</summary>
    public static string RowsOf(string set, string columns, string facts = "", string terms = "", string asOf = "2026-01-01T00:00")
    {
        var cells = columns.Split(' ').Select(column => $"{{ default: [ {{ concat: [ {column} ] }}, {{ text: '-' }} ] }}");
        var value = $"{{ concat: [ {string.Join(", { text: ' ' }, ", cells)} ] }}";
        return string.Join(" | ", Judging($"{Terms(terms, "s", set)}figures: [ {{ address: row, each: s, value: {value} }} ]", facts, asOf).Texts);
    }

    private static string Terms(string terms, string name, string term)
    {
        var others = terms.Length == 0 ? "" : "  " + terms.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal) + "\n";
        return $"terms:\n{others}  {name}: {term.Trim().Replace("\n", "\n    ", StringComparison.Ordinal)}\n";
    }
}

/// <summary>What a contract says of facts.</summary>
public sealed class Judged(Judgement judgement)
{
    public Judgement Judgement { get; } = judgement;

    public IEnumerable<string> Texts => Judgement.Figures.Select(figure => figure.Text);

    public string ValueOf(string address) => Judgement.ByAddress().TryGetValue(address, out var figure) ? figure.Text : "missing";

    public Judged Gives(string address, string value)
    {
        ValueOf(address).ShouldBe(value, address);
        return this;
    }

    public Judged Lacks(string address)
    {
        Judgement.ByAddress().ContainsKey(address).ShouldBeFalse(address);
        return this;
    }

    /// <summary>Address and value, listed in order; nothing else.</summary>
    public Judged GivesOnly(params string[] figures)
    {
        Judgement.ByAddress().Select(figure => $"{figure.Key} = {figure.Value.Text}").ShouldBe(figures);
        return this;
    }
}

using System.Text;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Linting;

/// <summary>A contract of a few lines in which nothing is wrong, and what the linter says of it once something is changed.</summary>
internal static class TinyPack
{
    private const string Good = """
        language: terms/1
        contract: { name: 甲, parties: { buyer: 乙 }, signed: 2025-01-01, term: { from: 2025-01-01, through: 2025-12-31 }, calendar: cn-government }
        facts: { incident.reported: { severity: text }, incident.resolved: {} }
        terms:
          price: { value: 120000.00, clause: c1 }
          card: { scorecard: { items: { S1: { name: 及时, points: 100, clause: c2 } }, rules: { R1: { item: S1, clause: c2, each: K1, where: { is: { state: breached } }, points: -5 } } } }
          share: { clause: c1, value: { bands: { of: card, rows: [{ at-least: 90, is: 100% }, { at-least: 80, is: 90% }], otherwise: 80% } } }
          K1: { clause: c2, clock: { of: { facts: incident.reported, where: { is: { severity: major } } }, stops: { facts: incident.resolved }, limit: 4 hours } }
        views:
          year: { as-of: term.to }
        figures:
          - { address: "clock/{term}/{subject}", each: K1, value: state }
          - { address: fee, value: { times: [price, share] } }
          - { address: score, view: year, value: card }
        clauses:
          - { id: c1, at: 一, text: 价款, runs: auto, by: price }
          - { id: c2, at: 二, text: 恢复, runs: auto, by: [K1, R1] }
          - { id: c3, at: 三, text: 其他, runs: record }
        interpretations:
          I-1: { asks: 问, reading: 答, clauses: [c1], terms: [price], alternatives: { alt: { label: 另, replaces: { price: { value: 100000.00 } } } } }
        stated:
          - { id: price, clause: c1, what: 总价, amount: 120000.00, words: 壹拾贰万元整 }

        """;

    /// <summary>The good contract with one text in place of another.</summary>
    public static ContractSyntax With(string old, string changed)
    {
        if (old.Length > 0) Good.ShouldContain(old);
        var refusals = new List<Refusal>();
        var text = old.Length > 0 ? Good.Replace(old, changed, StringComparison.Ordinal) : Good;
        var contract = new Binder(refusals).Bind<ContractSyntax>(YamlFile.Parse(Encoding.UTF8.GetBytes(text), "contract.yaml", refusals)!);
        refusals.ShouldBeEmpty();
        return contract!;
    }

    /// <summary>The good contract that states something more on paper.</summary>
    public static ContractSyntax Stating(string stated) => With("stated:\n", "stated:\n" + string.Concat(stated.Split('\n').Select(line => $"  {line}\n")));

    public static Contract Compile(ContractSyntax syntax)
    {
        var (calendar, faults) = CalendarReader.Read(Path.Combine(Repository.Calendars, syntax.Contract.Calendar), syntax.Contract.Calendar);
        faults.ShouldBeEmpty();
        var (contract, refusals) = Contract.Compile(syntax, calendar!);
        refusals.ShouldBeEmpty();
        return contract!;
    }

    /// <summary>All that is found in a contract that can be judged.</summary>
    public static IReadOnlyList<Finding> Findings(ContractSyntax syntax) => [.. PackLint.Of(syntax), .. PaperLint.Of(Compile(syntax))];

    /// <summary>The same entry with another value under one key.</summary>
    public static StatedSyntax Changed(StatedSyntax entry, string property, object? value)
    {
        var copy = (StatedSyntax)typeof(object).GetMethod("MemberwiseClone", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.Invoke(entry, null)!;
        typeof(StatedSyntax).GetProperty(property)!.SetValue(copy, value);
        return copy;
    }
}

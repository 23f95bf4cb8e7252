using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>What a pack's terms are called and which of them read which.</summary>
internal sealed class PackNames
{
    private readonly Dictionary<string, IReadOnlyList<string>> _reads = new(StringComparer.Ordinal);

    public PackNames(ContractSyntax contract)
    {
        Contract = contract;
        foreach (var (name, term) in contract.Terms) _reads[name] = TermsAmong(SyntaxWalk.NamesReadBelow(term));
    }

    public ContractSyntax Contract { get; }

    /// <summary>The terms that these names mean; <c>card.items</c> means the term <c>card</c>.</summary>
    public IReadOnlyList<string> TermsAmong(IEnumerable<string> names) => [.. names.Distinct().SelectMany(TermsOf).Distinct()];

    private IEnumerable<string> TermsOf(string name)
    {
        if (Contract.Terms.ContainsKey(name)) yield return name;
        for (var dot = name.IndexOf('.'); dot > 0; dot = name.IndexOf('.', dot + 1))
            if (Contract.Terms.ContainsKey(name[..dot])) yield return name[..dot];
    }

    /// <summary>These terms and all that they read, one after the other.</summary>
    public HashSet<string> ReachedFrom(IEnumerable<string> terms)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(terms);
        while (open.TryPop(out var term))
            if (reached.Add(term))
                foreach (var read in _reads[term]) open.Push(read);
        return reached;
    }

    /// <summary>Everything that a clause may name as what runs it, or a reading as what it settles.</summary>
    public HashSet<string> Known()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, term) in Contract.Terms)
        {
            known.Add(name);
            if (term.Scorecard is not { } card) continue;
            foreach (var part in card.Items.Keys.Concat(card.Rules.Keys))
            {
                known.Add(part);
                known.Add($"{name}.{part}");
            }
            known.Add($"{name}.items");
            known.Add($"{name}.rules");
        }
        foreach (var name in (Contract.Views?.Keys ?? []).Concat(Contract.Amendments?.Keys ?? []).Concat(Contract.Facts.Keys).Concat(Contract.Contract.Hours?.Keys ?? []).Concat(BuiltIn)) known.Add(name);
        foreach (var figure in Contract.Figures)
        {
            known.Add(figure.Address);
            known.Add(figure.Address.Split('/')[0]);
        }
        return known;
    }

    /// <summary>Names that the language itself has a value for.</summary>
    private static readonly string[] BuiltIn = ["as-of", "signed", "term.first", "term.last", "term.from", "term.to"];

    public Finding At(string kind, Grade grade, string subject, string message, Position position, IReadOnlyList<string>? clauses = null) =>
        new(About.Pack, kind, grade, subject, clauses ?? [], message, position);

    public static string Suggest(string name, IEnumerable<string> known) => Nearness.Nearest(name, known) is { } near ? $"，最相近的是“{near}”" : "";
}

using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary><c>is: { severity: worst }</c> where <c>worst</c> is the name of a value: the word is compared, not the value.</summary>
internal static class LiteralFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        foreach (var (name, node, clause) in names.Contract.Terms.Select(term => (term.Key, Node: (Syntax)term.Value, term.Value.Clause)).Concat(names.Contract.Figures.Select(figure => (figure.Address, (Syntax)figure, figure.Clause))))
            foreach (var condition in SyntaxWalk.Below(node).OfType<Is>())
                foreach (var (of, texts) in condition.Values)
                    foreach (var text in texts.Where(text => names.Contract.Terms.TryGetValue(text, out var term) && term.Value is not null))
                        yield return names.At("term-as-text", Grade.Low, name, $"is 把“{of}”与文本“{text}”比较，而“{text}”也是一个名称；要与它的值比较，写作 {{ of: {of}, same-as: {text} }}", condition.PlaceOf($"values/{of}"), clause);
    }
}

using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>
/// <c>times: [price, 80]</c> where 80 % was meant. Told only where no contract could mean it: the product is beyond every amount that the pack knows.
/// </summary>
internal static class PercentFaults
{
    private const decimal LeastAmount = 1000m;

    public static IEnumerable<Finding> Of(PackNames names)
    {
        var amounts = names.Contract.Terms.Where(term => Constant(term.Value.Value) >= LeastAmount).ToDictionary(term => term.Key, term => Constant(term.Value.Value)!.Value, StringComparer.Ordinal);
        if (amounts.Count == 0) yield break;
        var largest = amounts.Values.Concat((names.Contract.Stated ?? []).Select(stated => stated.Amount is { } text && Literals.ParseNumber(text) is { IsPresent: true } amount ? amount.Number : 0m)).Max();
        var places = names.Contract.Terms.Select(term => (Name: term.Key, Node: (Syntax)term.Value, term.Value.Clause)).Concat(names.Contract.Figures.Select(figure => (figure.Address, (Syntax)figure, figure.Clause)));
        foreach (var (name, node, clause) in places)
            foreach (var times in SyntaxWalk.Below(node).OfType<Times>())
                if (times.Parts.OfType<Name>().FirstOrDefault(part => amounts.ContainsKey(part.Text)) is { } amount && times.Parts.OfType<Literal>().FirstOrDefault(part => Constant(part) is > 1m and <= 100m && part.Text[^1] is not ('%' or '‰')) is { } factor
                    && times.Parts.Count == 2 && amounts[amount.Text] * Constant(factor) > largest)
                    yield return names.At("percent-missing", Grade.Middle, name, $"“{amount.Text}”乘以 {factor.Text}，大于合同中任何金额；若指比例，应写 {factor.Text}%", factor.Position, clause);
    }

    private static decimal? Constant(Expression? expression) =>
        expression is Literal literal && Literals.ParseNumber(literal.Text) is { IsPresent: true, IsFraction: false } number ? number.Number : null;
}

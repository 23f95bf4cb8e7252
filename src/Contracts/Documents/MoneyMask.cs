using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Linting.Packs;
using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Terms.Syntax;
using Yueheng.Terms.Tracing;

namespace Yueheng.Contracts.Documents;

/// <summary>
/// Takes money out of what is shown to those who do not see it. The language has numbers and no money, so a name counts as money when the
/// contract publishes it as such, reads it as an amount, or computes it from what does; what is published as something else is not. In
/// doubt a value is hidden: that costs a reader a line of a trace, the other mistake a price.
/// </summary>
public sealed partial class MoneyMask
{
    // A bare number this large that an amount is made from is a price, not a rate or a count.
    private const decimal LooksLikePrice = 1000m;
    private const string Hidden = "＊＊＊";

    private static readonly ConditionalWeakTable<ContractSyntax, MoneyMask> Known = [];
    private static readonly string[] Amounts = ["amount", "loss"];
    private static readonly string[] OfInstalments = ["amount", "deducted", "payable", "paid", "withheld", "outstanding"];
    private static readonly string[] OfSecurities = ["required", "lodged", "taken", "amount"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kindsKnown = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Regex> _templates;

    private MoneyMask(ContractSyntax contract)
    {
        _templates = [.. contract.Figures.Where(figure => figure.Format == "money").Select(figure => Template(figure.Address))];
        foreach (var figure in contract.Figures)
            if (figure.Format != "money" && figure.Value is Name plain) _plain.Add(Bare(plain.Text));
        ReadKinds(contract);
        Seed(contract);
        Spread(contract);
    }

    public static MoneyMask Of(ContractSyntax contract) => Known.GetValue(contract, static syntax => new MoneyMask(syntax));

    /// <summary>Whether facts of a kind tell an amount.</summary>
    public bool IsMoneyKind(string kind) => _kinds.Contains(kind) || !_kindsKnown.Contains(kind) && IsCommonMoney(kind);

    /// <summary>Whether a figure of money is published under an address, now or at another time.</summary>
    public bool IsMoneyAddress(string address) => _templates.Any(template => template.IsMatch(address));

    private static Regex Template(string address) => new("^" + string.Join(".+", Hole().Split(address).Select(Regex.Escape)) + "$", RegexOptions.CultureInvariant);

    private static bool IsCommonMoney(string kind) => CommonVocabulary.Find(kind) is { } common && common.Fields.Any(field => Amounts.Contains(field.Name));

    private void ReadKinds(ContractSyntax contract)
    {
        foreach (var (kind, fields) in contract.Facts)
        {
            _kindsKnown.Add(kind);
            foreach (var (column, field) in fields)
                if (field.Type == "amount" || Amounts.Contains(field.Field ?? column))
                {
                    _kinds.Add(kind);
                    _names.Add(column);
                }
            // What the contract does not read may still stand in the fact.
            if (IsCommonMoney(kind)) _kinds.Add(kind);
        }
    }

    private void Seed(ContractSyntax contract)
    {
        foreach (var (name, term) in contract.Terms)
        {
            if (term.Instalment is null && term.Security is null && term.Damages is null && term.Violation is null) continue;
            _names.Add(name);
            _names.UnionWith(term.Instalment is not null ? OfInstalments : term.Security is not null ? OfSecurities : ["amount"]);
        }
        foreach (var figure in contract.Figures.Where(figure => figure.Format == "money")) Take(figure.Value);
        foreach (var expression in (Expression?[])[contract.Summary?.Payable, contract.Summary?.Damages, contract.Summary?.Net, .. (contract.Summary?.Waterfall ?? []).Select(step => step.Value)]) Take(expression);

        // Whatever else the contract says of it, what it publishes as money is money.
        void Take(Expression? value)
        {
            foreach (var name in NumbersIn(value)) _names.Add(name);
        }
    }

    /// <summary>What is computed from money is money; and so is a price that money is computed from.</summary>
    private void Spread(ContractSyntax contract)
    {
        var definitions = Definitions(contract).ToList();
        var prices = Prices(contract);
        var before = -1;
        while (before != _names.Count)
        {
            before = _names.Count;
            foreach (var (name, value) in definitions)
            {
                var reads = NumbersIn(value).ToList();
                if (!_plain.Contains(name) && reads.Any(_names.Contains)) _names.Add(name);
                if (_names.Contains(name))
                    foreach (var read in reads)
                        if (prices.Contains(read)) _names.Add(read);
            }
        }
    }

    private static IEnumerable<(string Name, object? Value)> Definitions(ContractSyntax contract)
    {
        var terms = contract.Terms.Concat((contract.Amendments ?? new Dictionary<string, AmendmentSyntax>()).Values.SelectMany(amendment => amendment.Replaces)).ToList();
        foreach (var (name, term) in terms)
            if (term.Value is { } value) yield return (name, value);
        foreach (var node in terms.SelectMany(term => SyntaxWalk.Below(term.Value)))
        {
            if (node is Is or Matching) continue;
            foreach (var key in Shape.Of(node.GetType()).Keys)
                switch (key.Property.GetValue(node))
                {
                    case IReadOnlyDictionary<string, Expression> columns:
                        foreach (var (column, value) in columns) yield return (column, value);
                        break;
                    case IReadOnlyDictionary<string, Carry> carried:
                        foreach (var (column, carry) in carried) yield return (column, new[] { carry.Starts, carry.Then });
                        break;
                    case IReadOnlyList<IReadOnlyDictionary<string, Expression>> table:
                        foreach (var (column, value) in table.SelectMany(row => row)) yield return (column, value);
                        break;
                    case IReadOnlyDictionary<string, string> taken when node is Neighbour:
                        foreach (var (column, from) in taken) yield return (column, new Name { Text = from });
                        break;
                }
        }
    }

    /// <summary>Terms and columns whose value is a bare number that looks like a price.</summary>
    private static HashSet<string> Prices(ContractSyntax contract)
    {
        var prices = Definitions(contract).Where(definition => definition.Value is Literal literal && IsPrice(literal.Text)).Select(definition => definition.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var rows in contract.Terms.Values.SelectMany(SyntaxWalk.Below).OfType<LiteralRows>())
            foreach (var (column, place) in rows.Columns.Keys.Select((column, place) => (column, place)))
                if (rows.List.Any(row => row.Count > place && IsPrice(row[place]))) prices.Add(column);
        return prices;
    }

    private static bool IsPrice(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) >= LooksLikePrice;

    /// <summary>The names that a number is made from: not those that only decide, count, or say where to look.</summary>
    private static IEnumerable<string> NumbersIn(object? node)
    {
        switch (node)
        {
            case null or string or Is or Comparison or Workday or AllOf or AnyOf or Not or Count or Exists or None or SetExpression:
                return [];
            case Name name:
                return [Bare(name.Text)];
            case Syntax syntax:
                return Shape.Of(syntax.GetType()).Keys
                    .Where(key => !(syntax is Lookup && key.Property.Name is nameof(Lookup.In) or nameof(Lookup.On) or nameof(Lookup.Where) or nameof(Lookup.Order) or nameof(Lookup.AsOf) or nameof(Lookup.Assuming)))
                    .SelectMany(key => NumbersIn(key.Property.GetValue(syntax)));
            case IDictionary map:
                return map.Values.Cast<object?>().SelectMany(NumbersIn);
            case IEnumerable list:
                return list.Cast<object?>().SelectMany(NumbersIn);
            default:
                return [];
        }
    }

    private static string Bare(string name) => name.StartsWith("this.", StringComparison.Ordinal) || name.StartsWith("was.", StringComparison.Ordinal) ? name[(name.IndexOf('.') + 1)..] : name;

    /// <summary>The trace of a figure that is not money, with all money in it taken out.</summary>
    public Trace Hide(Trace trace, FactSet facts)
    {
        if (Names(trace, out var kind) || trace.Name is { } name && _names.Contains(name) && IsNumber(trace.Value)) return Without(trace, kind);
        var parts = trace.Parts.Select(part => Hide(part, facts)).ToList();
        var cited = trace.Facts.Where(id => facts.ById(id) is not { } fact || !IsMoneyKind(fact.KindName)).ToList();
        if (parts.All(part => !part.IsMasked)) return trace with { Parts = parts, Facts = cited };
        // A step between, made from money, is money; a condition over money keeps its answer and loses its numbers.
        if (trace.Name is null && IsNumber(trace.Value)) return Without(trace, null);
        return trace with
        {
            What = trace.Name is null ? Number().Replace(trace.What, Hidden) : trace.What,
            Parts = [.. parts.Select(part => part is { Name: null, IsMasked: false } && IsNumber(part.Value) ? Without(part, null) : part)],
            Facts = cited,
        };
    }

    // Whether the line itself names a fact of a kind that tells an amount.
    private bool Names(Trace trace, out string? kind)
    {
        kind = NamedFact().Match(trace.What) is { Success: true } named ? named.Groups[1].Value : null;
        return kind is not null && IsMoneyKind(kind);
    }

    private static Trace Without(Trace trace, string? kind)
    {
        var what = kind is null ? Number().Replace(trace.What, Hidden) : $"事实（{CommonVocabulary.Find(kind)?.Meaning ?? "金额"}）";
        return new Trace(what, "", trace.Clauses, [], []) { IsMasked = true };
    }

    private static bool IsNumber(string value) => WrittenNumber().IsMatch(value);

    [GeneratedRegex(@"^[-−+]?\d[\d,]*(\.\d+)?(/\d+)?(（约 .*）)?$")]
    private static partial Regex WrittenNumber();

    [GeneratedRegex(@"\d[\d,]*(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"事实 \S+?（([a-z0-9.\-]+)，")]
    private static partial Regex NamedFact();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}

using Yueheng.Terms.Compiling;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Scorecards;

/// <summary>
/// A scorecard as kernel: a value a rule (its signed points before any cap), the set of rules, the set of items
/// (deductions and bonuses taken raw, then capped by the item's own mode), and the total, never below 0.
/// </summary>
internal static class ScorecardRewriting
{
    public static IEnumerable<(string, TermSyntax)> Rewrite(string name, ScorecardSyntax card, Position at, List<Refusal> refusals)
    {
        foreach (var (id, rule) in card.Rules)
        {
            if (rule.Item is { } item && !card.Items.ContainsKey(item)) refusals.Add(new Refusal(rule.Position, name, $"规则“{id}”的评分项“{item}”不存在"));
            if (rule.Each is not null && rule.Count is not null) refusals.Add(new Refusal(rule.Position, name, $"规则“{id}”的 each 与 count 只能取其一"));
            if (rule is { Each: null, Count: null } && rule.Human != "true") refusals.Add(new Refusal(rule.Position, name, $"规则“{id}”没有发生的依据：须有 each、count 或 human: true"));
            if (rule.Human == "true" && card.Findings is null) refusals.Add(new Refusal(rule.Position, name, $"规则“{id}”计入人工认定，评分表却没有 findings"));
            yield return ($"{name}.{id}", new TermSyntax { Value = Points(id, rule, card), Clause = rule.Clause, Label = rule.Name, Position = rule.Position });
        }
        yield return ($"{name}.rules", new TermSyntax { Table = [.. card.Rules.Select(rule => RuleRow(name, rule.Key, rule.Value, at))], Position = at });
        yield return ($"{name}.items", Items(name, card, at));
        yield return (name, new TermSyntax { Value = Total(name, at), Position = at });
    }

    private static Expression Points(string id, RuleSyntax rule, ScorecardSyntax card)
    {
        var at = rule.Position;
        var parts = new List<Expression>();
        if (rule.Each is { } each)
        {
            Expression points = rule.Times is null ? rule.Points : new Times { Parts = [rule.Points, rule.Times], Position = at };
            parts.Add(new Sum { Of = points, In = each, Where = rule.Where, Position = at });
        }
        if (rule.Count is { } count) parts.Add(new Times { Parts = [rule.Points, count], Position = at });
        if (rule.Human == "true" && card.Findings is { } findings)
        {
            var counted = new Sum
            {
                Of = Write.Name("count", at),
                In = findings,
                On = new Matching { Columns = new Dictionary<string, Expression> { ["rule"] = Write.Text(id, at) }, Position = at },
                Position = at,
            };
            parts.Add(new Times { Parts = [rule.Points, counted], Position = at });
        }
        return parts.Count switch { 0 => Write.Literal("0", at), 1 => parts[0], _ => new Plus { Parts = parts, Position = at } };
    }

    private static Dictionary<string, Expression> RuleRow(string name, string id, RuleSyntax rule, Position at) => new()
    {
        ["rule"] = Write.Text(id, at),
        ["item"] = rule.Item is { } item ? Write.Text(item, at) : new MissingLiteral { Type = "text", Position = at },
        ["name"] = Write.Text(rule.Name ?? id, at),
        ["points"] = Write.Name($"{name}.{id}", at),
    };

    private static TermSyntax Items(string name, ScorecardSyntax card, Position at)
    {
        var rows = card.Items.Select(IReadOnlyDictionary<string, Expression> (item) => new Dictionary<string, Expression>
        {
            ["item"] = Write.Text(item.Key, at),
            ["name"] = Write.Text(item.Value.Name, at),
            ["points"] = item.Value.Points,
            ["deductions"] = new Minus { Parts = [Write.Literal("0", at), RuleSum(name, item.Key, false, at)], Position = at },
            ["bonuses"] = RuleSum(name, item.Key, true, at),
            ["score"] = Score(name, item.Key, item.Value, at),
        }).ToList();
        return new TermSyntax { Table = rows, Position = at };
    }

    private static Sum RuleSum(string name, string item, bool bonuses, Position at) => new()
    {
        Of = Write.Name("points", at),
        In = Write.Set($"{name}.rules", at),
        On = new Matching { Columns = new Dictionary<string, Expression> { ["item"] = Write.Text(item, at) }, Position = at },
        Where = bonuses
            ? new Comparison { Of = Write.Name("points", at), MoreThan = Write.Literal("0", at), Position = at }
            : new Comparison { Of = Write.Name("points", at), LessThan = Write.Literal("0", at), Position = at },
        Position = at,
    };

    private static Expression Score(string name, string id, ItemSyntax item, Position at)
    {
        Expression zero = Write.Literal("0", at);
        Expression deductions = new Minus { Parts = [zero, RuleSum(name, id, false, at)], Position = at }, bonuses = RuleSum(name, id, true, at);
        Expression score = item.Bonus == "beyond"
            ? new Plus { Parts = [new Minus { Parts = [item.Starts ?? item.Points, new Least { Parts = [deductions, item.Points], Position = at }], Position = at }, bonuses], Position = at }
            : new Clamp { Of = new Plus { Parts = [new Minus { Parts = [item.Starts ?? item.Points, deductions], Position = at }, bonuses], Position = at }, From = zero, To = item.Points, Position = at };
        return item.Override is { } direct
            ? Write.Choose(at, Write.When(direct.When, direct.Is), Write.Otherwise(score))
            : score;
    }

    private static Greatest Total(string name, Position at)
    {
        var items = new Sum { Of = Write.Name("score", at), In = Write.Set($"{name}.items", at), Position = at };
        var onTotal = new Sum
        {
            Of = Write.Name("points", at),
            In = Write.Set($"{name}.rules", at),
            Where = Write.Present(Write.Name("item", at), false),
            Position = at,
        };
        return new Greatest { Parts = [Write.Literal("0", at), new Plus { Parts = [items, onTotal], Position = at }], Position = at };
    }
}

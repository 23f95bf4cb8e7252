using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>Reads a lookup backwards: from what the contract looks for to the fact that it would find.</summary>
internal sealed class RecipeFinder(SyntaxTree tree)
{
    private const int Deepest = 12;

    /// <summary>What stops a clock or fulfils a duty.</summary>
    /// <param name="rows">The set on whose rows the lookup stands.</param>
    public Plan? Of(Meeting meeting, SetExpression rows) =>
        meeting.At is { } computed ? Of(computed, rows, 0) : Of((Lookup)meeting, meeting.On is null ? OwnSubject(meeting) : meeting.On.Columns, null);

    private static Dictionary<string, Expression> OwnSubject(Syntax at) => new() { ["subject"] = new Name { Text = "subject", Position = at.Position } };

    public Plan? Of(Expression expression, SetExpression? rows, int depth = 0)
    {
        if (depth > Deepest) return null;
        switch (expression)
        {
            case Nth nth: return Of(nth, nth.On?.Columns, nth.K);
            // A running sum that has to reach a level: one fact of that size does it.
            case Reaches { Of: Name amount } reaches: return Of(reaches, new Dictionary<string, Expression>(reaches.On?.Columns ?? new Dictionary<string, Expression>()) { [amount.Text] = reaches.Level }, null);
            case None: return null;
            case Lookup lookup: return Of(lookup, lookup.On?.Columns, null) ?? FromColumn(lookup, depth);
            case LatestOf all: return Combine(all.Parts, rows, depth, true);
            case Least least: return Combine(least.Parts, rows, depth, false);
            case Default first: return Combine(first.Parts, rows, depth, false);
            case Choose choose: return Combine([.. choose.Cases.Select(each => each.Is ?? each.Otherwise!)], rows, depth, false);
            case Name name:
                if (rows is not null && tree.Column(rows, name.Text) is { } column) return column == expression ? null : Of(column, rows, depth + 1);
                return tree.Term(name.Text)?.Value is { } value ? Of(value, null, depth + 1) : null;
            case Literal or TextLiteral or Is or Comparison: return null;
            default: return Combine([.. SyntaxTree.Children(expression).OfType<Expression>()], rows, depth, false);
        }
    }

    // { first: { of: outcome-at, in: rounds } }: the set holds no fact that can be made, but its column may.
    private Plan? FromColumn(Lookup lookup, int depth) =>
        lookup is First { In: { } set, Of: Name column } && tree.Column(set, column.Text) is { } made ? Of(made, set, depth + 1) : null;

    private Plan? Combine(IReadOnlyList<Expression> parts, SetExpression? rows, int depth, bool all)
    {
        var plans = parts.Select(part => Of(part, rows, depth + 1)).OfType<Plan>().ToList();
        return plans.Count switch { 0 => null, 1 => plans[0], _ => new Plan(null, plans, all) };
    }

    private Plan? Of(Lookup lookup, IReadOnlyDictionary<string, Expression>? on, Expression? reach)
    {
        var demands = new Dictionary<string, Demand>(StringComparer.Ordinal);
        Gather(lookup.Where, demands);
        foreach (var (column, value) in on ?? new Dictionary<string, Expression>()) Get(demands, column).Equal = value;
        var kinds = lookup.Facts ?? Descend(lookup.In!, demands, []);
        if (demands.Remove("kind", out var kind) && kind.Words is { } only) kinds = [.. kinds.Where(only.Contains)];
        kinds = [.. kinds.Where(each => each != "any" && tree.Contract.Facts.ContainsKey(each))];
        if (kinds.Count == 0) return null;
        foreach (var column in (string[])["at", "id", "day"])
            if (demands.TryGetValue(column, out var moment) && moment.Equal is null) demands.Remove(column);
        return new Plan(new Recipe(kinds, demands, reach), [], true);
    }

    // Down to the facts, taking every filter on the way; of a union the first part that has any.
    private IReadOnlyList<string> Descend(SetExpression set, Dictionary<string, Demand> demands, HashSet<SetExpression> seen)
    {
        if (!seen.Add(set)) return [];
        Gather(set.Where, demands);
        if (set is TermSyntax term) Gather(term.Clock?.Where ?? term.Duty?.Where, demands);
        foreach (var (name, made) in set.With ?? new Dictionary<string, Expression>())
            if (made is Name alias && demands.Remove(name, out var demand)) demands.TryAdd(alias.Text, demand);
        if (set.Facts is { } facts) return facts;
        foreach (var below in tree.Beneath(set))
            if (Descend(below, demands, seen) is { Count: > 0 } kinds) return kinds;
        return [];
    }

    private static Demand Get(Dictionary<string, Demand> demands, string column) =>
        demands.TryGetValue(column, out var known) ? known : demands[column] = new Demand();

    private static void Gather(Expression? condition, Dictionary<string, Demand> demands)
    {
        switch (condition)
        {
            case AllOf all:
                foreach (var part in all.Parts) Gather(part, demands);
                break;
            case AnyOf any:
                if (any.Parts.FirstOrDefault(part => Agrees(part, demands)) is { } open) Gather(open, demands);
                break;
            case Is equal:
                foreach (var (column, words) in equal.Values)
                    if (!column.Contains('.'))
                    {
                        var demand = Get(demands, column);
                        demand.Words = demand.Words is { } known && known.Intersect(words).Any() ? [.. known.Intersect(words)] : [.. words];
                    }
                break;
            case Comparison { Of: Name name } comparison when !name.Text.Contains('.'):
                var wanted = Get(demands, name.Text);
                wanted.Equal ??= comparison.SameAs;
                wanted.AtLeast ??= comparison.AtLeast;
                wanted.MoreThan ??= comparison.MoreThan;
                wanted.AtMost ??= comparison.AtMost ?? comparison.LessThan;
                wanted.Begins ??= comparison.Begins;
                wanted.IsAbsent |= comparison.Present == "false";
                break;
            case Name name:
                Get(demands, name.Text).Answer ??= true;
                break;
            case Not { Of: Name name }:
                Get(demands, name.Text).Answer ??= false;
                break;
        }
    }

    // Which part of an alternative fits what is known already: { security: advance } chooses the part that speaks of it.
    private static bool Agrees(Expression part, Dictionary<string, Demand> demands)
    {
        var probe = new Dictionary<string, Demand>(StringComparer.Ordinal);
        Gather(part, probe);
        return probe.All(pair => pair.Value.Words is not { } words || demands.GetValueOrDefault(pair.Key)?.Words is not { } known || known.Intersect(words).Any());
    }
}

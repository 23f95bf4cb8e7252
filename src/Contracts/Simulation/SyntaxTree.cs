using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>Walking a contract as written: what stands in what, and which facts a set is made of in the end.</summary>
internal sealed class SyntaxTree(ContractSyntax contract)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public ContractSyntax Contract => contract;

    /// <summary>The pieces directly inside a piece, in the order of its properties.</summary>
    public static IEnumerable<Syntax> Children(Syntax node)
    {
        var properties = Properties.GetOrAdd(node.GetType(), static type =>
            [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != nameof(Syntax.Position) && p.PropertyType != typeof(string) && p.GetIndexParameters().Length == 0)]);
        foreach (var property in properties)
            foreach (var child in Within(property.GetValue(node))) yield return child;
    }

    private static IEnumerable<Syntax> Within(object? value)
    {
        switch (value)
        {
            case Syntax child: yield return child; break;
            case string or null: break;
            case IDictionary entries:
                foreach (var entry in entries.Values)
                    foreach (var child in Within(entry)) yield return child;
                break;
            case IEnumerable items:
                foreach (var item in items)
                    foreach (var child in Within(item)) yield return child;
                break;
        }
    }

    public TermSyntax? Term(string? name) => name is null ? null : contract.Terms.GetValueOrDefault(name);

    /// <summary>The set that a set takes its rows from, one step down; of a name, what the term says.</summary>
    public IEnumerable<SetExpression> Beneath(SetExpression set)
    {
        if (set.Named is { } name) return Term(name) is { } named ? [named] : [];
        if (set is TermSyntax term)
        {
            if (term.Clock is { } clock) return [clock.Of];
            if (term.Duty is { } duty) return [duty.Of];
            if (term.Measure is { } measure) return [measure.Of];
            if (term.Violation is { } violation) return [violation.Each];
        }
        return set switch
        {
            { From: { } from } => [from],
            { Union: { } parts } => parts,
            { Dates: { } dates } => [dates.Of],
            { Members: { } members } => [members.Of],
            { Pairs: { } pairs } => [pairs.Of],
            { Spells: { } spells } => [spells.Of],
            { Runs: { } runs } => [runs.Of],
            { Group: { } group } => [group.Of],
            { Fold: { } fold } => [fold.Of],
            { Heaviest: { } heaviest } => [heaviest.Of],
            _ => [],
        };
    }

    /// <summary>The kinds of fact whose rows a set has, however often filtered and joined.</summary>
    public IReadOnlyList<string> KindsOf(SetExpression? set)
    {
        var kinds = new List<string>();
        if (set is not null) Collect(set, kinds, []);
        return kinds;
    }

    private void Collect(SetExpression set, List<string> kinds, HashSet<SetExpression> seen)
    {
        if (!seen.Add(set)) return;
        foreach (var kind in set.Facts ?? [])
            foreach (var known in kind == "any" ? contract.Facts.Keys.Where(each => each != "any") : [kind])
                if (!kinds.Contains(known)) kinds.Add(known);
        foreach (var below in Beneath(set)) Collect(below, kinds, seen);
    }

    /// <summary>The texts that a column holds where it comes from literal rows.</summary>
    public IEnumerable<string> LiteralColumn(SetExpression? set, string column) => set is null ? [] : LiteralColumn(set, column, []);

    private IEnumerable<string> LiteralColumn(SetExpression set, string column, HashSet<SetExpression> seen)
    {
        if (!seen.Add(set)) yield break;
        if (set.With?.GetValueOrDefault(column) is Name alias) column = alias.Text;
        if (set.Rows is { } rows && rows.Columns.Keys.ToList().IndexOf(column) is >= 0 and var place)
            foreach (var row in rows.List)
                if (place < row.Count && row[place] != "~") yield return row[place];
        if (set.Pairs is { Take: { } take, With: { } other } && take.GetValueOrDefault(column) is Name taken)
            foreach (var text in LiteralColumn(other, taken.Text, seen)) yield return text;
        foreach (var below in Beneath(set))
            foreach (var text in LiteralColumn(below, column, seen)) yield return text;
    }

    /// <summary>What computes a column of a set, found from the outside in; null for a column of the facts or of literal rows.</summary>
    public Expression? Column(SetExpression set, string name)
    {
        var seen = new HashSet<SetExpression>();
        for (var next = new Stack<SetExpression>([set]); next.TryPop(out var at);)
        {
            if (!seen.Add(at)) continue;
            if (at.With?.GetValueOrDefault(name) is { } found) return found;
            foreach (var below in Beneath(at)) next.Push(below);
        }
        return null;
    }
}

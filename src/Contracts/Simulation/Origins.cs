using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>
/// From a name in a set back to the fields of facts that it is read from: through filters, pairs, spells and the columns that only
/// look a field up. A count or a product says nothing of a single field, a sum nothing of its size.
/// </summary>
internal sealed class Origins(SyntaxTree tree)
{
    private const int Deepest = 12;

    /// <summary>The fields, each as kind and column; empty where the name is computed otherwise.</summary>
    public IReadOnlyList<(string Kind, string Column)> Of(string name, SetExpression set)
    {
        var found = new List<(string Kind, string Column)>();
        Follow(name, set, 0, found);
        return found;
    }

    private void Follow(string name, SetExpression set, int depth, List<(string Kind, string Column)> found)
    {
        if (depth > Deepest) return;
        if (set.With?.GetValueOrDefault(name) is { } made)
        {
            // A column may be made of one of the same name beneath it.
            if (made is Name alias && alias.Text == name) Beneath(name, set, depth, found);
            else Follow(made, set, depth + 1, found);
            return;
        }
        Beneath(name, set, depth, found);
    }

    private void Beneath(string name, SetExpression set, int depth, List<(string Kind, string Column)> found)
    {
        if (set.Pairs is { Take: { } take, With: { } other } && take.GetValueOrDefault(name) is Name taken)
        {
            Follow(taken.Text, other, depth + 1, found);
            return;
        }
        foreach (var kind in set.Facts ?? [])
            if (tree.Contract.Facts.GetValueOrDefault(kind)?.ContainsKey(name) ?? false) found.Add((kind, name));
        foreach (var below in tree.Beneath(set)) Follow(name, below, depth + 1, found);
    }

    private void Follow(Expression made, SetExpression set, int depth, List<(string Kind, string Column)> found)
    {
        if (made is Name name) Follow(name.Text, set, depth, found);
        if (made is Lookup lookup && Looked(lookup) is { } column) Follow(column, SetOf(lookup), depth, found);
    }

    /// <summary>The column of which a lookup gives one value, or their mean; null for counts and sums.</summary>
    public static string? Looked(Lookup lookup) => lookup switch
    {
        First { Of: Name name } => name.Text,
        Last { Of: Name name } => name.Text,
        Mean { Of: Name name } => name.Text,
        Smallest { Of: Name name } => name.Text,
        Largest { Of: Name name } => name.Text,
        _ => null,
    };

    public static SetExpression SetOf(Lookup lookup) => lookup.In ?? new SetExpression { Facts = lookup.Facts };
}

using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>What a fact must hold in one column so that a lookup finds it.</summary>
internal sealed class Demand
{
    public List<string>? Words { get; set; }
    public string? Begins { get; set; }
    public bool? Answer { get; set; }
    public bool IsAbsent { get; set; }
    public Expression? Equal { get; set; }
    public Expression? AtLeast { get; set; }
    public Expression? MoreThan { get; set; }
    public Expression? AtMost { get; set; }

    public IEnumerable<(string Role, Expression Expression)> Expressions()
    {
        if (Equal is not null) yield return ("equal", Equal);
        if (AtLeast is not null) yield return ("least", AtLeast);
        if (MoreThan is not null) yield return ("more", MoreThan);
        if (AtMost is not null) yield return ("most", AtMost);
    }
}

/// <summary>How to make a fact that a lookup finds: of one of these kinds, with these demands on its columns.</summary>
/// <param name="Kinds">In the order of the contract; the first is the usual one.</param>
/// <param name="Reach">How many such facts there must be; null: one.</param>
internal sealed record Recipe(IReadOnlyList<string> Kinds, IReadOnlyDictionary<string, Demand> Demands, Expression? Reach)
{
    /// <summary>The kind that is meant first: what opens a thing does not answer anything.</summary>
    public string Usual => Kinds.FirstOrDefault(kind => !Habits.AllCourses.ContainsKey(kind)) ?? Kinds[0];
}

/// <summary>Recipes of which all, or any one, give what is looked for.</summary>
internal sealed record Plan(Recipe? Recipe, IReadOnlyList<Plan> Parts, bool All)
{
    public IEnumerable<Recipe> Recipes => Recipe is null ? Parts.SelectMany(part => part.Recipes) : [Recipe];

    /// <summary>What to make: all of it, or the first choice of those that are left.</summary>
    public IEnumerable<Recipe> Chosen(Func<Plan, bool> isWanted)
    {
        if (Recipe is { } own) return [own];
        if (All) return Parts.SelectMany(part => part.Chosen(isWanted));
        return (Parts.FirstOrDefault(isWanted) ?? Parts[0]).Chosen(isWanted);
    }
}

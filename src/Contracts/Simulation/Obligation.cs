using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>A duty or a clock: its occurrences are asked of the contract, and met by making the facts that it looks for.</summary>
internal sealed class Obligation
{
    private readonly List<Recipe> _recipes = [];

    public Obligation(string name, TermSyntax term, Plan plan)
    {
        Name = name;
        Plan = plan;
        IsClock = term.Clock is not null;
        MayComeBefore = term.Clock?.Stops.Before == "true";
        _recipes.AddRange(plan.Recipes);
        var columns = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var column in IsClock ? (string[])["start", "due", "subject", "period"] : ["period", "due", "from", "first", "last", "at", "subject"])
            columns[column] = new Name { Text = column, Position = new Position(name, 0, columns.Count) };
        if (term.Clock?.Limit is { } limit) columns["limit"] = limit;
        AddRecipes(columns, _recipes);
        Question = new Question(name, columns, IsClock ? "stop" : "done");
    }

    public string Name { get; }
    public Plan Plan { get; }
    public bool IsClock { get; }
    public bool MayComeBefore { get; }
    public Question Question { get; }

    public int NumberOf(Recipe recipe) => _recipes.IndexOf(recipe);

    /// <summary>Asks, beside the rest, what the recipes of a plan demand.</summary>
    public static void AddRecipes(Dictionary<string, Expression> columns, IReadOnlyList<Recipe> recipes)
    {
        for (var number = 0; number < recipes.Count; number++)
        {
            if (recipes[number].Reach is { } reach) columns[$"r{number}.reach"] = reach;
            foreach (var (column, demand) in recipes[number].Demands)
                foreach (var (role, expression) in demand.Expressions()) columns[$"r{number}.{role}.{column}"] = expression;
        }
    }

    /// <summary>What a recipe demands, as far as the row knows it; null when it cannot be met from here.</summary>
    /// <param name="count">The how-manieth such fact: it takes the next of several words.</param>
    public static Dictionary<string, Value>? Wanted(Recipe recipe, int number, IReadOnlyDictionary<string, Value> row, Dice dice, int? count)
    {
        var wanted = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var (column, demand) in recipe.Demands)
        {
            Value Cell(string role) => row.GetValueOrDefault($"r{number}.{role}.{column}");
            if (demand.IsAbsent) wanted[column] = Value.Missing;
            else if (demand.Equal is not null && Cell("equal") is { IsPresent: true } equal) wanted[column] = equal;
            else if (demand.Words is { Count: > 0 } words) wanted[column] = Parse(count is { } place ? words[place % words.Count] : dice.Of(words));
            else if (demand.Answer is { } answer) wanted[column] = Value.Of(answer);
            else if (Cell("least") is { IsPresent: true } least) wanted[column] = least;
            else if (Cell("more") is { IsPresent: true } more) wanted[column] = Above(more, dice);
            else if (demand.Begins is { } prefix) wanted[column] = Value.Of(prefix + "1");
            else if (count is { } which && demand.Equal is null && !demand.Expressions().Any()) wanted[column] = Value.Of($"{column}-{which + 1:D2}");
            else if (demand.Equal is not null && row.Keys.All(key => !key.EndsWith("equal." + column, StringComparison.Ordinal))) return null;
        }
        return wanted;
    }

    private static Value Parse(string word) => word is "true" or "false" ? Value.Of(word == "true") : Value.Of(word);

    private static Value Above(Value value, Dice dice) => value.Type switch
    {
        Facts.ValueType.Number => Value.Of(Numbers.Round(value, 2) + 1),
        Facts.ValueType.Date => Value.DateOf(value.Days + (int)dice.Between(30, 120)),
        _ => value,
    };
}

using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>An instalment of the contract, and what has to happen before it is due.</summary>
internal sealed class Instalment
{
    public Instalment(string name, InstalmentSyntax syntax, RecipeFinder finder)
    {
        Name = name;
        Standing = new Question(name, new[] { "amount", "met", "due", "paid" }.ToDictionary(column => column, column => (Expression)new Name { Text = column }), null);
        var columns = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var need in syntax.Needs ?? [])
        {
            columns[$"need{Needs.Count}"] = need;
            Needs.Add(finder.Of(need, null) is { } plan ? [.. plan.Recipes] : []);
        }
        Obligation.AddRecipes(columns, [.. Needs.SelectMany(recipes => recipes)]);
        Conditions = new Question(null, columns, null);
    }

    public string Name { get; }
    public Question Standing { get; }
    public Question Conditions { get; }
    public List<List<Recipe>> Needs { get; } = [];
}

/// <summary>A security that the contract asks for.</summary>
internal sealed class Bond
{
    public Bond(string name, SecuritySyntax syntax, RecipeFinder finder)
    {
        Lookup lodged = syntax.Lodged is { } written && (written.Facts ?? (object?)written.In) is not null
            ? written
            : new First { Of = new Name { Text = "at" }, Facts = ["security.lodged"], On = new Matching { Columns = new Dictionary<string, Expression> { ["security"] = new TextLiteral { Text = name } } } };
        // A sum is looked up like a first: only where it looks matters.
        Plan = finder.Of(lodged is First ? lodged : new First { Of = new Name { Text = "at" }, Facts = lodged.Facts, In = lodged.In, On = lodged.On, Where = lodged.Where }, null);
        var columns = new Dictionary<string, Expression>(StringComparer.Ordinal) { ["required"] = syntax.Required };
        Obligation.AddRecipes(columns, [.. Plan?.Recipes ?? []]);
        Question = new Question(null, columns, null);
    }

    public Plan? Plan { get; }
    public Question Question { get; }
}

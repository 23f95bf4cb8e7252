using System.Globalization;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>
/// The words and figures that a contract looks for in the fields of its facts: the choice from which simulated fields are drawn,
/// so that every rule of a contract nobody has seen has something to bite on.
/// </summary>
internal sealed class Wordings
{
    private readonly SyntaxTree _tree;
    private readonly Dictionary<(string Kind, string Column), List<string>> _words = [];
    private readonly Dictionary<(string Kind, string Column), List<Expression>> _figures = [];
    private readonly HashSet<(string Kind, string Column, string Prefix)> _endings = [];
    private readonly HashSet<string> _endingKinds = new(Habits.Endings, StringComparer.Ordinal);

    public Wordings(SyntaxTree tree)
    {
        _tree = tree;
        foreach (var (_, term) in tree.Contract.Terms) Walk(term, [], []);
        foreach (var (name, term) in tree.Contract.Terms)
        {
            if (term.Security is not null && Of("security.lodged", "security").Count == 0) AddEverywhere("security", name);
            foreach (var (rule, syntax) in term.Scorecard?.Rules ?? new Dictionary<string, RuleSyntax>())
                if (syntax.Human == "true") Add("finding.recorded", "rule", rule);
            FindEndings(term);
        }
        foreach (var figure in tree.Contract.Figures) Walk(figure, [], []);
        // A contract that only keeps a record of its end is ended by one of its rights.
        if (tree.Contract.Facts.ContainsKey("contract.terminated") && Every("contract.terminated", "ground").Count == 0)
            foreach (var (name, term) in tree.Contract.Terms)
                if (term.Right is not null) AddWithin(["contract.terminated"], "ground", name);
        var instalments = tree.Contract.Terms.Where(term => term.Value.Instalment is not null).Select(term => term.Key).ToList();
        foreach (var (kind, columns) in tree.Contract.Facts)
            if (columns.ContainsKey("instalment") && Of(kind, "instalment").Count == 0)
                foreach (var instalment in instalments) Add(kind, "instalment", instalment);
    }

    /// <summary>The words for a field, in the order of the contract; empty where it asks for none in particular.</summary>
    public IReadOnlyList<string> Of(string kind, string column) =>
        _words.TryGetValue((kind, column), out var words)
            ? [.. words.Where(word => !_endings.Any(ending => ending.Kind == kind && ending.Column == column && word.StartsWith(ending.Prefix, StringComparison.Ordinal)))]
            : [];

    /// <summary>The figures that a field is compared with.</summary>
    public IReadOnlyList<Expression> FiguresOf(string kind, string column) => _figures.GetValueOrDefault((kind, column)) ?? (IReadOnlyList<Expression>)[];

    /// <summary>The same words with those that end the contract.</summary>
    public IReadOnlyList<string> Every(string kind, string column) => _words.GetValueOrDefault((kind, column)) ?? (IReadOnlyList<string>)[];

    /// <summary>Kinds of which a fact ends the contract, or asks for its end, in the order in which the contract lists them.</summary>
    public IEnumerable<string> EndingKinds => _tree.Contract.Facts.Keys.Where(Ends);

    /// <summary>Words that end the contract where they stand in facts that otherwise do not.</summary>
    public IReadOnlyList<(string Kind, string Column, string Word)> EndingWords =>
        [.. _endings.Where(ending => !Ends(ending.Kind) && Every(ending.Kind, ending.Column).Contains(ending.Prefix)).Order()];

    /// <summary>Kinds of which a single fact ends the contract.</summary>
    public bool Ends(string kind) => _endingKinds.Contains(kind);

    private void Walk(Syntax node, IReadOnlyList<string> kinds, IReadOnlyList<SetExpression> rows)
    {
        foreach (var set in RowsAt(node))
        {
            rows = [.. rows, set];
            kinds = [.. kinds.Union(_tree.KindsOf(set))];
        }
        switch (node)
        {
            case Is equal:
                foreach (var (name, words) in equal.Values)
                    foreach (var word in words) AddWithin(kinds, Plain(name), word);
                break;
            case Comparison { Of: Name name } comparison:
                var column = Plain(name.Text);
                if (comparison.SameAs is TextLiteral same) AddWithin(kinds, column, same.Text);
                if (comparison.In is TextsLiteral list)
                    foreach (var word in list.Texts) AddWithin(kinds, column, word);
                foreach (var figure in (Expression?[])[comparison.AtLeast, comparison.MoreThan])
                    if (figure is not null)
                        foreach (var kind in Declaring(kinds, column)) FiguresFor(kind, column).Add(figure);
                break;
            case Least or Clamp or Greatest:
                Bound(node);
                break;
            case Lookup { On: { } on } lookup:
                var inside = lookup.Facts ?? _tree.KindsOf(lookup.In);
                foreach (var (key, value) in on.Columns)
                {
                    if (value is TextLiteral text) AddWithin(inside, key, text.Text);
                    if (value is not Name outside) continue;
                    foreach (var word in _tree.LiteralColumn(lookup.In, key)) AddWithin(kinds, Plain(outside.Text), word);
                    foreach (var set in rows)
                        foreach (var word in _tree.LiteralColumn(set, Plain(outside.Text))) AddWithin(inside, key, word);
                }
                break;
        }
        foreach (var child in SyntaxTree.Children(node)) Walk(child, kinds, rows);
    }

    // least: [last-share, the amount that the audit found]: the one is measured by the other.
    private void Bound(Syntax node)
    {
        foreach (var child in SyntaxTree.Children(node))
            if (child is Expression and not Lookup)
                foreach (var lookup in Lookups(node))
                    if (Column(lookup) is { } amount && child is (Name or Literal))
                        foreach (var kind in Declaring(lookup.Facts ?? _tree.KindsOf(lookup.In), amount)) FiguresFor(kind, amount).Add((Expression)child);
    }

    private static string? Column(Lookup lookup) => lookup switch { First { Of: Name name } => name.Text, Last { Of: Name name } => name.Text, _ => null };

    private static IEnumerable<Lookup> Lookups(Syntax node) =>
        SyntaxTree.Children(node).SelectMany(child => child is Lookup lookup ? [lookup] : Lookups(child));

    private static IEnumerable<SetExpression> RowsAt(Syntax node) => node switch
    {
        Lookup { In: { } set } => [set],
        Lookup { Facts: { } facts } => [new SetExpression { Facts = facts }],
        SetExpression set => [set],
        ClockSyntax clock => [clock.Of],
        DutySyntax duty => [duty.Of],
        RuleSyntax { Each: { } each } => [each],
        ViolationSyntax violation => [violation.Each],
        MeasureSyntax measure => [measure.Of],
        Fold fold => [fold.Of],
        Spells spells => [spells.Of],
        Runs runs => [runs.Of],
        Group group => [group.Of],
        Pairs pairs => [pairs.Of, pairs.With],
        Members members => [members.Of],
        Dates dates => [dates.Of],
        _ => [],
    };

    private void FindEndings(TermSyntax term)
    {
        var finder = new RecipeFinder(_tree);
        IEnumerable<Expression> ends = term.Duty?.Until is { } until ? [until]
            : term.Value is Least least && least.Parts.Any(part => part is Name { Text: "term.to" or "term.last" }) ? least.Parts
            : [];
        foreach (var recipe in ends.Select(end => finder.Of(end, null)).OfType<Plan>().SelectMany(plan => plan.Recipes))
            foreach (var kind in recipe.Kinds)
            {
                var fixedWords = recipe.Demands.Where(demand => demand.Key is not ("subject" or "kind") && (demand.Value.Begins ?? demand.Value.Words?[0]) is not null).ToList();
                foreach (var (column, demand) in fixedWords)
                    foreach (var word in demand.Words ?? [demand.Begins!]) _endings.Add((kind, column, word));
                if (fixedWords.Count == 0 && !Habits.Knows(kind) && !Habits.IsSequel(kind) && !Habits.Placed.Contains(kind)) _endingKinds.Add(kind);
            }
    }

    private static string Plain(string name) => name.StartsWith("this.", StringComparison.Ordinal) || name.StartsWith("was.", StringComparison.Ordinal) ? name[(name.IndexOf('.') + 1)..] : name;

    private IEnumerable<string> Declaring(IReadOnlyList<string> kinds, string column) =>
        kinds.Where(kind => column == "subject" || (_tree.Contract.Facts.GetValueOrDefault(kind)?.ContainsKey(column) ?? false)
            || (_tree.Contract.Facts.GetValueOrDefault("any")?.ContainsKey(column) ?? false));

    private void AddWithin(IReadOnlyList<string> kinds, string column, string word)
    {
        foreach (var kind in Declaring(kinds, column)) Add(kind, column, word);
    }

    private void AddEverywhere(string column, string word)
    {
        foreach (var (kind, columns) in _tree.Contract.Facts)
            if (columns.ContainsKey(column)) Add(kind, column, word);
    }

    private void Add(string kind, string column, string word)
    {
        if (!_words.TryGetValue((kind, column), out var words)) _words[(kind, column)] = words = [];
        if (!words.Contains(word)) words.Add(word);
    }

    private List<Expression> FiguresFor(string kind, string column) =>
        _figures.TryGetValue((kind, column), out var figures) ? figures : _figures[(kind, column)] = [];

    /// <summary>A literal number as written; null for anything else.</summary>
    public static decimal? Number(Expression expression)
    {
        if (expression is not Literal literal) return null;
        var percent = literal.Text.EndsWith('%');
        return decimal.TryParse(percent ? literal.Text[..^1] : literal.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? percent ? number / 100m : number
            : null;
    }
}

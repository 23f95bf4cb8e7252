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
    private readonly Dictionary<(string Kind, string Column), SortedSet<decimal>> _edges = [];
    private readonly Dictionary<(string Kind, string Column), List<string>> _farWords = [];
    private readonly HashSet<string> _monthly = new(StringComparer.Ordinal);
    private readonly Origins _origins;
    private readonly HashSet<(string Kind, string Column, string Prefix)> _endings = [];
    private readonly HashSet<string> _endingKinds = new(Habits.Endings, StringComparer.Ordinal);

    public Wordings(SyntaxTree tree)
    {
        _tree = tree;
        _origins = new Origins(tree);
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
        // What is compared behind a pairing or a lookup counts where nothing is compared on the facts themselves.
        foreach (var ((kind, column), words) in _farWords) _words.TryAdd((kind, column), words);
        LargestSum = Numbers(tree.Contract.Terms.Values).DefaultIfEmpty(0).Max();
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

    /// <summary>The literal numbers that a field is compared with, smallest first: the edges of its bands.</summary>
    public IReadOnlyCollection<decimal> EdgesOf(string kind, string column) => _edges.GetValueOrDefault((kind, column)) ?? (IReadOnlyCollection<decimal>)[];

    /// <summary>Whether each month asks for a value of this kind: a reading, a rating.</summary>
    public bool IsMonthly(string kind) => _monthly.Contains(kind);

    /// <summary>The largest number that stands for itself in the terms: about what the contract is worth, in CNY.</summary>
    public decimal LargestSum { get; }

    private static IEnumerable<decimal> Numbers(IEnumerable<TermSyntax> terms) => terms.Select(term => term.Value is { } value ? Number(value) : null).OfType<decimal>();

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
                    foreach (var word in words)
                    {
                        AddWithin(kinds, Plain(name), word);
                        foreach (var field in rows.SelectMany(set => _origins.Of(Plain(name), set))) AddTo(_farWords, field, word);
                    }
                break;
            case Bands { Of: Name banded } bands:
                foreach (var band in bands.Rows) AddEdges(banded.Text, rows, [band.AtLeast, band.MoreThan, band.AtMost, band.LessThan]);
                break;
            case Comparison { Of: Name name } comparison:
                var column = Plain(name.Text);
                AddEdges(name.Text, rows, [comparison.AtLeast, comparison.MoreThan, comparison.AtMost, comparison.LessThan]);
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
                    if (IsMonthOf(lookup, key, value)) AddMonthly(lookup);
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
        // The month's rating, found by its instant: { last: { of: score, facts: rating.given, where: [{ of: at, at-least: this.from }, …] } }.
        if (node is Lookup { Where: not null, On: null } timed && rows.Any(IsOfMonths)) AddMonthly(timed);
        foreach (var child in SyntaxTree.Children(node)) Walk(child, kinds, rows);
    }

    private void AddEdges(string name, IReadOnlyList<SetExpression> rows, Expression?[] figures)
    {
        foreach (var edge in figures.Select(Figure).OfType<decimal>())
            foreach (var field in rows.SelectMany(set => _origins.Of(Plain(name), set)))
            {
                if (!_edges.TryGetValue(field, out var edges)) _edges[field] = edges = [];
                edges.Add(edge);
            }
    }

    // A number as it stands, or the name of one.
    private decimal? Figure(Expression? figure) => figure switch
    {
        Name name when _tree.Term(name.Text)?.Value is { } value => Number(value),
        null => null,
        _ => Number(figure),
    };

    // { sum: { of: quantity, in: { …, with: { month: { period-of: { of: at, each: month } } } }, on: { month: period } } }
    private bool IsMonthOf(Lookup lookup, string key, Expression value) =>
        value is Name && lookup.In is { } set && _tree.Column(set, key) is PeriodOf { Each: "month" };

    private bool IsOfMonths(SetExpression set)
    {
        var seen = new HashSet<SetExpression>();
        for (var next = new Stack<SetExpression>([set]); next.TryPop(out var at);)
        {
            if (at.Periods is { Each: "month" }) return true;
            if (seen.Add(at))
                foreach (var below in _tree.Beneath(at)) next.Push(below);
        }
        return false;
    }

    // A rating or a reading is given each month; what is only counted or fined happens when it happens.
    private void AddMonthly(Lookup lookup)
    {
        var kinds = lookup.Facts ?? _tree.KindsOf(lookup.In);
        if (Origins.Looked(lookup) is { } column && column is not ("at" or "id"))
            _monthly.UnionWith(_origins.Of(column, Origins.SetOf(lookup)).Select(field => field.Kind).Where(kind => kind == "rating.given" || !Habits.Knows(kind)));
        if (lookup is Sum && kinds.Contains("meter.read")) _monthly.Add("meter.read");
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

    private void Add(string kind, string column, string word) => AddTo(_words, (kind, column), word);

    private static void AddTo(Dictionary<(string Kind, string Column), List<string>> all, (string Kind, string Column) field, string word)
    {
        if (!all.TryGetValue(field, out var words)) all[field] = words = [];
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

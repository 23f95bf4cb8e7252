using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

/// <summary>
/// Turns a contract as written into the graph of named values: sugar is rewritten into the kernel, names are resolved,
/// types are checked, circles are found. Returns every refusal, not the first.
/// </summary>
internal sealed partial class Compiler
{
    private readonly ContractSyntax _contract;
    private readonly List<Refusal> _refusals = [];
    private readonly CompiledContract _compiled;
    private readonly Dictionary<string, TermSyntax> _syntaxes = new(StringComparer.Ordinal);
    private readonly Queue<Action> _pending = new();
    private readonly Dictionary<int, Dictionary<int, bool>> _uses = [];
    private Term? _current;
    private bool _shifted;

    private Compiler(ContractSyntax contract, WorkCalendar calendar)
    {
        _contract = contract;
        _compiled = new CompiledContract
        {
            Vocabulary = ReadVocabulary(),
            Calendar = calendar,
            Hours = ReadHours(calendar),
            Signed = ReadDate(contract.Contract.Signed, contract.Contract.PlaceOf("signed"), "signed"),
            FirstDay = ReadDate(contract.Contract.Term.From, contract.Contract.Term.PlaceOf("from"), "term.from"),
            LastDay = ReadDate(contract.Contract.Term.Through, contract.Contract.Term.PlaceOf("through"), "term.through"),
        };
    }

    public static (CompiledContract? Contract, IReadOnlyList<Refusal> Refusals) Compile(ContractSyntax contract, WorkCalendar calendar)
    {
        var compiler = new Compiler(contract, calendar);
        try
        {
            compiler.Run();
        }
        catch (InsufficientExecutionStackException)
        {
            compiler.Refuse(contract.Position, "各名称的嵌套超过数千层");
        }
        // Rewritten sugar may use one written piece twice; what is wrong with it is said once.
        return (compiler._refusals.Count == 0 ? compiler._compiled : null, [.. compiler._refusals.DistinctBy(refusal => (refusal.Position, refusal.Message))]);
    }

    private void Run()
    {
        if (_compiled.LastDay < _compiled.FirstDay && _refusals.Count == 0) Refuse(_contract.Contract.Term.Position, "期限的末日早于首日");
        foreach (var (name, syntax) in _contract.Terms)
        {
            if (!IsName(name)) Refuse(syntax.Position, $"名称“{name}”不合规：应以字母开头，只含字母、数字、-、_、.");
            foreach (var (part, rewritten) in Rewriting.Rewrite(name, syntax, _refusals))
                // A part of sugar (a rule of a scorecard) that stands as a term of its own, as a reading may write it, replaces what sugar makes.
                if (part != name && _contract.Terms.ContainsKey(part)) continue;
                else if (!_syntaxes.TryAdd(part, rewritten)) Refuse(syntax.Position, $"名称“{part}”重复");
                else AddTerm(part, rewritten, syntax);
        }
        AddAmendments();
        foreach (var term in _compiled.Terms.ToList()) BuildTerm(term);
        foreach (var (name, view) in _contract.Views ?? Empty<ViewSyntax>()) _compiled.Views[name] = new View(name, null, [], null);
        foreach (var (name, view) in _contract.Views ?? Empty<ViewSyntax>()) CompileView(name, view);
        Drain();
        foreach (var figure in _contract.Figures) CompileFigure(figure);
        CompileSummary();
        Drain();
        CompareVersions();
        FindCircles();
        MarkReadersOfAmended();
    }

    // Whatever reads an amended name, through however many others, is judged by the text in force where it is asked for.
    private void MarkReadersOfAmended()
    {
        if (_amended.Count == 0) return;
        foreach (var name in _amended.Keys)
            if (_compiled.ByName.GetValueOrDefault(name) is { } term) term.ReadsAmended = true;
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var (user, used) in _uses)
                if (!_compiled.Terms[user].ReadsAmended && used.Keys.Any(index => _compiled.Terms[index].ReadsAmended)) grew = _compiled.Terms[user].ReadsAmended = true;
        }
    }

    private static IReadOnlyDictionary<string, T> Empty<T>() => new Dictionary<string, T>();

    private void Drain()
    {
        while (_pending.TryDequeue(out var work)) work();
    }

    /// <summary>Work for later, on behalf of the term now at hand.</summary>
    private void Later(Action work)
    {
        var (term, shifted) = (_current, _shifted);
        _pending.Enqueue(() =>
        {
            (_current, _shifted) = (term, shifted);
            work();
        });
    }

    private void Refuse(Position position, string message) => _refusals.Add(new Refusal(position, NameOf(_current), message));

    // An inline set is refused under the name of the term it stands in.
    private static string? NameOf(Term? term) => term is { IsInner: true } ? term.Name.Split('/', '@')[0] : term?.Name;

    internal static bool IsName(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private Term AddTerm(string name, TermSyntax rewritten, TermSyntax written, bool inner = false)
    {
        var term = new Term { Index = _compiled.Terms.Count, Name = name, Syntax = written, IsInner = inner };
        _compiled.Terms.Add(term);
        _compiled.ByName[name] = term;
        if (inner) _syntaxes[name] = rewritten;
        return term;
    }

    private readonly HashSet<int> _building = [];

    /// <summary>Gives a set term its columns, a value term its pending formula.</summary>
    private void BuildTerm(Term term)
    {
        if (term.Set is not null || term.Formula is not null) return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var syntax = _syntaxes[term.Name];
        var (outer, outerShifted) = (_current, _shifted);
        (_current, _shifted) = (term, false);
        if (!_building.Add(term.Index))
        {
            Refuse(syntax.Position, "集合直接或间接取自其自身");
            term.Set = new LiteralSet(new Columns(), []);
        }
        else if (BuildAmended(term))
        {
        }
        else if (syntax.Value is { } value)
        {
            term.Formula = Placeholder;
            Later(() => term.Formula = Compile(value, new Scope(null, null)));
        }
        else
        {
            var set = BuildSet(syntax);
            term.Set ??= set;
        }
        _building.Remove(term.Index);
        (_current, _shifted) = (outer, outerShifted);
    }

    private static readonly Formula Placeholder = new Constant(Value.Missing, Type.Missing);

    private Vocabulary ReadVocabulary()
    {
        var kinds = new Dictionary<string, IReadOnlyList<Field>>(StringComparer.Ordinal);
        IReadOnlyList<Field> any = [];
        foreach (var (kind, fields) in _contract.Facts)
        {
            var list = new Dictionary<string, Field>(StringComparer.Ordinal);
            foreach (var (column, syntax) in fields)
            {
                var type = ParseFieldType(syntax.Type) ?? FieldType.Text; // the reader has refused other words
                var fallback = Value.Missing;
                if (syntax.Default is { } text)
                {
                    if (Literals.Parse(text, TypeOf(type)) is { } parsed) fallback = parsed;
                    else _refusals.Add(new Refusal(syntax.Position, null, $"字段“{kind}.{column}”的缺省值“{text}”不是{Literals.ToChinese(TypeOf(type))}{Habits.Remedy(text)}"));
                }
                var name = syntax.Field ?? column;
                if (list.ContainsKey(name)) _refusals.Add(new Refusal(syntax.Position, null, $"字段“{kind}.{name}”读了两次"));
                list[name] = new Field(name, type, fallback);
            }
            if (kind == "any") any = [.. list.Values];
            else kinds[kind] = [.. list.Values];
        }
        return new Vocabulary(kinds, any);
    }

    private static FieldType? ParseFieldType(string word) => word switch
    {
        "text" => FieldType.Text,
        "yes-no" => FieldType.YesNo,
        "number" => FieldType.Number,
        "whole" => FieldType.Whole,
        "amount" => FieldType.Amount,
        "date" => FieldType.Date,
        "instant" => FieldType.Instant,
        "from" => FieldType.From,
        "until" => FieldType.Until,
        _ => null,
    };

    private static Type TypeOf(FieldType type) => type switch
    {
        FieldType.Text => Type.Text,
        FieldType.YesNo => Type.YesNo,
        FieldType.Number or FieldType.Whole or FieldType.Amount => Type.Number,
        FieldType.Date => Type.Date,
        _ => Type.Instant,
    };

    private int ReadDate(string text, Position position, string key)
    {
        if (Literals.ParseDate(text) is { } date) return date.Days;
        _refusals.Add(new Refusal(position, null, $"{key}“{text}”不是日期（yyyy-mm-dd）{Literals.WhyNoDate(text)}{(Habits.AsDate(text) is { } mended ? $"；写作 {mended}" : "")}"));
        return 0;
    }

    private void CompileView(string name, ViewSyntax syntax)
    {
        _current = null;
        _shifted = true;
        var scope = new Scope(null, null);
        var assuming = CompileAssuming(syntax.Assuming, scope);
        var asOf = syntax.AsOf is null ? null : Expect(Type.Instant, syntax.AsOf, scope);
        var when = syntax.When is null ? null : Expect(Type.YesNo, syntax.When, scope);
        // Formulas that were compiled meanwhile hold the name; they ask for the view when they are evaluated.
        _compiled.Views[name] = new View(name, asOf, assuming, when);
        _shifted = false;
    }

    /// <summary>A term that needs its own value at the same instant can never be judged; through another instant or an assumption it can.</summary>
    private void FindCircles()
    {
        var state = new byte[_compiled.Terms.Count];
        foreach (var term in _compiled.Terms) Walk(term.Index, []);

        void Walk(int index, List<int> path)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (state[index] == 2) return;
            path.Add(index);
            if (state[index] == 1)
            {
                var circle = path.Skip(path.IndexOf(index)).Select(i => _compiled.Terms[i]).Where(term => !term.IsInner).Select(term => term.Name);
                var at = _compiled.Terms[index];
                _refusals.Add(new Refusal(at.Syntax.Position, at.Name, $"各名称互相依赖成环：{string.Join(" → ", circle)}"));
                path.RemoveAt(path.Count - 1);
                return;
            }
            state[index] = 1;
            foreach (var (used, shifted) in _uses.GetValueOrDefault(index) ?? [])
                if (!shifted) Walk(used, path);
            state[index] = 2;
            path.RemoveAt(path.Count - 1);
        }
    }

    // Watches, while a lookup is compiled, how far out it reaches for a row: what stays within itself is the same for every row that asks.
    private const int Within = int.MaxValue;
    private int _outermost = Within;

    private void Reach(int level) => _outermost = Math.Min(_outermost, level);

    private Term Use(Term term)
    {
        if (_current is { } user)
        {
            if (!_uses.TryGetValue(user.Index, out var used)) _uses[user.Index] = used = [];
            // A use at the same instant outweighs one at another.
            used[term.Index] = _shifted && used.GetValueOrDefault(term.Index, true);
        }
        return term;
    }
}

/// <summary>Where names are looked up: the columns of the row, then of the row outside.</summary>
internal sealed record Scope(Columns? Columns, Scope? Outer)
{
    /// <summary>The columns of the members, in a set made by grouping.</summary>
    public Columns? Members { get; init; }

    /// <summary>How many rows stand outside.</summary>
    public int Level { get; } = Outer is null ? 0 : Outer.Level + 1;
}

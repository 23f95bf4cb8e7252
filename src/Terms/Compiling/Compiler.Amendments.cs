using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

/// <summary>
/// Amendments: overlays by date. Each use of an amended term picks by the date of what is judged: a clock's start, a duty's
/// due date, an occurrence's own instant; outside any row, the instant of judgement. What happened before stays as it was signed.
/// </summary>
internal sealed partial class Compiler
{
    private static readonly string[] PickingColumns = ["start", "due", "at", "from", "date"];
    private readonly Dictionary<string, List<(AmendmentSyntax Amendment, long From, Term Term)>> _amended = new(StringComparer.Ordinal);

    private void AddAmendments()
    {
        foreach (var (id, amendment) in _contract.Amendments ?? Empty<AmendmentSyntax>())
        {
            ReadDate(amendment.Signed, amendment.PlaceOf("signed"), "signed");
            var from = ChinaTime.StartOf(ReadDate(amendment.From, amendment.PlaceOf("from"), "from"));
            foreach (var (name, syntax) in amendment.Replaces)
            {
                if (!_compiled.ByName.ContainsKey(name) && !_contract.Terms.ContainsKey(name))
                {
                    Refuse(syntax.Position, $"补充协议“{id}”替换的名称“{name}”不存在{Suggest(name)}");
                    continue;
                }
                foreach (var (part, rewritten) in Rewriting.Rewrite(name, syntax, _refusals))
                {
                    var version = $"{part}@{id}";
                    _syntaxes[version] = rewritten;
                    var term = AddTerm(version, rewritten, Labelled(syntax, amendment, _contract.Terms.GetValueOrDefault(name)), true);
                    if (!_amended.TryGetValue(part, out var versions)) _amended[part] = versions = [];
                    if (versions.Any(version => version.From == from)) Refuse(syntax.Position, $"两份补充协议自同一日起替换“{part}”：请合为一份，或错开日期");
                    else if (versions.Any(version => version.Amendment.By != amendment.By) && _syntaxes[part].Value is null) Refuse(syntax.Position, $"集合“{part}”的各份补充协议须以同一列（by）取舍");
                    versions.Add((amendment, from, term));
                }
            }
        }
        foreach (var versions in _amended.Values) versions.Sort((left, right) => left.From.CompareTo(right.From));
    }

    // What an amendment replaces keeps its name and speaks of the amendment's clause.
    private static TermSyntax Labelled(TermSyntax syntax, AmendmentSyntax amendment, TermSyntax? original) =>
        syntax.Titled($"{syntax.Label ?? original?.Label ?? ""}〔{amendment.Label}〕", syntax.Clause ?? amendment.Clause);

    /// <summary>The value of a term at a place: the version in force at the date of what is judged there.</summary>
    private Formula AmendedValue(Term term, Type type, Scope scope)
    {
        if (!_amended.TryGetValue(term.Name, out var versions)) return new TermValue(Use(term), type);
        var cases = new List<ChoiceCase>();
        foreach (var (amendment, from, version) in Enumerable.Reverse(versions))
        {
            BuildTerm(version);
            var date = PickingDate(amendment, scope);
            // What is due at 24:00 of the day before is due before.
            var edge = date is ColumnValue { Name: "due" } ? Edge.MoreThan : Edge.AtLeast;
            var inForce = new Compared(date, [new EdgeTest(edge, new Constant(Value.InstantOf(from), Type.Instant))]);
            cases.Add(new ChoiceCase(inForce, new TermValue(Use(version), type)));
        }
        cases.Add(new ChoiceCase(null, new TermValue(Use(term), type)));
        // The picking date may be a column just added.
        if (_highestColumn.Columns is { } watched) _highestColumn.Column = watched.Count;
        return new InForce(term, new Choice([.. cases], type));
    }

    private static Formula PickingDate(AmendmentSyntax amendment, Scope scope)
    {
        if (amendment.By == "as-of") return new AsOfInstant();
        if (amendment.By is { } by)
        {
            if (FindColumn(by, scope) is { } named) return AsInstant(new ColumnValue(named.Depth, named.Column, by, named.Columns.TypeOf(named.Column)));
            return new AsOfInstant();
        }
        var depth = 0;
        for (Scope? at = scope; at is not null; at = at.Outer, depth++)
            foreach (var name in PickingColumns)
                if (at.Columns?.Find(name) is >= 0 and var column && at.Columns.TypeOf(column) is Type.Instant or Type.Date)
                    return AsInstant(new ColumnValue(depth, at.Columns!.Find(name), name, at.Columns.TypeOf(at.Columns.Find(name))));
        return new AsOfInstant();
    }

    private static Formula AsInstant(Formula formula) => formula.Type == Type.Date ? new DueMoment(formula, true) : formula;

    /// <summary>The rows of a set term: those of each version that fall under it by their date.</summary>
    private SetNode AmendedRows(Term term, SetNode original)
    {
        if (!_amended.TryGetValue(term.Name, out var versions)) return original;
        var pieces = new List<(long From, SetNode Set, int[] Map)>();
        foreach (var (_, from, version) in versions)
        {
            BuildTerm(version);
            if (version.Set is not { } set) continue;
            Use(version);
            pieces.Add((from, new TermRows(version, set.Columns), [.. original.Columns.Names.Select(set.Columns.Find)]));
        }
        var by = versions[0].Amendment.By;
        var pick = by == "as-of" ? -1 : (by is null ? PickingColumns : [by]).Select(original.Columns.Find).Where(column => column >= 0 && original.Columns.TypeOf(column) is Type.Instant or Type.Date).DefaultIfEmpty(-1).First();
        return new AmendedSet(original, [.. pieces], pick, pick >= 0 && original.Columns.Names[pick] == "due");
    }
}

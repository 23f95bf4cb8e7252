using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

/// <summary>
/// Amendments: overlays by date. What is judged picks its version by its own date: a clock's start, a duty's due date, an occurrence's
/// own instant; and so does everything that is asked from there, however far the amended name lies behind other names.
/// Outside any row it is the instant of judgement. What happened before stays as it was signed.
/// </summary>
internal sealed partial class Compiler
{
    private readonly Dictionary<string, List<(AmendmentSyntax Amendment, long From, long Signed, Term Term)>> _amended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Term> _originals = new(StringComparer.Ordinal);

    private void AddAmendments()
    {
        foreach (var (id, amendment) in _contract.Amendments ?? Empty<AmendmentSyntax>())
        {
            var signed = ChinaTime.StartOf(ReadDate(amendment.Signed, amendment.PlaceOf("signed"), "signed"));
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
                    var term = AddVersion($"{part}@{id}", rewritten, Labelled(syntax, amendment, _contract.Terms.GetValueOrDefault(name)));
                    if (!_amended.TryGetValue(part, out var versions)) _amended[part] = versions = [];
                    if (versions.Any(version => version.From == from)) Refuse(syntax.Position, $"两份补充协议自同一日起替换“{part}”：请合为一份，或错开日期");
                    else if (versions.Any(version => version.Amendment.By != amendment.By)) Refuse(syntax.Position, $"“{part}”的各份补充协议须以同一列（by）取舍");
                    versions.Add((amendment, from, signed, term));
                }
            }
        }
        foreach (var (name, versions) in _amended)
        {
            versions.Sort((left, right) => left.From.CompareTo(right.From));
            if (_compiled.ByName.GetValueOrDefault(name) is { } term) _originals[name] = AddVersion(name + "@", _syntaxes[name], term.Syntax);
        }
        _compiled.AmendmentDays = [.. _amended.Values.SelectMany(versions => versions).Select(version => version.From).Distinct().Order()];
    }

    private Term AddVersion(string name, TermSyntax rewritten, TermSyntax written)
    {
        _syntaxes[name] = rewritten;
        return AddTerm(name, rewritten, written, true);
    }

    // What an amendment replaces keeps its name and speaks of the amendment's clause.
    private static TermSyntax Labelled(TermSyntax syntax, AmendmentSyntax amendment, TermSyntax? original) =>
        syntax.Titled($"{syntax.Label ?? original?.Label ?? ""}〔{amendment.Label}〕", syntax.Clause ?? amendment.Clause);

    /// <summary>Inside a version of a term, the term's own name means the version before: "the old price plus 500".</summary>
    private Term VersionMeant(Term term)
    {
        if (_current is not { } current || !_amended.TryGetValue(term.Name, out var versions)) return term;
        var at = current.Name.Split('/')[0];
        var place = versions.FindIndex(version => version.Term.Name == at);
        return place < 0 ? term : place == 0 ? _originals[term.Name] : versions[place - 1].Term;
    }

    /// <summary>Gives an amended term its versions; false when it has none.</summary>
    private bool BuildAmended(Term term)
    {
        if (!_amended.TryGetValue(term.Name, out var versions)) return false;
        var original = _originals[term.Name];
        BuildTerm(original);
        foreach (var version in versions) BuildTerm(version.Term);
        var byJudgement = versions[0].Amendment.By == "as-of";
        if (original.Set is { } rows)
        {
            var by = versions[0].Amendment.By;
            var pick = byJudgement ? -1 : PickingColumn(rows.Columns, by);
            term.Set = new AmendedSet(new TermRows(Use(original), rows.Columns),
                [.. versions.Where(version => version.Term.Set is not null).Select(version => new AmendedVersion(
                    StageOf(version.From), version.Signed, new TermRows(Use(version.Term), version.Term.Set!.Columns), [.. rows.Columns.Names.Select(version.Term.Set!.Columns.Find)]))],
                pick, pick >= 0 && rows.Columns.Names[pick] == "due", byJudgement);
            return true;
        }
        term.Formula = Placeholder;
        Later(() =>
        {
            var type = InferName(term.Name, new Scope(null, null));
            term.Formula = new VersionInForce(Use(original), [.. versions.Select(version => (StageOf(version.From), version.Signed, Use(version.Term)))], byJudgement, type);
        });
        return true;
    }

    // What reads an amended name was checked against the text as signed: another type would go through unseen and leave its money out.
    private void CompareVersions()
    {
        foreach (var (name, versions) in _amended)
        {
            if (!_originals.TryGetValue(name, out var original)) continue;
            foreach (var (amendment, _, _, term) in versions)
                if (Change(original, term) is { } change)
                    Refuse(term.Syntax.Position, $"{amendment.Label}把“{name}”{change}；替换的须是同类，原来是数的仍给数");
        }
    }

    private string? Change(Term original, Term term)
    {
        if (original.Set is { } rows && term.Set is { } others)
            return rows.Columns.Names.Select(column => (Column: column, Was: TypeOfColumn(rows.Columns, column), Now: TypeOfColumn(others.Columns, column)))
                .Where(each => AreUnlike(each.Was, each.Now))
                .Select(each => $"的列“{each.Column}”由{Literals.ToChinese(each.Was)}改成了{Literals.ToChinese(each.Now)}").FirstOrDefault();
        if (original.Set is not null || term.Set is not null)
            return $"由{(original.Set is null ? "值" : "集合")}改成了{(term.Set is null ? "值" : "集合")}";
        var (was, now) = (InferName(original.Name, new Scope(null, null)), InferName(term.Name, new Scope(null, null)));
        return AreUnlike(was, now) ? $"由{Literals.ToChinese(was)}改成了{Literals.ToChinese(now)}" : null;
    }

    private static Type TypeOfColumn(Columns columns, string name) => columns.Find(name) is >= 0 and var place ? columns.TypeOf(place) : Type.Missing;

    private static bool AreUnlike(Type was, Type now) => was != now && was != Type.Missing && now != Type.Missing;

    private int StageOf(long from) => Array.IndexOf(_compiled.AmendmentDays, from) + 1;

    /// <summary>
    /// The value of a term where it is asked for: with amendments, in the text in force at the date of the row, unless the term reads nothing amended.
    /// </summary>
    private Formula ValueOfTerm(Term term, Type type, Scope scope)
    {
        term = VersionMeant(term);
        if (_amended.Count == 0 || PickingDate(_amended.GetValueOrDefault(term.Name)?[0].Amendment.By, scope) is not { } picking) return new TermValue(Use(term), type);
        Reach(LevelOf(picking, scope));
        // The picking date may be a column just added.
        if (_highestColumn.Columns is { } watched) _highestColumn.Column = watched.Count;
        return new DatedTermValue(Use(term), picking, type);
    }

    private static int LevelOf(PickingDate picking, Scope scope) => scope.Level - picking.Column.Depth;

    /// <summary>The date by which a row picks its text; null outside dated rows, and where the amendment goes by the instant of judgement.</summary>
    private static PickingDate? PickingDate(string? by, Scope scope)
    {
        if (by == "as-of") return null;
        var depth = 0;
        for (Scope? at = scope; at is not null; at = at.Outer, depth++)
            if (at.Columns is { } columns && PickingColumn(columns, by) is >= 0 and var column)
                return new PickingDate(new ColumnValue(depth, column, columns.Names[column], columns.TypeOf(column)), columns.Names[column] == "due");
        return null;
    }

    // A clock's row goes by its start, a duty's by its due date, any other by when it was: a payment date named `due` is no reason to change the price.
    private static int PickingColumn(Columns columns, string? by)
    {
        string[] names = by is not null ? [by]
            : columns.Find("elapsed") >= 0 && columns.Find("start") >= 0 ? ["start"]
            : columns.Find("duty") >= 0 && columns.Find("due") >= 0 ? ["due"]
            : ["at", "from", "date", "first", "start", "due"];
        foreach (var name in names)
            if (columns.Find(name) is >= 0 and var column && columns.TypeOf(column) is Type.Instant or Type.Date) return columns.Find(name);
        return -1;
    }
}

using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

internal sealed partial class Compiler
{
    private readonly HashSet<string> _inferring = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _inferred = new(StringComparer.Ordinal);
    private int _circlesMet;

    /// <summary>
    /// The type an expression will have, found without compiling it: only as far as needed, so that terms may look
    /// back at each other through an earlier moment. Missing when it cannot be told (yet).
    /// </summary>
    private Type Infer(Expression expression, Scope scope) => expression switch
    {
        Literal literal => Literals.Parse(literal.Text)?.Type ?? Type.Missing,
        Name name => InferName(name.Text, scope),
        TextLiteral or Concat or Part or PeriodOf => Type.Text,
        TextsLiteral or Join or Collect => Type.List,
        MissingLiteral missing => Literals.ParseType(missing.Type) ?? Type.Missing,
        Plus plus => InferSum(plus.Parts, scope),
        Minus minus => InferDifference(minus.Parts, scope),
        Times times => times.Parts.Any(part => Infer(part, scope) == Type.Duration) ? Type.Duration : Type.Number,
        Ratio or Units or Syntax.Round or Syntax.Floor or Syntax.Ceiling or AmountOf or DaysBetween or Syntax.Size or Count => Type.Number,
        Least least => InferFirst(least.Parts, scope),
        Greatest greatest => InferFirst(greatest.Parts, scope),
        LatestOf latest => InferFirst(latest.Parts, scope),
        Default fallback => InferFirst(fallback.Parts, scope),
        Syntax.Clamp clamp => InferFirst([clamp.Of, clamp.From, clamp.To], scope),
        Bands bands => InferFirst([.. bands.Rows.Select(row => row.Is), .. bands.Otherwise is null ? Array.Empty<Expression>() : [bands.Otherwise]], scope),
        Choose choose => InferFirst([.. choose.Cases.Select(one => one.Is ?? one.Otherwise).OfType<Expression>()], scope),
        Syntax.DateOf => Type.Date,
        StartOf or EndOf or Due or DueAt => Type.Instant,
        Syntax.Shift shift => Infer(shift.Of, scope),
        Elapsed or Covered => Type.Duration,
        ValueAt value => Infer(value.Of, scope),
        Is or Comparison or Workday or AllOf or AnyOf or Not or Exists or None => Type.YesNo,
        Syntax.Sum sum => InferInside(sum, sum.Of, scope),
        Smallest smallest => InferInside(smallest, smallest.Of, scope),
        Largest largest => InferInside(largest, largest.Of, scope),
        Mean mean => InferInside(mean, mean.Of, scope),
        Syntax.First first => InferInside(first, first.Of, scope),
        Syntax.Last last => InferInside(last, last.Of, scope),
        Nth nth => InferInside(nth, nth.Of, scope),
        Reaches reaches => InferInside(reaches, reaches.Give, scope),
        _ => Type.Missing,
    };

    private Type InferFirst(IReadOnlyList<Expression> parts, Scope scope)
    {
        foreach (var part in parts)
            if (Infer(part, scope) is not Type.Missing and var type) return type;
        return Type.Missing;
    }

    private Type InferSum(IReadOnlyList<Expression> parts, Scope scope)
    {
        var found = Type.Missing;
        foreach (var part in parts)
        {
            var type = Infer(part, scope);
            if (type == Type.Instant) return type;
            if (found == Type.Missing) found = type;
            if (found == Type.Number) return found;
        }
        return found;
    }

    private Type InferDifference(IReadOnlyList<Expression> parts, Scope scope)
    {
        if (parts.Count == 0) return Type.Missing;
        var first = Infer(parts[0], scope);
        if (first != Type.Instant) return first == Type.Missing ? InferFirst([.. parts.Skip(1)], scope) : first;
        return parts.Skip(1).Any(part => Infer(part, scope) == Type.Instant) ? Type.Duration : Type.Instant;
    }

    private Type InferInside(Lookup lookup, Expression of, Scope scope) =>
        SearchColumns(lookup, scope) is { } columns ? Infer(of, new Scope(columns, scope)) : Type.Missing;

    private Type InferName(string text, Scope scope)
    {
        if (FindColumn(text, scope) is { } found) return found.Columns.TypeOf(found.Column);
        if (_inferred.TryGetValue(text, out var known)) return known;
        if (_syntaxes.TryGetValue(text, out var syntax))
        {
            if (syntax.Value is not { } value) return Type.Missing;
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!_inferring.Add(text))
            {
                _circlesMet++;
                return Type.Missing;
            }
            var circles = _circlesMet;
            var type = Infer(value, new Scope(null, null));
            _inferring.Remove(text);
            // What could not be told for want of a term still being inferred may be told later; anything else stays as it is.
            if (type != Type.Missing || circles == _circlesMet) _inferred[text] = type;
            return type;
        }
        return BuiltIn(text)?.Type ?? Type.Missing;
    }

    private static (int Depth, Columns Columns, int Column)? FindColumn(string text, Scope scope)
    {
        var depth = 0;
        Scope? at = scope;
        if (text.StartsWith("this.", StringComparison.Ordinal))
        {
            text = text[5..];
            at = scope.Outer;
            depth = 1;
        }
        for (; at is not null; at = at.Outer, depth++)
            if (at.Columns?.Find(text) is >= 0 and var column) return (depth, at.Columns, column);
        return null;
    }

    private Formula? BuiltIn(string text) => text switch
    {
        "as-of" => new AsOfInstant(),
        "signed" => new Constant(Facts.Value.DateOf(_compiled.Signed), Type.Date),
        "term.first" => new Constant(Facts.Value.DateOf(_compiled.FirstDay), Type.Date),
        "term.last" => new Constant(Facts.Value.DateOf(_compiled.LastDay), Type.Date),
        "term.from" => new Constant(Facts.Value.InstantOf(Facts.ChinaTime.StartOf(_compiled.FirstDay)), Type.Instant),
        "term.to" => new Constant(Facts.Value.InstantOf(Facts.ChinaTime.StartOf(_compiled.LastDay + 1)), Type.Instant),
        _ => null,
    };

    /// <summary>The columns of the set that a lookup looks into.</summary>
    private Columns? SearchColumns(Lookup lookup, Scope scope)
    {
        if (lookup.In?.Named == "members" && MembersIn(scope) is { } members) return members;
        return SearchTerm(lookup)?.Set?.Columns;
    }

    private static Columns? MembersIn(Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
            if (scope.Members is { } members) return members;
        return null;
    }

    private readonly Dictionary<string, Term> _factTerms = new(StringComparer.Ordinal);

    private Term? SearchTerm(Lookup lookup)
    {
        if (lookup.In is not null && lookup.Facts is not null)
        {
            Refuse(lookup.Position, "in 与 facts 只能取其一");
            return null;
        }
        if (lookup.In is { } set) return InlineTerm(set, set);
        if (lookup.Facts is not { } kinds)
        {
            Refuse(lookup.Position, "须以 in 或 facts 指明所查的集合");
            return null;
        }
        // Lookups into the same kinds share one set, and so its indexes.
        var key = string.Join(' ', kinds);
        if (!_factTerms.TryGetValue(key, out var term))
        {
            term = new Term { Index = _compiled.Terms.Count, Name = "facts/" + key, Syntax = new TermSyntax { Position = lookup.Position }, IsInner = true, Set = BuildFacts(kinds, lookup) };
            _compiled.Terms.Add(term);
            _factTerms[key] = term;
        }
        return term;
    }
}

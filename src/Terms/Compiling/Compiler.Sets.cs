using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

internal sealed partial class Compiler
{
    private readonly Dictionary<Syntax.Syntax, Term> _inline = new(ReferenceEqualityComparer.Instance);

    /// <summary>A set written where a set is expected: a name, or a source with modifiers.</summary>
    private SetNode BuildSet(SetExpression syntax)
    {
        if (syntax.Named is { } name)
        {
            var term = SetTerm(name, syntax.Position);
            return term is null ? Refused() : new TermRows(term, term.Set!.Columns);
        }
        var node = BuildSource(syntax, out var members);
        // A set of another name has its own columns; what they are called here is no business of theirs.
        if (syntax.Labels is not null && node is TermRows rows) node = new TermRows(rows.Term, rows.Columns.Copy());
        Label(node.Columns, syntax.Labels);
        var whereDone = false;
        if (syntax is { Facts: not null, With: null, Where: { } filter } && node is FactsSet facts)
        {
            whereDone = true;
            var scope = new Scope(facts.Columns, null);
            Later(() => facts.Where = Expect(Type.YesNo, filter, scope));
        }
        if (syntax.With is { } with) node = Extend(node, with, members, syntax.Labels);
        if (syntax.Where is { } where && !whereDone)
        {
            var filtered = new FilteredSet(node);
            var scope = new Scope(node.Columns, null) { Members = members };
            var extended = node as ExtendedSet;
            Later(() => CompileFilter(where, scope, filtered, extended));
            node = filtered;
        }
        if (syntax.Order is { } order) node = new SortedSet(node, Keys(node.Columns, order));
        if (syntax.First is { } first) node = new PickedSet(node, Find(node.Columns, first, syntax.Position), false);
        if (syntax.Last is { } last) node = new PickedSet(node, Find(node.Columns, last, syntax.Position), true);
        if (syntax.Number is { } number)
        {
            var columns = node.Columns.Copy();
            columns.Add(number.As, Type.Number);
            node = new NumberedSet(node, columns, Find(node.Columns, number.By, number.Position));
        }
        if (syntax.Next is { } next) node = Neighbour(node, next, true);
        if (syntax.Previous is { } previous) node = Neighbour(node, previous, false);
        Label(node.Columns, syntax.Labels);
        foreach (var labelled in syntax.Labels?.Keys ?? [])
            if (node.Columns.Find(labelled) < 0) RefuseColumn(node.Columns, labelled, syntax.PlaceOf($"labels/{labelled}"));
        return node;
    }

    private static void Label(Columns columns, IReadOnlyDictionary<string, string>? labels)
    {
        foreach (var (name, label) in labels ?? Empty<string>())
            if (columns.Find(name) >= 0) columns.Label(name, label);
    }

    // The parts of a filter that ask nothing of the columns just added are asked before those are computed.
    private void CompileFilter(Expression where, Scope scope, FilteredSet filtered, ExtendedSet? extended)
    {
        var added = extended?.Inputs[0].Columns.Count ?? 0;
        List<Formula> before = [], after = [];
        foreach (var part in where is AllOf all ? all.Parts : [where])
        {
            _highestColumn = (scope.Columns!, -1);
            var formula = Expect(Type.YesNo, part, scope);
            (extended is not null && _highestColumn.Column < added ? before : after).Add(formula);
        }
        _highestColumn = (null, -1);
        if (extended is not null) extended.Beforehand = [.. before];
        filtered.Where = after.Count switch { 0 => new Constant(Facts.Value.Yes, Type.YesNo), 1 => after[0], _ => new Every([.. after]) };
    }

    // Watches, while a formula is compiled, how far into the columns of one set it reaches.
    private (Columns? Columns, int Column) _highestColumn;

    private ExtendedSet Extend(SetNode input, IReadOnlyDictionary<string, Expression> with, Columns? members, IReadOnlyDictionary<string, string>? labels)
    {
        var columns = input.Columns;
        var extended = new List<(Expression Expression, Scope Scope)>();
        foreach (var (name, expression) in with)
        {
            if (!IsName(name)) Refuse(expression.Position, $"列名“{name}”不合规");
            // A column sees the columns before it only: of the same name, the one it replaces.
            var scope = new Scope(columns, null) { Members = members };
            columns = columns.Copy();
            columns.Add(name, () => Infer(expression, scope));
            Label(columns, labels);
            extended.Add((expression, scope));
        }
        var node = new ExtendedSet(input, columns, extended.Count);
        Later(() =>
        {
            for (var i = 0; i < extended.Count; i++) node.Formulas[i] = Compile(extended[i].Expression, extended[i].Scope);
        });
        return node;
    }

    private NeighbourSet Neighbour(SetNode input, Neighbour syntax, bool next)
    {
        var columns = input.Columns.Copy();
        var take = new List<int>();
        foreach (var (name, taken) in syntax.Take)
        {
            if (Find(input.Columns, [taken], syntax.Position) is not [var column]) continue;
            take.Add(column);
            columns.Add(name, () => input.Columns.TypeOf(column));
        }
        return new NeighbourSet(input, columns, Find(input.Columns, syntax.By, syntax.Position), [.. take], next);
    }

    private int[] Find(Columns columns, IReadOnlyList<string>? names, Position position)
    {
        if (names is null) return [];
        var found = new List<int>();
        foreach (var name in names)
            if (columns.Find(name) is >= 0 and var column) found.Add(column);
            else RefuseColumn(columns, name, position);
        return [.. found];
    }

    private void RefuseColumn(Columns columns, string name, Position position)
    {
        if (columns.IsUnknown) return;
        Refuse(position, $"集合没有列“{name}”{(name.Length > 2 && Nearness.Nearest(name, columns.Names) is { } near ? $"，最相近的是“{near}”" : "")}；可用的列：{string.Join("、", columns.Names.Distinct())}");
    }

    private static LiteralSet Refused() => new(new Columns { IsUnknown = true }, []);

    private SortKey[] Keys(Columns columns, IReadOnlyList<OrderKey>? order)
    {
        var keys = new List<SortKey>();
        foreach (var key in order ?? [])
            if (columns.Find(key.Column) is >= 0 and var column) keys.Add(new SortKey(column, key.Descending));
            else RefuseColumn(columns, key.Column, key.Position);
        return [.. keys];
    }

    private Term? SetTerm(string name, Position position)
    {
        if (!_compiled.ByName.TryGetValue(name, out var term))
        {
            Refuse(position, _contract.Facts.ContainsKey(name) ? $"“{name}”是事实的种类，不是集合：写作 facts: {name}" : $"没有名为“{name}”的集合{Suggest(name)}");
            return null;
        }
        BuildTerm(term);
        if (term.Set is null)
        {
            Refuse(position, $"“{name}”是值，不是集合；此处须写集合的名称，或 {{ facts: 种类 }} 之类的来源");
            return null;
        }
        return Use(VersionMeant(term));
    }

    private string Suggest(string name)
    {
        var near = _compiled.Terms.Where(term => !term.IsInner).Select(term => term.Name)
            .FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase) || (name.Length > 2 && known.Length > 2 && (known.Contains(name, StringComparison.Ordinal) || name.Contains(known, StringComparison.Ordinal))));
        // A slip of the pen in a short name could mean any other short name.
        near ??= name.Length > 3 ? Nearness.Nearest(name, _compiled.Terms.Where(term => !term.IsInner).Select(term => term.Name)) : null;
        return near is null ? "" : $"；是否指“{near}”";
    }

    private SetNode BuildSource(SetExpression syntax, out Columns? members)
    {
        members = null;
        object?[] sources = [syntax.Facts, syntax.From, syntax.Union, syntax.Rows, syntax.Table, syntax.Periods, syntax.Dates, syntax.Members,
            syntax.Pairs, syntax.Spells, syntax.Runs, syntax.Group, syntax.Fold, syntax.Allocate, syntax.Heaviest];
        if (sources.Count(source => source is not null) != 1)
        {
            Refuse(syntax.Position, "集合应恰有一个来源（facts、from、union、rows、table、periods、dates、members、pairs、spells、runs、group、fold、allocate、heaviest 之一）");
            return Refused();
        }
        if (syntax.Facts is { } kinds) return BuildFacts(kinds, syntax);
        if (syntax.From is { } from) return BuildSet(from);
        if (syntax.Union is { } union) return BuildUnion(union);
        if (syntax.Rows is { } rows) return BuildRows(rows);
        if (syntax.Table is { } table) return BuildTable(table);
        if (syntax.Periods is { } periods) return BuildPeriods(periods);
        if (syntax.Dates is { } dates) return BuildDates(dates);
        if (syntax.Members is { } list) return BuildMembers(list);
        if (syntax.Pairs is { } pairs) return BuildPairs(pairs);
        if (syntax.Spells is { } spells) return BuildSpells(spells);
        if (syntax.Runs is { } runs) return BuildRuns(runs);
        if (syntax.Fold is { } fold) return BuildFold(fold);
        if (syntax.Allocate is { } allocate) return BuildAllocate(allocate);
        if (syntax.Heaviest is { } heaviest) return BuildHeaviest(heaviest);
        var group = syntax.Group!;
        var input = BuildSet(group.Of);
        var by = Find(input.Columns, group.By, group.Position);
        var columns = new Columns();
        foreach (var column in by) columns.Add(input.Columns.Names[column], () => input.Columns.TypeOf(column));
        Label(columns, input.Columns.Labels);
        members = input.Columns;
        return new GroupedSet(input, columns, by);
    }

    private FactsSet BuildFacts(IReadOnlyList<string> names, Syntax.Syntax written)
    {
        var vocabulary = _compiled.Vocabulary;
        var any = names is ["any"];
        var columns = new Columns { IsUnknown = !any && names.Any(name => vocabulary.IndexOfKind(name) < 0) };
        columns.Add("id", Type.Text);
        columns.Add("kind", Type.Text);
        columns.Add("subject", Type.Text);
        columns.Add("at", Type.Instant);
        columns.Add("day", Type.Date);
        var kinds = new List<int>();
        foreach (var name in any ? [] : names)
            if (vocabulary.IndexOfKind(name) is >= 0 and var kind) kinds.Add(kind);
            else Refuse(written.PlaceOf($"facts/{name}", written.PlaceOf("facts")), $"facts 一节没有列出种类“{name}”{(Nearness.Nearest(name, _contract.Facts.Keys) is { } near ? $"；是否指“{near}”" : $"；合同读取的有：{string.Join("、", _contract.Facts.Keys)}")}；种类须先写在 facts 一节");
        var fields = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var name in any ? ["any"] : names.Append("any"))
            foreach (var (column, field) in _contract.Facts.GetValueOrDefault(name) ?? Empty<FieldSyntax>())
            {
                if (columns.Find(column) is >= 0 and < FactsSet.FirstField)
                {
                    Refuse(field.Position, $"字段列“{column}”与固有列同名；请另取列名，并以 field: {column} 指明所读字段");
                    continue;
                }
                if (ParseFieldType(field.Type) is not { } type) continue;
                if (fields.TryAdd(column, TypeOf(type))) columns.Add(column, TypeOf(type));
                else if (fields[column] != TypeOf(type) && name != "any") Refuse(written.PlaceOf("facts"), $"各种类的字段“{column}”类型不一致");
            }
        var slots = new int[vocabulary.KindCount + 1][];
        for (var kind = -1; kind < vocabulary.KindCount; kind++)
        {
            var own = kind < 0 ? null : _contract.Facts.GetValueOrDefault(vocabulary.KindName(kind));
            slots[kind + 1] = [.. columns.Names.Skip(FactsSet.FirstField).Select(column =>
            {
                var syntax = own?.GetValueOrDefault(column) ?? _contract.Facts.GetValueOrDefault("any")?.GetValueOrDefault(column);
                return syntax is null ? -1 : vocabulary.SlotOf(kind, syntax.Field ?? column);
            })];
        }
        return new FactsSet(columns, vocabulary, any ? null : [.. kinds.Distinct()], slots);
    }

    private UnionSet BuildUnion(IReadOnlyList<SetExpression> parts)
    {
        var inputs = parts.Select(BuildSet).ToArray();
        var columns = new Columns();
        foreach (var name in inputs.SelectMany(input => input.Columns.Names).Distinct(StringComparer.Ordinal))
            columns.Add(name, () => inputs.Where(input => input.Columns.Find(name) >= 0).Select(input => input.Columns.TypeOf(input.Columns.Find(name))).FirstOrDefault(type => type != Type.Missing));
        foreach (var input in inputs.Reverse()) Label(columns, input.Columns.Labels);
        var position = parts.Count > 0 ? parts[0].Position : Position.Nowhere;
        Later(() =>
        {
            foreach (var name in columns.Names)
            {
                var types = inputs.Where(input => input.Columns.Find(name) >= 0).Select(input => input.Columns.TypeOf(input.Columns.Find(name))).Where(type => type != Type.Missing).Distinct().ToList();
                if (types.Count > 1) Refuse(position, $"相接的集合中列“{name}”的类型不一致：{string.Join("、", types.Select(Literals.ToChinese))}");
            }
        });
        return new UnionSet(inputs, columns, [.. inputs.Select(input => columns.Names.Select(input.Columns.Find).ToArray())]);
    }

    private LiteralSet BuildRows(LiteralRows syntax)
    {
        var columns = new Columns();
        foreach (var (name, word) in syntax.Columns)
        {
            columns.Add(name, Literals.ParseType(word) ?? Type.Text); // the reader has refused other words
        }
        var rows = new List<Row>();
        for (var line = 0; line < syntax.List.Count; line++)
        {
            var cells = syntax.List[line];
            if (cells.Count != columns.Count)
            {
                Refuse(syntax.PlaceOf($"list/{line}"), $"一行有 {cells.Count} 格，应有 {columns.Count} 格：{string.Join("、", cells)}");
                continue;
            }
            var values = new Value[cells.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (cells[i] == "~") continue;
                if (Literals.Parse(cells[i], columns.TypeOf(i)) is { } value) values[i] = value;
                else Refuse(syntax.PlaceOf($"list/{line}/{i}"), $"“{cells[i]}”不是{Literals.ToChinese(columns.TypeOf(i))}（列“{columns.Names[i]}”）{Habits.Remedy(cells[i])}");
            }
            rows.Add(new ValuesRow(values));
        }
        return new LiteralSet(columns, [.. rows]);
    }

    private TableSet BuildTable(IReadOnlyList<IReadOnlyDictionary<string, Expression>> lines)
    {
        var columns = new Columns();
        var scope = new Scope(null, null);
        foreach (var name in lines.SelectMany(line => line.Keys).Distinct(StringComparer.Ordinal))
            columns.Add(name, () => lines.Where(line => line.ContainsKey(name)).Select(line => Infer(line[name], scope)).FirstOrDefault(type => type != Type.Missing));
        var cells = lines.Select(_ => new Formula?[columns.Count]).ToArray();
        Later(() =>
        {
            for (var i = 0; i < lines.Count; i++)
                foreach (var (name, expression) in lines[i])
                    cells[i][columns.Find(name)] = Expect(columns.TypeOf(columns.Find(name)), expression, scope);
        });
        return new TableSet(columns, cells);
    }

    private PeriodsSet BuildPeriods(Periods syntax)
    {
        var columns = new Columns();
        columns.Add("period", Type.Text);
        columns.Add("first", Type.Date);
        columns.Add("last", Type.Date);
        columns.Add("from", Type.Instant);
        columns.Add("to", Type.Instant);
        columns.Add("number", Type.Number);
        var kind = CalendarPeriods.Parse(syntax.Each) ?? PeriodKind.Month;
        var anchored = syntax.Anchored == "true";
        if (anchored && kind is PeriodKind.Day or PeriodKind.Workday or PeriodKind.NonWorkday or PeriodKind.Week)
        {
            Refuse(syntax.Position, "anchored 只用于 month、quarter、half-year、year");
            anchored = false;
        }
        var node = new PeriodsSet(columns, kind, anchored);
        var scope = new Scope(null, null);
        Later(() =>
        {
            node.From = Expect(Type.Instant, syntax.From ?? new Name { Text = "term.from", Position = syntax.Position }, scope);
            node.To = Expect(Type.Instant, syntax.To ?? new Name { Text = "term.to", Position = syntax.Position }, scope);
        });
        return node;
    }

    private DatesSet BuildDates(Dates syntax)
    {
        var input = BuildSet(syntax.Of);
        var columns = input.Columns.Copy();
        columns.Add("date", Type.Date);
        var node = new DatesSet(input, columns);
        var scope = new Scope(input.Columns, null);
        Later(() =>
        {
            node.From = Expect(Type.Date, syntax.From, scope);
            node.To = Expect(Type.Date, syntax.To, scope);
        });
        return node;
    }

    private MembersSet BuildMembers(Members syntax)
    {
        var input = BuildSet(syntax.Of);
        var columns = input.Columns.Copy();
        columns.Add(syntax.As, Type.Text);
        var node = new MembersSet(input, columns);
        var scope = new Scope(input.Columns, null);
        Later(() => node.List = ExpectList(syntax.List, scope));
        return node;
    }

    private PairsSet BuildPairs(Pairs syntax)
    {
        var input = BuildSet(syntax.Of);
        var other = InlineTerm(syntax.With, syntax.With);
        var columns = input.Columns.Copy();
        var outer = new Scope(input.Columns, null);
        var scope = new Scope(other.Set!.Columns, outer);
        var take = syntax.Take ?? Empty<Expression>();
        foreach (var (name, expression) in take) columns.Add(name, () => Infer(expression, scope));
        var search = new RowSearch { Set = other };
        var node = new PairsSet(input, columns, search);
        Later(() =>
        {
            search.On = CompileMatching(syntax.On, other.Set.Columns, outer);
            search.Picking = _amended.Count == 0 ? null : PickingDate(null, outer);
            search.Where = syntax.Where is null ? null : Expect(Type.YesNo, syntax.Where, scope);
            node.Take = [.. take.Values.Select(expression => Compile(expression, scope))];
        });
        return node;
    }

    private SpellsSet BuildSpells(Spells syntax)
    {
        var input = BuildSet(syntax.Of);
        var at = input.Columns.Find("at");
        if (at < 0) Refuse(syntax.Position, "spells 所取的集合应有列 at");
        var columns = input.Columns.Copy();
        columns.Add("from", Type.Instant);
        columns.Add("to", Type.Instant);
        columns.Add("closed-by", Type.Text);
        var node = new SpellsSet(input, columns, Find(input.Columns, syntax.By, syntax.Position), at, input.Columns.Find("id"));
        var scope = new Scope(input.Columns, null);
        Later(() =>
        {
            node.Opens = Expect(Type.YesNo, syntax.Opens, scope);
            node.Closes = Expect(Type.YesNo, syntax.Closes, scope);
        });
        return node;
    }

    private RunsSet BuildRuns(Runs syntax)
    {
        var input = BuildSet(syntax.Of);
        var columns = input.Columns.Copy();
        columns.Add("run", Type.Number);
        columns.Add("place", Type.Number);
        var node = new RunsSet(input, columns, Find(input.Columns, syntax.By, syntax.Position), Keys(input.Columns, syntax.Order));
        var scope = new Scope(input.Columns, null);
        Later(() => node.While = Expect(Type.YesNo, syntax.While, scope));
        return node;
    }

    private FoldSet BuildFold(Fold syntax)
    {
        var input = BuildSet(syntax.Of);
        var outside = new Scope(null, null);
        var columns = input.Columns.Copy();
        foreach (var (name, carry) in syntax.Carry) columns.Add("was." + name, () => Infer(carry.Starts, outside));
        var steps = new List<(Carry Carry, Scope Scope, string Name)>();
        foreach (var (name, carry) in syntax.Carry)
        {
            // A value just computed is seen under its name by those listed after it.
            var scope = new Scope(columns, null);
            columns = columns.Copy();
            columns.Add(name, () => Infer(carry.Starts, outside));
            steps.Add((carry, scope, name));
        }
        var node = new FoldSet(input, columns, Find(input.Columns, syntax.By, syntax.Position), Keys(input.Columns, syntax.Order), steps.Count);
        Later(() =>
        {
            for (var i = 0; i < steps.Count; i++)
            {
                node.Starts[i] = Compile(steps[i].Carry.Starts, outside);
                node.Then[i] = Expect(node.Starts[i].Type, steps[i].Carry.Then, steps[i].Scope);
            }
        });
        return node;
    }

    private AllocatedSet BuildAllocate(Allocate syntax)
    {
        SetNode claims = BuildSet(syntax.Claims), pots = BuildSet(syntax.Pots);
        var columns = new Columns();
        columns.Add("claim", Type.Text);
        columns.Add("pot", Type.Text);
        columns.Add("taken", Type.Number);
        var node = new AllocatedSet(columns, claims, pots, Keys(claims.Columns, syntax.Order));
        Scope claim = new(claims.Columns, null), pot = new(pots.Columns, null), both = new(pots.Columns, claim);
        Later(() =>
        {
            node.Claim = Compile(syntax.Claim, claim);
            node.Amount = Expect(Type.Number, syntax.Amount, claim);
            node.Pot = Compile(syntax.Pot, both);
            node.Room = Expect(Type.Number, syntax.Room, pot);
            node.Where = syntax.Where is null ? null : Expect(Type.YesNo, syntax.Where, both);
        });
        return node;
    }

    private HeaviestSet BuildHeaviest(Heaviest syntax)
    {
        var input = BuildSet(syntax.Of);
        var columns = input.Columns.Copy();
        columns.Add("picked", Type.YesNo);
        var node = new HeaviestSet(input, columns, Keys(input.Columns, syntax.Order));
        var scope = new Scope(input.Columns, null);
        Later(() => node.Events = ExpectList(syntax.Events, scope));
        return node;
    }

    /// <summary>The term behind a set that is looked into: the named one, or an inner one made for an inline set.</summary>
    private Term InlineTerm(Syntax.Syntax key, SetExpression syntax)
    {
        if (syntax.Named is { } name)
            return SetTerm(name, syntax.Position) ?? EmptyTerm();
        if (_inline.TryGetValue(key, out var known)) return Use(known);
        var owner = _current;
        var written = owner?.Syntax ?? new TermSyntax { Position = syntax.Position };
        var term = new Term { Index = _compiled.Terms.Count, Name = $"{owner?.Name ?? "figures"}/{_compiled.Terms.Count}", Syntax = written, IsInner = true };
        _compiled.Terms.Add(term);
        _inline[key] = term;
        Use(term);
        var (outer, shifted) = (_current, _shifted);
        (_current, _shifted) = (term, false);
        term.Set = BuildSet(syntax);
        (_current, _shifted) = (outer, shifted);
        return term;
    }

    private Term? _empty;

    private Term EmptyTerm()
    {
        if (_empty is not null) return _empty;
        _empty = new Term { Index = _compiled.Terms.Count, Name = "空集", Syntax = new TermSyntax(), IsInner = true, Set = Refused() };
        _compiled.Terms.Add(_empty);
        return _empty;
    }
}

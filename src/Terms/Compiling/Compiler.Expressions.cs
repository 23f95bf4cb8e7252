using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

internal sealed partial class Compiler
{
    private Formula Compile(Expression expression, Scope scope)
    {
        switch (expression)
        {
            case Literal literal:
                if (Literals.Parse(literal.Text) is { } value) return new Constant(value, value.Type);
                Refuse(literal.Position, $"“{literal.Text}”不是数、日期、时刻或时长（时刻须带时区偏移；文本写作 {{ text: … }}）{Literals.WhyNoDate(literal.Text)}{Habits.Remedy(literal.Text)}");
                return Placeholder;
            case Name name: return CompileName(name, scope);
            case TextLiteral text: return new Constant(Value.Of(text.Text), Type.Text);
            case TextsLiteral texts: return new Constant(Value.Of([.. texts.Texts.Distinct().Order(StringComparer.Ordinal)]), Type.List);
            case MissingLiteral missing: return new Constant(Value.Missing, Literals.ParseType(missing.Type) ?? Type.Missing);
            case Plus plus: return CompileSum(plus.Parts, plus.Position, scope);
            case Minus minus: return CompileDifference(minus.Parts, minus.Position, scope);
            case Times times: return CompileProduct(times.Parts, times.Position, scope);
            case Ratio ratio: return CompileRatio(ratio, scope);
            case Least least: return CompileExtreme(least.Parts, least.Position, -1, false, scope);
            case Greatest greatest: return CompileExtreme(greatest.Parts, greatest.Position, 1, false, scope);
            case LatestOf latest: return CompileExtreme(latest.Parts, latest.Position, 1, true, scope);
            case Default fallback:
                var parts = CompileAlike(fallback.Parts, fallback.Position, scope, out var type);
                return new FirstPresent(parts, type);
            case Syntax.Clamp clamp:
                var clamped = CompileAlike([clamp.Of, clamp.From, clamp.To], clamp.Position, scope, out var clampType);
                return new Clamped(clamped[0], clamped[1], clamped[2], clampType);
            case Syntax.Round round:
                if (Literals.ParseNumber(round.To) is not { } unit || unit.Number <= 0) Refuse(round.Position, $"舍入单位“{round.To}”应是正数，如 0.01");
                else return new Rounded(Expect(Type.Number, round.Of, scope), unit.Number);
                return Placeholder;
            case Syntax.Floor floor: return new WholeNumber(Expect(Type.Number, floor.Of, scope), false);
            case Syntax.Ceiling ceiling: return new WholeNumber(Expect(Type.Number, ceiling.Of, scope), true);
            case Units units: return CompileUnits(units, scope);
            case Bands bands: return CompileBands(bands, scope);
            case Choose choose: return CompileChoose(choose, scope);
            case Concat concat: return new Joined([.. concat.Parts.Select(part => Compile(part, scope))]);
            case Part part:
                if (part.Before is null == part.After is null) Refuse(part.Position, "part 须有 before 或 after 之一");
                return new TextPart(Expect(Type.Text, part.Of, scope), part.Before ?? part.After ?? "/", part.Before is not null);
            case Syntax.DateOf dateOf: return new Kernel.LocalDate(ExpectTime(dateOf.Of, scope));
            case StartOf startOf: return new DayEdge(Expect(Type.Date, startOf.Of, scope), false);
            case EndOf endOf: return new DayEdge(Expect(Type.Date, endOf.Of, scope), true);
            case Due due: return new DueInstant(ExpectTime(due.From, scope), ReadSpan(due.Within, due.PlaceOf("within")), HoursOf(due.On, due.PlaceOf("on")));
            case DueAt dueAt: return new DueMoment(ExpectTime(dueAt.Of, scope), dueAt.Begins);
            case Syntax.Shift shift:
                var by = ReadSpan(shift.By, shift.PlaceOf("by"));
                var moved = ExpectTime(shift.Of, scope);
                if (moved.Type == Type.Date && by.IsClockTime) Refuse(shift.Position, "日期只能按日、周、工作日、月、年移动");
                return new Shifted(moved, by);
            case Elapsed elapsed: return new ElapsedTime(Expect(Type.Instant, elapsed.From, scope), Expect(Type.Instant, elapsed.To, scope), HoursOf(elapsed.On, elapsed.PlaceOf("on")));
            case AmountOf amount:
                return new DurationNumber(Expect(Type.Duration, amount.Of, scope), amount.In switch
                {
                    "seconds" => ChinaTime.Second,
                    "minutes" => ChinaTime.Minute,
                    "hours" => ChinaTime.Hour,
                    _ => ChinaTime.Day,
                });
            case DaysBetween days: return new DayCount(Expect(Type.Date, days.From, scope), Expect(Type.Date, days.To, scope));
            case PeriodOf period: return new PeriodLabel(ExpectTime(period.Of, scope), CalendarPeriods.Parse(period.Each) ?? PeriodKind.Month);
            case Syntax.Size size: return new ListSize(ExpectList(size.Of, scope));
            case Join join: return new ListUnion([.. join.Parts.Select(part => ExpectList(part, scope))]);
            case ValueAt at: return CompileValueAt(at, scope);
            case Is { Values: var values } @is: return CompileIs(values, @is.Position, scope);
            case Comparison comparison: return CompileComparison(comparison, scope);
            case Workday workday: return new IsWorkday(Expect(Type.Date, workday.Of, scope));
            case AllOf all: return new Every([.. all.Parts.Select(part => Expect(Type.YesNo, part, scope))]);
            case AnyOf any: return new Kernel.Some([.. any.Parts.Select(part => Expect(Type.YesNo, part, scope))]);
            case Not not: return new Negation(Expect(Type.YesNo, not.Of, scope));
            case Lookup lookup: return CompileLookup(lookup, scope);
            default: throw new InvalidOperationException($"unknown expression {expression.GetType().Name}");
        }
    }

    /// <summary>Compiles and checks the type; a value whose type cannot be told passes as missing.</summary>
    private Formula Expect(Type type, Expression expression, Scope scope)
    {
        var formula = Compile(expression, scope);
        if (formula.Type != type && formula.Type != Type.Missing && type != Type.Missing)
            Refuse(expression.Position, $"此处应是{Literals.ToChinese(type)}，却是{Literals.ToChinese(formula.Type)}{Hint(type, formula.Type)}");
        return formula;
    }

    private static string Hint(Type wanted, Type found) => (wanted, found) switch
    {
        (Type.Instant, Type.Date) => "（日期的起止时刻写作 start-of、end-of）",
        (Type.Date, Type.Instant) => "（时刻的日期写作 date-of）",
        (Type.Number, Type.Duration) => "（时长换算为数写作 amount-of）",
        _ => "",
    };

    private Formula ExpectTime(Expression expression, Scope scope)
    {
        var formula = Compile(expression, scope);
        if (formula.Type is not (Type.Instant or Type.Date or Type.Missing)) Refuse(expression.Position, $"此处应是时刻或日期，却是{Literals.ToChinese(formula.Type)}");
        return formula;
    }

    private Formula ExpectList(Expression expression, Scope scope)
    {
        var formula = Compile(expression, scope);
        if (formula.Type is not (Type.List or Type.Text or Type.Missing)) Refuse(expression.Position, $"此处应是列表或文本，却是{Literals.ToChinese(formula.Type)}");
        return formula.Type == Type.Text ? new ListUnion([formula]) : formula;
    }

    private Formula[] CompileAlike(IReadOnlyList<Expression> parts, Position position, Scope scope, out Type type)
    {
        if (parts.Count == 0) Refuse(position, "至少须有一项");
        var formulas = parts.Select(part => Compile(part, scope)).ToArray();
        type = CommonType(formulas, position);
        return formulas;
    }

    private Type CommonType(IEnumerable<Formula> formulas, Position position)
    {
        var types = formulas.Select(formula => formula.Type).Where(type => type != Type.Missing).Distinct().ToList();
        if (types.Count > 1) Refuse(position, $"各部分的类型不一致：{string.Join("、", types.Select(Literals.ToChinese))}");
        return types.FirstOrDefault();
    }

    private Formula CompileName(Name name, Scope scope)
    {
        if (FindColumn(name.Text, scope) is { } found)
        {
            Reach(scope.Level - found.Depth);
            if (ReferenceEquals(found.Columns, _highestColumn.Columns) && found.Column > _highestColumn.Column) _highestColumn.Column = found.Column;
            var label = found.Columns.Labels.GetValueOrDefault(found.Columns.Names[found.Column]);
            return new ColumnValue(found.Depth, found.Column, name.Text, found.Columns.TypeOf(found.Column)) { Label = label };
        }
        if (_compiled.ByName.TryGetValue(name.Text, out var term))
        {
            BuildTerm(term);
            if (term.Set is not null)
            {
                Refuse(name.Position, $"“{name.Text}”是集合；取其中的值用 count、sum、first 等");
                return Placeholder;
            }
            return ValueOfTerm(term, InferName(name.Text, new Scope(null, null)), scope);
        }
        if (BuiltIn(name.Text) is { } builtIn) return builtIn;
        for (Scope? at = scope; at is not null; at = at.Outer)
            if (at.Columns is { IsUnknown: true }) return Placeholder;
        if (name.Text.StartsWith("this.", StringComparison.Ordinal))
        {
            Refuse(name.Position, scope.Outer is null
                ? _current is { IsInner: true } || scope.Columns?.Find(name.Text[5..]) is null or < 0
                    ? $"此处看不到外面的行，没有“{name.Text}”：集合内部只见它自己的列；须与外面的行比较的，写在 in 之旁的 where 或 on 里"
                    : $"此处就是这一行：“{name.Text}”直接写作 {name.Text[5..]}"
                : $"外面的行没有列“{name.Text[5..]}”{(scope.Outer.Columns is { } outer ? $"；外面的行的列：{string.Join("、", outer.Names.Distinct())}" : "")}");
            return Placeholder;
        }
        if (Habits.Mended(name.Text) is { } mended)
        {
            Refuse(name.Position, $"“{name.Text}”不是名称，也不是数、日期或时长；写作 {mended}");
            return Placeholder;
        }
        var columns = scope.Columns is null ? "" : $"；本行的列：{string.Join("、", scope.Columns.Names.Distinct())}";
        Refuse(name.Position, $"没有名为“{name.Text}”的列或名称{Suggest(name.Text)}{columns}（文本写作 {{ text: {name.Text} }}）");
        return Placeholder;
    }

    private Formula CompileSum(IReadOnlyList<Expression> expressions, Position position, Scope scope)
    {
        var parts = expressions.Select(part => Compile(part, scope)).ToArray();
        var types = parts.Select(part => part.Type).Where(type => type != Type.Missing).ToList();
        var type = types.Contains(Type.Instant) ? Type.Instant : types.FirstOrDefault(Type.Number);
        var good = type == Type.Instant
            ? types.Count(t => t == Type.Instant) == 1 && types.All(t => t is Type.Instant or Type.Duration)
            : type is Type.Number or Type.Duration && types.All(t => t == type);
        if (parts.Length == 0 || !good) Refuse(position, $"不能相加：{string.Join("、", types.Select(Literals.ToChinese))}");
        return parts.Length == 0 ? Placeholder : new Kernel.Sum(parts, type);
    }

    private Formula CompileDifference(IReadOnlyList<Expression> expressions, Position position, Scope scope)
    {
        var parts = expressions.Select(part => Compile(part, scope)).ToArray();
        if (parts.Length < 2)
        {
            Refuse(position, "minus 至少有两项");
            return Placeholder;
        }
        var types = parts.Select(part => part.Type).ToList();
        var (first, rest) = (types[0], types.Skip(1).Where(t => t != Type.Missing).ToList());
        var type = first == Type.Instant && rest is [Type.Instant] && parts.Length == 2 ? Type.Duration : first;
        var good = first switch
        {
            Type.Instant => type == Type.Duration || rest.All(t => t == Type.Duration),
            Type.Number or Type.Duration => rest.All(t => t == first),
            Type.Missing => true,
            _ => false,
        };
        if (!good) Refuse(position, $"不能相减：{string.Join("、", types.Select(Literals.ToChinese))}");
        return new Difference(parts, type);
    }

    private Formula CompileProduct(IReadOnlyList<Expression> expressions, Position position, Scope scope)
    {
        var parts = expressions.Select(part => Compile(part, scope)).ToArray();
        var types = parts.Select(part => part.Type).Where(type => type != Type.Missing).ToList();
        if (parts.Length == 0 || types.Any(t => t is not (Type.Number or Type.Duration)) || types.Count(t => t == Type.Duration) > 1)
        {
            Refuse(position, $"不能相乘：{string.Join("、", types.Select(Literals.ToChinese))}");
            return Placeholder;
        }
        return new Product(parts, types.Contains(Type.Duration) ? Type.Duration : Type.Number);
    }

    private Formula CompileRatio(Ratio ratio, Scope scope)
    {
        if (ratio.Parts.Count != 2)
        {
            Refuse(ratio.Position, "ratio 须恰有被除数与除数两项");
            return Placeholder;
        }
        Formula left = Compile(ratio.Parts[0], scope), right = Compile(ratio.Parts[1], scope);
        if (left.Type != Type.Missing && right.Type != Type.Missing && (left.Type != right.Type || left.Type is not (Type.Number or Type.Duration)))
            Refuse(ratio.Position, $"不能相除：{Literals.ToChinese(left.Type)}、{Literals.ToChinese(right.Type)}");
        return new Quotient(left, right);
    }

    private Extreme CompileExtreme(IReadOnlyList<Expression> expressions, Position position, int sign, bool all, Scope scope)
    {
        var parts = CompileAlike(expressions, position, scope, out var type);
        return new Extreme(parts, sign, all, type);
    }

    private UnitsIn CompileUnits(Units units, Scope scope)
    {
        var parts = CompileAlike([units.Of, units.Each], units.Position, scope, out var type);
        if (type is not (Type.Number or Type.Duration or Type.Missing)) Refuse(units.Position, $"units 只用于数或时长，却是{Literals.ToChinese(type)}");
        return new UnitsIn(parts[0], parts[1], units.Count switch { "completed" => UnitCount.Completed, "started" => UnitCount.Started, _ => UnitCount.Exceeded });
    }

    private EdgeTest[] CompileEdges(Type type, Scope scope, params (Edge Edge, Expression? Bound)[] edges) =>
        [.. edges.Where(edge => edge.Bound is not null).Select(edge => new EdgeTest(edge.Edge, Expect(type, edge.Bound!, scope)))];

    private Banded CompileBands(Bands bands, Scope scope)
    {
        var of = Compile(bands.Of, scope);
        var rows = bands.Rows.Select(row => new BandRow(
            CompileEdges(of.Type, scope, (Edge.MoreThan, row.MoreThan), (Edge.AtLeast, row.AtLeast), (Edge.AtMost, row.AtMost), (Edge.LessThan, row.LessThan)),
            Compile(row.Is, scope))).ToArray();
        var otherwise = bands.Otherwise is null ? null : Compile(bands.Otherwise, scope);
        var type = CommonType([.. rows.Select(row => row.Is), .. otherwise is null ? Array.Empty<Formula>() : [otherwise]], bands.Position);
        return new Banded(of, rows, otherwise, type);
    }

    private Formula CompileChoose(Choose choose, Scope scope)
    {
        var cases = new List<ChoiceCase>();
        foreach (var one in choose.Cases)
        {
            if (one.Otherwise is { } otherwise && one.When is null && one.Is is null) cases.Add(new ChoiceCase(null, Compile(otherwise, scope)));
            else if (one is { When: { } when, Is: { } @is, Otherwise: null }) cases.Add(new ChoiceCase(Expect(Type.YesNo, when, scope), Compile(@is, scope)));
            else Refuse(one.Position, "每一情形须是 when 与 is，或单独的 otherwise");
        }
        var type = CommonType(cases.Select(one => one.Is), choose.Position);
        return new Choice([.. cases], type);
    }

    private Formula CompileIs(IReadOnlyDictionary<string, IReadOnlyList<string>> values, Position position, Scope scope)
    {
        var tests = new List<Formula>();
        foreach (var (name, texts) in values)
        {
            var of = CompileName(new Name { Text = name, Position = position }, scope);
            var literals = new List<Value>();
            foreach (var text in texts)
                if (of.Type == Type.Missing || Literals.Parse(text, of.Type) is not { } value)
                {
                    if (of.Type != Type.Missing) Refuse(position, $"“{text}”不是{Literals.ToChinese(of.Type)}（“{name}”的类型）{(IsNamed(text, scope) ? $"；is 只与字面量比较，与“{text}”的值比较写作 {{ of: {name}, same-as: {text} }}" : Habits.Remedy(text))}");
                }
                else literals.Add(value);
            tests.Add(new OneOf(of, [.. literals]));
        }
        return tests.Count == 1 ? tests[0] : new Every([.. tests]);
    }

    private bool IsNamed(string text, Scope scope) => FindColumn(text, scope) is not null || _compiled.ByName.ContainsKey(text);

    private Formula CompileComparison(Comparison comparison, Scope scope)
    {
        var of = Compile(comparison.Of, scope);
        var tests = new List<Formula>();
        var edges = CompileEdges(of.Type, scope, (Edge.AtLeast, comparison.AtLeast), (Edge.MoreThan, comparison.MoreThan), (Edge.AtMost, comparison.AtMost), (Edge.LessThan, comparison.LessThan));
        if (edges.Length > 0) tests.Add(new Compared(of, edges));
        if (comparison.SameAs is { } same) tests.Add(new SameAs(of, Expect(of.Type, same, scope)));
        if (comparison.Present is { } present) tests.Add(new Kernel.IsPresent(of, present == "true"));
        if (comparison.Begins is { } prefix)
        {
            if (of.Type is not (Type.Text or Type.Missing)) Refuse(comparison.Position, "begins 只用于文本");
            tests.Add(new Begins(of, prefix));
        }
        if (comparison.Has is { } member)
        {
            if (of.Type is not (Type.List or Type.Missing)) Refuse(comparison.Position, "has 只用于列表");
            tests.Add(new ListHas(of, Expect(Type.Text, member, scope)));
        }
        if (comparison.In is { } list) tests.Add(new ListHas(ExpectList(list, scope), of));
        if (tests.Count == 0) Refuse(comparison.Position, "比较缺少 at-least、more-than、at-most、less-than、same-as、present、begins、has、in 之一");
        return tests.Count == 1 ? tests[0] : new Every([.. tests]);
    }

    private Span ReadSpan(string text, Position position)
    {
        if (Span.Parse(text) is { } span) return span;
        Refuse(position, $"“{text}”不是跨度（如 30 workdays、2 hours、1 month）{(Habits.AsSpan(text) is { } mended ? $"；写作 {mended}" : "")}");
        return new Span(0, SpanUnit.Days);
    }

    private WorkingHours? HoursOf(string? name, Position position)
    {
        if (name is null) return null;
        if (_compiled.Hours.TryGetValue(name, out var hours)) return hours;
        Refuse(position, $"合同没有名为“{name}”的工作时间（contract.hours）{(_compiled.Hours.Count == 0 ? "" : $"；有：{string.Join("、", _compiled.Hours.Keys)}")}");
        return null;
    }

    private string Views() => _compiled.Views.Count == 0 ? "；合同没有 views 一节" : $"；有：{string.Join("、", _compiled.Views.Keys)}";

    private Formula CompileValueAt(ValueAt at, Scope scope)
    {
        if (at.View is null && at.AsOf is null && at.Assuming is null) return Compile(at.Of, scope);
        var elsewhere = CompileElsewhere(at.View, at.AsOf, at.Assuming, at.Position, scope);
        var shifted = _shifted;
        _shifted = true;
        var of = Compile(at.Of, scope);
        _shifted = shifted;
        return new ValueElsewhere(of, elsewhere!, of.Type);
    }

    private Elsewhere? CompileElsewhere(string? view, Expression? asOf, IReadOnlyDictionary<string, Expression>? assuming, Position position, Scope scope)
    {
        if (view is null && asOf is null && assuming is null) return null;
        if (view is not null && !_compiled.Views.ContainsKey(view)) Refuse(position, $"没有名为“{view}”的视角{Views()}");
        return new Elsewhere
        {
            View = view,
            AsOf = asOf is null ? null : Expect(Type.Instant, asOf, scope),
            Assuming = CompileAssuming(assuming, scope),
        };
    }

    private Replacer[] CompileAssuming(IReadOnlyDictionary<string, Expression>? assuming, Scope scope)
    {
        var replacers = new List<Replacer>();
        foreach (var (name, expression) in assuming ?? Empty<Expression>())
        {
            if (!_compiled.ByName.TryGetValue(name, out var term))
            {
                Refuse(expression.Position, $"没有名为“{name}”的名称可假定{Suggest(name)}");
                continue;
            }
            BuildTerm(term);
            if (term.Set is null) replacers.Add(new Replacer(term.Index, Expect(InferName(name, new Scope(null, null)), expression, scope), -1));
            else if (expression is Name { Text: var other } && SetTerm(other, expression.Position) is { } set) replacers.Add(new Replacer(term.Index, null, set.Index));
            else Refuse(expression.Position, $"“{name}”是集合，只能以另一集合的名称代替");
        }
        return [.. replacers];
    }

    private (int, Formula)[] CompileMatching(Matching? on, Columns columns, Scope outer)
    {
        var matches = new List<(int, Formula)>();
        foreach (var (name, expression) in on?.Columns ?? Empty<Expression>())
        {
            if (columns.Find(name) is not (>= 0 and var column))
            {
                RefuseColumn(columns, name, expression.Position);
                continue;
            }
            matches.Add((column, Expect(columns.TypeOf(column), expression, outer)));
        }
        return [.. matches];
    }

    private Formula CompileLookup(Lookup lookup, Scope outer)
    {
        var shifted = _shifted;
        var reached = _outermost;
        _outermost = Within;
        var elsewhere = CompileElsewhere(lookup.View, lookup.AsOf, lookup.Assuming, lookup.Position, outer);
        if (elsewhere is not null) _shifted = true;
        Columns columns;
        Term? term = null;
        if (lookup.In?.Named == "members" && MembersIn(outer) is { } members)
        {
            columns = members;
            Reach(0);
        }
        else
        {
            term = SearchTerm(lookup);
            columns = term?.Set?.Columns ?? new Columns();
        }
        if (term is not null) Use(term);
        var scope = new Scope(columns, outer);
        var aggregate = CompileAggregate(lookup, scope, outer);
        aggregate.Search.Set = term;
        aggregate.Search.Picking = _amended.Count == 0 ? null : PickingDate(null, outer);
        aggregate.Search.Where = lookup.Where is null ? null : Expect(Type.YesNo, lookup.Where, scope);
        aggregate.Search.Order = Keys(columns, lookup.Order);
        aggregate.Search.Elsewhere = elsewhere;
        _shifted = shifted;
        aggregate.Search.On = CompileMatching(lookup.On, columns, outer);
        aggregate.IsOfMoment = _outermost > outer.Level;
        _outermost = Math.Min(reached, _outermost);
        return aggregate;
    }

    private Aggregate CompileAggregate(Lookup lookup, Scope scope, Scope outer)
    {
        switch (lookup)
        {
            case Count count: return new Aggregate(AggregateKind.Count, Type.Number) { Body = count.Distinct is null ? null : Compile(count.Distinct, scope) };
            case Exists: return new Aggregate(AggregateKind.Exists, Type.YesNo);
            case None: return new Aggregate(AggregateKind.None, Type.YesNo);
            case Syntax.Sum sum: return Over(AggregateKind.Sum, sum.Of, scope, true);
            case Mean mean: return Over(AggregateKind.Mean, mean.Of, scope, true);
            case Smallest smallest: return Over(AggregateKind.Smallest, smallest.Of, scope);
            case Largest largest: return Over(AggregateKind.Largest, largest.Of, scope);
            case Syntax.First first: return Over(AggregateKind.First, first.Of, scope);
            case Syntax.Last last: return Over(AggregateKind.Last, last.Of, scope);
            case Nth nth:
                var place = Over(AggregateKind.Nth, nth.Of, scope);
                place.Argument = Expect(Type.Number, nth.K, outer);
                return place;
            case Reaches reaches:
                var give = Compile(reaches.Give, scope);
                return new Aggregate(AggregateKind.Reaches, give.Type)
                {
                    Body = Expect(Type.Number, reaches.Of, scope),
                    Second = give,
                    Argument = Expect(Type.Number, reaches.Level, outer),
                };
            case Collect collect: return new Aggregate(AggregateKind.Collect, Type.List) { Body = Compile(collect.Of, scope) };
            case Covered covered:
                var aggregate = new Aggregate(AggregateKind.Covered, Type.Duration)
                {
                    Body = Expect(Type.Instant, covered.From, scope),
                    Second = Expect(Type.Instant, covered.To, scope),
                    Hours = HoursOf(covered.Hours, covered.PlaceOf("hours")),
                };
                if (covered.Inside is { } inside)
                {
                    if (inside.Count != 2) Refuse(covered.Position, "inside 须是 [起, 止]");
                    else aggregate.Inside = (Expect(Type.Instant, inside[0], outer), Expect(Type.Instant, inside[1], outer));
                }
                return aggregate;
            default: throw new InvalidOperationException($"unknown lookup {lookup.GetType().Name}");
        }
    }

    private Aggregate Over(AggregateKind kind, Expression of, Scope scope, bool summed = false)
    {
        var body = Compile(of, scope);
        if (summed && body.Type is not (Type.Number or Type.Duration or Type.Missing)) Refuse(of.Position, $"{Literals.ToChinese(body.Type)}不能合计");
        return new Aggregate(kind, body.Type) { Body = body };
    }

    private IReadOnlyDictionary<string, WorkingHours> ReadHours(WorkCalendar calendar)
    {
        var hours = new Dictionary<string, WorkingHours>(StringComparer.Ordinal);
        foreach (var (name, syntax) in _contract.Contract.Hours ?? Empty<HoursSyntax>())
        {
            var weekdays = new HashSet<NodaTime.IsoDayOfWeek>();
            var days = WorkingDays.Weekdays;
            foreach (var word in syntax.Days)
                if (word == "workdays") days = WorkingDays.Workdays;
                else if (word == "every-day") days = WorkingDays.Every;
                else if (Enum.TryParse<NodaTime.IsoDayOfWeek>(word, true, out var weekday) && weekday != NodaTime.IsoDayOfWeek.None && char.IsAsciiLetter(word[0])) weekdays.Add(weekday);
                else Refuse(syntax.Position, $"“{word}”不是 workdays、every-day 或星期名（monday … sunday）");
            var seasons = (syntax.Seasons ?? []).Select(season => ReadSeason(season)).OfType<Season>().ToList();
            hours[name] = new WorkingHours(name, calendar, days, weekdays, ReadShifts(syntax.FromTo, syntax), seasons);
        }
        return hours;
    }

    private List<Calendars.Shift> ReadShifts(IReadOnlyList<string> texts, Syntax.Syntax written)
    {
        var shifts = new List<Calendars.Shift>();
        foreach (var text in texts)
        {
            var parts = text.Split('-');
            if (parts.Length == 2 && ReadTime(parts[0]) is { } from && ReadTime(parts[1]) is { } to && from < to && (shifts.Count == 0 || shifts[^1].To <= from)) shifts.Add(new(from, to));
            else Refuse(written.PlaceOf($"from-to/{text}", written.PlaceOf("from-to")), $"时段“{text}”应写作 09:00-12:00，先后相接而不重叠{(Mended(text) is { } mended ? $"；写作 {mended}" : "")}");
        }
        return shifts;
    }

    // 9：00－12：00, 9:00~12:00, 9:00至12:00.
    private static string? Mended(string text)
    {
        var parts = Habits.Narrow(text).Replace('—', '-').Replace('–', '-').Replace('~', '-').Replace('至', '-').Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not [var from, var to]) return null;
        var mended = $"{from.Trim().PadLeft(5, '0')}-{to.Trim().PadLeft(5, '0')}";
        return mended != text && ReadTime(mended[..5]) < ReadTime(mended[6..]) ? mended : null;
    }

    private static long? ReadTime(string text) =>
        text.Length == 5 && text[2] == ':' && int.TryParse(text[..2], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hour)
        && int.TryParse(text[3..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var minute) && hour <= 24 && minute < 60 && (hour < 24 || minute == 0)
            ? hour * ChinaTime.Hour + minute * ChinaTime.Minute
            : null;

    private Season? ReadSeason(SeasonSyntax syntax)
    {
        var shifts = ReadShifts(syntax.FromTo, syntax);
        if (Literals.ParseDate(syntax.From) is { } first && Literals.ParseDate(syntax.Through) is { } last) return new Season(null, null, first.Days, last.Days, shifts);
        if (ReadMonthDay(syntax.From) is { } from && ReadMonthDay(syntax.Through) is { } through) return new Season(from, through, null, null, shifts);
        Refuse(syntax.Position, $"季节“{syntax.From} 至 {syntax.Through}”应是 月-日 或 yyyy-mm-dd");
        return null;
    }

    private static NodaTime.AnnualDate? ReadMonthDay(string text) =>
        text.Length == 5 && Literals.ParseDate("2024-" + text) is { } date ? new NodaTime.AnnualDate(ChinaTime.ToLocalDate(date.Days).Month, ChinaTime.ToLocalDate(date.Days).Day) : null;
}

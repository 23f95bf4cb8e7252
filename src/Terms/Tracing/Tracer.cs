using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Tracing;

/// <summary>Walks the graph back from one figure. A term is opened once in a trace; where it is met again, its value stands alone.</summary>
internal sealed partial class Tracer(Contract contract)
{
    private const int MostRows = 10;
    private const int MostFacts = 12;
    private const int Deepest = 40;
    private readonly HashSet<(int Term, Moment Moment)> _opened = [];
    private readonly Dictionary<SetNode, Term> _owners = Owners(contract.Compiled);
    private int _depth;

    public static Trace Explain(Contract contract, Figure figure) => new Tracer(contract).Of(figure);

    public static Trace Explain(Contract contract, string what, Formula formula, Moment moment)
    {
        var frame = new Frame(moment, null, null);
        return Trace.Of(what, Words.Of(formula.Of(frame)), [new Tracer(contract).Explain(formula, frame)]);
    }

    // Which clock or duty the columns of a set belong to, so that their trace can speak its own words.
    private static Dictionary<SetNode, Term> Owners(CompiledContract compiled)
    {
        var owners = new Dictionary<SetNode, Term>(ReferenceEqualityComparer.Instance);
        foreach (var term in compiled.Terms.Where(term => term.IsClock || term.IsDuty))
            for (var node = term.Set; node is not null; node = node.Inputs.Count == 1 ? node.Inputs[0] : null)
            {
                owners.TryAdd(node, term);
                if (node is ExtendedSet) break;
            }
        return owners;
    }

    private Trace Of(Figure figure)
    {
        var entry = figure.Entry;
        var frame = new Frame(figure.Moment, figure.Row, null);
        var inside = Explain(entry.Value, frame);
        var clauses = entry.Syntax.Clause ?? entry.Each?.Syntax.Clause ?? [];
        var what = entry.Syntax.Label ?? entry.Each?.Syntax.Label ?? inside.What;
        var parts = new List<Trace> { inside };
        if (entry.View is { } view) parts.Insert(0, Trace.Leaf($"视角“{view.Name}”的判定时刻", ChinaTime.Write(figure.Moment.AsOf)));
        if (figure.Value.Type is Facts.ValueType.Number or Facts.ValueType.Instant && figure.Text != Words.Of(figure.Value)) parts.Add(Trace.Leaf("书写为", figure.Text));
        return new Trace(what, Words.Of(figure.Value), clauses, figure.Row is { } row ? FactsOf(row) : [], parts);
    }

    private Trace Explain(Formula formula, Frame frame)
    {
        if (_depth >= Deepest) return Trace.Leaf("（略）", Words.Of(formula.Of(frame)));
        _depth++;
        var trace = Open(formula, frame);
        _depth--;
        return trace;
    }

    private Trace[] Explain(IEnumerable<Formula> formulas, Frame frame) => [.. formulas.Select(formula => Explain(formula, frame))];

    private Trace Open(Formula formula, Frame frame)
    {
        var value = Words.Of(formula.Of(frame));
        switch (formula)
        {
            case Constant: return Trace.Leaf("合同所定", value);
            case AsOfInstant: return Trace.Leaf("判定时刻", value);
            case ColumnValue column: return Column(column, frame);
            case TermValue named: return OfTerm(named.Term, frame.Moment, value);
            case Choice choice: return OfChoice(choice, frame, value);
            case DatedTermValue dated: return OfTerm(dated.Term, dated.MomentFor(frame), value);
            case VersionInForce amended: return OfTerm(amended.TermIn(frame.Moment), frame.Moment, value);
            case Banded bands: return OfBands(bands, frame, value);
            case Aggregate aggregate: return OfAggregate(aggregate, frame, value);
            case ValueElsewhere elsewhere:
                if (elsewhere.FrameThere(frame) is not { } there) return Trace.Leaf("另一时刻或视角此刻不存在", value);
                return Trace.Of($"按 {ChinaTime.Write(there.Moment.AsOf)} 时判定", value, [Explain(elsewhere.Parts[0], there)]);
            case Every or Some: return OfConditions(formula, frame, value);
            case OneOf oneOf: return Trace.Of($"属于 {string.Join("、", oneOf.Literals.Select(literal => Words.Of(literal)))}", value, Explain(formula.Parts, frame));
            case Compared compared:
                return Trace.Of(string.Join("且", compared.Edges.Select(edge => $"{Words.Of(edge.Edge)} {Words.Of(edge.Bound.Of(frame))}")), value,
                    [Explain(compared.Parts[0], frame), .. compared.Edges.Where(edge => edge.Bound is not Constant).Select(edge => Explain(edge.Bound, frame))]);
            default: return Trace.Of(NameOf(formula, frame), value, Explain(formula.Parts, frame));
        }
    }

    private static string NameOf(Formula formula, Frame frame) => formula switch
    {
        Kernel.Sum => "相加",
        Difference => "相减",
        Product => "相乘",
        Quotient => "相除（精确分数）",
        Extreme { All: true } => "全部具备时取最晚（最大）",
        Extreme { Sign: > 0 } => "取最大",
        Extreme => "取最小",
        FirstPresent => "取第一个具备者",
        Clamped => "限于上下限之间（值、下限、上限）",
        Rounded rounded => $"四舍五入到 {rounded.Unit.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        WholeNumber { Up: true } => "向上取整",
        WholeNumber => "向下取整",
        UnitsIn units => units.Count switch { UnitCount.Completed => "满一单位计一", UnitCount.Started => "不足一单位按一计", _ => "超过一单位计一" } + "（数量、单位）",
        Joined => "连接",
        TextPart => "取部分文本",
        Kernel.LocalDate => "当地日期",
        DayEdge { End: true } => "当日二十四时",
        DayEdge => "当日零时",
        DueMoment => "届满（日期止于当日二十四时）",
        DueInstant due => $"自起点{(due.Within.Count < 0 ? "前" : "后")}{due.Within.ToChinese()}{(due.Hours is null ? "" : $"（按{due.Hours.Name}工作时间）")}",
        Shifted shifted => $"移动{(shifted.By.Count < 0 ? "（向前）" : "")}{shifted.By.ToChinese()}",
        ElapsedTime { Hours: { } hours } => $"自起至止的时长（按{hours.Name}工作时间）",
        ElapsedTime => "自起至止的时长",
        DurationNumber => "换算为数",
        DayCount => "相差天数",
        PeriodLabel => "所属周期",
        ListSize => "个数",
        ListUnion => "合并",
        SameAs => "相等",
        IsPresent { Present: true } => "已具备",
        IsPresent => "未具备",
        Begins begins => $"以“{begins.Prefix}”开头",
        ListHas => "含有",
        IsWorkday => "为工作日",
        Negation => "不成立",
        _ => "值",
    };

    private Trace OfTerm(Term term, Moment moment, string value)
    {
        var name = term.Syntax.Label is { } label ? term.Syntax.Value is null && term.IsInner ? label : $"{label}（{term.Name}）" : term.Name;
        if (RuleOf(term) is { } rule) name = $"{rule.Name ?? term.Name}（{term.Name}）";
        var clauses = RuleOf(term)?.Clause ?? term.Syntax.Clause ?? [];
        var key = (term.Index, moment);
        if (!_opened.Add(key)) return new Trace(name, value, clauses, [], [Trace.Leaf("见上")]) { Term = key, Name = term.Name };
        var inside = term.Formula is { } formula ? Explain(formula, new Frame(moment, null, null)) : null;
        return new Trace(name, value, clauses, [], inside is null ? [] : [inside]) { Term = key, Name = term.Name };
    }

    private static RuleSyntax? RuleOf(Term term)
    {
        if (term.Syntax.Scorecard is not { } card) return null;
        var dot = term.Name.LastIndexOf('.');
        for (var at = term.Name.IndexOf('.', StringComparison.Ordinal); at >= 0 && at <= dot; at = term.Name.IndexOf('.', at + 1))
            if (card.Rules.TryGetValue(term.Name[(at + 1)..], out var rule)) return rule;
            else if (at == dot) break;
        return null;
    }

    private Trace OfChoice(Choice choice, Frame frame, string value)
    {
        var parts = new List<Trace>();
        for (var i = 0; i < choice.Cases.Count; i++)
        {
            var (when, @is) = choice.Cases[i];
            if (when is null || when.Of(frame).IsYes)
            {
                if (when is not null) parts.Add(Explain(when, frame));
                if (@is is not Constant) parts.Add(Explain(@is, frame));
                break;
            }
            var condition = Explain(when, frame);
            parts.Add(Trace.Of($"考虑而未适用：{Words.Of(Outcome(@is, frame))}", "", [condition]));
        }
        return Trace.Of("按条件取值", value, parts);
    }

    private static Value Outcome(Formula formula, Frame frame) => formula is Constant constant ? constant.Value : formula.Of(frame);

    private Trace OfBands(Banded bands, Frame frame, string value)
    {
        var of = bands.Parts[0].Of(frame);
        var parts = new List<Trace> { Explain(bands.Parts[0], frame) };
        var chosen = of.IsMissing ? -1 : bands.RowFor(of, frame);
        for (var i = 0; i < bands.Rows.Count; i++)
        {
            var edges = string.Join("且", bands.Rows[i].Edges.Select(edge => $"{Words.Of(edge.Edge)} {Words.Of(edge.Bound.Of(frame))}"));
            if (i == chosen) parts.Add(Trace.Of($"适用的档：{edges}", Words.Of(bands.Rows[i].Is.Of(frame)), bands.Rows[i].Is is Constant ? [] : [Explain(bands.Rows[i].Is, frame)]));
            else parts.Add(Trace.Leaf($"{(i < chosen || chosen < 0 ? "考虑而未适用的档" : "未轮到的档")}：{edges}", bands.Rows[i].Is is Constant constant ? Words.Of(constant.Value) : ""));
        }
        return Trace.Of("分档", value, parts);
    }

    private Trace OfConditions(Formula formula, Frame frame, string value)
    {
        var all = formula is Every;
        return Trace.Of(all ? "各条件全部成立" : "至少一个条件成立", value, formula.Parts.Select(part => Explain(part, frame)));
    }
}

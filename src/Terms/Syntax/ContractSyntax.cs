namespace Yueheng.Terms.Syntax;

/// <summary>A contract as written: contract.yaml and clauses.yaml together.</summary>
[Doc("合同包")]
public sealed class ContractSyntax : Syntax
{
    [Words("terms/1"), Doc("语言版本")] public required string Language { get; init; }
    [Doc("合同")] public required HeaderSyntax Contract { get; init; }
    [Doc("合同读取的事实种类与字段")] public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, FieldSyntax>> Facts { get; init; }
    [Doc("条款化的名称：值与集合")] public required IReadOnlyDictionary<string, TermSyntax> Terms { get; init; }
    [Doc("补充协议：自某日起替换若干名称")] public IReadOnlyDictionary<string, AmendmentSyntax>? Amendments { get; init; }
    [Doc("视角：在另一时刻判定")] public IReadOnlyDictionary<string, ViewSyntax>? Views { get; init; }
    [Doc("公布的数值")] public required IReadOnlyList<FigureSyntax> Figures { get; init; }
    [Doc("一行摘要")] public SummarySyntax? Summary { get; init; }
    [Doc("文字值给人看的中文，如档次；数值本身不变")] public IReadOnlyDictionary<string, string>? Wording { get; init; }
    [Doc("示例年度")] public SampleSyntax? Sample { get; init; }
    [Doc("条款表")] public IReadOnlyList<ClauseSyntax>? Clauses { get; init; }
    [Doc("解释登记：每一处歧义及所取读法")] public IReadOnlyDictionary<string, InterpretationSyntax>? Interpretations { get; init; }
    [Doc("文本所载数字")] public IReadOnlyList<StatedSyntax>? Stated { get; init; }
}

[Doc("补充协议")]
public sealed class AmendmentSyntax : Syntax
{
    [Doc("中文名称")] public required string Label { get; init; }
    [OneOrMany, Doc("补充协议的条款")] public required IReadOnlyList<string> Clause { get; init; }
    [Spelled(Spelling.Date), Doc("签署日")] public required string Signed { get; init; }
    [Spelled(Spelling.Date), Doc("生效日（含）")] public required string From { get; init; }
    [Spelled(Spelling.Name), Doc("据以取舍的列；as-of 为判定时刻。缺省：时钟为 start，义务为 due，其余依次为 at、from、date、first、start、due")] public string? By { get; init; }
    [Doc("替换的名称")] public required IReadOnlyDictionary<string, TermSyntax> Replaces { get; init; }
}

/// <summary>The part of a pack that stands in clauses.yaml.</summary>
[Doc("条款表、解释登记与所载数字")]
public sealed class ClausesSyntax : Syntax
{
    [Doc("条款表")] public IReadOnlyList<ClauseSyntax>? Clauses { get; init; }
    [Doc("解释登记")] public IReadOnlyDictionary<string, InterpretationSyntax>? Interpretations { get; init; }
    [Doc("文本所载数字")] public IReadOnlyList<StatedSyntax>? Stated { get; init; }
}

[Doc("合同")]
public sealed class HeaderSyntax : Syntax
{
    [Doc("名称")] public required string Name { get; init; }
    [Doc("各方：角色与称谓")] public required IReadOnlyDictionary<string, string> Parties { get; init; }
    [Spelled(Spelling.Date), Doc("签署日")] public required string Signed { get; init; }
    [Doc("期限")] public required TermSpan Term { get; init; }
    [Doc("日历：calendars/ 下的目录")] public required string Calendar { get; init; }
    [Doc("工作时间")] public IReadOnlyDictionary<string, HoursSyntax>? Hours { get; init; }
}

[Doc("期限，两日均含")]
public sealed class TermSpan : Syntax
{
    [Spelled(Spelling.Date), Doc("首日")] public required string From { get; init; }
    [Spelled(Spelling.Date), Doc("末日")] public required string Through { get; init; }
}

[Doc("工作时间")]
public sealed class HoursSyntax : Syntax
{
    [OneOrMany, Spelled(Spelling.Weekdays), Doc("workdays、every-day 或星期名")] public required IReadOnlyList<string> Days { get; init; }
    [OneOrMany, Spelled(Spelling.Shift), Doc("时段，如 09:00-12:00")] public required IReadOnlyList<string> FromTo { get; init; }
    [Doc("季节时段")] public IReadOnlyList<SeasonSyntax>? Seasons { get; init; }
}

[Doc("季节时段：先列者优先")]
public sealed class SeasonSyntax : Syntax
{
    [Spelled(Spelling.Season), Doc("首日：月-日，或全日期（按通知）")] public required string From { get; init; }
    [Spelled(Spelling.Season), Doc("末日")] public required string Through { get; init; }
    [OneOrMany, Spelled(Spelling.Shift), Doc("时段")] public required IReadOnlyList<string> FromTo { get; init; }
}

[Doc("字段：类型与缺省值")]
public sealed class FieldSyntax : Syntax
{
    [Words("text", "yes-no", "number", "whole", "amount", "date", "instant", "from", "until"), Doc("类型：text 文本、yes-no 是否、number 数、whole 整数、amount 金额（必须写明）、date 日期、instant 时刻、from 起（日期即零时）、until 止（日期即二十四时）")] public required string Type { get; init; }
    [Doc("缺省值")] public string? Default { get; init; }
    [Doc("data 中的字段名，缺省与列同名")] public string? Field { get; init; }
}

/// <summary>A named value, set, or piece of sugar.</summary>
[Doc("一个名称：值、集合或契约成分")]
public sealed class TermSyntax : SetExpression
{
    [OneOrMany, Doc("所执行的条款")] public IReadOnlyList<string>? Clause { get; internal set; }
    [Doc("中文名称")] public string? Label { get; internal set; }
    [Doc("说明")] public string? Note { get; init; }
    [Form, Doc("值")] public Expression? Value { get; init; }
    [Form, Doc("时钟")] public ClockSyntax? Clock { get; init; }
    [Form, Doc("义务")] public DutySyntax? Duty { get; init; }
    [Form, Doc("评分表")] public ScorecardSyntax? Scorecard { get; init; }
    [Form, Doc("度量")] public MeasureSyntax? Measure { get; init; }
    [Form, Doc("付款期次")] public InstalmentSyntax? Instalment { get; init; }
    [Form, Doc("担保")] public SecuritySyntax? Security { get; init; }
    [Form, Doc("违约金")] public DamagesSyntax? Damages { get; init; }
    [Form, Doc("违约行")] public ViolationSyntax? Violation { get; init; }
    [Form, Doc("权利")] public RightSyntax? Right { get; init; }
    [Form, Doc("窗口期")] public WindowSyntax? Window { get; init; }

    /// <summary>The same term under another label and clause.</summary>
    public TermSyntax Titled(string? label, IReadOnlyList<string>? clause)
    {
        var copy = (TermSyntax)MemberwiseClone();
        (copy.Label, copy.Clause) = (label, clause);
        return copy;
    }
}

/// <summary>The fact that stops a clock or fulfils a duty: found in a set, or computed.</summary>
[Doc("停表或履行的事实，或所计算的时刻")]
[ExactlyOne(nameof(At), nameof(In), nameof(Facts))]
public sealed class Meeting : Lookup
{
    [Words("true", "false"), Doc("取最后一个而非第一个")] public string? Last { get; init; }
    [Words("true", "false"), Doc("起点之前的也算")] public string? Before { get; init; }
    [Doc("所计算的时刻")] public Expression? At { get; init; }
}

[Doc("时钟：自起点至止点，对照时限")]
public sealed class ClockSyntax : Syntax
{
    [Doc("起算的集合，一行一表")] public required SetExpression Of { get; init; }
    [Doc("适用条件")] public Expression? Where { get; init; }
    [Doc("起点，缺省 at")] public Expression? Starts { get; init; }
    [Doc("止点")] public required Meeting Stops { get; init; }
    [Doc("时限（时长）")] public Expression? Limit { get; init; }
    [Doc("届满时刻或日期")] public Expression? Due { get; init; }
    [Doc("最晚计到的时刻")] public Expression? Until { get; init; }
    [Doc("按某工作时间计")] public string? On { get; init; }
    [Doc("扣除的间隔")] public PausesSyntax? Pauses { get; init; }
    [Doc("免责条件")] public Expression? Excused { get; init; }
    [Words("running", "breached"), Doc("届满之时尚未完成的状态：running 尚在期内（缺省）、breached 已违约")] public string? Edge { get; init; }
}

[Doc("扣除的间隔")]
public sealed class PausesSyntax : Lookup
{
    [Doc("间隔起")] public required Expression From { get; init; }
    [Doc("间隔止（缺失则未止）")] public required Expression To { get; init; }
}

[Doc("义务：每一行一次，有期限与履行")]
public sealed class DutySyntax : Syntax
{
    [Doc("应履行的各次")] public required SetExpression Of { get; init; }
    [Doc("适用条件")] public Expression? Where { get; init; }
    [Doc("期次标签，缺省列 period")] public Expression? Period { get; init; }
    [Doc("届满日期或时刻，缺省列 due")] public Expression? Due { get; init; }
    [Doc("履行")] public required Meeting Done { get; init; }
    [Doc("此刻之后届满的不再存在")] public Expression? Until { get; init; }
}

[Doc("评分表")]
public sealed class ScorecardSyntax : Syntax
{
    [Doc("人工认定的集合（列 rule、count）")] public SetExpression? Findings { get; init; }
    [Doc("评分项")] public required IReadOnlyDictionary<string, ItemSyntax> Items { get; init; }
    [Doc("评分规则")] public required IReadOnlyDictionary<string, RuleSyntax> Rules { get; init; }
}

[Doc("评分项")]
public sealed class ItemSyntax : Syntax
{
    [Doc("名称")] public required string Name { get; init; }
    [Doc("分值")] public required Expression Points { get; init; }
    [Doc("起始分，缺省为分值")] public Expression? Starts { get; init; }
    [Words("within", "beyond"), Doc("加分方式：within 不超过分值，beyond 可超过")] public string? Bonus { get; init; }
    [Doc("条件成立时直接取值")] public OverrideSyntax? Override { get; init; }
    [OneOrMany, Doc("条款")] public IReadOnlyList<string>? Clause { get; init; }
}

[Doc("直接取值")]
public sealed class OverrideSyntax : Syntax
{
    [Doc("条件")] public required Expression When { get; init; }
    [Doc("值")] public required Expression Is { get; init; }
}

[Doc("评分规则")]
[AtMostOne(nameof(Each), nameof(Count)), AtLeastOne(nameof(Each), nameof(Count), nameof(Human))]
public sealed class RuleSyntax : Syntax
{
    [Doc("所属评分项；无则作用于总分")] public string? Item { get; init; }
    [Doc("名称")] public string? Name { get; init; }
    [OneOrMany, Doc("条款")] public IReadOnlyList<string>? Clause { get; init; }
    [Doc("各次发生")] public SetExpression? Each { get; init; }
    [Doc("发生的条件")] public Expression? Where { get; init; }
    [Doc("每次的分数，负为扣分")] public required Expression Points { get; init; }
    [Doc("每行的次数，缺省 1")] public Expression? Times { get; init; }
    [Doc("不按行而直接给出次数")] public Expression? Count { get; init; }
    [Words("true", "false"), Doc("true：计入人工认定（findings 中 rule 为本规则者）")] public string? Human { get; init; }
}

[Doc("度量")]
public sealed class MeasureSyntax : Syntax
{
    [Doc("集合，一行一个度量")] public required SetExpression Of { get; init; }
    [Doc("值")] public required Expression Value { get; init; }
    [Doc("达标条件")] public Expression? Target { get; init; }
}

[Doc("付款期次")]
[AtMostOne(nameof(Within), nameof(Due))]
public sealed class InstalmentSyntax : Syntax
{
    [Doc("金额")] public required Expression Amount { get; init; }
    [Doc("各条件成就的时刻")] public IReadOnlyList<Expression>? Needs { get; init; }
    [Spelled(Spelling.Span), Doc("自条件成就起的付款期限")] public string? Within { get; init; }
    [Doc("届满时刻（可引用 met）")] public Expression? Due { get; init; }
    [Doc("已付的查找，缺省为本期的 payment.made")] public PaidSyntax? Paid { get; init; }
}

[Doc("已付：在何处查找，逐笔多少")]
[ExactlyOne, AtMostOne(nameof(In), nameof(Facts))]
public sealed class PaidSyntax : Lookup { [Doc("金额")] public Expression? Of { get; init; } }

[Doc("担保")]
public sealed class SecuritySyntax : Syntax
{
    [Doc("应缴金额")] public required Expression Required { get; init; }
    [Doc("已缴的查找，缺省为本担保的 security.lodged")] public PaidSyntax? Lodged { get; init; }
    [Doc("每笔已缴的金额，缺省列 amount")] public Expression? Amount { get; init; }
}

[Doc("违约金：不小于零，不超过上限，舍入到分")]
public sealed class DamagesSyntax : Syntax
{
    [Doc("金额")] public required Expression Of { get; init; }
    [Doc("上限")] public Expression? Cap { get; init; }
}

[Doc("违约行：每次发生一行，供择重")]
public sealed class ViolationSyntax : Syntax
{
    [Doc("各次发生")] public required SetExpression Each { get; init; }
    [Doc("条件")] public Expression? Where { get; init; }
    [Doc("金额")] public required Expression Amount { get; init; }
    [Doc("所涉事件（供择重）")] public Expression? Events { get; init; }
    [Doc("发生时刻，缺省列 at")] public Expression? At { get; init; }
    [Doc("地址中的主体，缺省列 subject")] public Expression? Subject { get; init; }
}

[Doc("权利：条件成立则可行使")]
public sealed class RightSyntax : Syntax { [Doc("条件")] public required Expression When { get; init; } }

[Doc("窗口期")]
public sealed class WindowSyntax : Syntax
{
    [Doc("起")] public required Expression From { get; init; }
    [Spelled(Spelling.Span), Doc("长度")] public required string Within { get; init; }
}

[Doc("视角")]
public sealed class ViewSyntax : Syntax
{
    [Doc("判定时刻")] public Expression? AsOf { get; init; }
    [Doc("假定：被替换的名称与其值")] public IReadOnlyDictionary<string, Expression>? Assuming { get; init; }
    [Doc("成立时才有此视角")] public Expression? When { get; init; }
}

[Doc("公布的数值：地址与取值")]
public sealed class FigureSyntax : Syntax
{
    [Doc("地址，{列}、{term}、{view} 为占位")] public required string Address { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("逐行公布的集合")] public IReadOnlyList<string>? Each { get; init; }
    [Doc("值")] public required Expression Value { get; init; }
    [Doc("公布的条件（行之外）")] public Expression? When { get; init; }
    [Doc("公布的条件（行之内）")] public Expression? Where { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("视角")] public IReadOnlyList<string>? View { get; init; }
    [Spelled(Spelling.Format), Doc("格式：text、points、money、seconds、decimals-N、date、last-day、instant、yes-no")] public string? Format { get; init; }
    [OneOrMany, Doc("条款")] public IReadOnlyList<string>? Clause { get; init; }
    [Doc("中文名称")] public string? Label { get; init; }
}

[Doc("一行摘要")]
public sealed class SummarySyntax : Syntax
{
    [Doc("得分")] public Expression? Score { get; init; }
    [Doc("档次")] public Expression? Tier { get; init; }
    [Doc("应付合计")] public Expression? Payable { get; init; }
    [Doc("违约金合计")] public Expression? Damages { get; init; }
    [Doc("净额")] public Expression? Net { get; init; }
    [Doc("自合同款到净额的各步：带符号的金额，合计应等于净额")] public IReadOnlyList<WaterfallSyntax>? Waterfall { get; init; }
}

[Doc("自合同款到净额的一步")]
public sealed class WaterfallSyntax : Syntax
{
    [Doc("中文名称")] public required string Label { get; init; }
    [Doc("金额，减项为负")] public required Expression Value { get; init; }
}

[Doc("示例年度")]
public sealed class SampleSyntax : Syntax { [Spelled(Spelling.Instant), Doc("判定时刻")] public required string AsOf { get; init; } }

[Doc("条款")]
public sealed class ClauseSyntax : Syntax
{
    [Doc("编号")] public required string Id { get; init; }
    [Doc("位置")] public required string At { get; init; }
    [Doc("转述")] public required string Text { get; init; }
    [Doc("类别")] public string? Kind { get; init; }
    [Doc("数字")] public string? Figures { get; init; }
    [Words("auto", "human", "record"), Doc("运行方式：自动、人工认定、仅记录")] public required string Runs { get; init; }
    [OneOrMany, Doc("由哪些成分执行")] public IReadOnlyList<string>? By { get; init; }
}

[Doc("一处歧义与所取读法")]
public sealed class InterpretationSyntax : Syntax
{
    [Doc("问题")] public required string Asks { get; init; }
    [Doc("所取读法")] public required string Reading { get; init; }
    [Doc("另一读法")] public string? Other { get; init; }
    [Doc("理由")] public string? Why { get; init; }
    [OneOrMany, Doc("条款")] public IReadOnlyList<string>? Clauses { get; init; }
    [OneOrMany, Doc("所定的名称")] public IReadOnlyList<string>? Terms { get; init; }
    [Doc("可运行的其他读法")] public IReadOnlyDictionary<string, AlternativeSyntax>? Alternatives { get; init; }
    [Doc("不能运行的原因")] public string? NotRunnable { get; init; }
}

[Doc("另一读法：替换若干名称")]
public sealed class AlternativeSyntax : Syntax
{
    [Doc("中文名称")] public required string Label { get; init; }
    [Doc("只有此读法才读的事实种类与字段，写法同合同的 facts")] public IReadOnlyDictionary<string, IReadOnlyDictionary<string, FieldSyntax>>? Reads { get; init; }
    [Doc("替换的名称")] public required IReadOnlyDictionary<string, TermSyntax> Replaces { get; init; }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Documents;

/// <summary>
/// What figures are called and how their values are shown to people. Names come from the contract's own labels; the words here are
/// only those of the addresses that all contracts share.
/// </summary>
internal sealed partial class FigureNames(ContractSyntax contract)
{
    /// <summary>First parts of addresses that only say what kind of figure follows.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["assessment"] = "考核", ["card"] = "评分表", ["item"] = "评分项", ["rule"] = "评分规则", ["override"] = "直接取值", ["clock"] = "时限", ["duty"] = "义务",
        ["measure"] = "度量", ["event"] = "事件", ["violation"] = "违约行", ["damages"] = "违约金与损失", ["instalment"] = "付款", ["security"] = "担保",
        ["refund"] = "退款", ["right"] = "权利", ["termination"] = "解除", ["acceptance"] = "验收", ["notice"] = "通知", ["post"] = "岗位", ["window"] = "窗口期",
        ["transition"] = "过渡", ["midterm"] = "中期", ["bill"] = "账单", ["credit"] = "补偿", ["confidentiality"] = "保密", ["rectification"] = "整改", ["net"] = "净额",
        ["price"] = "价款", ["fee"] = "费用", ["deduction"] = "扣款", ["claim"] = "索赔",
    };

    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        ["amount"] = "金额", ["deducted"] = "扣减", ["payable"] = "应付", ["paid"] = "已付", ["outstanding"] = "未付", ["balance"] = "余额", ["due"] = "期限",
        ["state"] = "状态", ["elapsed"] = "用时", ["tier"] = "档次", ["total"] = "合计", ["withheld"] = "暂扣", ["unabsorbed"] = "扣不尽", ["forfeited"] = "扣没",
        ["lodged"] = "已缴", ["drawn"] = "动用", ["refused"] = "不计", ["refund"] = "退还", ["shortfall"] = "不足", ["cap"] = "上限", ["raw"] = "上限前合计",
        ["lost"] = "超出上限", ["charged"] = "计收", ["loss"] = "损失", ["base"] = "基础分", ["provisional"] = "是否暂定", ["late-days"] = "迟付天数", ["date"] = "日期",
        ["received"] = "收到", ["outcome"] = "结果", ["year"] = "年度", ["stage"] = "阶段", ["final"] = "终期", ["term"] = "全期", ["days"] = "天数", ["fee"] = "费用",
        ["by"] = "一方", ["at"] = "时刻", ["ground"] = "事由", ["level"] = "级别", ["major"] = "是否重大", ["delivered"] = "送达", ["breaches"] = "违约次数",
        ["bank"] = "担保人退还", ["topup"] = "补足", ["buyer"] = "甲方承担", ["open"] = "未结", ["advance"] = "预付款", ["performance"] = "履约", ["bond"] = "保证金",
        ["performance-bond"] = "履约保证金", ["still-to-pay"] = "还应支付", ["uncovered"] = "抵扣不足",
    };

    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["kept"] = "守约", ["breached"] = "违约", ["running"] = "进行中", ["excused"] = "免责", ["late"] = "迟延", ["missing"] = "缺失", ["pending"] = "未到期",
        ["open"] = "可行使", ["met"] = "达标", ["closed"] = "已关闭", ["not-open"] = "未开启", ["payable"] = "应付", ["lapsed"] = "失效", ["none"] = "无",
        ["final"] = "已定", ["true"] = "是", ["false"] = "否", ["yes"] = "是", ["no"] = "否", ["pass"] = "合格", ["passed"] = "通过", ["fail"] = "不合格",
        ["failed"] = "未通过", ["done"] = "已完成", ["exercised"] = "已行使",
        ["accepted"] = "已认可", ["rejected"] = "已退回", ["reviewing"] = "评审中", ["accepting"] = "验收中", ["waiting"] = "等待中", ["provisional"] = "暂定", ["deemed-passed"] = "视为通过",
        ["review-failed"] = "评审未通过", ["passed-without-round"] = "未经轮次即通过", ["not-applied"] = "未申请", ["not-applicable"] = "不适用", ["effective"] = "有效", ["ineffective"] = "无效",
        ["void"] = "无效", ["applied"] = "已申请", ["over"] = "已结束", ["undelivered"] = "未送达", ["not-a-notice"] = "不构成通知", ["charged"] = "计收", ["absorbed"] = "并入他项",
        ["too-late"] = "逾期提出", ["no-evidence"] = "没有证据", ["no-anomaly"] = "没有异常记录", ["excellent"] = "优秀", ["good"] = "良好", ["fair"] = "一般", ["poor"] = "不满意", ["very-poor"] = "极度不满意",
    };

    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["buyer"] = "采购方", ["provider"] = "服务方", ["supervisor"] = "监理方", ["user"] = "使用方", ["agency"] = "代理机构", ["auditor"] = "审计方",
    };

    public static string Kind(string word) => Kinds.GetValueOrDefault(word, Parts.GetValueOrDefault(word, word));
    public static string Part(string word) => Parts.GetValueOrDefault(word, word);
    /// <summary>A state of a duty or clock, which all contracts share.</summary>
    public static string State(string word) => Values.GetValueOrDefault(word, word);

    /// <summary>A word that is a value: in the contract's own words, else in those that all share.</summary>
    public static string Value(ContractSyntax contract, string word) => contract.Wording?.GetValueOrDefault(word) ?? State(word);
    public static string Role(string word) => Roles.GetValueOrDefault(word, word);

    public string? LabelOf(string term) => contract.Terms.GetValueOrDefault(term)?.Label;

    public string Of(in Figure figure, string address)
    {
        if (figure.Label is { } label) return string.Join(" · ", [label, .. Holes(figure)]);
        var segments = address.Split('/');
        var names = new List<string>();
        var labelled = false;
        for (var i = 1; i < segments.Length; i++)
        {
            // A common word means what it means everywhere, also where a contract has a term of that name ("total").
            var own = (Parts.ContainsKey(segments[i]) ? null : LabelOf(segments[i])) ?? (segments[0] is "rule" or "item" && i == segments.Length - 1 && figure.Column("name") is { IsPresent: true } name ? name.ToString() : null);
            labelled |= own is not null;
            names.Add(own ?? Part(segments[i]));
        }
        if (segments.Length == 1) return LabelOf(segments[0]) ?? Kind(segments[0]);
        return string.Join(" · ", labelled ? names : [Kind(segments[0]), .. names]);
    }

    /// <summary>What tells one row of a figure from the next, in the order of the address: <c>bill/{period}/due</c> gives the period.</summary>
    public IReadOnlyList<string> Holes(in Figure figure)
    {
        var holes = new List<string>();
        foreach (Match hole in Hole().Matches(figure.Template))
            if (hole.Groups[1].Value == "term") holes.Add(LabelOf(figure.Set!) ?? figure.Set!);
            else if (hole.Groups[1].Value != "view" && figure.Column(hole.Groups[1].Value) is { IsPresent: true } value) holes.Add(value.ToString());
        return holes;
    }

    public static IReadOnlyList<string> HoleNames(in Figure figure) => [.. Hole().Matches(figure.Template).Select(hole => hole.Groups[1].Value).Where(name => name != "view")];

    /// <summary>What a column of an address tells apart: in the words of the contract, else in common ones.</summary>
    public string HoleName(string hole) =>
        contract.Terms.Values.Select(term => term.Labels?.GetValueOrDefault(hole)).FirstOrDefault(label => label is not null) ?? HoleWords.GetValueOrDefault(hole, hole);

    private static readonly Dictionary<string, string> HoleWords = new(StringComparer.Ordinal)
    {
        ["period"] = "期次", ["subject"] = "主体", ["id"] = "事实", ["site"] = "站点", ["resource"] = "资源", ["item"] = "项目", ["system"] = "系统", ["date"] = "日期", ["number"] = "序号",
    };

    /// <summary>A figure as a column of a table: its own name, else the words of its address after the last hole.</summary>
    public string Column(in Figure figure) =>
        figure.Label ?? (figure.Template[(figure.Template.LastIndexOf('}') + 1)..].Trim('/') is { Length: > 0 } rest ? string.Join(" · ", rest.Split('/').Select(Part)) : Kind(figure.Template.Split('/')[0]));

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Hole();

    /// <summary>A heading over all figures whose addresses begin alike: the common word, else what the contract calls them.</summary>
    public string Heading(string word, IReadOnlyList<Entry> entries) =>
        Kinds.GetValueOrDefault(word) ?? LabelOf(word) ?? Parts.GetValueOrDefault(word) ?? (entries.Count == 1 ? entries[0].Name : null)
        ?? entries.Select(entry => entry.Figure.Label).FirstOrDefault(label => label is not null)
        ?? entries.Select(entry => entry.Figure.Set is { } set ? LabelOf(set) : null).FirstOrDefault(label => label is not null) ?? word;

    public string Shown(in Figure figure) =>
        figure.IsMoney ? Money(Numbers.Round(figure.Value, 2))
        : figure.IsSeconds && figure.Value.Type == Facts.ValueType.Duration ? ChinaTime.WriteDuration(figure.Value.Nanoseconds)
        : figure.Value.Type is Facts.ValueType.Text or Facts.ValueType.YesNo ? Value(contract, figure.Text)
        : figure.Value.Type == Facts.ValueType.Instant && figure.Text.Contains('T', StringComparison.Ordinal) ? Time(figure.Value.Nanoseconds)
        : figure.Text;

    public static string Money(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
    public static string Points(decimal points) => points.ToString("0.####", CultureInfo.InvariantCulture);
    public static string Signed(decimal number, Func<decimal, string> write) => number > 0 ? "+" + write(number) : number < 0 ? "−" + write(-number) : write(0m);

    /// <summary>An instant to the minute, as people in China read it; all times of a statement are Beijing time.</summary>
    public static string Time(long instant) => ChinaTime.Write(instant)[..16].Replace('T', ' ');

    /// <summary>A due instant at midnight is the end of the day before.</summary>
    public static string Due(long instant) => ChinaTime.TimeOfDay(instant) == 0 ? ChinaTime.WriteDate(ChinaTime.DayOf(instant) - 1) : Time(instant);

    public static string Time(in Facts.Value value) => value.Type switch
    {
        Facts.ValueType.Instant => Time(value.Nanoseconds),
        Facts.ValueType.Missing => "—",
        _ => value.ToString(),
    };
}

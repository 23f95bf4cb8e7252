using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Tracing;

/// <summary>The words of a trace: values and the engine's own columns in Chinese.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> States = new(StringComparer.Ordinal)
    {
        ["kept"] = "守约",
        ["breached"] = "违约",
        ["running"] = "进行中",
        ["excused"] = "免责",
        ["late"] = "迟延",
        ["missing"] = "缺失",
        ["pending"] = "未到期",
        ["open"] = "可行使",
        ["met"] = "达标",
        ["closed"] = "已关闭",
        ["not-open"] = "未开启",
    };

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["id"] = "事实编号",
        ["kind"] = "种类",
        ["subject"] = "主体",
        ["at"] = "发生时刻",
        ["day"] = "发生日",
        ["start"] = "起算",
        ["stop"] = "止点",
        ["due"] = "届满",
        ["elapsed"] = "用时",
        ["state"] = "状态",
        ["done"] = "履行",
        ["period"] = "期次",
        ["duty"] = "义务",
        ["amount"] = "金额",
        ["points"] = "分值",
        ["score"] = "得分",
        ["deductions"] = "扣分",
        ["bonuses"] = "加分",
        ["rule"] = "规则",
        ["item"] = "评分项",
        ["name"] = "名称",
        ["met"] = "条件成就",
        ["paid"] = "已付",
        ["instalment"] = "期次",
        ["security"] = "担保",
        ["required"] = "应缴",
        ["lodged"] = "已缴",
        ["complete"] = "缴足",
        ["claim"] = "债项",
        ["pot"] = "款项",
        ["taken"] = "冲抵",
        ["picked"] = "择重入选",
        ["events"] = "所涉事件",
        ["violation"] = "违约行",
        ["value"] = "值",
        ["from"] = "起",
        ["to"] = "止",
        ["first"] = "首日",
        ["last"] = "末日",
        ["number"] = "序号",
        ["count"] = "次数",
        ["date"] = "日期",
    };

    public static string Column(string name) => Columns.TryGetValue(name, out var chinese) ? chinese : name;

    public static string Of(in Value value) => value.Type switch
    {
        Type.Missing => "（无）",
        Type.YesNo => value.IsYes ? "是" : "否",
        Type.Text => States.TryGetValue(value.Text, out var state) ? $"{value.Text}（{state}）" : value.Text,
        Type.Number when value.IsFraction => $"{value.Fraction}（约 {Numbers.Fixed(value, 6)}）",
        Type.List => value.List.Length == 0 ? "（空）" : string.Join("、", value.List),
        _ => value.ToString(),
    };

    public static string Of(Edge edge) => edge switch { Edge.AtLeast => "≥", Edge.MoreThan => "＞", Edge.AtMost => "≤", _ => "＜" };
}

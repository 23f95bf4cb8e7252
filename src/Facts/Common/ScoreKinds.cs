using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>What people say of the service, and what is judged by a person.</summary>
internal static class ScoreKinds
{
    private static readonly CommonField From = new("from", FieldType.Text, "来自何人或何单位");

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("complaint.received", "收到投诉", From, Channel),
        new("praise.received", "收到表扬", From, Channel, new CommonField("written", FieldType.YesNo, "是否书面")),
        new("assist.given", "协助处置",
            new CommonField("decisive", FieldType.YesNo, "是否起决定作用"),
            InScope with { Default = null, IsOptional = false }),
        new("rating.given", "满意度评价",
            new CommonField("grade", FieldType.Text, "等级") { Words = [("good", "满意"), ("fair", "一般"), ("poor", "不满意"), ("very-poor", "极度不满意")] }),
        new("ranking.published", "排名公布", new CommonField("top_percent", FieldType.Number, "名列前百分之几")),
        new("finding.recorded", "人工认定：由人判断的规则如此适用",
            new CommonField("rule", FieldType.Text, "规则编号"),
            new CommonField("count", FieldType.Whole, "次数") { IsOptional = true, Default = "1" },
            new CommonField("note", FieldType.Text, "说明") { IsOptional = true }),
        new("assessment.issued", "考核结果送达"),
        new("assessment.confirmed", "考核结果确认"),
    ];
}

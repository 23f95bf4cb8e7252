using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>The recurring work and what it delivers.</summary>
internal static class ServiceKinds
{
    private static readonly CommonField Deliverable = new("deliverable", FieldType.Text, "成果名称；主体写作 <成果>/<期次>");

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("deliverable.submitted", "成果提交", Deliverable, Period),
        new("deliverable.accepted", "成果通过", Deliverable, Period),
        new("deliverable.rejected", "成果退回", Deliverable, Period),
        new("patrol.done", "巡检完成",
            new CommonField("patrol", FieldType.Text, "巡检种类"),
            Period,
            new CommonField("site", FieldType.Text, "地点") { IsOptional = true },
            new CommonField("hidden_danger", FieldType.YesNo, "发现隐患") { IsOptional = true }),
        new("backup.completed", "备份完成", SystemName),
        new("restore.tested", "恢复测试", new CommonField("ok", FieldType.YesNo, "是否成功")),
        new("change.deployed", "变更上线", new CommonField("approved", FieldType.YesNo, "是否经批准"), new CommonField("tested", FieldType.YesNo, "是否经测试")),
        new("change.rolled_back", "变更回退", new CommonField("logged", FieldType.YesNo, "是否有记录")),
        new("data.lost", "数据丢失",
            SystemName,
            new CommonField("days", FieldType.Number, "丢失的天数") { IsOptional = true },
            new CommonField("recoverable", FieldType.YesNo, "能否恢复") { IsOptional = true }),
        new("data.disposed", "数据销毁或移交", Mode),
        new("meter.read", "计量", new CommonField("item", FieldType.Text, "计量项"), new CommonField("quantity", FieldType.Number, "数量")),
        new("availability.measured", "可用率", new CommonField("item", FieldType.Text, "对象"), Period, new CommonField("value", FieldType.Number, "可用率，0 至 1") { IsShare = true }),
        new("demand.completed", "需求完成", new CommonField("level", FieldType.Text, "级别")),
        new("rectification.ordered", "责令整改", new CommonField("due", FieldType.Until, "限期")),
        new("rectification.done", "整改完成", Optional(new CommonField("due", FieldType.Until, "限期"))),
    ];
}

using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>Incidents, outages and requests. The facts of one incident share its subject.</summary>
internal static class IncidentKinds
{
    private static readonly CommonField[] OfOutage =
    [
        SystemName,
        Core,
        new("slow", FieldType.YesNo, "可用但明显缓慢") { IsOptional = true },
        new("share", FieldType.Number, "受影响的比例，0 至 1") { IsOptional = true, IsShare = true },
        new("users", FieldType.Whole, "受影响的用户数") { IsOptional = true },
        new("loss", FieldType.Number, "造成的损失（元）") { IsOptional = true },
        Attributable,
    ];

    private static readonly CommonField[] OfRequest =
    [
        new("by", FieldType.Text, "提出者") { Words = [("buyer", "甲方"), ("user", "用户")] },
        new("level", FieldType.Text, "级别") { IsOptional = true },
        InScope,
    ];

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("incident.reported", "事件报告",
            new CommonField("severity", FieldType.Text, "严重程度，按合同的分级"),
            Optional(SystemName),
            Core,
            new CommonField("category", FieldType.Text, "类别") { IsOptional = true, Default = "fault", Words = [("fault", "故障"), ("security", "安全事件"), ("request", "请求")] },
            Attributable,
            InScope),
        new("incident.responded", "事件响应"),
        new("incident.arrived", "到达现场"),
        new("incident.diagnosed", "故障定位"),
        new("incident.progress", "向甲方反馈进展"),
        new("incident.replaced", "备件投入使用"),
        new("incident.resolved", "事件解决"),
        new("incident.reopened", "事件重新打开"),
        new("outage.started", "中断开始", OfOutage),
        new("outage.ended", "中断结束", OfOutage),
        new("request.made", "提出请求", OfRequest),
        new("request.responded", "请求响应", OfRequest),
        new("request.completed", "请求完成",
            [.. OfRequest, new("on_time", FieldType.YesNo, "是否按时") { IsOptional = true }, new("accurate", FieldType.YesNo, "是否准确") { IsOptional = true }]),
        new("request.refused", "请求被拒绝", OfRequest),
    ];
}

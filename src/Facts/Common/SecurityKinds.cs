using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>Security, and the assurance of major events.</summary>
internal static class SecurityKinds
{
    private static readonly CommonField[] OfVulnerability =
    [
        new("risk", FieldType.Text, "风险等级") { Words = [("high", "高"), ("medium", "中"), ("low", "低")] },
        new("source", FieldType.Text, "来源") { Words = [("scan", "扫描"), ("authority", "主管部门通报")] },
    ];

    private static readonly CommonField Event = new("event", FieldType.Text, "重保事件");

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("threat.detected", "发现威胁", Channel),
        new("threat.notified", "通报威胁", Channel),
        new("vulnerability.found", "发现漏洞", OfVulnerability),
        new("vulnerability.fixed", "漏洞修复", OfVulnerability),
        new("data.leaked", "数据泄露", Optional(SystemName), Attributable),
        new("operation.unauthorised", "违规操作"),
        new("assurance.declared", "宣布重大活动保障", Event, new CommonField("from", FieldType.From, "保障起"), new CommonField("to", FieldType.Until, "保障止")),
        new("assurance.adverse", "保障期间的不良影响", Event),
        new("assurance.incident", "保障期间的事件", Event),
        new("bulletin.issued", "上级通报",
            new CommonField("level", FieldType.Text, "级别") { Words = [("provincial", "省级"), ("national", "国家级")] },
            new CommonField("kind", FieldType.Text, "通报种类"),
            Attributable),
    ];
}

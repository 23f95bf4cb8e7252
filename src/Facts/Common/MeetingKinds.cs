namespace Yueheng.Facts.Common;

/// <summary>The assurance of meetings. The facts of one meeting share its subject.</summary>
internal static class MeetingKinds
{
    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("meeting.scheduled", "会议安排",
            new CommonField("kind", FieldType.Text, "会议种类"),
            new CommonField("starts", FieldType.Instant, "开始时刻"),
            new CommonField("ends", FieldType.Instant, "结束时刻") { IsOptional = true },
            new CommonField("sites", FieldType.Whole, "会场数") { IsOptional = true }),
        new("meeting.cancelled", "会议取消"),
        new("meeting.notified", "会议通知"),
        new("meeting.staffed", "保障人员到位", new CommonField("engineers", FieldType.Whole, "工程师人数") { IsOptional = true }),
        new("meeting.checked", "会前检查",
            new CommonField("list", FieldType.Text, "检查清单"),
            new CommonField("ok", FieldType.YesNo, "是否正常"),
            new CommonField("failed", FieldType.Text, "异常的项") { IsOptional = true, IsList = true }),
        new("meeting.ended", "会议结束"),
    ];
}

using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>People: posts, drills and training.</summary>
internal static class StaffKinds
{
    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("attendance.recorded", "考勤记录",
            new CommonField("date", FieldType.Date, "日期"),
            new CommonField("required", FieldType.Number, "应到人数") { IsOptional = true },
            new CommonField("present", FieldType.Number, "实到人数")),
        new("post.vacant", "岗位空缺", new CommonField("from", FieldType.From, "空缺起"), new CommonField("to", FieldType.Until, "空缺止")),
        new("staff.changed", "人员更换", new CommonField("role", FieldType.Text, "岗位"), new CommonField("approved", FieldType.YesNo, "是否经甲方同意")),
        new("drill.held", "应急演练"),
        new("training.held", "培训",
            Mode with { Words = [("onsite", "现场"), ("remote", "远程")] },
            new CommonField("attendees", FieldType.Whole, "参训人数") { IsOptional = true }),
    ];
}

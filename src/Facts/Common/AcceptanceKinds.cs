using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>Acceptance, notices, force majeure, and the end of the contract.</summary>
internal static class AcceptanceKinds
{
    private static readonly CommonField Party = new("party", FieldType.Text, "受影响的一方");

    private static readonly CommonField[] OfNotice =
    [
        new("from", FieldType.Text, "发出方"),
        new("to", FieldType.Text, "接收方"),
        new("about", FieldType.Text, "事项"),
        new("method", FieldType.Text, "送达方式"),
        new("local", FieldType.YesNo, "是否同城"),
        new("effective", FieldType.Date, "生效日期") { IsOptional = true },
    ];

    private static readonly CommonField[] OfExit = [By, new("ground", FieldType.Text, "事由")];

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("acceptance.applied", "申请验收"),
        new("acceptance.review.started", "评审开始"),
        new("acceptance.review.passed", "评审通过"),
        new("acceptance.review.failed", "评审不通过"),
        new("acceptance.passed", "验收通过"),
        new("acceptance.failed", "验收不通过"),
        new("notice.sent", "发出通知", OfNotice),
        new("notice.received", "收到通知", OfNotice),
        new("force-majeure.started", "不可抗力发生", Party),
        new("force-majeure.notified", "不可抗力通知", Party),
        new("force-majeure.reported", "不可抗力报告", Party),
        new("force-majeure.proved", "不可抗力证明", Party),
        new("force-majeure.ended", "不可抗力结束", Party),
        new("exit.requested", "申请退出", OfExit),
        new("exit.approved", "同意退出", OfExit),
        new("contract.terminated", "合同终止", OfExit),
        new("successor.signed", "与接替者签约", OfExit),
        new(Vocabulary.Retraction, "撤回一个事实（更正：撤回，另记新事实）",
            new CommonField(Vocabulary.RetractedFact, FieldType.Text, "被撤回的事实编号"),
            new CommonField("reason", FieldType.Text, "理由")),
    ];
}

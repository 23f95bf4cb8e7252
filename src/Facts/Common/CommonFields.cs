namespace Yueheng.Facts.Common;

/// <summary>Fields that several kinds share.</summary>
internal static class CommonFields
{
    public static readonly CommonField SystemName = new("system", FieldType.Text, "所涉系统");
    public static readonly CommonField Core = new("core", FieldType.YesNo, "是否核心系统") { IsOptional = true };
    public static readonly CommonField Channel = new("channel", FieldType.Text, "渠道") { IsOptional = true };
    public static readonly CommonField Period = new("period", FieldType.Text, "期次：2025、2025-H1、2025-Q3、2025-08、2025-W32、2025-08-14、2025-R1（当年第几次），或合同自定");
    public static readonly CommonField Mode = new("mode", FieldType.Text, "方式");
    public static readonly CommonField Instalment = new("instalment", FieldType.Text, "付款期次");
    public static readonly CommonField Amount = new("amount", FieldType.Number, "金额（元）");
    public static readonly CommonField By = new("by", FieldType.Text, "由谁提出");

    public static readonly CommonField Attributable = new("attributable", FieldType.Text, "归责")
    {
        IsOptional = true,
        Default = "provider",
        Words = [("provider", "乙方"), ("buyer", "甲方"), ("third-party", "第三方"), ("force-majeure", "不可抗力")],
    };

    public static readonly CommonField InScope = new("in_scope", FieldType.YesNo, "是否在服务范围之内") { IsOptional = true, Default = "true" };

    public static CommonField Optional(CommonField field) => field with { IsOptional = true };
}

using static Yueheng.Facts.Common.CommonFields;

namespace Yueheng.Facts.Common;

/// <summary>Payments, securities, losses and refunds.</summary>
internal static class MoneyKinds
{
    private static readonly CommonField[] OfPayment = [Instalment, Optional(Amount), new("due", FieldType.Until, "届满") { IsOptional = true }];

    private static readonly CommonField[] OfSecurity =
        [new("security", FieldType.Text, "担保名称"), Amount, new("validTo", FieldType.Date, "有效期至") { IsOptional = true }];

    public static IReadOnlyList<CommonKind> All { get; } =
    [
        new("payment.requested", "申请付款", OfPayment),
        new("invoice.received", "收到发票", OfPayment),
        new("payment.made", "付款", OfPayment),
        new("payment.due.agreed", "约定付款期限", OfPayment),
        new("funds.available", "资金到位", OfPayment),
        new("security.lodged", "缴纳担保", OfSecurity),
        new("security.drawn", "动用担保", OfSecurity),
        new("security.released", "退还担保", OfSecurity),
        new("audit.completed", "审计完成", Instalment, Amount),
        new("loss.established", "损失认定", new CommonField("head", FieldType.Text, "损失名目"), Amount, new CommonField("victim", FieldType.Text, "受损方") { IsOptional = true }),
        new("refund.ordered", "责令退款", new CommonField("line", FieldType.Text, "退款项"), Optional(Amount)),
        new("account.change-notified", "通知变更收款账户", new CommonField("party", FieldType.Text, "变更的一方"), Instalment, new CommonField("ground", FieldType.Text, "事由") { IsOptional = true }),
    ];
}

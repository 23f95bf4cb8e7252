namespace Yueheng.Terms.Tests.Settlement;

public class InstalmentTests
{
    private static string Row(string instalment, string facts = "", string asOf = "2025-12-01T00:00") =>
        RowsOf($"{{ instalment: {{ {instalment} }} }}", "instalment amount met due paid", facts, asOf: asOf).Replace(":00:00+08:00", "", StringComparison.Ordinal);

    private const string Needs = "amount: 1000, needs: [ { first: { of: at, facts: a } }, { first: { of: at, facts: b } } ]";

    [Fact]
    public void An_instalment_is_met_once_the_last_of_its_needs_is() =>
        Row(Needs + ", within: 10 days", "f1 a 2025-03-01T09:00\nf2 b 2025-03-05T09:00").ShouldBe("s 1000 2025-03-05T09 2025-03-16T00 0");

    [Fact]
    public void It_is_not_met_while_one_need_is_missing() => Row(Needs + ", within: 10 days", "f1 a 2025-03-01T09:00").ShouldBe("s 1000 - - 0");

    [Fact]
    public void Workdays_to_pay_are_workdays_after_it_was_met() => Row(Needs + ", within: 2 workdays", "f1 a 2025-01-20T09:00\nf2 b 2025-01-26T09:00").ShouldBe("s 1000 2025-01-26T09 2025-02-06T00 0");

    [Fact]
    public void The_due_instant_may_be_computed_from_when_it_was_met() =>
        Row(Needs + ", due: { shift: { of: { date-of: met }, by: 1 month } }", "f1 a 2025-01-31T09:00\nf2 b 2025-01-31T10:00").ShouldBe("s 1000 2025-01-31T10 2025-03-01T00 0");

    [Fact]
    public void Payments_of_the_instalment_are_summed() =>
        Row("amount: 1000", "p1 payment.made 2025-03-01T09:00 {\"instalment\":\"s\",\"amount\":300.5}\np2 payment.made 2025-03-02T09:00 {\"instalment\":\"s\",\"amount\":0.25}\np3 payment.made 2025-03-02T09:00 {\"instalment\":\"other\",\"amount\":9}").ShouldBe("s 1000 - - 300.75");

    [Fact]
    public void A_payment_in_the_future_is_not_paid_yet() => Row("amount: 1000", "p1 payment.made 2025-03-02T09:00 {\"instalment\":\"s\",\"amount\":300}", "2025-03-02T08:59").ShouldBe("s 1000 - - 0");

    [Fact]
    public void Payments_may_be_looked_for_elsewhere() => Row("amount: 1000, paid: { facts: a, where: ok, of: x }", "f1 a 2025-03-01T09:00 {\"x\":5,\"ok\":true}\nf2 a 2025-03-01T09:00 {\"x\":7}").ShouldBe("s 1000 - - 5");
}

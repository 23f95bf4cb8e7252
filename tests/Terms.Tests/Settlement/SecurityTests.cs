namespace Yueheng.Terms.Tests.Settlement;

public class SecurityTests
{
    private static string Row(string security, string facts, string asOf = "2025-12-01T00:00") =>
        RowsOf($"{{ security: {{ {security} }} }}", "security required lodged complete", facts, asOf: asOf).Replace(":00:00+08:00", "", StringComparison.Ordinal);

    private const string Lodged =
        """
        f1 security.lodged 2025-03-01T09:00 {"security":"s","amount":60}
        f2 security.lodged 2025-03-02T09:00 {"security":"other","amount":100}
        f3 security.lodged 2025-03-03T09:00 {"security":"s","amount":40}
        f4 security.lodged 2025-03-04T09:00 {"security":"s","amount":1}
        """;

    [Fact]
    public void A_security_is_complete_at_the_instant_at_which_its_sum_is_reached() => Row("required: 100", Lodged).ShouldBe("s 100 101 2025-03-03T09");

    [Fact]
    public void Until_then_it_is_not() => Row("required: 100", Lodged, "2025-03-03T08:59").ShouldBe("s 100 60 -");

    [Fact]
    public void The_amount_of_a_lodging_may_be_computed() => Row("required: 100, amount: { least: [amount, 50] }", Lodged).ShouldBe("s 100 91 -");

    [Fact]
    public void What_is_lodged_may_be_looked_for_elsewhere() => Row("required: 5, lodged: { facts: a, of: x }", "f1 a 2025-03-01T09:00 {\"x\":5}").ShouldBe("s 5 5 2025-03-01T09");
}

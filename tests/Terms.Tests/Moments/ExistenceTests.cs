namespace Yueheng.Terms.Tests.Moments;

/// <summary>Which facts there are at a moment.</summary>
public class ExistenceTests
{
    private static string Ids(string facts, string asOf = "2025-12-01T00:00") => RowsOf("{ facts: any }", "id", facts, asOf: asOf);

    [Theory]
    [InlineData("2025-03-01T08:59:59.999999999", "")]
    [InlineData("2025-03-01T09:00", "f1")]
    public void A_fact_exists_from_its_very_instant_on(string asOf, string ids) => Ids("f1 a 2025-03-01T09:00", asOf).ShouldBe(ids);

    [Theory]
    [InlineData("2025-03-05T00:00", "f2")]
    [InlineData("2025-03-01T00:00", "f2")]
    [InlineData("2025-12-01T00:00", "f2")]
    [InlineData("2025-12-01T00:00:01", "f1 | f2")]
    public void A_retraction_takes_a_fact_back_whichever_of_the_two_is_earlier(string at, string ids) =>
        Ids($"f1 a 2025-03-02T09:00\nf2 a 2025-03-03T09:00\nr fact.retracted {at} {{\"fact\":\"f1\"}}").Replace(" | r", "", StringComparison.Ordinal).Replace("r | ", "", StringComparison.Ordinal).ShouldBe(ids);

    [Fact]
    public void Taking_back_what_is_not_there_or_a_retraction_does_nothing() =>
        Ids("f1 a 2025-03-02T09:00\nr1 fact.retracted 2025-03-03T09:00 {\"fact\":\"f1\"}\nr2 fact.retracted 2025-03-04T09:00 {\"fact\":\"r1\"}\nr3 fact.retracted 2025-03-05T09:00 {\"fact\":\"nobody\"}\nr4 fact.retracted 2025-03-05T09:00").ShouldBe("r1 | r2 | r3 | r4");

    [Fact]
    public void A_fact_that_was_taken_back_is_not_found_by_its_subject_either() =>
        ValueOf("{ count: { facts: a, on: { subject: { text: A } } } }", "f1 a 2025-03-02T09:00 A\nf2 a 2025-03-02T09:00 A\nr fact.retracted 2025-03-03T09:00 {\"fact\":\"f1\"}").ShouldBe("1");

    [Fact]
    public void Kinds_that_the_contract_does_not_read_are_judged_by_nothing() =>
        ValueOf("{ count: { facts: [a, b] } }", "f1 a 2025-03-02T09:00 A\nf2 c 2025-03-02T09:00 A {\"x\":\"no number\"}").ShouldBe("1");
}

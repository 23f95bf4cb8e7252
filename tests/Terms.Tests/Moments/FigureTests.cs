namespace Yueheng.Terms.Tests.Moments;

/// <summary>Section 10 of the language: what is published, and how it is written.</summary>
public class FigureTests
{
    [Theory]
    [InlineData("1234.5", "points", "1234.5")]
    [InlineData("-0.50", "points", "-0.5")]
    [InlineData("1234.5", "money", "1234.50")]
    [InlineData("0.005", "money", "0.01")]
    [InlineData("-0.005", "money", "-0.01")]
    [InlineData("-0.004", "money", "0.00")]
    [InlineData("1/3", "money", "0.33")]
    [InlineData("2/3", "decimals-4", "0.6667")]
    [InlineData("2.5", "decimals-0", "3")]
    [InlineData("90 minutes", "seconds", "5400")]
    [InlineData("59.9", "seconds", "59")]
    [InlineData("2025-03-01", "date", "2025-03-01")]
    [InlineData("2025-03-01T16:00:00Z", "date", "2025-03-02")]
    [InlineData("2025-03-01T16:00:00Z", "last-day", "2025-03-01")]
    [InlineData("2025-03-01T16:00:01Z", "last-day", "2025-03-02")]
    [InlineData("2025-03-01T16:00:00.5Z", "instant", "2025-03-02T00:00:00.5+08:00")]
    [InlineData("true", "yes-no", "true")]
    [InlineData("{ text: open }", "text", "open")]
    [InlineData("{ texts: [b, a] }", "text", "a, b")]
    public void Figures_are_written_by_their_format(string value, string format, string text) =>
        Judging($"figures: [ {{ address: v, value: {value}, format: {format} }} ]").Gives("v", text);

    [Theory]
    [InlineData("1", "date", "数不能以格式“date”书写")]
    [InlineData("2025-03-01", "last-day", "日期不能以格式“last-day”书写")]
    [InlineData("{ text: a }", "money", "文本不能以格式“money”书写")]
    [InlineData("1", "yes-no", "数不能以格式“yes-no”书写")]
    [InlineData("1", "decimals-13", "格式“decimals-13”不在所列之中")]
    [InlineData("1", "euros", "格式“euros”不在所列之中")]
    public void A_format_that_does_not_fit_is_refused(string value, string format, string message) =>
        RefusalsOf($"figures: [ {{ address: v, value: {value}, format: {format} }} ]").ShouldHaveSingleItem().ShouldStartWith(message);

    [Fact]
    public void An_address_names_columns_and_the_set() =>
        Judging("terms: { K1: { facts: a }, K2: { facts: b } }\nfigures: [ { address: \"clock/{term}/{subject}/{x}\", each: [K1, K2], value: id } ]", "f1 a 2025-03-01T09:00 A {\"x\":1.50}\nf2 b 2025-03-01T09:00 B")
            .GivesOnly("clock/K1/A/1.5 = f1", "clock/K2/B/ = f2");

    [Fact]
    public void Only_what_is_there_is_listed() =>
        Judging("terms: { s: { facts: a } }\nfigures: [ { address: \"{id}\", each: s, value: x, where: { not: { is: { x: 0 } } } }, { address: no, value: 1, when: false }, { address: none, value: { missing: number } }, { address: never, each: s, value: 1, when: { exists: { facts: b } } } ]",
            "f1 a 2025-03-01T09:00 {\"x\":1}\nf2 a 2025-03-01T09:00 {\"x\":0}\nf3 a 2025-03-01T09:00").GivesOnly("f1 = 1");

    [Fact]
    public void One_address_has_one_value() =>
        Should.Throw<CannotJudgeException>(() => Judging("figures: [ { address: v, value: 1 }, { address: v, value: 2 } ]").ValueOf("v")).Message.ShouldStartWith("地址“v”有两个数值：");

    [Fact]
    public void A_summary_is_in_one_line()
    {
        var judgement = Judging("terms: { score: { value: 92.5 }, tier: { value: { text: A } } }\nfigures: []\nsummary: { score: score, tier: tier, payable: 100, damages: 1/3, net: { missing: number } }").Judgement;
        new[] { "score", "tier", "payable", "damages", "net", "other" }.Select(judgement.Summary).ShouldBe(["92.5", "A", "100.00", "0.33", null, null]);
    }

    [Fact]
    public void Clocks_are_counted_by_their_state()
    {
        var judgement = Judging("terms: { K: { clock: { of: { facts: a }, stops: { facts: b }, limit: 1 hour } }, M: { clock: { of: { facts: a }, stops: { facts: b } } } }", "f1 a 2025-03-01T09:00 A\nf2 a 2025-03-01T09:00 B\nf3 b 2025-03-01T09:10 A").Judgement;
        (judgement.CountClocks("kept"), judgement.CountClocks("breached"), judgement.CountClocks("running")).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void A_year_without_a_notice_is_told_and_only_when_it_is_asked_for()
    {
        Judging("figures: [ { address: v, value: { workday: 2025-03-03 } } ]").Judgement.With(j => j.Figures).ProvisionalYears.ShouldBeEmpty();
        Judging("figures: [ { address: v, value: { due: { from: 2026-12-30, within: 3 workdays } } } ]").Gives("v", "2027-01-05T00:00:00+08:00").Judgement.ProvisionalYears.ShouldBe([2027]);
    }
}

file static class Doing
{
    public static T With<T>(this T it, Func<T, object> act)
    {
        act(it);
        return it;
    }
}

using Yueheng.Terms.Calendars;

namespace Yueheng.Terms.Tests.Calendars;

public class SpanTests
{
    [Theory]
    [InlineData("30 seconds", 30, SpanUnit.Seconds)]
    [InlineData("1 second", 1, SpanUnit.Seconds)]
    [InlineData("10 minutes", 10, SpanUnit.Minutes)]
    [InlineData("1 minute", 1, SpanUnit.Minutes)]
    [InlineData("2 hours", 2, SpanUnit.Hours)]
    [InlineData("1 hour", 1, SpanUnit.Hours)]
    [InlineData("5 days", 5, SpanUnit.Days)]
    [InlineData("1 day", 1, SpanUnit.Days)]
    [InlineData("2 weeks", 2, SpanUnit.Weeks)]
    [InlineData("1 week", 1, SpanUnit.Weeks)]
    [InlineData("30 workdays", 30, SpanUnit.Workdays)]
    [InlineData("1 workday", 1, SpanUnit.Workdays)]
    [InlineData("1 month", 1, SpanUnit.Months)]
    [InlineData("3 months", 3, SpanUnit.Months)]
    [InlineData("1 year", 1, SpanUnit.Years)]
    [InlineData("3 years", 3, SpanUnit.Years)]
    [InlineData("-25 days", -25, SpanUnit.Days)]
    [InlineData("0 days", 0, SpanUnit.Days)]
    [InlineData("100000 seconds", 100000, SpanUnit.Seconds)]
    public void A_span_is_a_whole_number_and_a_unit(string text, int count, SpanUnit unit) => Span.Parse(text).ShouldBe(new Span(count, unit));

    [Theory]
    [InlineData("")]
    [InlineData("days")]
    [InlineData("5")]
    [InlineData(" 5 days")]
    [InlineData("five days")]
    [InlineData("1.5 days")]
    [InlineData("5days")]
    [InlineData("5 Days")]
    [InlineData("5 fortnights")]
    [InlineData("100001 days")]
    [InlineData("-100001 days")]
    [InlineData("99999999999 days")]
    [InlineData("٥ days")]
    [InlineData("1,000 days")]
    public void Anything_else_is_none(string text) => Span.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("30 workdays", "30个工作日")]
    [InlineData("-2 months", "2个月")]
    [InlineData("1 hour", "1小时")]
    [InlineData("10 minutes", "10分钟")]
    [InlineData("5 seconds", "5秒")]
    [InlineData("5 days", "5日")]
    [InlineData("2 weeks", "2周")]
    [InlineData("3 years", "3年")]
    public void A_span_is_read_aloud_in_chinese(string text, string chinese) => Span.Parse(text)!.Value.ToChinese().ShouldBe(chinese);
}

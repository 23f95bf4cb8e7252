namespace Yueheng.Facts.Tests;

/// <summary>How people write numbers, dates and lengths of time, and what is proposed to them instead.</summary>
public class HabitsTests
{
    [Theory]
    [InlineData("12万元", "120000")]
    [InlineData("1.5万", "15000")]
    [InlineData("人民币12,000.00元", "12000.00")]
    [InlineData("1，200，000.50", "1200000.50")]
    [InlineData("壹拾贰万叁仟肆佰元整", "123400")]
    [InlineData("两百三十万", "2300000")]
    [InlineData("三点五", "3.5")]
    [InlineData("百分之八十", "80%")]
    [InlineData("百分之八十点五", "80.5%")]
    [InlineData("千分之三", "3‰")]
    [InlineData("８０％", "80%")]
    [InlineData("八成", "80%")]
    [InlineData("5分", "5")]
    [InlineData("2025年3月1日", "2025-03-01")]
    [InlineData("2025/3/1", "2025-03-01")]
    [InlineData("2025.03.01", "2025-03-01")]
    [InlineData("2025-3-1", "2025-03-01")]
    [InlineData("20250301", "2025-03-01")]
    [InlineData("二〇二五年三月十一日", "2025-03-11")]
    [InlineData("２０２５年３月１日", "2025-03-01")]
    [InlineData("2025年3月1日9时30分", "2025-03-01T09:30:00+08:00")]
    [InlineData("2025-03-01 09:30", "2025-03-01T09:30:00+08:00")]
    [InlineData("2025-03-01T09:30:00", "2025-03-01T09:30:00+08:00")]
    [InlineData("2025-03-01t01:30:00z", "2025-03-01T01:30:00Z")]
    [InlineData("30个工作日", "30 workdays")]
    [InlineData("1小时内", "1 hour")]
    [InlineData("三个月", "3 months")]
    [InlineData("15日", "15 days")]
    public void A_habit_is_mended(string written, string meant)
    {
        Habits.Mended(written).ShouldBe(meant);
        Habits.Mended(meant).ShouldBeNull("what is well is left alone");
    }

    [Theory]
    [InlineData("")]
    [InlineData("price")]
    [InlineData("服务费")]
    [InlineData("2025年2月30日")]
    [InlineData("2025年13月1日")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四")]
    [InlineData("百分之")]
    [InlineData("12万吨")]
    [InlineData("一亿亿亿亿亿亿亿")]
    [InlineData("1亿亿亿亿亿亿亿亿")]
    [InlineData("123456789012345678901234567890")]
    public void What_is_no_habit_is_left_alone(string written) => Habits.Mended(written).ShouldBeNull();
}

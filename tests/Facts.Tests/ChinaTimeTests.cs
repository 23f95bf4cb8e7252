using NodaTime;
using NodaTime.Text;

namespace Yueheng.Facts.Tests;

public class ChinaTimeTests
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Theory]
    [InlineData("2025-03-03T01:00:00Z", "2025-03-03T09:00:00+08:00")]
    [InlineData("2025-03-02T16:00:00Z", "2025-03-03T00:00:00+08:00")]
    [InlineData("2025-03-03T01:00:00.000000001Z", "2025-03-03T09:00:00.000000001+08:00")]
    [InlineData("2025-03-03T01:00:00.250Z", "2025-03-03T09:00:00.25+08:00")]
    [InlineData("1991-07-01T00:00:00Z", "1991-07-01T09:00:00+09:00")]
    [InlineData("1969-12-31T23:59:59.5Z", "1970-01-01T07:59:59.5+08:00")]
    [InlineData("1900-06-01T00:00:00Z", "1900-06-01T08:05:00+08:05")]
    public void Instants_are_written_as_china_reads_them(string instant, string written)
    {
        ChinaTime.Write(IsoTime.Parse(instant)).ShouldBe(written);
        IsoTime.Parse(written).ShouldBe(IsoTime.Parse(instant));
    }

    [Fact]
    public void Days_begin_when_the_zone_says_so()
    {
        for (var day = ChinaTime.DayOf(1985, 1, 1); day < ChinaTime.DayOf(1993, 1, 1); day++)
        {
            var start = Zone.AtStartOfDay(ChinaTime.ToLocalDate(day)).ToInstant().ToUnixTimeTicks() * 100;
            ChinaTime.StartOf(day).ShouldBe(start);
            ChinaTime.DayOf(start).ShouldBe(day);
            ChinaTime.DayOf(start - 1).ShouldBe(day - 1);
            ChinaTime.TimeOfDay(start).ShouldBe(0);
        }
    }

    [Fact]
    public void Every_day_of_three_centuries_is_counted_as_the_calendar_counts_it()
    {
        var date = new LocalDate(1900, 1, 1);
        for (; date.Year < 2200; date = date.PlusDays(1))
        {
            var text = LocalDatePattern.Iso.Format(date);
            ChinaTime.WriteDate(ChinaTime.ToDay(date)).ShouldBe(text);
            IsoTime.Parse(text + "T00:00:00Z").ShouldBe(ChinaTime.ToDay(date) * ChinaTime.Day);
        }
    }

    [Theory]
    [InlineData(0, "0秒")]
    [InlineData(150 * ChinaTime.Minute, "2小时30分")]
    [InlineData(45 * ChinaTime.Minute, "45分")]
    [InlineData(74 * ChinaTime.Hour, "3天2小时")]
    [InlineData(1799 * ChinaTime.Second, "29分59秒")]
    [InlineData(-90 * ChinaTime.Second, "-1分30秒")]
    public void Durations_are_written_as_people_say_them(long nanoseconds, string written) => ChinaTime.WriteDuration(nanoseconds).ShouldBe(written);
}

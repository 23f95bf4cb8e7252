using Yueheng.Facts;
using Yueheng.Terms.Calendars;

namespace Yueheng.Terms.Tests.Calendars;

/// <summary>The State Council's notices for 2025 and 2026, day by day.</summary>
public class WorkCalendarTests
{
    private static readonly WorkCalendar Calendar = Notices.Read();

    private static int Day(string date) => ChinaTime.DayOf(IsoTime.Parse(date + "T00:00:00+08:00"));

    [Theory]
    [InlineData("2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11")]
    [InlineData("2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10")]
    public void Make_up_days_are_workdays_though_they_fall_on_a_weekend(string days) => days.Split(' ').ShouldAllBe(day => Calendar.IsWorkday(Day(day), null));

    [Theory]
    [InlineData("2025-01-01", 1)]
    [InlineData("2025-01-28", 8)]
    [InlineData("2025-04-04", 3)]
    [InlineData("2025-05-01", 5)]
    [InlineData("2025-05-31", 3)]
    [InlineData("2025-10-01", 8)]
    [InlineData("2026-01-01", 3)]
    [InlineData("2026-02-15", 9)]
    [InlineData("2026-04-04", 3)]
    [InlineData("2026-05-01", 5)]
    [InlineData("2026-06-19", 3)]
    [InlineData("2026-09-25", 3)]
    [InlineData("2026-10-01", 7)]
    public void Holidays_are_off_from_the_first_to_the_last(string first, int length) =>
        Enumerable.Range(Day(first), length).ShouldAllBe(day => !Calendar.IsWorkday(day, null));

    [Theory]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void A_year_has_so_many_workdays(int year, int workdays) =>
        Enumerable.Range(Day($"{year}-01-01"), 365).Count(day => Calendar.IsWorkday(day, null)).ShouldBe(workdays);

    [Fact]
    public void A_year_without_a_notice_has_weekends_alone_and_is_remembered()
    {
        var provisional = new SortedSet<int>();
        Calendar.IsWorkday(Day("2027-10-01"), provisional).ShouldBeTrue();
        Calendar.IsWorkday(Day("2027-10-02"), provisional).ShouldBeFalse();
        Calendar.IsWorkday(Day("2026-10-01"), provisional).ShouldBeFalse();
        provisional.ShouldBe([2027]);
    }

    [Fact]
    public void Adding_workdays_is_going_from_one_to_the_next()
    {
        for (var from = Day("2025-01-01"); from < Day("2026-12-01"); from += 3)
            for (var count = -7; count <= 15; count++)
            {
                var reached = Calendar.AddWorkdays(from, count);
                if (count == 0) reached.ShouldBe(from);
                else
                {
                    Calendar.IsWorkday(reached).ShouldBeTrue();
                    var between = count > 0 ? Enumerable.Range(from + 1, reached - from) : Enumerable.Range(reached, from - reached);
                    between.Count(day => Calendar.IsWorkday(day)).ShouldBe(Math.Abs(count));
                }
            }
    }
}

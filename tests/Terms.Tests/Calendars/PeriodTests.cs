using Yueheng.Facts;
using Yueheng.Terms.Calendars;

namespace Yueheng.Terms.Tests.Calendars;

public class PeriodTests
{
    [Theory]
    [InlineData("day", PeriodKind.Day)]
    [InlineData("workday", PeriodKind.Workday)]
    [InlineData("non-workday", PeriodKind.NonWorkday)]
    [InlineData("week", PeriodKind.Week)]
    [InlineData("month", PeriodKind.Month)]
    [InlineData("quarter", PeriodKind.Quarter)]
    [InlineData("half-year", PeriodKind.HalfYear)]
    [InlineData("year", PeriodKind.Year)]
    [InlineData("Month", null)]
    [InlineData("decade", null)]
    [InlineData("", null)]
    public void Kinds_of_period_have_these_names(string word, PeriodKind? kind) => CalendarPeriods.Parse(word).ShouldBe(kind);

    [Theory]
    [InlineData(PeriodKind.Week)]
    [InlineData(PeriodKind.Month)]
    [InlineData(PeriodKind.Quarter)]
    [InlineData(PeriodKind.HalfYear)]
    [InlineData(PeriodKind.Year)]
    public void Periods_follow_each_other_without_gap_and_hold_their_days(PeriodKind kind)
    {
        var (first, last) = (ChinaTime.DayOf(2023, 12, 20), ChinaTime.DayOf(2027, 2, 3));
        var next = first;
        foreach (var period in CalendarPeriods.Within(kind, first, last, null!, null))
        {
            period.First.ShouldBe(next);
            for (var day = period.First; day <= period.Last; day++) CalendarPeriods.Of(kind, day).Label.ShouldBe(period.Label);
            next = period.Last + 1;
        }
        next.ShouldBe(last + 1);
    }

    [Theory]
    [InlineData(PeriodKind.Month, "M", 27)]
    [InlineData(PeriodKind.Quarter, "Q", 9)]
    [InlineData(PeriodKind.HalfYear, "H", 5)]
    [InlineData(PeriodKind.Year, "Y", 3)]
    public void Periods_of_a_contract_begin_on_the_day_of_its_beginning(PeriodKind kind, string letter, int count)
    {
        var (first, last) = (ChinaTime.DayOf(2024, 9, 30), ChinaTime.DayOf(2026, 12, 15));
        var periods = CalendarPeriods.Anchored(kind, first, last).ToList();
        periods.Select(period => period.Label).ShouldBe(Enumerable.Range(1, count).Select(number => $"{letter}{number}"));
        periods[0].First.ShouldBe(first);
        periods[^1].Last.ShouldBe(last);
        periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.Last + 1 == pair.Second.First);
    }

    [Fact]
    public void A_working_period_cannot_begin_anywhere_else() =>
        Should.Throw<InvalidOperationException>(() => CalendarPeriods.Anchored(PeriodKind.Week, 0, 9).ToList());
}

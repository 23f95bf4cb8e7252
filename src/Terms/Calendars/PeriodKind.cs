using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using Yueheng.Facts;

namespace Yueheng.Terms.Calendars;

/// <summary>Calendar periods, as facts label them: 2025-12-31, 2025-W39, 2025-08, 2025-Q3, 2025-H1, 2025.</summary>
public enum PeriodKind { Day, Workday, NonWorkday, Week, Month, Quarter, HalfYear, Year }

/// <summary>One period: its label and its days, first and last included.</summary>
public readonly record struct CalendarPeriod(string Label, int First, int Last);

public static class CalendarPeriods
{
    public static PeriodKind? Parse(string word) => word switch
    {
        "day" => PeriodKind.Day,
        "workday" => PeriodKind.Workday,
        "non-workday" => PeriodKind.NonWorkday,
        "week" => PeriodKind.Week,
        "month" => PeriodKind.Month,
        "quarter" => PeriodKind.Quarter,
        "half-year" => PeriodKind.HalfYear,
        "year" => PeriodKind.Year,
        _ => null,
    };

    /// <summary>The period of a kind that holds the day; weeks are ISO weeks, Monday first.</summary>
    public static CalendarPeriod Of(PeriodKind kind, int day)
    {
        var date = ChinaTime.ToLocalDate(day);
        switch (kind)
        {
            case PeriodKind.Week:
                var rule = WeekYearRules.Iso;
                var monday = day - ((int)date.DayOfWeek - 1);
                return new(string.Create(CultureInfo.InvariantCulture, $"{rule.GetWeekYear(date):D4}-W{rule.GetWeekOfWeekYear(date):D2}"), monday, monday + 6);
            case PeriodKind.Month:
                return Months(date, 1, string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}"));
            case PeriodKind.Quarter:
                return Months(date, 3, string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-Q{(date.Month + 2) / 3}"));
            case PeriodKind.HalfYear:
                return Months(date, 6, string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-H{(date.Month + 5) / 6}"));
            case PeriodKind.Year:
                return Months(date, 12, string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}"));
            default:
                return new(ChinaTime.WriteDate(day), day, day);
        }
    }

    private static CalendarPeriod Months(LocalDate date, int length, string label)
    {
        var first = new LocalDate(date.Year, (date.Month - 1) / length * length + 1, 1);
        return new(label, ChinaTime.ToDay(first), ChinaTime.ToDay(first.PlusMonths(length)) - 1);
    }

    /// <summary>The periods touched by the days first … last, clipped to them.</summary>
    public static IEnumerable<CalendarPeriod> Within(PeriodKind kind, int first, int last, WorkCalendar calendar, ISet<int>? provisional)
    {
        for (var day = first; day <= last;)
        {
            var period = Of(kind, day);
            var wanted = kind switch
            {
                PeriodKind.Workday => calendar.IsWorkday(day, provisional),
                PeriodKind.NonWorkday => !calendar.IsWorkday(day, provisional),
                _ => true,
            };
            if (wanted) yield return new(period.Label, Math.Max(first, period.First), Math.Min(last, period.Last));
            day = period.Last + 1;
        }
    }

    /// <summary>Periods counted from the first day itself (a contract's own months, quarters, halves, years): M1, Q1, H1, Y1.</summary>
    public static IEnumerable<CalendarPeriod> Anchored(PeriodKind kind, int first, int last)
    {
        var (length, letter) = kind switch
        {
            PeriodKind.Month => (1, "M"),
            PeriodKind.Quarter => (3, "Q"),
            PeriodKind.HalfYear => (6, "H"),
            PeriodKind.Year => (12, "Y"),
            _ => throw new InvalidOperationException($"a {kind} cannot be anchored"),
        };
        var origin = ChinaTime.ToLocalDate(first);
        for (var number = 1; ; number++)
        {
            var from = ChinaTime.ToDay(origin.PlusMonths((number - 1) * length));
            if (from > last) yield break;
            yield return new(letter + number.ToString(CultureInfo.InvariantCulture), from, Math.Min(last, ChinaTime.ToDay(origin.PlusMonths(number * length)) - 1));
        }
    }
}

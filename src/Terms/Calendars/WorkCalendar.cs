using NodaTime;
using Yueheng.Facts;

namespace Yueheng.Terms.Calendars;

/// <summary>
/// Workdays by the State Council's yearly notices: Monday to Friday, less the days off of a notice, plus its make-up workdays (调休).
/// A year without a notice is provisional: weekends only.
/// </summary>
/// <example>2025-01-26 is a Sunday and a workday (made up for Spring Festival); 2025-10-01 is a Wednesday and is not.</example>
public sealed class WorkCalendar(string name, IReadOnlyDictionary<int, YearOfWork> years)
{
    public string Name { get; } = name;
    public IReadOnlyDictionary<int, YearOfWork> Years { get; } = years;

    /// <param name="day">Days since 1970-01-01, Asia/Shanghai.</param>
    /// <param name="provisional">Receives the year when it has no notice; may be null.</param>
    public bool IsWorkday(int day, ISet<int>? provisional = null)
    {
        var date = ChinaTime.ToLocalDate(day);
        if (!Years.TryGetValue(date.Year, out var year))
        {
            provisional?.Add(date.Year);
            return !IsWeekend(day);
        }
        return year.MakeUp.Contains(day) || (!IsWeekend(day) && !year.Off.Contains(day));
    }

    // 1970-01-01 was a Thursday.
    private static bool IsWeekend(int day) => ((day % 7) + 7) % 7 is 2 or 3;

    /// <summary>The n-th workday after a day (day 0, whether or not it is one); before it when n is negative.</summary>
    public int AddWorkdays(int day, int count, ISet<int>? provisional = null)
    {
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day += step;
            if (IsWorkday(day, provisional)) left--;
        }
        return day;
    }
}

/// <summary>One yearly notice: where it comes from, the days off and the make-up workdays (days since 1970-01-01).</summary>
public sealed record YearOfWork(string Notice, IReadOnlySet<int> Off, IReadOnlySet<int> MakeUp);

/// <summary>A span as contracts write it: a whole number and a unit. Negative counts back.</summary>
public readonly record struct Span(int Count, SpanUnit Unit)
{
    /// <summary>Seconds, minutes and hours run from the instant itself; longer units end with a day.</summary>
    public bool IsClockTime => Unit is SpanUnit.Seconds or SpanUnit.Minutes or SpanUnit.Hours;

    /// <summary>Nanoseconds, for clock time.</summary>
    public long Nanoseconds => Count * (Unit switch
    {
        SpanUnit.Seconds => ChinaTime.Second,
        SpanUnit.Minutes => ChinaTime.Minute,
        SpanUnit.Hours => ChinaTime.Hour,
        SpanUnit.Days => ChinaTime.Day,
        SpanUnit.Weeks => 7 * ChinaTime.Day,
        _ => throw new InvalidOperationException($"{Unit} have no fixed length"),
    });

    private const int LongestMonths = 12 * 400;

    /// <summary>The day reached from <paramref name="day"/>: month-end where the month has no such day (Civil Code art. 202). Null when it lies centuries away.</summary>
    public int? From(int day, WorkCalendar calendar, ISet<int>? provisional = null) => Unit switch
    {
        SpanUnit.Days => day + Count,
        SpanUnit.Weeks => day + 7 * Count,
        SpanUnit.Workdays => calendar.AddWorkdays(day, Count, provisional),
        SpanUnit.Months or SpanUnit.Years when Math.Abs((long)Count) > LongestMonths => null,
        SpanUnit.Months => ChinaTime.ToDay(ChinaTime.ToLocalDate(day).PlusMonths(Count)),
        SpanUnit.Years when Math.Abs((long)Count) > LongestMonths / 12 => null,
        SpanUnit.Years => ChinaTime.ToDay(ChinaTime.ToLocalDate(day).PlusYears(Count)),
        _ => throw new InvalidOperationException($"{Unit} are shorter than a day"),
    };

    public static Span? Parse(string text)
    {
        var space = text.IndexOf(' ');
        if (space <= 0 || !int.TryParse(text.AsSpan(0, space), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var count)) return null;
        SpanUnit? unit = text[(space + 1)..].Trim() switch
        {
            "second" or "seconds" => SpanUnit.Seconds,
            "minute" or "minutes" => SpanUnit.Minutes,
            "hour" or "hours" => SpanUnit.Hours,
            "day" or "days" => SpanUnit.Days,
            "week" or "weeks" => SpanUnit.Weeks,
            "workday" or "workdays" => SpanUnit.Workdays,
            "month" or "months" => SpanUnit.Months,
            "year" or "years" => SpanUnit.Years,
            _ => null,
        };
        return unit is { } known && Math.Abs((long)count) <= 100_000 ? new Span(count, known) : null;
    }

    public string ToChinese() => Math.Abs(Count).ToString(System.Globalization.CultureInfo.InvariantCulture) + Unit switch
    {
        SpanUnit.Seconds => "秒",
        SpanUnit.Minutes => "分钟",
        SpanUnit.Hours => "小时",
        SpanUnit.Days => "日",
        SpanUnit.Weeks => "周",
        SpanUnit.Workdays => "个工作日",
        SpanUnit.Months => "个月",
        _ => "年",
    };
}

public enum SpanUnit { Seconds, Minutes, Hours, Days, Weeks, Workdays, Months, Years }

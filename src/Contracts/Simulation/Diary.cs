using Yueheng.Facts;
using Yueheng.Terms.Calendars;

namespace Yueheng.Contracts.Simulation;

/// <summary>When things happen: in office hours or around the clock, more before the year ends and around holidays.</summary>
internal sealed class Diary(WorkCalendar calendar)
{
    private static readonly int[] ByHour = [3, 2, 2, 2, 2, 3, 4, 7, 11, 13, 13, 11, 8, 9, 12, 12, 11, 10, 8, 7, 6, 6, 5, 4];

    public bool IsWorkday(int day) => calendar.IsWorkday(day);

    /// <summary>That day or the next workday after it.</summary>
    public int WorkdayFrom(int day)
    {
        for (var tries = 0; tries < 15 && !IsWorkday(day); tries++) day++;
        return day;
    }

    public int WorkdayUpTo(int day)
    {
        for (var tries = 0; tries < 15 && !IsWorkday(day); tries++) day--;
        return day;
    }

    public static long OfficeTime(int day, Dice dice) =>
        ChinaTime.StartOf(day) + (dice.Chance(550) ? dice.Between(9 * 60, 11 * 60 + 50) : dice.Between(13 * 60 + 30, 17 * 60 + 30)) * ChinaTime.Minute;

    /// <summary>An instant in [from, to) for something that happens of itself.</summary>
    public long Some(long from, long to, Hours hours, Dice dice)
    {
        int first = ChinaTime.DayOf(from), last = ChinaTime.DayOf(to - 1);
        var day = first;
        for (var tries = 0; tries < 60; tries++)
        {
            day = (int)dice.Between(first, last);
            if (dice.Chance(Weight(day, hours))) break;
        }
        if (hours == Hours.Office) day = WorkdayUpTo(WorkdayFrom(day));
        var at = hours switch
        {
            Hours.Office => OfficeTime(day, dice),
            Hours.Night => ChinaTime.StartOf(day) + dice.Between(21 * 60, 23 * 60 + 50) * ChinaTime.Minute,
            _ => ChinaTime.StartOf(day) + dice.Weighted(ByHour) * ChinaTime.Hour + dice.Below(3600) * ChinaTime.Second,
        };
        return Math.Clamp(at, from, to - ChinaTime.Minute);
    }

    // Of a thousand: the last two months are busiest, so are the days beside a holiday; of weekends little is asked.
    private int Weight(int day, Hours hours)
    {
        var workday = IsWorkday(day);
        if (hours == Hours.Office && !workday) return 0;
        var weight = workday ? 550 : 300;
        if (ChinaTime.ToLocalDate(day).Month >= 11) weight += 250;
        if (IsBesideHoliday(day)) weight += 200;
        return weight;
    }

    private bool IsBesideHoliday(int day)
    {
        for (var near = day - 3; near <= day + 3; near++)
            if (!IsWorkday(near) && !IsWorkday(near + 1) && !IsWorkday(near + 2)) return true;
        return false;
    }

    /// <summary>
    /// The same instant if people are at their desks then, else early on the next workday; where that is too late, late on the workday before;
    /// where there is no room for either, as it is.
    /// </summary>
    public long InOffice(long at, long after, long before)
    {
        var day = ChinaTime.DayOf(at);
        var time = ChinaTime.TimeOfDay(at);
        if (IsWorkday(day) && time >= 9 * ChinaTime.Hour && time < 18 * ChinaTime.Hour) return at;
        // The minutes of the hour are kept, so that not everything is done at nine sharp.
        var minutes = time % ChinaTime.Hour;
        var next = ChinaTime.StartOf(WorkdayFrom(time < 9 * ChinaTime.Hour ? day : day + 1)) + 9 * ChinaTime.Hour + minutes;
        if (next < before) return next;
        var last = ChinaTime.StartOf(WorkdayUpTo(time < 18 * ChinaTime.Hour ? day - 1 : day)) + 17 * ChinaTime.Hour + minutes;
        return last > after ? last : at;
    }

    /// <summary>In office hours on a workday between two instants; failing that, some time between them.</summary>
    public long OfficeBetween(long from, long to, Dice dice)
    {
        if (to <= from) return from;
        for (var tries = 0; tries < 24; tries++)
        {
            var day = (int)dice.Between(ChinaTime.DayOf(from), ChinaTime.DayOf(to - 1));
            if (tries < 16 && !IsWorkday(day)) continue;
            var at = OfficeTime(day, dice);
            if (at >= from && at < to) return at;
        }
        return from + dice.Below(Math.Max(1, (to - from) / ChinaTime.Minute)) * ChinaTime.Minute;
    }
}

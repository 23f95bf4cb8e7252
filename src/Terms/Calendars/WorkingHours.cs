using NodaTime;
using Yueheng.Facts;

namespace Yueheng.Terms.Calendars;

/// <summary>A stretch of a day: nanoseconds from local midnight, end excluded.</summary>
public readonly record struct Shift(long From, long To);

/// <summary>A season with hours of its own: every year between two month-days, or once between two dates (a notice).</summary>
public sealed record Season(AnnualDate? FromDay, AnnualDate? ThroughDay, int? FirstDay, int? LastDay, IReadOnlyList<Shift> Shifts)
{
    public bool Holds(int day)
    {
        if (FirstDay is { } first && LastDay is { } last) return day >= first && day <= last;
        var date = ChinaTime.ToLocalDate(day);
        var annual = new AnnualDate(date.Month, date.Day);
        AnnualDate from = FromDay!.Value, through = ThroughDay!.Value;
        return from <= through ? annual >= from && annual <= through : annual >= from || annual <= through;
    }
}

/// <summary>
/// Working hours: the days they hold on and the shifts of such a day, which a season may change.
/// A clock "in working hours" stands still outside of them.
/// </summary>
public sealed class WorkingHours(string name, WorkCalendar calendar, WorkingDays days, IReadOnlySet<IsoDayOfWeek> weekdays, IReadOnlyList<Shift> shifts, IReadOnlyList<Season> seasons)
{
    public string Name { get; } = name;

    private const int LongestSearch = 4000;

    private bool Works(int day, ISet<int>? provisional) => days switch
    {
        WorkingDays.Every => true,
        WorkingDays.Workdays => calendar.IsWorkday(day, provisional),
        _ => weekdays.Contains(ChinaTime.ToLocalDate(day).DayOfWeek),
    };

    private IReadOnlyList<Shift> ShiftsOf(int day)
    {
        foreach (var season in seasons)
            if (season.Holds(day)) return season.Shifts;
        return shifts;
    }

    /// <summary>Working time between two instants, in nanoseconds.</summary>
    public long Between(long from, long to, ISet<int>? provisional)
    {
        var total = 0L;
        for (var day = ChinaTime.DayOf(from); day <= ChinaTime.DayOf(to); day++)
        {
            if (!Works(day, provisional)) continue;
            var midnight = ChinaTime.StartOf(day);
            foreach (var shift in ShiftsOf(day))
                total += Math.Max(0, Math.Min(to, midnight + shift.To) - Math.Max(from, midnight + shift.From));
        }
        return total;
    }

    /// <summary>The instant at which so much working time has passed since <paramref name="from"/>; null when it never does.</summary>
    public long? After(long from, long duration, ISet<int>? provisional)
    {
        var left = duration;
        var start = ChinaTime.DayOf(from);
        for (var day = start; day < start + LongestSearch; day++)
        {
            if (!Works(day, provisional)) continue;
            var midnight = ChinaTime.StartOf(day);
            foreach (var shift in ShiftsOf(day))
            {
                var begin = Math.Max(from, midnight + shift.From);
                var end = midnight + shift.To;
                if (end <= begin) continue;
                if (end - begin >= left) return begin + left;
                left -= end - begin;
            }
        }
        return null;
    }
}

public enum WorkingDays { Every, Workdays, Weekdays }

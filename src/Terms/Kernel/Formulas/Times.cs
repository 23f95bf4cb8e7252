using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>Years 1900 to 2199, as facts have them: an instant or day outside is missing, and so is a duration that no count of nanoseconds holds.</summary>
internal static class TimeRange
{
    private static readonly int FirstDay = ChinaTime.DayOf(1900, 1, 1);
    private static readonly int LastDay = ChinaTime.DayOf(2199, 12, 31);
    private static readonly long First = ChinaTime.StartOf(FirstDay);
    private static readonly long Last = ChinaTime.StartOf(LastDay + 1);

    public static bool Holds(int day) => day >= FirstDay && day <= LastDay;
    public static Value Instant(Int128 nanoseconds) => nanoseconds < First || nanoseconds > Last ? Value.Missing : Value.InstantOf((long)nanoseconds);
    public static Value Duration(Int128 nanoseconds) => nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? Value.Missing : Value.DurationOf((long)nanoseconds);
    public static Value StartOf(int day) => Holds(day) || day == LastDay + 1 ? Value.InstantOf(ChinaTime.StartOf(day)) : Value.Missing;
    public static Value Date(int day) => Holds(day) ? Value.DateOf(day) : Value.Missing;
}

internal sealed class LocalDate(Formula of) : Formula(Type.Date)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        return value.Type == Type.Instant ? Value.DateOf(ChinaTime.DayOf(value.Nanoseconds)) : value;
    }
}

internal sealed class DayEdge(Formula of, bool end) : Formula(Type.Instant)
{
    public bool End => end;
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? TimeRange.StartOf(value.Days + (end ? 1 : 0)) : Value.Missing;
}

/// <summary>A due date means its 24:00 (a beginning date its 00:00); an instant is taken as it stands.</summary>
internal sealed class DueMoment(Formula of, bool begins) : Formula(Type.Instant)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        return value.Type == Type.Date ? TimeRange.StartOf(value.Days + (begins ? 0 : 1)) : value;
    }
}

internal sealed class DueInstant(Formula from, Span within, WorkingHours? hours) : Formula(Type.Instant)
{
    public Span Within => within;
    public WorkingHours? Hours => hours;
    public override IReadOnlyList<Formula> Parts => [from];

    public override Value Of(Frame frame)
    {
        var start = from.Of(frame);
        if (start.IsMissing) return start;
        var session = frame.Moment.Session;
        if (within.IsClockTime)
        {
            var instant = start.Type == Type.Date ? ChinaTime.StartOf(start.Days) : start.Nanoseconds;
            if (hours is null) return TimeRange.Instant((Int128)instant + within.Nanoseconds);
            return hours.After(instant, within.Nanoseconds, session.ProvisionalYears) is { } after ? Value.InstantOf(after) : Value.Missing;
        }
        var day = start.Type == Type.Date ? start.Days : ChinaTime.DayOf(start.Nanoseconds);
        return within.From(day, session.Contract.Calendar, session.ProvisionalYears) is { } last ? TimeRange.StartOf(last + 1) : Value.Missing;
    }
}

internal sealed class Shifted(Formula of, Span by) : Formula(of.Type)
{
    public Span By => by;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        var session = frame.Moment.Session;
        if (value.Type == Type.Instant && by.IsClockTime) return TimeRange.Instant((Int128)value.Nanoseconds + by.Nanoseconds);
        var from = value.Type == Type.Date ? value.Days : ChinaTime.DayOf(value.Nanoseconds);
        if (by.From(from, session.Contract.Calendar, session.ProvisionalYears) is not { } day || !TimeRange.Holds(day)) return Value.Missing;
        return value.Type == Type.Date ? Value.DateOf(day) : TimeRange.Instant((Int128)ChinaTime.StartOf(day) + ChinaTime.TimeOfDay(value.Nanoseconds));
    }
}

internal sealed class ElapsedTime(Formula from, Formula to, WorkingHours? hours) : Formula(Type.Duration)
{
    public WorkingHours? Hours => hours;
    public override IReadOnlyList<Formula> Parts => [from, to];

    public override Value Of(Frame frame)
    {
        Value start = from.Of(frame), end = to.Of(frame);
        if (start.IsMissing || end.IsMissing) return Value.Missing;
        if (end.Nanoseconds <= start.Nanoseconds) return Value.DurationOf(0);
        return Value.DurationOf(hours?.Between(start.Nanoseconds, end.Nanoseconds, frame.Moment.Session.ProvisionalYears) ?? end.Nanoseconds - start.Nanoseconds);
    }
}

internal sealed class DurationNumber(Formula of, long unit) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? Numbers.Divide(Value.Of((decimal)value.Nanoseconds), Value.Of((decimal)unit)) : Value.Missing;
}

internal sealed class DayCount(Formula from, Formula to) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [from, to];

    public override Value Of(Frame frame)
    {
        Value start = from.Of(frame), end = to.Of(frame);
        return start.IsMissing || end.IsMissing ? Value.Missing : Value.Of((decimal)(end.Days - start.Days));
    }
}

internal sealed class PeriodLabel(Formula of, PeriodKind kind) : Formula(Type.Text)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        return Value.Of(CalendarPeriods.Of(kind, value.Type == Type.Date ? value.Days : ChinaTime.DayOf(value.Nanoseconds)).Label);
    }
}

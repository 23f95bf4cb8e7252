using Yueheng.Facts;
using Yueheng.Terms.Calendars;

namespace Yueheng.Terms.Kernel;

internal sealed class LiteralSet(Columns columns, Row[] rows) : SetNode(columns)
{
    public override Row[] Rows(Moment moment) => rows;
}

/// <summary>Rows whose cells are computed, each from outside any row.</summary>
internal sealed class TableSet(Columns columns, Formula?[][] cells) : SetNode(columns)
{
    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        return [.. cells.Select(Row (line) => new TableRow([.. line.Select(cell => cell?.Of(frame) ?? Value.Missing)], line))];
    }
}

internal sealed class TableRow(Value[] values, Formula?[] cells) : Row
{
    public Formula? CellOf(int column) => cells[column];
    public override Value Get(int column) => values[column];
}

internal sealed class PeriodsSet(Columns columns, PeriodKind kind, bool anchored) : SetNode(columns)
{
    public Formula From { get; set; } = null!;
    public Formula To { get; set; } = null!;

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        Value from = From.Of(frame), to = To.Of(frame);
        if (from.IsMissing || to.IsMissing || to.Nanoseconds <= from.Nanoseconds) return [];
        var session = moment.Session;
        int first = ChinaTime.DayOf(from.Nanoseconds), last = ChinaTime.DayOf(to.Nanoseconds - 1);
        var periods = anchored
            ? CalendarPeriods.Anchored(kind, first, last)
            : CalendarPeriods.Within(kind, first, last, session.Contract.Calendar, session.ProvisionalYears);
        var number = 0;
        return [.. periods.Select(Row (period) => new ValuesRow([
            Value.Of(period.Label), Value.DateOf(period.First), Value.DateOf(period.Last),
            Value.InstantOf(Math.Max(from.Nanoseconds, ChinaTime.StartOf(period.First))),
            Value.InstantOf(Math.Min(to.Nanoseconds, ChinaTime.StartOf(period.Last + 1))),
            Value.Of((decimal)++number)]))];
    }
}

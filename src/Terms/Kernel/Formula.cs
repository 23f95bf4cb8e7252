using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A compiled expression: one closed operation, evaluated in a frame. Pure.</summary>
internal abstract class Formula(Type type)
{
    public Type Type { get; } = type;
    public abstract Value Of(Frame frame);
    public virtual IReadOnlyList<Formula> Parts => [];
}

internal sealed class Constant(Value value, Type type) : Formula(type)
{
    public Value Value => value;
    public override Value Of(Frame frame) => value;
}

internal sealed class AsOfInstant() : Formula(Type.Instant)
{
    public override Value Of(Frame frame) => Value.InstantOf(frame.Moment.AsOf);
}

/// <summary>A column of the row <paramref name="depth"/> frames out.</summary>
internal sealed class ColumnValue(int depth, int column, string name, Type type) : Formula(type)
{
    public int Depth => depth;
    public int Column => column;
    public string Name => name;

    public override Value Of(Frame frame)
    {
        if (depth == 0) return frame.Row!.Get(column);
        for (var i = depth; i > 0; i--) frame = frame.Outer!;
        return frame.Row!.Get(column);
    }
}

/// <summary>The value of a term in the frame's moment.</summary>
internal sealed class TermValue(Term term, Type type) : Formula(type)
{
    public Term Term => term;
    public override Value Of(Frame frame) => frame.Moment.ValueOf(term.Index);
}

internal sealed class Sum(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = Add(total, next, 1);
        }
        return total;
    }

    internal static Value Add(in Value left, in Value right, int sign) => (left.Type, right.Type) switch
    {
        (Type.Number, _) => sign > 0 ? Numbers.Add(left, right) : Numbers.Subtract(left, right),
        (Type.Duration, Type.Instant) => TimeRange.Instant((Int128)left.Nanoseconds + right.Nanoseconds),
        (Type.Instant, Type.Instant) => TimeRange.Duration((Int128)left.Nanoseconds - right.Nanoseconds),
        (Type.Instant, _) => TimeRange.Instant((Int128)left.Nanoseconds + sign * (Int128)right.Nanoseconds),
        _ => TimeRange.Duration((Int128)left.Nanoseconds + sign * (Int128)right.Nanoseconds),
    };
}

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

internal sealed class Difference(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = Sum.Add(total, next, -1);
        }
        return total;
    }
}

internal sealed class Product(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var total = parts[0].Of(frame);
        for (var i = 1; i < parts.Length && total.IsPresent; i++)
        {
            var next = parts[i].Of(frame);
            if (next.IsMissing) return next;
            total = (total.Type, next.Type) switch
            {
                (Type.Duration, _) => Scale(total, next),
                (_, Type.Duration) => Scale(next, total),
                _ => Numbers.Multiply(total, next),
            };
        }
        return total;
    }

    private static Value Scale(in Value duration, in Value number)
    {
        var scaled = Numbers.Floor(Numbers.Multiply(Value.Of((decimal)duration.Nanoseconds), number)).Fraction.Numerator;
        return scaled > long.MaxValue || scaled < long.MinValue ? Value.Missing : Value.DurationOf((long)scaled);
    }
}

internal sealed class Quotient(Formula left, Formula right) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [left, right];

    public override Value Of(Frame frame)
    {
        Value a = left.Of(frame), b = right.Of(frame);
        if (a.IsMissing || b.IsMissing) return Value.Missing;
        return a.Type == Type.Duration
            ? Numbers.Divide(Value.Of((decimal)a.Nanoseconds), Value.Of((decimal)b.Nanoseconds))
            : Numbers.Divide(a, b);
    }
}

/// <summary>Least, greatest (of those present) and latest-of (all must be present).</summary>
internal sealed class Extreme(Formula[] parts, int sign, bool all, Type type) : Formula(type)
{
    public int Sign => sign;
    public bool All => all;
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var best = Value.Missing;
        foreach (var part in parts)
        {
            var value = part.Of(frame);
            if (value.IsMissing)
            {
                if (all) return value;
                continue;
            }
            if (best.IsMissing || Value.Compare(value, best) * sign > 0) best = value;
        }
        return best;
    }
}

internal sealed class FirstPresent(Formula[] parts, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        foreach (var part in parts)
            if (part.Of(frame) is { IsPresent: true } value) return value;
        return Value.Missing;
    }
}

internal sealed class Clamped(Formula of, Formula from, Formula to, Type type) : Formula(type)
{
    public override IReadOnlyList<Formula> Parts => [of, from, to];

    public override Value Of(Frame frame)
    {
        Value value = of.Of(frame), low = from.Of(frame), high = to.Of(frame);
        if (value.IsMissing || low.IsMissing || high.IsMissing) return Value.Missing;
        if (Value.Compare(value, high) > 0) value = high;
        return Value.Compare(value, low) < 0 ? low : value;
    }
}

internal sealed class Rounded(Formula of, decimal unit) : Formula(Type.Number)
{
    public decimal Unit => unit;
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? Numbers.RoundTo(value, unit) : Value.Missing;
}

internal sealed class WholeNumber(Formula of, bool up) : Formula(Type.Number)
{
    public bool Up => up;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        return value.IsMissing ? value : up ? Numbers.Ceiling(value) : Numbers.Floor(value);
    }
}

internal enum UnitCount { Completed, Started, Exceeded }

internal sealed class UnitsIn(Formula of, Formula each, UnitCount count) : Formula(Type.Number)
{
    public UnitCount Count => count;
    public override IReadOnlyList<Formula> Parts => [of, each];

    public override Value Of(Frame frame)
    {
        Value value = of.Of(frame), unit = each.Of(frame);
        if (value.IsMissing || unit.IsMissing) return Value.Missing;
        if (value.Type == Type.Duration)
        {
            long size = unit.Nanoseconds, length = value.Nanoseconds;
            if (size <= 0) return Value.Missing;
            if (length <= 0) return Value.Of(0m);
            var started = (length + size - 1) / size;
            return Value.Of((decimal)(count switch { UnitCount.Completed => length / size, UnitCount.Started => started, _ => started - 1 }));
        }
        var units = Numbers.Divide(value, unit);
        if (units.IsMissing) return units;
        var whole = count == UnitCount.Completed ? Numbers.Floor(units) : Numbers.Ceiling(units);
        if (count == UnitCount.Exceeded) whole = Numbers.Subtract(whole, Value.Of(1m));
        return Value.Compare(whole, Value.Of(0m)) < 0 ? Value.Of(0m) : whole;
    }
}

internal enum Edge { AtLeast, MoreThan, AtMost, LessThan }

internal readonly record struct EdgeTest(Edge Edge, Formula Bound)
{
    public bool Holds(in Value value, Frame frame)
    {
        var bound = Bound.Of(frame);
        if (value.IsMissing || bound.IsMissing) return false;
        var order = Value.Compare(value, bound);
        return Edge switch { Edge.AtLeast => order >= 0, Edge.MoreThan => order > 0, Edge.AtMost => order <= 0, _ => order < 0 };
    }
}

internal sealed record BandRow(EdgeTest[] Edges, Formula Is);

internal sealed class Banded(Formula of, BandRow[] rows, Formula? otherwise, Type type) : Formula(type)
{
    public IReadOnlyList<BandRow> Rows => rows;
    public Formula? Otherwise => otherwise;
    public override IReadOnlyList<Formula> Parts => [of];

    public int RowFor(in Value value, Frame frame)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var holds = true;
            foreach (var edge in rows[i].Edges) holds = holds && edge.Holds(value, frame);
            if (holds) return i;
        }
        return -1;
    }

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        var row = RowFor(value, frame);
        return row >= 0 ? rows[row].Is.Of(frame) : otherwise?.Of(frame) ?? Value.Missing;
    }
}

internal sealed record ChoiceCase(Formula? When, Formula Is);

internal sealed class Choice(ChoiceCase[] cases, Type type) : Formula(type)
{
    public IReadOnlyList<ChoiceCase> Cases => cases;

    public override Value Of(Frame frame)
    {
        foreach (var one in cases)
            if (one.When is null || one.When.Of(frame).IsYes) return one.Is.Of(frame);
        return Value.Missing;
    }
}

/// <summary>The version of an amended term in force; an assumption about the term outweighs every version.</summary>
internal sealed class InForce(Term term, Choice versions) : Formula(versions.Type)
{
    public Choice Versions => versions;
    public override Value Of(Frame frame) => frame.Moment.IsAssumed(term.Index) ? frame.Moment.ValueOf(term.Index) : versions.Of(frame);
}

internal sealed class Joined(Formula[] parts) : Formula(Type.Text)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var value = parts[i].Of(frame);
            if (value.IsMissing) return value;
            texts[i] = value.ToString();
        }
        return Value.Of(string.Concat(texts));
    }
}

internal sealed class TextPart(Formula of, string separator, bool before) : Formula(Type.Text)
{
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame)
    {
        var value = of.Of(frame);
        if (value.IsMissing) return value;
        var at = value.Text.IndexOf(separator, StringComparison.Ordinal);
        if (before) return at < 0 ? value : Value.Of(value.Text[..at]);
        return at < 0 ? Value.Missing : Value.Of(value.Text[(at + separator.Length)..]);
    }
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

internal sealed class ListSize(Formula of) : Formula(Type.Number)
{
    public override IReadOnlyList<Formula> Parts => [of];
    public override Value Of(Frame frame) => of.Of(frame) is { IsPresent: true } value ? Value.Of((decimal)value.List.Length) : Value.Missing;
}

internal sealed class ListUnion(Formula[] parts) : Formula(Type.List)
{
    public override IReadOnlyList<Formula> Parts => parts;

    public override Value Of(Frame frame)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            var value = part.Of(frame);
            if (value.Type == Type.List) members.UnionWith(value.List);
            else if (value.Type == Type.Text) members.Add(value.Text);
        }
        return Value.Of([.. members]);
    }
}

/// <summary>A value judged at another instant, or with terms replaced.</summary>
internal sealed class ValueElsewhere(Formula of, Elsewhere elsewhere, Type type) : Formula(type)
{
    public Elsewhere Elsewhere => elsewhere;
    public override IReadOnlyList<Formula> Parts => [of];

    public override Value Of(Frame frame) => FrameThere(frame) is { } there ? of.Of(there) : Value.Missing;

    public Frame? FrameThere(Frame frame) => elsewhere.From(frame) is { } moment ? new Frame(moment, frame.Row, frame.Outer) { Members = frame.Members } : null;
}

/// <summary>How to get from a frame's moment to another: a view, or an instant and replacements.</summary>
internal sealed class Elsewhere
{
    public string? View { get; set; }
    public Formula? AsOf { get; set; }
    public Replacer[] Assuming { get; set; } = [];

    /// <summary>The other moment; null when its instant is missing or the view does not exist now.</summary>
    public Moment? From(Frame frame)
    {
        var moment = frame.Moment;
        if (View is not null)
        {
            if (Enter(moment, moment.Session.Contract.Views[View]) is not { } inView) return null;
            moment = inView;
        }
        return Shift(moment, frame, AsOf, Assuming);
    }

    /// <summary>The moment of a view seen from another; null when the view does not exist there.</summary>
    public static Moment? Enter(Moment moment, View view)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var outside = new Frame(moment, null, null);
        return view.When is { } when && !when.Of(outside).IsYes ? null : Shift(moment, outside, view.AsOf, view.Assuming);
    }

    private static Moment? Shift(Moment moment, Frame frame, Formula? asOf, Replacer[] assuming)
    {
        var instant = moment.AsOf;
        if (asOf is not null)
        {
            var value = asOf.Of(frame);
            if (value.IsMissing) return null;
            instant = value.Nanoseconds;
        }
        var replaced = assuming.Length == 0 ? [] : new Replacement[assuming.Length];
        for (var i = 0; i < assuming.Length; i++)
            replaced[i] = assuming[i].Formula is { } formula
                ? new Replacement(assuming[i].Term, formula.Of(frame), -1)
                : new Replacement(assuming[i].Term, Value.Missing, assuming[i].OtherTerm);
        return moment.Shifted(instant, replaced);
    }
}

using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A column to sort rows by.</summary>
internal readonly record struct SortKey(int Column, bool Descending);

internal static class Sorting
{
    /// <summary>Stable order by the keys; missing values come last.</summary>
    public static Row[] Sort(IReadOnlyList<Row> rows, SortKey[] keys)
    {
        var sorted = rows.ToArray();
        if (keys.Length == 0) return sorted;
        var places = new int[sorted.Length];
        for (var i = 0; i < places.Length; i++) places[i] = i;
        var original = sorted;
        Array.Sort(places, (left, right) =>
        {
            foreach (var key in keys)
                if (Compare(original[left].Get(key.Column), original[right].Get(key.Column), key.Descending) is not 0 and var order) return order;
            return left.CompareTo(right);
        });
        return [.. places.Select(place => original[place])];
    }

    private static int Compare(in Value left, in Value right, bool descending)
    {
        if (left.IsMissing || right.IsMissing) return left.IsMissing.CompareTo(right.IsMissing);
        var order = Value.Compare(left, right);
        return descending ? -order : order;
    }
}

/// <summary>What an aggregate does with each matching row; returns false to stop.</summary>
internal interface IRowVisitor
{
    /// <summary>Whether it holds on to rows after the visit.</summary>
    static abstract bool KeepsRows { get; }
    bool Visit(Frame inner);
}

/// <summary>
/// Looking into a set from a frame: which rows match. Bound after all terms have columns, since a set may look into one
/// that is defined by looking back at an earlier moment.
/// </summary>
internal sealed class RowSearch
{
    /// <summary>The set; null for the members of the group at hand.</summary>
    public Term? Set { get; set; }
    public (int Column, Formula Value)[] On { get; set; } = [];
    public Formula? Where { get; set; }
    public SortKey[] Order { get; set; } = [];
    public Elsewhere? Elsewhere { get; set; }
    /// <summary>With amendments: the date of the row that asks, by which the set is seen.</summary>
    public PickingDate? Picking { get; set; }

    /// <summary>The moment whose text the asking row's date picks, where that makes a difference; else the frame's own.</summary>
    public Moment Seen(Frame frame) => Elsewhere is null && Picking is not null && Set is { ReadsAmended: true } ? Picking.MomentFor(frame.Moment, frame) : frame.Moment;

    public void Visit<TVisitor>(Frame frame, ref TVisitor visitor) where TVisitor : struct, IRowVisitor
    {
        var moment = frame.Moment;
        if (Elsewhere is not null)
        {
            if (Elsewhere.From(frame) is not { } there) return;
            moment = there;
        }
        else moment = Seen(frame);
        var inner = frame.Lend(moment);
        if (Order.Length > 0)
        {
            var collector = new Collector { Rows = [] };
            VisitUnordered(frame, inner, ref collector);
            foreach (var row in Sorting.Sort(collector.Rows, Order))
            {
                inner.Row = row;
                if (!visitor.Visit(inner)) break;
            }
        }
        else VisitUnordered(frame, inner, ref visitor);
        frame.Return(inner);
    }

    private struct Collector : IRowVisitor
    {
        public static bool KeepsRows => true;
        public List<Row> Rows;
        public readonly bool Visit(Frame inner) { Rows.Add(inner.Row!); return true; }
    }

    /// <summary>The matching rows, for traces and for sets built on a search.</summary>
    public List<Row> Rows(Frame frame)
    {
        var collector = new Collector { Rows = [] };
        Visit(frame, ref collector);
        return collector.Rows;
    }

    private void VisitUnordered<TVisitor>(Frame frame, Frame inner, ref TVisitor visitor) where TVisitor : struct, IRowVisitor
    {
        if (Set is null)
        {
            var group = frame;
            while (group.Members is null) group = group.Outer!;
            VisitRows(group.Members, frame, inner, ref visitor, 0);
            return;
        }
        var moment = inner.Moment;
        if (On.Length == 0)
        {
            VisitRows(moment.RowsOf(Set.Index), frame, inner, ref visitor, 0);
            return;
        }
        if (Set.Set is FactsSet facts && !moment.IsReplaced(Set.Index))
            for (var i = 0; i < On.Length; i++)
                if (On[i].Column == FactsSet.Subject)
                {
                    VisitSubject(facts, SubjectOf(On[i].Value, frame), frame, inner, ref visitor, i);
                    return;
                }
        if (moment.IndexBySubject(Set.Index, On[0].Column) is { } bySubject)
        {
            if (SubjectOf(On[0].Value, frame) is >= 0 and var subject && bySubject[subject] is { } own) VisitRows(own, frame, inner, ref visitor, 1);
            return;
        }
        var first = On[0].Value.Of(frame);
        if (first.IsMissing) return;
        if (On.Length == 1)
        {
            if (moment.IndexBy(Set.Index, On[0].Column).TryGetValue(first, out var rows)) VisitRows(rows, frame, inner, ref visitor, 1);
            return;
        }
        var second = On[1].Value.Of(frame);
        if (second.IsMissing) return;
        if (moment.IndexBy(Set.Index, On[0].Column, On[1].Column).TryGetValue((first, second), out var pairRows)) VisitRows(pairRows, frame, inner, ref visitor, 2);
    }

    private void VisitRows<TVisitor>(IReadOnlyList<Row> rows, Frame frame, Frame inner, ref TVisitor visitor, int known) where TVisitor : struct, IRowVisitor
    {
        var visited = 0;
        while (visited < rows.Count)
        {
            var row = rows[visited++];
            if (!Matches(row, frame, known, -1)) continue;
            inner.Row = row;
            if (Where is not null && !Where.Of(inner).IsYes) continue;
            if (!visitor.Visit(inner)) break;
        }
        frame.Moment.Session.RowsVisited += visited;
    }

    /// <summary>The number of the subject that a value names; -1 when no fact has it.</summary>
    private static int SubjectOf(Formula value, Frame frame)
    {
        if (value is ColumnValue { Depth: 0 } column && Row.BearerOfSubject(frame.Row!, column.Column) is { } bearer) return bearer.SubjectIndex;
        var subject = value.Of(frame);
        return subject.IsMissing ? -1 : frame.Moment.Session.Facts.SubjectIndexOf(subject.Text);
    }

    // The facts of one subject are indexed by the fact set itself: no rows are made for the facts of other subjects.
    private void VisitSubject<TVisitor>(FactsSet facts, int subject, Frame frame, Frame inner, ref TVisitor visitor, int known) where TVisitor : struct, IRowVisitor
    {
        if (subject < 0) return;
        var moment = inner.Moment;
        foreach (var fact in moment.Session.Facts.OfSubject(subject))
        {
            if (fact.Order >= moment.Cut) return;
            if (!facts.Takes(fact) || moment.Session.IsRetracted(fact)) continue;
            var row = TVisitor.KeepsRows ? new FactRow(fact, facts) : Moved(inner, fact, facts);
            if (!facts.Keeps(row, moment) || !Matches(row, frame, 0, known)) continue;
            inner.Row = row;
            if (Where is not null && !Where.Of(inner).IsYes) continue;
            if (!visitor.Visit(inner)) return;
        }
    }

    private static FactRow Moved(Frame inner, Fact fact, FactsSet facts)
    {
        if (!ReferenceEquals(inner.CursorOf, facts))
        {
            inner.CursorOf = facts;
            return inner.Cursor = new FactRow(fact, facts);
        }
        inner.Cursor!.Move(fact);
        return inner.Cursor;
    }

    private bool Matches(Row row, Frame frame, int from, int except)
    {
        for (var i = from; i < On.Length; i++)
        {
            if (i == except) continue;
            var wanted = On[i].Value.Of(frame);
            if (wanted.IsMissing || !row.Get(On[i].Column).Equals(wanted)) return false;
        }
        return true;
    }
}

internal enum AggregateKind { Count, Sum, Smallest, Largest, Mean, First, Last, Nth, Reaches, Collect, Exists, None, Covered }

/// <summary>An aggregate over the rows that a search finds.</summary>
internal sealed class Aggregate(AggregateKind kind, Type type) : Formula(type)
{
    public AggregateKind Kind => kind;
    public RowSearch Search { get; } = new();
    /// <summary>Evaluated on the row.</summary>
    public Formula? Body { get; set; }
    /// <summary>A second value on the row: what <c>reaches</c> gives, the end of a covered interval.</summary>
    public Formula? Second { get; set; }
    /// <summary>Evaluated outside: k of <c>nth</c>, the level of <c>reaches</c>.</summary>
    public Formula? Argument { get; set; }
    public (Formula From, Formula To)? Inside { get; set; }
    public WorkingHours? Hours { get; set; }

    /// <summary>It asks nothing of the row that asks: one computing serves all rows of a moment.</summary>
    public bool IsOfMoment { get; set; }

    public override Value Of(Frame frame)
    {
        if (!IsOfMoment || frame.Row is null) return Compute(frame);
        var seen = Search.Seen(frame);
        if (frame.Moment.Known(this, seen) is { } known) return known;
        return frame.Moment.Keep(this, seen, Compute(frame));
    }

    private Value Compute(Frame frame)
    {
        switch (kind)
        {
            case AggregateKind.Exists or AggregateKind.None:
                var any = new AnyVisitor();
                Search.Visit(frame, ref any);
                return Value.Of(any.Found == (kind == AggregateKind.Exists));
            case AggregateKind.Count when Body is null:
                var count = new CountVisitor();
                Search.Visit(frame, ref count);
                return Value.Of((decimal)count.Rows);
            case AggregateKind.First:
                var first = new PlaceVisitor { Body = Body!, Left = 1 };
                Search.Visit(frame, ref first);
                return first.Value;
            case AggregateKind.Nth:
                var k = Argument!.Of(frame);
                if (k.IsMissing || k.Number < 1 || k.Number > int.MaxValue) return Value.Missing;
                var nth = new PlaceVisitor { Body = Body!, Left = (int)k.Number };
                Search.Visit(frame, ref nth);
                return nth.Left == 0 ? nth.Value : Value.Missing;
            case AggregateKind.Last:
                var last = new LastVisitor();
                Search.Visit(frame, ref last);
                if (last.Row is null) return Value.Missing;
                last.Inner!.Row = last.Row;
                return Body!.Of(last.Inner);
            case AggregateKind.Sum:
                var sum = new SumVisitor { Body = Body!, Total = Type == Facts.ValueType.Duration ? Value.DurationOf(0) : Value.Of(0m) };
                Search.Visit(frame, ref sum);
                return sum.Total;
            case AggregateKind.Mean:
                var mean = new SumVisitor { Body = Body!, Total = Body!.Type == Facts.ValueType.Duration ? Value.DurationOf(0) : Value.Of(0m) };
                Search.Visit(frame, ref mean);
                if (mean.Rows == 0) return Value.Missing;
                return Type == Facts.ValueType.Duration
                    ? Value.DurationOf(mean.Total.Nanoseconds / mean.Rows)
                    : Numbers.Divide(mean.Total, Value.Of((decimal)mean.Rows));
            case AggregateKind.Smallest or AggregateKind.Largest:
                var extreme = new ExtremeVisitor { Body = Body!, Sign = kind == AggregateKind.Largest ? 1 : -1 };
                Search.Visit(frame, ref extreme);
                return extreme.Best;
            case AggregateKind.Reaches:
                var level = Argument!.Of(frame);
                if (level.IsMissing) return level;
                var reach = new ReachVisitor { Body = Body!, Give = Second!, Level = level, Total = Value.Of(0m) };
                Search.Visit(frame, ref reach);
                return reach.Result;
            case AggregateKind.Covered:
                return CoveredLength(frame);
            default:
                var values = new ValuesVisitor { Body = Body!, Values = [] };
                Search.Visit(frame, ref values);
                if (kind == AggregateKind.Count) return Value.Of((decimal)values.Values.Count);
                var texts = values.Values.Select(value => value.ToString()).ToArray();
                Array.Sort(texts, StringComparer.Ordinal);
                return Value.Of(texts);
        }
    }

    private Value CoveredLength(Frame frame)
    {
        var intervals = new IntervalVisitor { From = Body!, To = Second!, Intervals = [] };
        if (Inside is { } inside)
        {
            Value from = inside.From.Of(frame), to = inside.To.Of(frame);
            if (from.IsMissing || to.IsMissing) return Value.Missing;
            (intervals.First, intervals.Last) = (from.Nanoseconds, to.Nanoseconds);
        }
        else
            (intervals.First, intervals.Last) = (long.MinValue, long.MaxValue);
        Search.Visit(frame, ref intervals);
        var session = frame.Moment.Session;
        return Value.DurationOf(Intervals.Union(intervals.Intervals).Sum(piece => Hours?.Between(piece.From, piece.To, session.ProvisionalYears) ?? piece.To - piece.From));
    }

    private struct AnyVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public bool Found;
        public bool Visit(Frame inner) { Found = true; return false; }
    }

    private struct CountVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public int Rows;
        public bool Visit(Frame inner) { Rows++; return true; }
    }

    private struct PlaceVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula Body;
        public int Left;
        public Value Value;

        public bool Visit(Frame inner)
        {
            if (--Left > 0) return true;
            Value = Body.Of(inner);
            return false;
        }
    }

    private struct LastVisitor : IRowVisitor
    {
        public static bool KeepsRows => true;
        public Row? Row;
        public Frame? Inner;
        public bool Visit(Frame inner) { Row = inner.Row; Inner = inner; return true; }
    }

    private struct SumVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula Body;
        public Value Total;
        public int Rows;

        public bool Visit(Frame inner)
        {
            var value = Body.Of(inner);
            if (value.IsMissing) return true;
            Rows++;
            Total = Kernel.Sum.Add(Total, value, 1);
            return true;
        }
    }

    private struct ExtremeVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula Body;
        public int Sign;
        public Value Best;

        public bool Visit(Frame inner)
        {
            var value = Body.Of(inner);
            if (value.IsPresent && (Best.IsMissing || Value.Compare(value, Best) * Sign > 0)) Best = value;
            return true;
        }
    }

    private struct ReachVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula Body, Give;
        public Value Level, Total, Result;

        public bool Visit(Frame inner)
        {
            var value = Body.Of(inner);
            if (value.IsMissing) return true;
            Total = Numbers.Add(Total, value);
            if (Value.Compare(Total, Level) < 0) return true;
            Result = Give.Of(inner);
            return false;
        }
    }

    private struct ValuesVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula Body;
        public HashSet<Value> Values;

        public readonly bool Visit(Frame inner)
        {
            var value = Body.Of(inner);
            if (value.Type == Facts.ValueType.List)
                foreach (var member in value.List) Values.Add(Value.Of(member));
            else if (value.IsPresent) Values.Add(value);
            return true;
        }
    }

    private struct IntervalVisitor : IRowVisitor
    {
        public static bool KeepsRows => false;
        public Formula From, To;
        public long First, Last;
        public List<(long From, long To)> Intervals;

        public readonly bool Visit(Frame inner)
        {
            Value from = From.Of(inner), to = To.Of(inner);
            if (from.IsMissing) return true;
            var start = Math.Max(First, from.Nanoseconds);
            var end = Math.Min(Last, to.IsMissing ? inner.Moment.AsOf : to.Nanoseconds);
            if (end > start) Intervals.Add((start, end));
            return true;
        }
    }
}

/// <summary>Half-open intervals of time.</summary>
internal static class Intervals
{
    /// <summary>The union as separate pieces: what overlaps counts once.</summary>
    public static IEnumerable<(long From, long To)> Union(List<(long From, long To)> intervals)
    {
        intervals.Sort();
        var reached = long.MinValue;
        foreach (var (from, to) in intervals)
        {
            if (to <= reached) continue;
            yield return (Math.Max(from, reached), to);
            reached = to;
        }
    }
}

using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>A compiled set: one closed operation that makes rows in a moment.</summary>
internal abstract class SetNode(Columns columns)
{
    public Columns Columns { get; } = columns;
    public abstract Row[] Rows(Moment moment);

    /// <summary>The sets this one is made from, and what it asks of their rows: for traces.</summary>
    public virtual IReadOnlyList<SetNode> Inputs => [];

    /// <summary>The formula behind one of the columns this node adds, if there is one.</summary>
    public virtual Formula? FormulaOf(int column) => null;

    /// <summary>The members of the group a row stands for, seen through later columns.</summary>
    /// <summary>No contract needs more rows of one set; one that asks for them was written wrong.</summary>
    protected static void CheckSize(List<Row> rows)
    {
        if (rows.Count > MostRows) throw new CannotJudgeException($"一个集合超过 {MostRows} 行，无法评判");
    }

    private const int MostRows = 5_000_000;

    protected static IReadOnlyList<Row>? MembersOf(Row row)
    {
        while (row is ExtendedRow extended) row = extended.Parent;
        return row is GroupRow group ? group.Members : null;
    }
}

/// <summary>The facts of some kinds that exist in a moment, in their order.</summary>
internal sealed class FactsSet(Columns columns, Vocabulary vocabulary, int[]? kinds, int[][] slots) : SetNode(columns)
{
    public const int Id = 0, Kind = 1, Subject = 2, At = 3, Day = 4, FirstField = 5;

    // Which declared kinds it takes; one place more for the kinds nobody declared.
    private readonly bool[] _takes = Mask(vocabulary, kinds);

    public IReadOnlyList<string> KindNames { get; } = kinds is null ? ["any"] : [.. kinds.Select(vocabulary.KindName)];
    public Formula? Where { get; set; }

    private static bool[] Mask(Vocabulary vocabulary, int[]? kinds)
    {
        var mask = new bool[vocabulary.KindCount + 1];
        if (kinds is null) Array.Fill(mask, true);
        else foreach (var kind in kinds) mask[kind + 1] = true;
        return mask;
    }

    public bool Takes(Fact fact) => _takes[fact.Kind + 1];

    public bool Keeps(FactRow row, Moment moment) => Where is null || Where.Of(new Frame(moment, row, null)).IsYes;

    public Value Field(Fact fact, int column)
    {
        var slot = slots[fact.Kind + 1][column - FirstField];
        return slot < 0 ? Value.Missing : fact.Fields[slot];
    }

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        var frame = new Frame(moment, null, null);
        var facts = moment.Session.Facts;
        if (kinds is [var only])
            foreach (var fact in facts.OfKind(only))
            {
                if (fact.Order >= moment.Cut) break;
                Take(fact, moment, frame, rows);
            }
        else if (kinds is null)
            for (var i = 0; i < moment.Cut; i++)
                Take(facts.All[i], moment, frame, rows);
        else
        {
            var taken = new List<Fact>();
            foreach (var kind in kinds)
                foreach (var fact in facts.OfKind(kind))
                {
                    if (fact.Order >= moment.Cut) break;
                    taken.Add(fact);
                }
            taken.Sort((left, right) => left.Order.CompareTo(right.Order));
            foreach (var fact in taken) Take(fact, moment, frame, rows);
        }
        return [.. rows];
    }

    private void Take(Fact fact, Moment moment, Frame frame, List<Row> rows)
    {
        if (moment.Session.IsRetracted(fact)) return;
        var row = new FactRow(fact, this);
        if (Where is not null)
        {
            frame.Row = row;
            if (!Where.Of(frame).IsYes) return;
        }
        rows.Add(row);
    }
}

internal sealed class TermRows(Term term, Columns columns) : SetNode(columns)
{
    public Term Term => term;
    public override Row[] Rows(Moment moment) => moment.RowsOf(term.Index);
}

internal sealed class FilteredSet(SetNode input) : SetNode(input.Columns)
{
    public Formula Where { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            frame.Members = MembersOf(row);
            if (Where.Of(frame).IsYes) rows.Add(row);
        }
        return [.. rows];
    }
}

internal sealed class ExtendedSet(SetNode input, Columns columns, int count) : SetNode(columns)
{
    public Formula[] Formulas { get; } = new Formula[count];

    /// <summary>Conditions of the filter that follows which need none of the new columns: rows that fail them are not extended.</summary>
    public Formula[] Beforehand { get; set; } = [];

    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Formula? FormulaOf(int column) => column >= input.Columns.Count ? Formulas[column - input.Columns.Count] : null;

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        var rows = new List<Row>(before.Length);
        var width = input.Columns.Count;
        var frame = new Frame(moment, null, null);
        foreach (var parent in before)
        {
            frame.Row = parent;
            frame.Members = MembersOf(parent);
            if (!Passes(frame)) continue;
            var values = new Value[count];
            // A later column may use an earlier one, so the row exists while it is filled.
            var row = new ExtendedRow(parent, width, values, this);
            frame.Row = row;
            for (var j = 0; j < count; j++) values[j] = Formulas[j].Of(frame);
            rows.Add(row);
        }
        return [.. rows];
    }

    private bool Passes(Frame frame)
    {
        foreach (var condition in Beforehand)
            if (!condition.Of(frame).IsYes) return false;
        return true;
    }
}

internal sealed class SortedSet(SetNode input, SortKey[] keys) : SetNode(input.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Row[] Rows(Moment moment) => Sorting.Sort(input.Rows(moment), keys);
}

/// <summary>The values of the grouping columns of a row.</summary>
internal readonly struct GroupKey : IEquatable<GroupKey>
{
    private readonly Value _first;
    private readonly Value[]? _rest;

    public GroupKey(Row row, int[] by)
    {
        _first = by.Length > 0 ? row.Get(by[0]) : Value.Missing;
        if (by.Length <= 1) return;
        _rest = new Value[by.Length - 1];
        for (var i = 1; i < by.Length; i++) _rest[i - 1] = row.Get(by[i]);
    }

    public bool Equals(GroupKey other) => _first.Equals(other._first) && _rest.AsSpan().SequenceEqual(other._rest);
    public override bool Equals(object? other) => other is GroupKey key && Equals(key);

    public override int GetHashCode()
    {
        var hash = _first.GetHashCode();
        if (_rest is not null) foreach (var value in _rest) hash = HashCode.Combine(hash, value);
        return hash;
    }
}

/// <summary>The first or last row of each group, groups in order of appearance.</summary>
internal sealed class PickedSet(SetNode input, int[] by, bool last) : SetNode(input.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        if (by.Length == 0) return before.Length == 0 ? before : [last ? before[^1] : before[0]];
        if (by.Length == 1 && before.Length > 0 && Row.BearerOfSubject(before[0], by[0]) is not null && PickBySubject(before, moment) is { } picked) return picked;
        var places = new Dictionary<GroupKey, int>(before.Length);
        var rows = new List<Row>(before.Length);
        foreach (var row in before)
        {
            var key = new GroupKey(row, by);
            if (places.TryAdd(key, rows.Count)) rows.Add(row);
            else if (last) rows[places[key]] = row;
        }
        return [.. rows];
    }

    // One row a subject is the commonest grouping, and facts know their subject by number.
    private Row[]? PickBySubject(Row[] before, Moment moment)
    {
        var places = new int[moment.Session.Facts.SubjectCount];
        var rows = new List<Row>(before.Length);
        foreach (var row in before)
        {
            if (Row.BearerOfSubject(row, by[0]) is not { } fact) return null;
            ref var place = ref places[fact.SubjectIndex];
            if (place == 0)
            {
                rows.Add(row);
                place = rows.Count;
            }
            else if (last) rows[place - 1] = row;
        }
        return [.. rows];
    }
}

internal sealed class NumberedSet(SetNode input, Columns columns, int[] by) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var counts = new Dictionary<GroupKey, int>();
        return [.. input.Rows(moment).Select(Row (row) =>
        {
            var key = new GroupKey(row, by);
            var number = counts[key] = counts.GetValueOrDefault(key) + 1;
            return new ExtendedRow(row, input.Columns.Count, [Value.Of((decimal)number)], this);
        })];
    }
}

/// <summary>Columns of the following or preceding row of the group.</summary>
internal sealed class NeighbourSet(SetNode input, Columns columns, int[] by, int[] take, bool next) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var before = input.Rows(moment);
        var neighbours = new Row?[before.Length];
        var lastSeen = new Dictionary<GroupKey, int>();
        for (var i = 0; i < before.Length; i++)
        {
            var key = new GroupKey(before[i], by);
            if (lastSeen.TryGetValue(key, out var previous))
            {
                if (next) neighbours[previous] = before[i];
                else neighbours[i] = before[previous];
            }
            lastSeen[key] = i;
        }
        var rows = new Row[before.Length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new ExtendedRow(before[i], input.Columns.Count, [.. take.Select(column => neighbours[i]?.Get(column) ?? Value.Missing)], this);
        return rows;
    }
}

internal sealed class UnionSet(SetNode[] inputs, Columns columns, int[][] maps) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => inputs;

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        for (var i = 0; i < inputs.Length; i++)
            foreach (var row in inputs[i].Rows(moment)) rows.Add(new MappedRow(row, maps[i]));
        return [.. rows];
    }
}

/// <summary>A set with amended versions: a row belongs to the version in force at its date; without a date, at the instant of judgement.</summary>
internal sealed class AmendedSet(SetNode original, (long From, SetNode Set, int[] Map)[] versions, int pick, bool byDue) : SetNode(original.Columns)
{
    public override IReadOnlyList<SetNode> Inputs => [original, .. versions.Select(version => version.Set)];

    public override Row[] Rows(Moment moment)
    {
        var rows = new List<Row>();
        Take(original.Rows(moment), long.MinValue, versions[0].From);
        for (var i = 0; i < versions.Length; i++)
            Take([.. versions[i].Set.Rows(moment).Select(Row (row) => new MappedRow(row, versions[i].Map))], versions[i].From, i + 1 < versions.Length ? versions[i + 1].From : long.MaxValue);
        return [.. rows];

        void Take(Row[] from, long first, long next)
        {
            foreach (var row in from)
            {
                var date = pick < 0 ? Value.InstantOf(moment.AsOf) : row.Get(pick);
                var at = date.Type == Type.Date ? ChinaTime.StartOf(date.Days) : date.IsMissing ? moment.AsOf : date.Nanoseconds;
                // What is due at 24:00 of the day before an amendment is due before it.
                if (byDue && date.Type == Type.Instant) at--;
                if (at >= first && at < next) rows.Add(row);
            }
        }
    }
}

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

internal sealed class DatesSet(SetNode input, Columns columns) : SetNode(columns)
{
    private const int LongestSpan = 40_000;
    public Formula From { get; set; } = null!;
    public Formula To { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            Value from = From.Of(frame), to = To.Of(frame);
            if (from.IsMissing || to.IsMissing || to.Days - (long)from.Days > LongestSpan) continue;
            for (var day = from.Days; day <= to.Days; day++)
                rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.DateOf(day)], this));
            CheckSize(rows);
        }
        return [.. rows];
    }
}

internal sealed class MembersSet(SetNode input, Columns columns) : SetNode(columns)
{
    public Formula List { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            foreach (var member in MembersOfList(List.Of(frame)))
                rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.Of(member)], this));
            CheckSize(rows);
        }
        return [.. rows];
    }

    internal static IReadOnlyList<string> MembersOfList(in Value list) => list.Type switch
    {
        Type.List => list.List,
        Type.Text => [list.Text],
        _ => [],
    };
}

/// <summary>Every row once for each matching row of another set.</summary>
internal sealed class PairsSet(SetNode input, Columns columns, RowSearch search) : SetNode(columns)
{
    public Formula[] Take { get; set; } = [];
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = new List<Row>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            foreach (var other in search.Rows(frame))
            {
                var inner = new Frame(moment, other, frame);
                rows.Add(new PairRow(row, other, input.Columns.Count, [.. Take.Select(take => take.Of(inner))]));
            }
            CheckSize(rows);
        }
        return [.. rows];
    }
}

internal sealed class PairRow(Row left, Row right, int leftColumns, Value[] taken) : Row
{
    public override Value Get(int column) => column < leftColumns ? left.Get(column) : taken[column - leftColumns];
    public override IReadOnlyList<Row> Origins => [left, right];
}

/// <summary>Spells between opening and closing rows of a group.</summary>
internal sealed class SpellsSet(SetNode input, Columns columns, int[] by, int at, int id) : SetNode(columns)
{
    public Formula Opens { get; set; } = null!;
    public Formula Closes { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var open = new Dictionary<GroupKey, int>();
        var spells = new List<(Row Opening, Row? Closing)>();
        foreach (var row in input.Rows(moment))
        {
            frame.Row = row;
            var key = new GroupKey(row, by);
            if (open.TryGetValue(key, out var place))
            {
                if (!Closes.Of(frame).IsYes) continue;
                spells[place] = (spells[place].Opening, row);
                open.Remove(key);
            }
            else if (Opens.Of(frame).IsYes)
            {
                open[key] = spells.Count;
                spells.Add((row, null));
            }
        }
        return [.. spells.Select(Row (spell) => new SpellRow(spell.Opening, spell.Closing, input.Columns.Count, at, id))];
    }
}

internal sealed class SpellRow(Row opening, Row? closing, int width, int at, int id) : Row
{
    public override Value Get(int column) => (column - width) switch
    {
        < 0 => opening.Get(column),
        0 => opening.Get(at),
        1 => closing?.Get(at) ?? Value.Missing,
        _ => closing is null || id < 0 ? Value.Missing : closing.Get(id),
    };

    public override IReadOnlyList<Row> Origins => closing is null ? [opening] : [opening, closing];
}

/// <summary>The rows that hold a condition, with the number of their unbroken run and their place in it.</summary>
internal sealed class RunsSet(SetNode input, Columns columns, int[] by, SortKey[] order) : SetNode(columns)
{
    public Formula While { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var states = new Dictionary<GroupKey, (int Run, int Place)>();
        var rows = new List<Row>();
        foreach (var row in Sorting.Sort(input.Rows(moment), order))
        {
            frame.Row = row;
            var key = new GroupKey(row, by);
            var (run, place) = states.GetValueOrDefault(key);
            if (!While.Of(frame).IsYes)
            {
                states[key] = (run, 0);
                continue;
            }
            if (place == 0) run++;
            states[key] = (run, ++place);
            rows.Add(new ExtendedRow(row, input.Columns.Count, [Value.Of((decimal)run), Value.Of((decimal)place)], this));
        }
        return [.. rows];
    }
}

internal sealed class GroupedSet(SetNode input, Columns columns, int[] by) : SetNode(columns)
{
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var groups = new Dictionary<GroupKey, List<Row>>();
        var order = new List<List<Row>>();
        foreach (var row in input.Rows(moment))
        {
            var key = new GroupKey(row, by);
            if (!groups.TryGetValue(key, out var members))
            {
                groups[key] = members = [];
                order.Add(members);
            }
            members.Add(row);
        }
        return [.. order.Select(Row (members) => new GroupRow(members, by))];
    }
}

internal sealed class GroupRow(List<Row> members, int[] by) : Row
{
    public IReadOnlyList<Row> Members => members;
    public override Value Get(int column) => members[0].Get(by[column]);
    public override IReadOnlyList<Row> Origins => members;
}

/// <summary>The rows in order, each with values carried over from the rows before it.</summary>
internal sealed class FoldSet(SetNode input, Columns columns, int[] by, SortKey[] order, int count) : SetNode(columns)
{
    public Formula[] Starts { get; } = new Formula[count];
    public Formula[] Then { get; } = new Formula[count];
    public override IReadOnlyList<SetNode> Inputs => [input];
    public override Formula? FormulaOf(int column) => column >= input.Columns.Count + count ? Then[column - input.Columns.Count - count] : null;

    public override Row[] Rows(Moment moment)
    {
        var outside = new Frame(moment, null, null);
        var frame = new Frame(moment, null, null);
        var carried = new Dictionary<GroupKey, Value[]>();
        var sorted = Sorting.Sort(input.Rows(moment), order);
        var rows = new Row[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var key = new GroupKey(sorted[i], by);
            // The first half holds the values before the row (was.x), the second half those after it.
            var values = new Value[count * 2];
            if (carried.TryGetValue(key, out var before)) Array.Copy(before, count, values, 0, count);
            else for (var j = 0; j < count; j++) values[j] = Starts[j].Of(outside);
            frame.Row = rows[i] = new ExtendedRow(sorted[i], input.Columns.Count, values, this);
            for (var j = 0; j < count; j++) values[count + j] = Then[j].Of(frame);
            carried[key] = values;
        }
        return rows;
    }
}

/// <summary>Set-off in order: claims take from pots until either is used up.</summary>
internal sealed class AllocatedSet(Columns columns, SetNode claims, SetNode pots, SortKey[] order) : SetNode(columns)
{
    public Formula Claim { get; set; } = null!;
    public Formula Amount { get; set; } = null!;
    public Formula Pot { get; set; } = null!;
    public Formula Room { get; set; } = null!;
    public Formula? Where { get; set; }
    public override IReadOnlyList<SetNode> Inputs => [claims, pots];

    public override Row[] Rows(Moment moment)
    {
        var zero = Value.Of(0m);
        var potRows = pots.Rows(moment);
        var rooms = new Value[potRows.Length];
        var potFrame = new Frame(moment, null, null);
        for (var i = 0; i < potRows.Length; i++)
        {
            potFrame.Row = potRows[i];
            rooms[i] = Room.Of(potFrame);
        }
        var rows = new List<Row>();
        foreach (var claim in Sorting.Sort(claims.Rows(moment), order))
        {
            var frame = new Frame(moment, claim, null);
            var left = Amount.Of(frame);
            for (var i = 0; i < potRows.Length; i++)
            {
                var inner = new Frame(moment, potRows[i], frame);
                var taken = zero;
                if (left.IsPresent && rooms[i].IsPresent && (Where is null || Where.Of(inner).IsYes))
                {
                    taken = Value.Compare(left, rooms[i]) < 0 ? left : rooms[i];
                    if (Value.Compare(taken, zero) < 0) taken = zero;
                    left = Numbers.Subtract(left, taken);
                    rooms[i] = Numbers.Subtract(rooms[i], taken);
                }
                rows.Add(new ValuesRow([Text(Claim.Of(frame)), Text(Pot.Of(inner)), taken], [claim, potRows[i]]));
            }
        }
        return [.. rows];
    }

    private static Value Text(in Value value) => value.IsMissing ? value : Value.Of(value.ToString());
}

/// <summary>One event is punished once: each event picks the first row, by the order, that holds it.</summary>
internal sealed class HeaviestSet(SetNode input, Columns columns, SortKey[] order) : SetNode(columns)
{
    public Formula Events { get; set; } = null!;
    public override IReadOnlyList<SetNode> Inputs => [input];

    public override Row[] Rows(Moment moment)
    {
        var frame = new Frame(moment, null, null);
        var rows = input.Rows(moment);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var picked = new HashSet<Row>(ReferenceEqualityComparer.Instance);
        foreach (var row in Sorting.Sort(rows, order))
        {
            frame.Row = row;
            foreach (var member in MembersSet.MembersOfList(Events.Of(frame)))
                if (taken.Add(member)) picked.Add(row);
        }
        return [.. rows.Select(Row (row) => new ExtendedRow(row, input.Columns.Count, [Value.Of(picked.Contains(row))], this))];
    }
}

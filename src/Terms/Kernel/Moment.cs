using System.Runtime.CompilerServices;
using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>
/// One judging of one set of facts: the facts taken back, the moments judged so far, the calendar years found without notice.
/// </summary>
internal sealed class Session
{
    private readonly Dictionary<MomentKey, Moment> _moments = [];
    private readonly bool[] _retracted;

    public CompiledContract Contract { get; }
    public FactSet Facts { get; }
    public SortedSet<int> ProvisionalYears { get; } = [];
    /// <summary>How many rows lookups have gone through: what the judging cost, whatever the machine.</summary>
    public long RowsVisited { get; set; }

    public Session(CompiledContract contract, FactSet facts, long asOf)
    {
        Contract = contract;
        Facts = facts;
        _retracted = new bool[facts.All.Length];
        // Retractions apply once, by the instant of the whole evaluation: an inner, earlier moment sees what is left.
        // A retraction cannot be retracted.
        var slot = facts.Retractions.Count == 0 ? -1 : facts.Vocabulary.SlotOf(facts.Retractions[0].Kind, "fact");
        foreach (var retraction in facts.Retractions)
            if (retraction.At <= asOf && slot >= 0 && retraction.Fields[slot] is { IsPresent: true } target
                && facts.ById(target.Text) is { } fact && fact.Kind != retraction.Kind)
                _retracted[fact.Order] = true;
    }

    public bool IsRetracted(Fact fact) => _retracted[fact.Order];

    /// <summary>The moment at an instant with some terms replaced; made on first use.</summary>
    public Moment At(long asOf, Replacement[] replaced) => At(asOf, replaced, StageAt(asOf));

    /// <summary>The same, under the text of an earlier or later stage of the contract.</summary>
    public Moment At(long asOf, Replacement[] replaced, int stage)
    {
        var key = new MomentKey(asOf, replaced, stage);
        if (!_moments.TryGetValue(key, out var moment)) _moments[key] = moment = new Moment(this, asOf, replaced, stage);
        return moment;
    }

    /// <summary>How many of the contract's amendment days have come at an instant.</summary>
    public int StageAt(long instant)
    {
        var stage = 0;
        while (stage < Contract.AmendmentDays.Length && Contract.AmendmentDays[stage] <= instant) stage++;
        return stage;
    }
}

/// <summary>A term replaced inside a moment: by a value, or by another term.</summary>
internal readonly record struct Replacement(int Term, Value Value, int OtherTerm);

internal readonly struct MomentKey(long asOf, Replacement[] replaced, int stage) : IEquatable<MomentKey>
{
    private readonly long _asOf = asOf;
    private readonly int _stage = stage;
    private readonly Replacement[] _replaced = replaced;

    public bool Equals(MomentKey other) => _asOf == other._asOf && _stage == other._stage && _replaced.AsSpan().SequenceEqual(other._replaced);
    public override bool Equals(object? other) => other is MomentKey key && Equals(key);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_asOf);
        hash.Add(_stage);
        foreach (var replacement in _replaced) hash.Add(replacement);
        return hash.ToHashCode();
    }
}

/// <summary>The contract judged at one instant: every term computed at most once.</summary>
internal sealed class Moment
{
    private const byte Running = 1, Done = 2;
    private readonly Value[] _values;
    private readonly Row[]?[] _rows;
    private readonly byte[] _states;
    private readonly Dictionary<IndexKey, object> _indexes = [];
    private readonly Replacement[] _replaced;

    public Session Session { get; }
    public long AsOf { get; }
    /// <summary>The number of facts with at ≤ <see cref="AsOf"/>: facts are ordered, so these are the ones that exist.</summary>
    public int Cut { get; }

    /// <summary>How many amendments the text in force has taken in: that of <see cref="AsOf"/>, or of the date of the row that asks.</summary>
    public int Stage { get; }

    // What reads no amended name is the same at every stage, and is computed at the usual one.
    private readonly Moment? _usual;

    public Moment(Session session, long asOf, Replacement[] replaced, int stage)
    {
        Session = session;
        AsOf = asOf;
        Stage = stage;
        if (stage != session.StageAt(asOf)) _usual = session.At(asOf, replaced);
        Cut = session.Facts.CountUpTo(asOf);
        _replaced = replaced;
        var count = session.Contract.Terms.Count;
        _values = new Value[count];
        _rows = new Row[]?[count];
        _states = new byte[count];
        foreach (var replacement in replaced)
            if (replacement.OtherTerm < 0)
            {
                _values[replacement.Term] = replacement.Value;
                _states[replacement.Term] = Done;
            }
    }

    /// <summary>This moment under the text of another stage.</summary>
    public Moment AtStage(int stage) => stage == Stage ? this : Session.At(AsOf, _replaced, stage);

    // Where a term that reads nothing amended is computed.
    private Moment? Usual(int term) => _usual is not null && !Session.Contract.Terms[term].ReadsAmended ? _usual : null;

    /// <summary>Whether an assumption stands in for this term here, be it a value or another set.</summary>
    public bool IsAssumed(int term)
    {
        foreach (var replacement in _replaced)
            if (replacement.Term == term) return true;
        return false;
    }

    /// <summary>Whether another set stands in for this one here.</summary>
    public bool IsReplaced(int term) => Resolve(term) != term;

    private int Resolve(int term)
    {
        foreach (var replacement in _replaced)
            if (replacement.Term == term && replacement.OtherTerm >= 0) return replacement.OtherTerm;
        return term;
    }

    public Value ValueOf(int index)
    {
        index = Resolve(index);
        if (_states[index] == Done) return _values[index];
        if (Usual(index) is { } usual) return usual.ValueOf(index);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var term = Session.Contract.Terms[index];
        Enter(term);
        var value = term.Formula!.Of(new Frame(this, null, null));
        _values[index] = value;
        _states[index] = Done;
        return value;
    }

    public Row[] RowsOf(int index)
    {
        if (_rows[index] is { } known) return known;
        if (Usual(index) is { } usual) return _rows[index] = usual.RowsOf(index);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var term = Session.Contract.Terms[index];
        var other = Resolve(index);
        if (other != index) return _rows[index] = Seen(RowsOf(other), Session.Contract.Terms[other].Set!.Columns, term.Set!.Columns);
        Enter(term);
        var rows = term.Set!.Rows(this);
        _rows[index] = rows;
        _states[index] = Done;
        return rows;
    }

    // A set that stands in for another is seen through the other's columns, by name.
    private static Row[] Seen(Row[] rows, Columns own, Columns wanted)
    {
        var map = wanted.Names.Select(own.Find).ToArray();
        return [.. rows.Select(Row (row) => new MappedRow(row, map))];
    }

    private void Enter(Term term)
    {
        if (_states[term.Index] == Running) throw new CircleException(term.Name, AsOf);
        _states[term.Index] = Running;
    }

    /// <summary>
    /// Rows of a term by the subject that a column holds, when that is each row's own fact's subject: found by number.
    /// Null when some row has its subject from elsewhere.
    /// </summary>
    public List<Row>?[]? IndexBySubject(int term, int column)
    {
        var key = new IndexKey(term, column, -2);
        if (_indexes.TryGetValue(key, out var found)) return found as List<Row>?[];
        var rows = RowsOf(term);
        var index = rows.Length == 0 || rows.Length < Session.Facts.SubjectCount / 64 ? null : new List<Row>?[Session.Facts.SubjectCount];
        foreach (var row in index is null ? [] : rows)
        {
            if (Row.BearerOfSubject(row, column) is not { } fact)
            {
                index = null;
                break;
            }
            (index![fact.SubjectIndex] ??= new List<Row>(1)).Add(row);
        }
        _indexes[key] = (object?)index ?? NoIndex;
        return index;
    }

    private static readonly object NoIndex = new();

    /// <summary>Rows of a term by the value of one column, built on first use.</summary>
    public Dictionary<Value, List<Row>> IndexBy(int term, int column)
    {
        var key = new IndexKey(term, column, -1);
        if (_indexes.TryGetValue(key, out var found)) return (Dictionary<Value, List<Row>>)found;
        var index = new Dictionary<Value, List<Row>>();
        foreach (var row in RowsOf(term))
        {
            var value = row.Get(column);
            if (value.IsMissing) continue;
            if (!index.TryGetValue(value, out var rows)) index[value] = rows = [];
            rows.Add(row);
        }
        _indexes[key] = index;
        return index;
    }

    /// <summary>Rows of a term by the values of two columns; further equalities are checked row by row.</summary>
    public Dictionary<(Value, Value), List<Row>> IndexBy(int term, int first, int second)
    {
        var key = new IndexKey(term, first, second);
        if (_indexes.TryGetValue(key, out var found)) return (Dictionary<(Value, Value), List<Row>>)found;
        var index = new Dictionary<(Value, Value), List<Row>>();
        foreach (var row in RowsOf(term))
        {
            Value a = row.Get(first), b = row.Get(second);
            if (a.IsMissing || b.IsMissing) continue;
            if (!index.TryGetValue((a, b), out var rows)) index[(a, b)] = rows = [];
            rows.Add(row);
        }
        _indexes[key] = index;
        return index;
    }

    /// <summary>What a lookup that asks nothing of its row came to before, seen from the text that this row picks.</summary>
    public Value? Known(Aggregate lookup, Moment seen) => _lookups is not null && _lookups.TryGetValue((lookup, seen), out var value) ? value : null;

    public Value Keep(Aggregate lookup, Moment seen, Value value) => (_lookups ??= [])[(lookup, seen)] = value;

    private Dictionary<(Aggregate, Moment), Value>? _lookups;

    /// <summary>The same contract at another instant (never later than this one) and with further terms replaced.</summary>
    public Moment Shifted(long asOf, Replacement[] more)
    {
        asOf = Math.Min(asOf, AsOf);
        if (asOf == AsOf && more.Length == 0) return this;
        var replaced = _replaced;
        if (more.Length > 0)
            replaced = [.. _replaced.Where(old => !more.Any(m => m.Term == old.Term)).Concat(more).OrderBy(r => r.Term)];
        return asOf == AsOf ? Session.At(asOf, replaced, Stage) : Session.At(asOf, replaced);
    }

    private readonly record struct IndexKey(int Term, int First, int Second);
}

/// <summary>A term needs its own value at the same instant: the contract cannot be judged.</summary>
public sealed class CircleException(string term, long asOf)
    : CannotJudgeException($"名称“{term}”在 {ChinaTime.Write(asOf)} 的判定依赖其自身")
{
    public string Term { get; } = term;
}

/// <summary>Where a formula is evaluated: the moment, the row, and the frame outside.</summary>
internal sealed class Frame(Moment moment, Row? row, Frame? outer)
{
    public readonly Moment Moment = moment;
    public Row? Row = row;
    public readonly Frame? Outer = outer;
    /// <summary>The rows of the group, in a set made by grouping.</summary>
    public IReadOnlyList<Row>? Members;

    // A search over many rows of one set asks for the same inner frame again and again: it is lent and given back.
    private Frame? _spare;

    public Frame Lend(Moment moment)
    {
        var inner = _spare is { } spare && ReferenceEquals(spare.Moment, moment) ? spare : new Frame(moment, null, this);
        _spare = null;
        return inner;
    }

    public void Return(Frame inner) => _spare = inner;

    /// <summary>A row over facts that is moved along a search which keeps no rows.</summary>
    public FactRow? Cursor;
    public FactsSet? CursorOf;
}

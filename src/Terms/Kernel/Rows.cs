using Yueheng.Facts;

namespace Yueheng.Terms.Kernel;

/// <summary>
/// The named, typed columns of a set. Types are found on first use: a column may be computed from a set that is itself
/// defined by looking back at this one at an earlier moment.
/// </summary>
internal sealed class Columns
{
    private readonly List<string> _names = [];
    private readonly List<Column> _columns = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    private sealed class Column(Func<Facts.ValueType> find)
    {
        private Facts.ValueType _type;
        private bool _isBeingFound;

        /// <summary>Missing while the type is being found: whoever asks then must learn it elsewhere.</summary>
        public Facts.ValueType Type
        {
            get
            {
                if (_type != Facts.ValueType.Missing || _isBeingFound) return _type;
                _isBeingFound = true;
                _type = find();
                _isBeingFound = false;
                return _type;
            }
        }
    }

    /// <summary>Of a set that was refused: nobody can tell which columns it would have had, so none is missed.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>What people call a column, where the contract says.</summary>
    public IReadOnlyDictionary<string, string> Labels => _labels;
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    public void Label(string name, string label) => _labels[name] = label;

    public int Count => _names.Count;
    public IReadOnlyList<string> Names => _names;
    public Facts.ValueType TypeOf(int column) => _columns[column].Type;

    public int Add(string name, Facts.ValueType type) => Add(name, () => type);

    /// <summary>Adds a column; one of the same name hides the earlier.</summary>
    public int Add(string name, Func<Facts.ValueType> type)
    {
        _names.Add(name);
        _columns.Add(new Column(type));
        return _index[name] = _names.Count - 1;
    }

    /// <summary>The column of that name, or -1.</summary>
    public int Find(string name) => _index.GetValueOrDefault(name, -1);

    public Columns Copy()
    {
        var copy = new Columns { IsUnknown = IsUnknown };
        foreach (var (name, label) in _labels) copy.Label(name, label);
        for (var i = 0; i < Count; i++)
        {
            copy._names.Add(_names[i]);
            copy._columns.Add(_columns[i]);
            copy._index[_names[i]] = i;
        }
        return copy;
    }
}

/// <summary>One row of a set. Rows are made once in a moment and never changed; each knows what it was made from, so a trace can walk back.</summary>
internal abstract class Row
{
    public abstract Value Get(int column);
    /// <summary>The rows this one was made from.</summary>
    public virtual IReadOnlyList<Row> Origins => [];
    public virtual Fact? Fact => null;

    /// <summary>The fact whose own subject a column of this row holds, or null: its subject is then known by number, without a text to look up.</summary>
    public static Fact? BearerOfSubject(Row row, int column)
    {
        while (row is ExtendedRow extended && column < extended.ParentColumns) row = extended.Parent;
        return row is FactRow { Fact: var fact } && column == FactsSet.Subject ? fact : null;
    }
}

/// <summary>A fact, read through the columns of a facts source.</summary>
internal sealed class FactRow(Fact fact, FactsSet source) : Row
{
    private Fact _fact = fact;

    public override Fact Fact => _fact;

    /// <summary>Moves a row that nobody keeps on to the next fact.</summary>
    public void Move(Fact next) => _fact = next;

    public override Value Get(int column) => column switch
    {
        FactsSet.Id => Value.Of(_fact.Id),
        FactsSet.Kind => Value.Of(_fact.KindName),
        FactsSet.Subject => Value.Of(_fact.Subject),
        FactsSet.At => Value.InstantOf(_fact.At),
        FactsSet.Day => Value.DateOf(ChinaTime.DayOf(_fact.At)),
        _ => source.Field(_fact, column),
    };
}

/// <summary>A row with further columns; <paramref name="maker"/> can compute them again for a trace.</summary>
internal sealed class ExtendedRow(Row parent, int parentColumns, Value[] more, SetNode maker) : Row
{
    public Row Parent => parent;
    public SetNode Maker => maker;
    public int ParentColumns => parentColumns;
    public override Value Get(int column) => column < parentColumns ? parent.Get(column) : more[column - parentColumns];
    public override IReadOnlyList<Row> Origins => [parent];
}

/// <summary>A row seen through the columns of a union.</summary>
internal sealed class MappedRow(Row parent, int[] map) : Row
{
    public Row Parent => parent;
    public int ParentColumn(int column) => map[column];
    public override Value Get(int column) => map[column] < 0 ? Value.Missing : parent.Get(map[column]);
    public override IReadOnlyList<Row> Origins => [parent];
}

/// <summary>A row with values of its own.</summary>
internal sealed class ValuesRow(Value[] values, IReadOnlyList<Row>? origins = null, SetNode? maker = null) : Row
{
    public SetNode? Maker => maker;
    public override Value Get(int column) => values[column];
    public override IReadOnlyList<Row> Origins => origins ?? [];
}

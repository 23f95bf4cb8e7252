using System.Runtime.InteropServices;
using Yueheng.Facts.Reading;

namespace Yueheng.Facts;

/// <summary>Makes a <see cref="FactSet"/> from facts that do not come from a file: of a simulation, of a test, of a part of another set.</summary>
/// <example><c>new FactSetBuilder(vocabulary).Add("f1", "incident.reported", "2025-03-03T09:00:00+08:00", "INC-1", ("severity", Value.Of("urgent"))).Build()</c></example>
public sealed class FactSetBuilder(Vocabulary vocabulary)
{
    private readonly List<Fact> _facts = [];
    private readonly TextTable _ids = new();
    private readonly TextTable _subjects = new();
    private bool _isBuilt;

    /// <param name="id">Unique in the set.</param>
    /// <param name="kind">A kind of the vocabulary or any other.</param>
    /// <param name="at">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="subject">The thing it is about.</param>
    /// <param name="data">Fields with their values; those that the kind does not declare are left out, absent ones take their default.</param>
    /// <exception cref="ArgumentException">The id is taken, a text is empty, or a value has the wrong type.</exception>
    public FactSetBuilder Add(string id, string kind, long at, string subject, params ReadOnlySpan<(string Field, Value Value)> data)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        var number = vocabulary.IndexOfKind(kind);
        var fields = vocabulary.FieldsOf(number);
        var values = fields.Count == 0 ? [] : new Value[fields.Count];
        for (var slot = 0; slot < values.Length; slot++) values[slot] = fields[slot].Default;
        foreach (var (name, value) in data)
        {
            var slot = vocabulary.SlotOf(number, name);
            if (slot < 0 || value.IsMissing) continue;
            if (value.Type != TypeOf(fields[slot].Type)) throw new ArgumentException($"{id}: {name} is {value.Type}, the contract reads {fields[slot].Type}.", nameof(data));
            values[slot] = value;
        }
        return Add(id, number, kind, subject, at, values, 0);
    }

    /// <inheritdoc cref="Add(string, string, long, string, ReadOnlySpan{ValueTuple{string, Value}})"/>
    /// <param name="at">ISO 8601 with its offset.</param>
    public FactSetBuilder Add(string id, string kind, string at, string subject, params ReadOnlySpan<(string Field, Value Value)> data) =>
        Add(id, kind, IsoTime.Parse(at), subject, data);

    /// <summary>Takes over a fact of another set with the same vocabulary.</summary>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    public FactSetBuilder Add(Fact fact) => Add(fact.Id, fact.Kind, fact.KindName, fact.Subject, fact.At, fact.Fields, fact.Line);

    private FactSetBuilder Add(string id, int kind, string kindName, string subject, long at, Value[] fields, int line)
    {
        if (_isBuilt) throw new InvalidOperationException("The set is built.");
        _ids.FindOrAdd(id, out var isNew);
        if (!isNew) throw new ArgumentException($"The id {id} is taken.", nameof(id));
        _facts.Add(new Fact(id, kind, kindName, subject, _subjects.FindOrAdd(subject, out _), at, fields, line));
        return this;
    }

    /// <summary>The set of all facts added; the builder has then done its work and takes no more.</summary>
    public FactSet Build()
    {
        if (_isBuilt) throw new InvalidOperationException("The set is built.");
        _isBuilt = true;
        return new(vocabulary, CollectionsMarshal.AsSpan(_facts), _ids, _subjects);
    }

    private static ValueType TypeOf(FieldType type) => type switch
    {
        FieldType.Text => ValueType.Text,
        FieldType.YesNo => ValueType.YesNo,
        FieldType.Number or FieldType.Whole or FieldType.Amount => ValueType.Number,
        FieldType.Date => ValueType.Date,
        _ => ValueType.Instant,
    };
}

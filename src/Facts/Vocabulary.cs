using System.Collections.Frozen;

namespace Yueheng.Facts;

/// <summary>
/// The kinds of fact and the fields that one contract reads. Immutable. Facts of other kinds are kept and judged by nothing;
/// <c>fact.retracted</c> with its text field <c>fact</c> belongs to every vocabulary, listed or not.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The kind that takes another fact back; its field <see cref="RetractedFact"/> holds the id.</summary>
    public const string Retraction = "fact.retracted";
    public const string RetractedFact = "fact";

    private readonly string[] _names;
    private readonly IReadOnlyList<Field>[] _fields;   // by kind, the last entry holds the `any` fields alone (kind -1)
    private readonly int[] _own;                       // how many of them the kind itself declares
    private readonly FrozenDictionary<string, int> _kinds;
    private readonly FrozenDictionary<string, int>[] _slots;

    /// <param name="kinds">Declared kinds, each with its own fields.</param>
    /// <param name="any">Fields read on a fact of any kind, unless the kind defines a field of that name itself.</param>
    /// <exception cref="ArgumentException">A kind twice, or a field twice in one kind.</exception>
    public Vocabulary(IEnumerable<KeyValuePair<string, IReadOnlyList<Field>>> kinds, IReadOnlyList<Field> any)
    {
        var declared = kinds.Select(kind => kind.Key == Retraction ? KeyValuePair.Create(kind.Key, WithRetractedFact(kind.Value)) : kind).ToList();
        if (declared.All(kind => kind.Key != Retraction)) declared.Add(KeyValuePair.Create(Retraction, WithRetractedFact([])));

        _names = [.. declared.Select(kind => kind.Key)];
        _kinds = _names.Select((name, index) => KeyValuePair.Create(name, index)).ToFrozenDictionary(StringComparer.Ordinal);
        if (_kinds.Count != _names.Length) throw new ArgumentException("A kind is declared twice.", nameof(kinds));

        _own = [.. declared.Select(kind => kind.Value.Count), 0];
        _fields = [.. declared.Select(kind => Merge(kind.Value, any)), Merge([], any)];
        _slots = [.. _fields.Select(fields => fields.Select((field, slot) => KeyValuePair.Create(field.Name, slot)).ToFrozenDictionary(StringComparer.Ordinal))];
        for (var kind = 0; kind < _fields.Length; kind++)
            if (_slots[kind].Count != _fields[kind].Count) throw new ArgumentException($"A field is declared twice in {(kind < _names.Length ? _names[kind] : "any")}.");
    }

    private static IReadOnlyList<Field> WithRetractedFact(IReadOnlyList<Field> fields) =>
        [.. fields.Where(field => field.Name != RetractedFact), new Field(RetractedFact, FieldType.Text, Value.Missing)];

    private static IReadOnlyList<Field> Merge(IReadOnlyList<Field> own, IReadOnlyList<Field> any) =>
        [.. own, .. any.Where(field => own.All(mine => mine.Name != field.Name))];

    /// <summary>Declared kinds are 0 … <see cref="KindCount"/> − 1.</summary>
    public int KindCount => _names.Length;

    /// <summary>The number of a declared kind; −1 when the contract does not read it.</summary>
    public int IndexOfKind(string kind) => _kinds.GetValueOrDefault(kind, -1);

    public string KindName(int kind) => _names[kind];

    /// <summary>The fields by slot: the kind's own, then those of <c>any</c> that it does not redefine. Kind −1: those of <c>any</c> alone.</summary>
    public IReadOnlyList<Field> FieldsOf(int kind) => _fields[kind < 0 ? _names.Length : kind];

    /// <summary>The slot of a field; −1 when facts of that kind have no such field.</summary>
    public int SlotOf(int kind, string field) => _slots[kind < 0 ? _names.Length : kind].GetValueOrDefault(field, -1);

    /// <summary>Whether an absent field is a fault: an amount that the kind itself asks for and that has no default.</summary>
    internal bool MustBeThere(int kind, int slot) =>
        kind >= 0 && slot < _own[kind] && _fields[kind][slot] is { Type: FieldType.Amount, Default.IsMissing: true };
}

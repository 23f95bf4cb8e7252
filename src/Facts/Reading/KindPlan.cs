using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>What reading a fact of one kind takes: its fields by the bytes of their names, what absent ones become, what must be there.</summary>
internal sealed class KindPlan
{
    public const ulong KeyRole = 0x6b65_7973;

    private readonly ulong[] _prints;
    private readonly byte[][] _names;

    public KindPlan(Vocabulary vocabulary, int kind)
    {
        Kind = kind;
        Fields = [.. vocabulary.FieldsOf(kind)];
        _names = [.. Fields.Select(field => Encoding.UTF8.GetBytes(field.Name))];
        _prints = [.. _names.Select(name => Fingerprint.OfText(name).High)];
        Defaults = [.. Fields.Select(field => field.Default)];
        Required = [.. Enumerable.Range(0, Fields.Length).Where(slot => vocabulary.MustBeThere(kind, slot))];
        Spans = [.. new[] { ("from", "to"), ("starts", "ends") }
            .Select(names => (From: vocabulary.SlotOf(kind, names.Item1), To: vocabulary.SlotOf(kind, names.Item2)))
            .Where(span => IsTime(span.From) && IsTime(span.To))];
    }

    public int Kind { get; }
    public Field[] Fields { get; }
    /// <summary>Shared by all facts that give no declared field.</summary>
    public Value[] Defaults { get; }
    public int[] Required { get; }
    /// <summary>Slots of a beginning and its end, where both are times.</summary>
    public (int From, int To)[] Spans { get; }

    public int SlotOf(ReadOnlySpan<byte> name, Fingerprint print)
    {
        for (var slot = 0; slot < _prints.Length; slot++)
            if (_prints[slot] == print.High && name.SequenceEqual(_names[slot])) return slot;
        return -1;
    }

    private bool IsTime(int slot) => slot >= 0 && Fields[slot].Type is FieldType.Date or FieldType.Instant or FieldType.From or FieldType.Until;
}

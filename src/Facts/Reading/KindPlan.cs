using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>What reading a fact of one kind takes: its fields by the bytes of their keys, what absent ones become, what must be there.</summary>
internal sealed class KindPlan
{
    public const ulong KeyRole = 0x6b65_7973;

    private readonly ulong[] _prints;
    private readonly byte[][] _keys;

    public KindPlan(Vocabulary vocabulary, int kind)
    {
        Kind = kind;
        Fields = [.. vocabulary.FieldsOf(kind)];
        _keys = [.. Fields.Select(field => Encoding.UTF8.GetBytes(field.Key))];
        _prints = [.. _keys.Select(key => Fingerprint.Of(key, KeyRole).High)];
        Defaults = [.. Fields.Select(field => field.Default)];
        Required = [.. Enumerable.Range(0, Fields.Length).Where(slot => vocabulary.MustBeThere(kind, slot))];
        Spans = [.. SpansOf("from", "to"), .. SpansOf("starts", "ends")];
    }

    public int Kind { get; }
    public Field[] Fields { get; }
    /// <summary>Shared by all facts that give no declared field.</summary>
    public Value[] Defaults { get; }
    public int[] Required { get; }
    /// <summary>Slots of a beginning and its end, where both are times.</summary>
    public (int From, int To)[] Spans { get; }

    /// <summary>The first slot from <paramref name="from"/> on that reads a key; −1: none.</summary>
    public int SlotOf(ReadOnlySpan<byte> key, Fingerprint print, int from = 0)
    {
        for (var slot = from; slot < _prints.Length; slot++)
            if (_prints[slot] == print.High && key.SequenceEqual(_keys[slot])) return slot;
        return -1;
    }

    private IEnumerable<(int, int)> SpansOf(string begins, string ends) =>
        TimesAt(begins).SelectMany(_ => TimesAt(ends), (first, last) => (first, last));

    // One slot a key is enough: it is the times as written that are compared.
    private IEnumerable<int> TimesAt(string key) =>
        Enumerable.Range(0, Fields.Length).Where(slot => Fields[slot].Key == key && Fields[slot].Type >= FieldType.Date).Take(1);
}

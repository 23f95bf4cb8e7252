using System.Text;
using System.Text.Json;

namespace Yueheng.Facts.Reading;

internal sealed partial class LineParser
{
    private const ulong TextRole = 0x7478, ObjectRole = 0x6f62, ArrayRole = 0x6172, WordRole = 0x776f;

    // An object with more keys than this looks them up instead of going through them.
    private const int FewKeys = 24;

    private readonly List<Fingerprint> _openKeys = [];

    // By slot of the data being read: how the field was written, and the instant or the day as it was written.
    private Written[] _written = new Written[16];
    private long[] _times = new long[16];

    private enum Written : byte { Not, Otherwise, AsInstant, AsDay }

    /// <summary>The declared fields (null: none of them is given) and the print of all that was written.</summary>
    private readonly record struct Data(Value[]? Fields, Fingerprint Print);

    private Data ReadData(ref Utf8JsonReader reader, KindPlan plan)
    {
        var slots = plan.Fields.Length;
        if (_written.Length < slots) (_written, _times) = (new Written[slots * 2], new long[slots * 2]);
        _written.AsSpan(0, slots).Clear();

        Value[]? values = null;
        var keys = new KeyWatch(_openKeys);
        var print = default(Fingerprint);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var raw = reader.ValueSpan;
            var name = TextOf(ref reader, ref _keyScratch, raw);
            var key = Fingerprint.Of(name, KindPlan.KeyRole);
            if (!keys.Add(key)) AddFault(Encoding.UTF8.GetString(name), Refusals.KeyTwice(Encoding.UTF8.GetString(name)));
            var slot = plan.SlotOf(name, key);
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;    // null counts as absent, in what is read and in what is the same content
            if (slot < 0) print += Fingerprint.Join(key, ReadValue(ref reader, raw));
            else
            {
                values ??= plan.Defaults.AsSpan().ToArray();
                print += Fingerprint.Join(key, ReadFields(ref reader, plan, slot, name, key, values));
            }
        }
        keys.Close();
        Check(plan);
        return new(values, print);
    }

    private Data NoData(KindPlan plan)
    {
        foreach (var slot in plan.Required) AddFault(plan.Fields[slot].Key, Refusals.AmountAbsent(plan.Fields[slot].Key));
        return default;
    }

    private void Check(KindPlan plan)
    {
        foreach (var slot in plan.Required)
            if (_written[slot] == Written.Not) AddFault(plan.Fields[slot].Key, Refusals.AmountAbsent(plan.Fields[slot].Key));
        foreach (var (from, to) in plan.Spans)
            if (IsAfter(from, to)) AddFault(plan.Fields[from].Key, Refusals.EndsBeforeItBegins(plan.Fields[from].Key, plan.Fields[to].Key));
    }

    // As written, whatever the types make of it: a day is the whole of it, so from 4 March to 3 March is refused, from 4 March 10:00 to 4 March is not.
    private bool IsAfter(int from, int to) => (_written[from], _written[to]) switch
    {
        (Written.AsDay, Written.AsDay) or (Written.AsInstant, Written.AsInstant) => _times[from] > _times[to],
        (Written.AsDay, Written.AsInstant) => ChinaTime.StartOf((int)_times[from]) > _times[to],
        (Written.AsInstant, Written.AsDay) => _times[from] > ChinaTime.StartOf((int)_times[to] + 1),
        _ => false,
    };

    // Nearly always one field reads a key.
    private Fingerprint ReadFields(ref Utf8JsonReader reader, KindPlan plan, int first, scoped ReadOnlySpan<byte> name, Fingerprint key, Value[] values)
    {
        var text = reader.TokenType == JsonTokenType.String ? TextOf(ref reader, ref _textScratch, name) : default;
        var number = reader.TokenType == JsonTokenType.Number ? JsonNumber.Read(reader.ValueSpan, ref _digitScratch) : default;
        for (var slot = first; slot >= 0; slot = plan.SlotOf(name, key, slot + 1)) values[slot] = ReadField(ref reader, text, number, plan.Fields[slot], slot);
        return reader.TokenType switch
        {
            JsonTokenType.String => Fingerprint.Of(text, TextRole),
            JsonTokenType.Number => number.Print(),
            _ => ReadValue(ref reader, name),
        };
    }

    private Value ReadField(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> text, scoped in JsonNumber number, Field field, int slot)
    {
        _written[slot] = Written.Otherwise;
        switch (field.Type, reader.TokenType)
        {
            case (FieldType.Text, JsonTokenType.String):
                return Value.Of(Interned(text));
            case (FieldType.YesNo, JsonTokenType.True):
                return Value.Yes;
            case (FieldType.YesNo, JsonTokenType.False):
                return Value.No;
            case (FieldType.Number or FieldType.Whole or FieldType.Amount, JsonTokenType.Number):
                if (!number.TryToDecimal(out var value)) AddFault(field.Key, Refusals.NotExact(field.Key, Encoding.UTF8.GetString(reader.ValueSpan)));
                else if (field.Type == FieldType.Whole && (value < 0 || decimal.Truncate(value) != value)) AddFault(field.Key, Refusals.NotWhole(field.Key, Encoding.UTF8.GetString(reader.ValueSpan)));
                return Value.Of(value);
            case ( >= FieldType.Date, JsonTokenType.String):
                return ReadTime(text, field, slot);
            default:
                AddFault(field.Key, Refusals.WrongType(field.Key, field.Type, Given(ref reader)));
                return Value.Missing;
        }
    }

    private string Interned(ReadOnlySpan<byte> text)
    {
        const int worthFinding = 128;
        return text.Length > worthFinding ? Encoding.UTF8.GetString(text) : _texts[_texts.FindOrAdd(text)];
    }

    private Value ReadTime(ReadOnlySpan<byte> text, Field field, int slot)
    {
        IsoTime.Fault fault;
        if (field.Type != FieldType.Instant && text.Length == IsoTime.DateLength)
        {
            fault = IsoTime.TryReadDay(text, out var day);
            if (fault == IsoTime.Fault.None)
            {
                (_written[slot], _times[slot]) = (Written.AsDay, day);
                return field.Type switch
                {
                    FieldType.Date => Value.DateOf(day),
                    FieldType.From => Value.InstantOf(ChinaTime.StartOf(day)),
                    _ => Value.InstantOf(ChinaTime.StartOf(day + 1)),
                };
            }
        }
        else
        {
            fault = IsoTime.TryReadInstant(text, out var instant);
            if (fault == IsoTime.Fault.None)
            {
                (_written[slot], _times[slot]) = (Written.AsInstant, instant);
                return field.Type == FieldType.Date ? Value.DateOf(ChinaTime.DayOf(instant)) : Value.InstantOf(instant);
            }
        }
        AddFault(field.Key, Refusals.BadTime(field.Key, field.Type, Encoding.UTF8.GetString(text), fault));
        return Value.Missing;
    }

    /// <summary>Goes past a value that is not judged, and gives its print: numbers by value, the keys of an object in any order.</summary>
    /// <param name="under">The key in <c>data</c> or in the envelope under which it stands, for messages.</param>
    private Fingerprint ReadValue(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> under)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Fingerprint.Of(TextOf(ref reader, ref _textScratch, under), TextRole);
            case JsonTokenType.Number:
                var number = JsonNumber.Read(reader.ValueSpan, ref _digitScratch);
                if (number.IsBeyondLimit) AddFault(FieldName(under), Refusals.BeyondExponent(FieldName(under)));
                return number.Print();
            case JsonTokenType.StartArray:
                var items = Fingerprint.Of(0, 0, ArrayRole);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items = Fingerprint.Join(items, ReadValue(ref reader, under));
                return items;
            case JsonTokenType.StartObject:
                var members = Fingerprint.Of(0, 0, ObjectRole);
                var keys = new KeyWatch(_openKeys);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = TextOf(ref reader, ref _keyScratch, under);
                    var key = Fingerprint.Of(name, KindPlan.KeyRole);
                    if (!keys.Add(key)) AddFault(Encoding.UTF8.GetString(name), Refusals.KeyTwice(Encoding.UTF8.GetString(name)));
                    reader.Read();
                    members += Fingerprint.Join(key, ReadValue(ref reader, under));
                }
                keys.Close();
                return Fingerprint.Join(members, members);
            default:
                return Fingerprint.Of((ulong)reader.TokenType, 0, WordRole);
        }
    }

    /// <summary>The keys of one open object, on a stack shared by the objects it lies in; more than a few of them are looked up.</summary>
    private struct KeyWatch(List<Fingerprint> open)
    {
        private readonly int _first = open.Count;
        private HashSet<Fingerprint>? _many;

        /// <summary>False when the object has the key already.</summary>
        public bool Add(Fingerprint key)
        {
            if (_many is not null) return _many.Add(key);
            for (var at = _first; at < open.Count; at++)
                if (open[at] == key) return false;
            open.Add(key);
            if (open.Count - _first > FewKeys) _many = [.. open[_first..]];
            return true;
        }

        public readonly void Close() => open.RemoveRange(_first, open.Count - _first);
    }
}

using System.Text;
using System.Text.Json;

namespace Yueheng.Facts.Reading;

internal sealed partial class LineParser
{
    private const ulong ObjectRole = 0x6f62, ArrayRole = 0x6172, WordRole = 0x776f;

    // An object with more keys than this looks them up instead of going through them.
    private const int FewKeys = 24;

    // A longer text is hardly ever said twice.
    private const int WorthFinding = 128;

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

        At(ref reader);
        var start = _place;
        Value[]? values = null;
        var keys = new KeyWatch(_openKeys);
        var print = default(Fingerprint);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            At(ref reader);
            var raw = reader.ValueSpan;
            var name = TextOf(ref reader, ref _keyScratch, raw);
            var key = Fingerprint.OfText(name);
            if (!keys.Add(key)) AddFault(Encoding.UTF8.GetString(name), Refusals.KeyTwice(Encoding.UTF8.GetString(name)));
            var slot = plan.SlotOf(name, key);
            reader.Read();
            At(ref reader);
            if (reader.TokenType == JsonTokenType.Null) continue;    // null counts as absent, in what is read and in what is the same content
            if (slot < 0) print += Fingerprint.Join(key, ReadValue(ref reader, raw));
            else
            {
                values ??= plan.Defaults.AsSpan().ToArray();
                print += Fingerprint.Join(key, ReadField(ref reader, raw, plan.Fields[slot], slot, ref values[slot]));
            }
        }
        keys.Close();
        _place = start;
        Check(plan);
        return new(values, print);
    }

    private Data NoData(KindPlan plan)
    {
        foreach (var slot in plan.Required) AddFault(plan.Fields[slot].Name, Refusals.AmountAbsent(plan.Fields[slot].Name));
        return default;
    }

    private void Check(KindPlan plan)
    {
        foreach (var slot in plan.Required)
            if (_written[slot] == Written.Not) AddFault(plan.Fields[slot].Name, Refusals.AmountAbsent(plan.Fields[slot].Name));
        foreach (var (from, to) in plan.Spans)
            if (IsAfter(from, to)) AddFault(plan.Fields[from].Name, Refusals.EndsBeforeItBegins(plan.Fields[from].Name, plan.Fields[to].Name));
    }

    // As written, whatever the types make of it: a day is the whole of it, so from 4 March to 3 March is refused, from 4 March 10:00 to 4 March is not.
    private bool IsAfter(int from, int to) => (_written[from], _written[to]) switch
    {
        (Written.AsDay, Written.AsDay) or (Written.AsInstant, Written.AsInstant) => _times[from] > _times[to],
        (Written.AsDay, Written.AsInstant) => ChinaTime.StartOf((int)_times[from]) > _times[to],
        (Written.AsInstant, Written.AsDay) => _times[from] > ChinaTime.StartOf((int)_times[to] + 1),
        _ => false,
    };

    private Fingerprint ReadField(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> raw, Field field, int slot, ref Value value)
    {
        _written[slot] = Written.Otherwise;
        switch (field.Type, reader.TokenType)
        {
            case (FieldType.Text, JsonTokenType.String):
                var text = TextOf(ref reader, ref _textScratch, raw);
                var print = Fingerprint.OfText(text);
                value = Value.Of(text.Length > WorthFinding ? Encoding.UTF8.GetString(text) : _texts[_texts.FindOrAdd(text, print.High)]);
                return print;
            case (FieldType.Number or FieldType.Whole or FieldType.Amount, JsonTokenType.Number):
                var number = JsonNumber.Read(reader.ValueSpan, ref _digitScratch);
                value = ReadNumber(number, reader.ValueSpan, field);
                return number.Print();
            case ( >= FieldType.Date, JsonTokenType.String):
                var time = TextOf(ref reader, ref _textScratch, raw);
                value = ReadTime(time, field, slot);
                return Fingerprint.OfText(time);
            case (FieldType.YesNo, JsonTokenType.True):
                value = Value.Yes;
                break;
            case (FieldType.YesNo, JsonTokenType.False):
                value = Value.No;
                break;
            default:
                AddFault(field.Name, Refusals.WrongType(field.Name, field.Type, Given(ref reader), reader.TokenType == JsonTokenType.String ? Encoding.UTF8.GetString(reader.ValueSpan) : null));
                break;
        }
        return ReadValue(ref reader, default);
    }

    private Value ReadNumber(in JsonNumber number, ReadOnlySpan<byte> written, Field field)
    {
        if (!number.TryToDecimal(out var value)) AddFault(field.Name, Refusals.NotExact(field.Name, Encoding.UTF8.GetString(written)));
        else if (field.Type == FieldType.Whole && (value < 0 || decimal.Truncate(value) != value)) AddFault(field.Name, Refusals.NotWhole(field.Name, Encoding.UTF8.GetString(written)));
        return Value.Of(value);
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
        AddFault(field.Name, Refusals.BadTime(field.Name, field.Type, Encoding.UTF8.GetString(text), fault));
        return Value.Missing;
    }

    /// <summary>Goes past a value that is not judged, and gives its print: numbers by value, the keys of an object in any order.</summary>
    /// <param name="under">The key in <c>data</c> or in the envelope under which it stands, for messages.</param>
    private Fingerprint ReadValue(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> under)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Fingerprint.OfText(TextOf(ref reader, ref _textScratch, under));
            case JsonTokenType.Number:
                var number = JsonNumber.Read(reader.ValueSpan, ref _digitScratch);
                if (!number.IsBeyondLimit) return number.Print();
                At(ref reader);
                AddFault(FieldName(under), Refusals.BeyondExponent(FieldName(under)));
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
                    var key = Fingerprint.OfText(name);
                    if (!keys.Add(key))
                    {
                        At(ref reader);
                        AddFault(Encoding.UTF8.GetString(name), Refusals.KeyTwice(Encoding.UTF8.GetString(name)));
                    }
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

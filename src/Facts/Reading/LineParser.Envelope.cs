using System.Text;
using System.Text.Json;

namespace Yueheng.Facts.Reading;

internal sealed partial class LineParser
{
    [Flags]
    private enum Keys
    {
        None = 0,
        Id = 1, Contract = 2, Kind = 4, At = 8, Subject = 16,
        Required = Id | Contract | Kind | At | Subject,
        Data = 32, RecordedAt = 64, By = 128, Evidence = 256, Seq = 512, Hash = 1024,
    }

    private static readonly (Keys Key, string Name)[] RequiredNames =
        [(Keys.Id, "id"), (Keys.Contract, "contract"), (Keys.Kind, "kind"), (Keys.At, "at"), (Keys.Subject, "subject")];

    private static Keys KeyOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => Keys.Id,
        2 when name.SequenceEqual("at"u8) => Keys.At,
        2 when name.SequenceEqual("by"u8) => Keys.By,
        3 when name.SequenceEqual("seq"u8) => Keys.Seq,
        4 when name.SequenceEqual("kind"u8) => Keys.Kind,
        4 when name.SequenceEqual("data"u8) => Keys.Data,
        4 when name.SequenceEqual("hash"u8) => Keys.Hash,
        7 when name.SequenceEqual("subject"u8) => Keys.Subject,
        8 when name.SequenceEqual("contract"u8) => Keys.Contract,
        8 when name.SequenceEqual("evidence"u8) => Keys.Evidence,
        10 when name.SequenceEqual("recordedAt"u8) => Keys.RecordedAt,
        _ => Keys.None,
    };

    private void ReadFact(ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        reader.Read();
        At(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            AddFault(null, Refusals.NotAnObject());
            return;
        }

        var seen = Keys.None;
        ulong idPrint = 0;
        int kind = -1, subject = -1, dataFrom = -1, dataTo = -1;
        long at = 0;
        var isForeign = false;
        var data = default(Data);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            At(ref reader);
            var name = TextOf(ref reader, ref _keyScratch, default);
            var key = KeyOf(name);
            if (key == Keys.None || (seen & key) != 0)
            {
                var written = Encoding.UTF8.GetString(name);
                AddFault(written, key == Keys.None ? Refusals.UnknownKey(written) : Refusals.KeyTwice(written));
                reader.Read();
                ReadValue(ref reader, default);
                continue;
            }
            seen |= key;
            reader.Read();
            At(ref reader);
            switch (key)
            {
                case Keys.Id:
                    if (!TryText(ref reader, "id", out var id)) break;
                    _id = Encoding.UTF8.GetString(id);
                    idPrint = Fingerprint.OfText(id).High;
                    break;
                case Keys.Contract:
                    if (!TryText(ref reader, "contract", out var contract)) break;
                    isForeign = !contract.SequenceEqual(_plan.ContractUtf8);
                    if (isForeign) AddFault("contract", Refusals.OtherContract(Encoding.UTF8.GetString(contract), _plan.Contract));
                    break;
                case Keys.Kind:
                    if (TryText(ref reader, "kind", out var kindName)) kind = _kinds.FindOrAdd(kindName);
                    break;
                case Keys.Subject:
                    if (TryText(ref reader, "subject", out var subjectName)) subject = _subjects.FindOrAdd(subjectName);
                    break;
                case Keys.At:
                    if (TryText(ref reader, "at", out var instant)) at = ReadInstant("at", instant);
                    break;
                case Keys.Data:
                    if (reader.TokenType != JsonTokenType.StartObject)
                    {
                        AddFault("data", Refusals.DataNotAnObject(Given(ref reader)));
                        ReadValue(ref reader, "data"u8);
                    }
                    else if (kind >= 0 && (seen & Keys.Contract) != 0) data = ReadData(ref reader, isForeign ? _plan.OfOthers : _plan.Of(kind));
                    else
                    {
                        // What it is has not been read yet; well-formedness is judged now, the fields at the end.
                        dataFrom = (int)reader.TokenStartIndex;
                        reader.Skip();
                        dataTo = (int)reader.BytesConsumed;
                    }
                    break;
                default:
                    ReadExported(ref reader, key);
                    break;
            }
        }
        reader.Read();

        _place = 0;
        foreach (var (key, name) in RequiredNames)
            if ((seen & key) == 0) AddFault(name, Refusals.KeyAbsent(name));
        var plan = isForeign ? _plan.OfOthers : _plan.Of(kind);
        if (dataFrom >= 0)
        {
            var late = new Utf8JsonReader(line[dataFrom..dataTo], Strict);
            late.Read();
            _base = dataFrom;
            data = ReadData(ref late, plan);
            _base = 0;
        }
        else if ((seen & Keys.Data) == 0) data = NoData(plan);
        if (_faults.Count > 0) return;
        _parsed.Add(new Fact(_id!, plan.Kind, _kinds[kind], _subjects[subject], subject, at, data.Fields ?? plan.Defaults, _line), idPrint, data.Print);
    }

    private bool TryText(ref Utf8JsonReader reader, string key, out ReadOnlySpan<byte> text)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            text = TextOf(ref reader, ref _textScratch, reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(key) : default);
            if (!text.IsEmpty) return true;
            AddFault(key, Refusals.EmptyText(key));
            return false;
        }
        text = default;
        AddFault(key, Refusals.NotText(key, Given(ref reader)));
        ReadValue(ref reader, default);
        return false;
    }

    private long ReadInstant(string key, ReadOnlySpan<byte> text)
    {
        var fault = IsoTime.TryReadInstant(text, out var instant);
        if (fault != IsoTime.Fault.None) AddFault(key, Refusals.BadInstant(key, Encoding.UTF8.GetString(text), fault));
        return instant;
    }

    // What an export adds is taken in and judged by nothing here: the verifier reads it.
    private void ReadExported(ref Utf8JsonReader reader, Keys key)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        switch (key)
        {
            case Keys.RecordedAt:
                if (TryText(ref reader, "recordedAt", out var recorded)) ReadInstant("recordedAt", recorded);
                break;
            case Keys.By:
                TryText(ref reader, "by", out _);
                break;
            case Keys.Hash:
                TryText(ref reader, "hash", out _);
                break;
            case Keys.Seq:
                var given = Given(ref reader);
                if (reader.TokenType != JsonTokenType.Number || !JsonNumber.Read(reader.ValueSpan, ref _digitScratch).TryToDecimal(out var seq) || seq < 0 || decimal.Truncate(seq) != seq)
                    AddFault("seq", Refusals.NotSequence(given));
                ReadValue(ref reader, "seq"u8);
                break;
            default:
                ReadEvidence(ref reader);
                break;
        }
    }

    private void ReadEvidence(ref Utf8JsonReader reader)
    {
        var isList = reader.TokenType == JsonTokenType.StartArray;
        if (!isList) ReadValue(ref reader, "evidence"u8);
        else
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                isList &= reader.TokenType is JsonTokenType.StartObject or JsonTokenType.String;
                ReadValue(ref reader, "evidence"u8);
            }
        if (!isList) AddFault("evidence", Refusals.NotEvidence());
    }
}

using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Yueheng.Facts.Reading;

namespace Yueheng.Facts;

/// <summary>
/// The one way to write a fact as bytes. Two lines that <see cref="FactReader"/> accepts say the same fact exactly when their canonical
/// bytes are the same. A golden test pins the form: who changes it breaks every hash chain that was ever printed.
/// <list type="bullet">
/// <item>UTF-8, no white space; the envelope's keys in the order id, contract, kind, at, subject, data; data is always there.</item>
/// <item>The keys of every object inside data in ordinal order (of UTF-16 code units); a key directly in data whose value is null is left out.</item>
/// <item><c>at</c> in UTC with as many digits of a fraction as it needs: <c>2025-03-03T01:00:00.5Z</c>.</item>
/// <item>Numbers plain and as short as they go: <c>1.50</c> is <c>1.5</c>, <c>2e3</c> is <c>2000</c>, <c>-0</c> is <c>0</c>; those longer than 64 characters
/// that way with one digit before the point and an exponent: <c>1.5e400</c>.</item>
/// <item>In texts only the quotation mark, the backslash and U+0000 to U+001F are escaped, by their short form or \u00 and two lower-case digits.</item>
/// </list>
/// The keys of an export (recordedAt, by, evidence, seq, hash) are not content and not written.
/// </summary>
public static class CanonicalJson
{
    private const int LongestPlainNumber = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = LineParser.DeepestNesting };

    /// <summary>The canonical bytes of one fact.</summary>
    /// <param name="line">A line that <see cref="FactReader"/> accepts.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no fact.</exception>
    public static byte[] OfFact(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line, Strict);
        var bytes = new ArrayBufferWriter<byte>(line.Length + 16);
        WriteFact(document.RootElement, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="OfFact"/>
    /// <param name="fact">The parsed line.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void WriteFact(JsonElement fact, IBufferWriter<byte> output)
    {
        WriteText("{\"id\":", Text(fact, "id"), output);
        WriteText(",\"contract\":", Text(fact, "contract"), output);
        WriteText(",\"kind\":", Text(fact, "kind"), output);
        WriteText(",\"at\":", Utc(IsoTime.Parse(Text(fact, "at"))), output);
        WriteText(",\"subject\":", Text(fact, "subject"), output);
        output.Write(",\"data\":"u8);
        if (!fact.TryGetProperty("data", out var data)) output.Write("{}"u8);
        else if (data.ValueKind == JsonValueKind.Object) WriteObject(data, output, member => member.Value.ValueKind != JsonValueKind.Null);
        else throw new FormatException("The data of a fact is an object.");
        output.Write("}"u8);
    }

    /// <summary>The canonical bytes of any JSON value, such as the evidence of a fact.</summary>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, _ => true);
                break;
            case JsonValueKind.Array:
                var separator = "["u8;
                foreach (var item in value.EnumerateArray())
                {
                    output.Write(separator);
                    separator = ","u8;
                    Write(item, output);
                }
                output.Write(separator is [(byte)'['] ? "[]"u8 : "]"u8);
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                WriteNumber(JsonMarshal.GetRawUtf8Value(value), output);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static string Text(JsonElement fact, string key) =>
        fact.ValueKind == JsonValueKind.Object && fact.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"A fact has a text {key}.");

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output, Func<JsonProperty, bool> isKept)
    {
        var members = value.EnumerateObject().Where(isKept).Select(member => KeyValuePair.Create(member.Name, member.Value)).ToArray();
        Array.Sort(members, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        var separator = "{"u8;
        foreach (var (key, member) in members)
        {
            output.Write(separator);
            separator = ","u8;
            WriteText(key, output);
            output.Write(":"u8);
            Write(member, output);
        }
        output.Write(members.Length == 0 ? "{}"u8 : "}"u8);
    }

    internal static void WriteText(string before, string text, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(before, output);
        WriteText(text, output);
    }

    /// <summary>The canonical bytes of a text, quotation marks included.</summary>
    public static void WriteText(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(rest[..at], output);
            Encoding.UTF8.GetBytes(Escape(rest[at]), output);
            rest = rest[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(rest, output);
        output.Write("\""u8);
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '"', '\\']);

    private static string Escape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
    };

    private static void WriteNumber(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        var scratch = Array.Empty<byte>();
        var number = JsonNumber.Read(raw, ref scratch);
        if (number.IsBeyondLimit) throw new FormatException("A number of a fact has an exponent that is counted.");
        if (number.IsNegative && !number.IsZero) output.Write("-"u8);

        var digits = number.ManyDigits.IsEmpty ? Encoding.UTF8.GetBytes(number.Digits.ToString(CultureInfo.InvariantCulture)) : number.ManyDigits;
        var point = digits.Length + number.Exponent;     // how many digits stand before the point
        var length = point <= 0 ? 2 - point + digits.Length : Math.Max(point, digits.Length + 1);
        if (length > LongestPlainNumber)
        {
            output.Write(digits[..1]);
            if (digits.Length > 1) output.Write("."u8);
            output.Write(digits[1..]);
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"e{point - 1}"), output);
        }
        else if (point <= 0)
        {
            output.Write("0."u8);
            for (; point < 0; point++) output.Write("0"u8);
            output.Write(digits);
        }
        else if (point < digits.Length)
        {
            output.Write(digits[..(int)point]);
            output.Write("."u8);
            output.Write(digits[(int)point..]);
        }
        else
        {
            output.Write(digits);
            for (; point > digits.Length; point--) output.Write("0"u8);
        }
    }

    /// <summary>The canonical text of an instant: UTC, as many digits of a fraction as it needs.</summary>
    /// <param name="instant">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    public static string Utc(long instant)
    {
        var day = (int)ChinaTime.FloorDivide(instant, ChinaTime.Day);
        var time = instant - day * ChinaTime.Day;
        var (seconds, fraction) = (time / ChinaTime.Second, time % ChinaTime.Second);
        var text = string.Create(CultureInfo.InvariantCulture, $"{ChinaTime.WriteDate(day)}T{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}");
        return fraction == 0 ? text + "Z" : text + "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0') + "Z";
    }
}

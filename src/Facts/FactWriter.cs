using System.Buffers;
using System.Text;

namespace Yueheng.Facts;

/// <summary>Writes facts as JSON lines, as a simulation makes them.</summary>
public static class FactWriter
{
    /// <summary>Writes one line, its end included.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="contract">The contract's id.</param>
    /// <param name="id">The fact's id.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="at">Nanoseconds since 1970-01-01T00:00:00Z; written with the offset of China.</param>
    /// <param name="subject">The thing it is about.</param>
    /// <param name="data">Keys and values in the order in which they are to stand; missing ones are left out.</param>
    /// <exception cref="ArgumentException">A duration, or a fraction that no decimal holds: facts have no way to write them.</exception>
    public static void Write(IBufferWriter<byte> output, string contract, string id, string kind, long at, string subject, params ReadOnlySpan<(string Key, Value Value)> data)
    {
        CanonicalJson.WriteText("{\"id\":", id, output);
        CanonicalJson.WriteText(",\"contract\":", contract, output);
        CanonicalJson.WriteText(",\"kind\":", kind, output);
        CanonicalJson.WriteText(",\"at\":", ChinaTime.Write(at), output);
        CanonicalJson.WriteText(",\"subject\":", subject, output);
        output.Write(",\"data\":{"u8);
        var separator = "";
        foreach (var (key, value) in data)
        {
            if (value.IsMissing) continue;
            Encoding.UTF8.GetBytes(separator, output);
            separator = ",";
            CanonicalJson.WriteText(key, output);
            output.Write(":"u8);
            Write(value, output);
        }
        output.Write("}}\n"u8);
    }

    private static void Write(in Value value, IBufferWriter<byte> output)
    {
        switch (value.Type)
        {
            case ValueType.Text or ValueType.Date or ValueType.Instant:
                CanonicalJson.WriteText(value.ToString(), output);
                break;
            case ValueType.YesNo:
                output.Write(value.IsYes ? "true"u8 : "false"u8);
                break;
            case ValueType.Number when !value.IsFraction:
                Encoding.UTF8.GetBytes(Numbers.Plain(value), output);
                break;
            default:
                throw new ArgumentException($"Facts cannot write {value.Type}: {value}");
        }
    }
}

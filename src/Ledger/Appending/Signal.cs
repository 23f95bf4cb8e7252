using System.Buffers;
using System.Globalization;
using System.Text;
using Npgsql;
using Yueheng.Facts;

namespace Yueheng.Ledger.Appending;

/// <summary>
/// Tells every node what was put on record, when and if the transaction commits: a notice on the channel <c>yueheng</c>,
/// <c>{"event":"fact","contract":"…","seq":7,"kind":"…","id":"…"}</c>; of several facts at once the last number, without kind and id.
/// </summary>
internal static class Signal
{
    // PostgreSQL takes 8000 bytes; whoever listens needs no name that long.
    private const int LongestName = 200;

    public static NpgsqlBatchCommand Facts(string contract, long seq, string? kind = null, string? id = null) => Of("fact", contract, seq, kind, id);

    public static NpgsqlBatchCommand Claim(string contract, long seq, string type, long number) => Of("claim", contract, seq, type, number.ToString(CultureInfo.InvariantCulture));

    private static NpgsqlBatchCommand Of(string what, string contract, long seq, string? kind, string? id)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        Encoding.UTF8.GetBytes($"{{\"event\":\"{what}\",\"contract\":", bytes);
        CanonicalJson.WriteText(contract, bytes);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"seq\":{seq}"), bytes);
        foreach (var (key, text) in (ReadOnlySpan<(string, string?)>)[("kind", kind), ("id", id)])
        {
            if (text is null or { Length: > LongestName }) continue;
            Encoding.UTF8.GetBytes($",\"{key}\":", bytes);
            CanonicalJson.WriteText(text, bytes);
        }
        Encoding.UTF8.GetBytes("}", bytes);
        return new("select pg_notify('yueheng', $1)") { Parameters = { new() { Value = Encoding.UTF8.GetString(bytes.WrittenSpan) } } };
    }
}

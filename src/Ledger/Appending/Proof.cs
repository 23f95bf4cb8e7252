using System.Buffers;
using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Appending;

/// <summary>The files that prove a fact, by hash and name.</summary>
internal static class Proof
{
    /// <summary>The canonical form of what a line gives; null: it is none that the ledger takes.</summary>
    public static string? Canonical(JsonElement fact)
    {
        if (!fact.TryGetProperty("evidence", out var list) || list.ValueKind == JsonValueKind.Null) return Link.NoEvidence;
        if (list.ValueKind != JsonValueKind.Array || !list.EnumerateArray().All(IsFile)) return null;
        var bytes = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(list, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static bool IsFile(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.EnumerateObject().Count() == 2
        && item.TryGetProperty("sha256", out var hash) && hash.ValueKind == JsonValueKind.String && IsHash(hash.GetString()!)
        && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 };

    internal static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}

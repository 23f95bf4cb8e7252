using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Yueheng.Facts;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>Checkpoints and public keys as JSON: what is handed to the parties, and what lies in a bundle.</summary>
public static class CheckpointFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record WrittenCheckpoint(string Contract, long Number, Anchor Facts, Anchor Claims, string SignedAt, string Reason, string About, string Previous, string Algorithm, string Key, string Signature);

    private sealed record WrittenKey(string Id, string Algorithm, string Pem, string MadeAt, string? Previous = null, string? Endorsement = null);

    public static byte[] Write(IEnumerable<Checkpoint> checkpoints) => JsonSerializer.SerializeToUtf8Bytes(checkpoints.Select(one =>
        new WrittenCheckpoint(one.Contract, one.Number, one.Facts, one.Claims, CanonicalJson.Utc(one.SignedAt), Checkpoint.Word(one.Reason), one.About, one.Previous, one.Algorithm, one.Key, Convert.ToHexStringLower(one.Signature))), Options);

    /// <summary>Reads a list of checkpoints, or a single one; null: it is neither.</summary>
    public static IReadOnlyList<Checkpoint>? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var isOne = json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
            var written = isOne ? [JsonSerializer.Deserialize<WrittenCheckpoint>(json, Options)!] : JsonSerializer.Deserialize<WrittenCheckpoint[]>(json, Options);
            return written is null || written.Any(one => one is null) ? null : [.. written.Select(one =>
                new Checkpoint(one.Contract, one.Number, one.Facts, one.Claims, IsoTime.Parse(one.SignedAt), Checkpoint.ReasonOf(one.Reason) ?? throw new FormatException(), one.About, one.Previous, one.Algorithm, one.Key, Convert.FromHexString(one.Signature)))];
        }
        catch (Exception none) when (none is JsonException or FormatException)
        {
            return null;
        }
    }

    public static byte[] Write(IEnumerable<PublicKey> keys) => JsonSerializer.SerializeToUtf8Bytes(keys.Select(key =>
        new WrittenKey(key.Id, key.Algorithm, Signatures.WritePem(key.Der), CanonicalJson.Utc(key.MadeAt), key.Previous, key.Endorsement is null ? null : Convert.ToHexStringLower(key.Endorsement))), Options);

    /// <summary>Reads a list of public keys; null: it is none, or an id is not that of its key.</summary>
    public static IReadOnlyList<PublicKey>? ReadKeys(ReadOnlySpan<byte> json)
    {
        try
        {
            var written = JsonSerializer.Deserialize<WrittenKey[]>(json, Options);
            return written is null || written.Any(one => one is null) ? null : [.. written.Select(one => Signatures.ReadPem(one.Pem) is { } der && Signatures.IdOf(der) == one.Id
                ? new PublicKey(one.Id, one.Algorithm, der, IsoTime.Parse(one.MadeAt), one.Previous, one.Endorsement is null ? null : Convert.FromHexString(one.Endorsement))
                : throw new FormatException())];
        }
        catch (Exception none) when (none is JsonException or FormatException)
        {
            return null;
        }
    }
}

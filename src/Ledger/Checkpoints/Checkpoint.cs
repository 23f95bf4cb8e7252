using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yueheng.Facts;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>
/// The heads of a contract's two chains, signed: what both parties hold, so that nothing before it can be rewritten unnoticed. Signed are
/// these UTF-8 bytes, without white space; a golden test pins the form.
/// <code>{"checkpoint":1,"contract":"…","number":7,"facts":{"seq":12,"hash":"64 hex digits"},"claims":{"seq":0,"hash":"…"},"signedAt":"2025-03-03T01:00:00Z","reason":"daily","about":"","previous":"64 hex digits","algorithm":"ecdsa-p256-sha256","key":"64 hex digits"}</code>
/// </summary>
/// <param name="Number">From 1 within the contract, without gaps.</param>
/// <param name="Facts">The head of the facts; of none, number 0 and zeros.</param>
/// <param name="Claims">The head of the claims, likewise.</param>
/// <param name="SignedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="About">What it was signed for: the number of a statement; empty for a daily one.</param>
/// <param name="Previous">SHA-256 of the signed bytes of the number before, sixty-four hex digits; of the first, zeros.</param>
/// <param name="Key">The id of the key: SHA-256 of its public half.</param>
public sealed record Checkpoint(
    string Contract, long Number, Anchor Facts, Anchor Claims, long SignedAt, CheckpointReason Reason, string About, string Previous, string Algorithm, string Key, byte[] Signature)
{
    /// <summary>What the first follows.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>The bytes that are signed.</summary>
    public byte[] Signed()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write("{\"checkpoint\":1,\"contract\":"u8);
        CanonicalJson.WriteText(Contract, bytes);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $",\"number\":{Number},\"facts\":{{\"seq\":{Facts.Seq},\"hash\":\"{Facts.Hash}\"}},\"claims\":{{\"seq\":{Claims.Seq},\"hash\":\"{Claims.Hash}\"}},\"signedAt\":\"{CanonicalJson.Utc(SignedAt)}\",\"reason\":\"{Word(Reason)}\",\"about\":"), bytes);
        CanonicalJson.WriteText(About, bytes);
        Encoding.UTF8.GetBytes($",\"previous\":\"{Previous}\",\"algorithm\":\"{Algorithm}\",\"key\":\"{Key}\"}}", bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the signed bytes: what the next one names as the one before.</summary>
    public string Print() => Convert.ToHexStringLower(SHA256.HashData(Signed()));

    public static string Word(CheckpointReason reason) => reason switch
    {
        CheckpointReason.Daily => "daily",
        CheckpointReason.Statement => "statement",
        _ => "asked",
    };

    /// <summary>The reason that a word stands for; null: none.</summary>
    public static CheckpointReason? ReasonOf(string word) => Enum.GetValues<CheckpointReason>().Cast<CheckpointReason?>().FirstOrDefault(reason => Word(reason!.Value) == word);
}

public enum CheckpointReason
{
    /// <summary>Once a day.</summary>
    Daily,
    /// <summary>A statement was issued.</summary>
    Statement,
    /// <summary>Somebody asked, as for an export.</summary>
    Asked,
}

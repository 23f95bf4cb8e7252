using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yueheng.Facts;

namespace Yueheng.Ledger.Chain;

/// <summary>
/// One link of a contract's chain: the SHA-256 of these UTF-8 bytes, without white space, so that anyone with a JSON tool can recompute it:
/// <code>{"seq":7,"recordedAt":"2025-03-03T01:00:00.5Z","by":"li","evidence":[…],"previous":"64 hex digits","fact":{…}}</code>
/// <c>evidence</c> and <c>fact</c> as <see cref="CanonicalJson"/> writes them; <c>previous</c> is the hash before, of the first link
/// <see cref="Genesis"/>. A golden test pins the form: who changes it breaks every head that was ever printed.
/// </summary>
public static class Link
{
    /// <summary>What the first link follows: thirty-two zeros.</summary>
    public static ReadOnlySpan<byte> Genesis => new byte[32];

    /// <summary>No evidence, as canonical bytes.</summary>
    public const string NoEvidence = "[]";

    /// <summary>The hash of one link, thirty-two bytes.</summary>
    /// <param name="recordedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="evidence">Canonical bytes.</param>
    /// <param name="fact">Canonical bytes.</param>
    public static byte[] Hash(long seq, long recordedAt, string by, ReadOnlySpan<byte> evidence, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> fact)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + evidence.Length + fact.Length);
        Write(seq, recordedAt, by, evidence, previous, fact, bytes);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>The bytes that are hashed.</summary>
    /// <inheritdoc cref="Hash"/>
    public static void Write(long seq, long recordedAt, string by, ReadOnlySpan<byte> evidence, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> fact, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"recordedAt\":\"{CanonicalJson.Utc(recordedAt)}\",\"by\":"), output);
        CanonicalJson.WriteText(by, output);
        output.Write(",\"evidence\":"u8);
        output.Write(evidence);
        output.Write(",\"previous\":\""u8);
        Encoding.UTF8.GetBytes(Convert.ToHexStringLower(previous), output);
        output.Write("\",\"fact\":"u8);
        output.Write(fact);
        output.Write("}"u8);
    }
}

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims;

/// <summary>
/// One step of a claim as it is recorded. Its hash is the SHA-256 of these UTF-8 bytes, without white space; a golden test pins the form:
/// <code>{"contract":"…","seq":7,"recordedAt":"2025-03-03T01:00:00Z","by":"li","claim":3,"type":"excuse","step":"proposed","side":"provider","content":{…},"facts":[…],"previous":"64 hex digits"}</code>
/// </summary>
/// <param name="Seq">Its number among all steps of all claims of the contract, from 1 without gaps.</param>
/// <param name="Claim">The claim's number, from 1.</param>
/// <param name="Side">Whom whoever took the step speaks for.</param>
/// <param name="RecordedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Content">Canonical JSON: reason, evidence, and what the step says beside.</param>
/// <param name="Facts">Canonical JSON: what it proposes, <c>[{"evidence":[…],"fact":{…}}]</c>.</param>
public sealed record ClaimEvent(
    string Contract, long Seq, long Claim, string Type, string Step, string Side, string By, long RecordedAt, byte[] Content, byte[] Facts, byte[] Previous, byte[] Hash)
{
    internal const string Columns = "contract, seq, claim, type, step, side, by, recorded_at, content, facts, previous, hash";

    /// <summary>The hash that this content has under a number and after a link.</summary>
    public byte[] Link(long seq, ReadOnlySpan<byte> previous)
    {
        var bytes = new ArrayBufferWriter<byte>(512 + Content.Length + Facts.Length);
        WriteBody(seq, bytes);
        Encoding.UTF8.GetBytes($",\"previous\":\"{Convert.ToHexStringLower(previous)}\"}}", bytes);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>Writes the line of an export, its end included: as it is hashed, but with its own hash in the place of the one before.</summary>
    public void WriteLine(IBufferWriter<byte> output)
    {
        WriteBody(Seq, output);
        Encoding.UTF8.GetBytes($",\"hash\":\"{Convert.ToHexStringLower(Hash)}\"}}\n", output);
    }

    private void WriteBody(long seq, IBufferWriter<byte> output)
    {
        output.Write("{\"contract\":"u8);
        CanonicalJson.WriteText(Contract, output);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"seq\":{seq},\"recordedAt\":\"{CanonicalJson.Utc(RecordedAt)}\",\"by\":"), output);
        CanonicalJson.WriteText(By, output);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"claim\":{Claim}"), output);
        foreach (var (key, text) in (ReadOnlySpan<(string, string)>)[("type", Type), ("step", Step), ("side", Side)])
        {
            Encoding.UTF8.GetBytes($",\"{key}\":", output);
            CanonicalJson.WriteText(text, output);
        }
        output.Write(",\"content\":"u8);
        output.Write(Content);
        output.Write(",\"facts\":"u8);
        output.Write(Facts);
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using Yueheng.Facts;

namespace Yueheng.Ledger.Chain;

/// <summary>One row of the ledger: a fact, and what the ledger says of it.</summary>
/// <param name="Seq">Its number within the contract, from 1 without gaps.</param>
/// <param name="At">When it happened, as the row repeats it; nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="RecordedAt">When the ledger learned of it, never earlier than that of the number before.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Evidence">Canonical JSON.</param>
/// <param name="Fact">Canonical JSON.</param>
public sealed record RecordedFact(
    string Contract, long Seq, string Id, string Kind, string Subject, long At, long RecordedAt, string By, byte[] Evidence, byte[] Fact, byte[] Previous, byte[] Hash)
{
    /// <summary>Writes the line of an export, its end included: the canonical fact with what the ledger adds; <see cref="FactReader"/> accepts it.</summary>
    public void WriteLine(IBufferWriter<byte> output)
    {
        output.Write(Fact.AsSpan(0, Fact.Length - 1));
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"seq\":{Seq},\"recordedAt\":\"{CanonicalJson.Utc(RecordedAt)}\",\"by\":"), output);
        CanonicalJson.WriteText(By, output);
        output.Write(",\"evidence\":"u8);
        output.Write(Evidence);
        Encoding.UTF8.GetBytes($",\"hash\":\"{Convert.ToHexStringLower(Hash)}\"}}\n", output);
    }
}

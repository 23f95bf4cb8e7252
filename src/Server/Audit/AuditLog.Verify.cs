using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yueheng.Server.Access;

namespace Yueheng.Server.Audit;

public sealed partial class AuditLog
{
    /// <summary>Recomputes the chain of the log.</summary>
    /// <param name="caller">The audit administrator: to anybody else the log is empty.</param>
    internal async Task<AuditVerification> Verify(Caller caller, CancellationToken cancellation)
    {
        // One moment for lines and head, while others add.
        await using var sight = await Sight.Of(database, caller, cancellation, IsolationLevel.RepeatableRead);
        var (seq, previous) = (0L, new byte[32]);
        string? first = null;
        await using (var command = sight.Command("select seq, at, actor, action, contract, about, detail, address, previous, hash from server.audit order by seq"))
        {
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (first is null && await reader.ReadAsync(cancellation))
            {
                var hash = reader.GetFieldValue<byte[]>(9);
                if (reader.GetInt64(0) != seq + 1) first = $"缺少第 {seq + 1} 行：其后是第 {reader.GetInt64(0)} 行。";
                else if (!reader.GetFieldValue<byte[]>(8).AsSpan().SequenceEqual(previous)) first = $"第 {seq + 1} 行不接在第 {seq} 行之后：两者之一被改写。";
                else if (!Hash(previous, [.. Enumerable.Range(0, 8).Select(column => column < 2 ? reader.GetInt64(column).ToString(CultureInfo.InvariantCulture) : reader.GetString(column))]).AsSpan().SequenceEqual(hash))
                    first = $"第 {seq + 1} 行被改动：内容与散列值不符。";
                (seq, previous) = (seq + 1, hash);
            }
        }
        if (first is null)
        {
            var (headSeq, headHash) = (await sight.Rows("select seq, hash from server.audit_head", reader => (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellation)).Single();
            if (headSeq > seq) first = $"缺少第 {seq + 1} 行：链头指向第 {headSeq} 行。";
            else if (headSeq < seq) first = $"第 {headSeq + 1} 行在链头之后，未经程序记录。";
            else if (!headHash.AsSpan().SequenceEqual(previous)) first = $"第 {seq} 行的散列值与链头所记不同：该行连同散列值一起被改写，或链头被改动。";
        }
        return new(first is null, seq, Convert.ToHexStringLower(previous), first);
    }

    // As server.audit_bytes writes it.
    private static byte[] Hash(byte[] previous, string[] parts)
    {
        using var bytes = new MemoryStream();
        bytes.Write(previous);
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            bytes.Write(Encoding.ASCII.GetBytes(text.Length.ToString(CultureInfo.InvariantCulture) + ":"));
            bytes.Write(text);
        }
        return SHA256.HashData(bytes.ToArray());
    }
}

/// <summary>What came of recomputing the audit log.</summary>
/// <param name="Count">How many lines were read.</param>
/// <param name="Head">The hash of the last.</param>
/// <param name="First">The first thing that is not as it was recorded; null: all is.</param>
internal sealed record AuditVerification(bool Whole, long Count, string Head, string? First);

using System.Buffers;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Verifying;

/// <summary>An export of one contract's facts, whole and in order, as <see cref="FactLedger.Write"/> makes it. Needs no database.</summary>
public static class Export
{
    /// <summary>Recomputes the chain of an export.</summary>
    /// <param name="contract">The contract whose facts it should hold.</param>
    /// <param name="lines">From the first fact to the last; read to the end.</param>
    /// <param name="anchors">Heads that the reader holds: without one, facts missing at the end do not show, nor does a chain rewritten whole.</param>
    public static async Task<Verification> Verify(string contract, Stream lines, IReadOnlyList<Anchor>? anchors = null, CancellationToken cancellation = default)
    {
        var check = new ChainCheck(contract, anchors ?? []);
        FactLineReader? reader = null;
        var (number, place) = (0, 0L);
        await foreach (var line in Lines.Of(lines, cancellation))
        {
            if (number++ % 5000 == 0) reader = new FactLineReader(contract, new Vocabulary([], []), "export");
            var (fact, faults) = reader!.Read(line, number);
            if (faults.Count > 0) check.Add(ChainRow.Unreadable(++place, faults[0].Fact, faults[0].Message));
            else if (fact is not null) check.Add(Row(++place, fact, line));
        }
        return check.Finish(null, null);
    }

    private static ChainRow Row(long place, Fact fact, byte[] line)
    {
        using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
        var root = document.RootElement;
        if (!root.TryGetProperty("seq", out var seq) || seq.ValueKind != JsonValueKind.Number || !seq.TryGetInt64(out var number)
            || Text(root, "recordedAt") is not { } recordedAt || Text(root, "by") is not { } by || Text(root, "hash") is not { } hash
            || hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))
            return ChainRow.Unreadable(place, fact.Id, "缺少 seq、recordedAt、by 或 hash，或写法不对");
        var evidence = new ArrayBufferWriter<byte>();
        if (root.TryGetProperty("evidence", out var list) && list.ValueKind == JsonValueKind.Array) CanonicalJson.Write(list, evidence);
        else evidence.Write("[]"u8);
        var (instant, proof, content) = (IsoTime.Parse(recordedAt), evidence.WrittenSpan.ToArray(), CanonicalJson.OfFact(line));
        return new ChainRow(number, fact.Id, instant, null, Convert.FromHexString(hash), null, (at, previous) => Link.Hash(at, instant, by, proof, previous, content));
    }

    private static string? Text(JsonElement root, string key) => root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

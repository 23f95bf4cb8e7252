using System.Buffers;
using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Claims;

/// <summary>An export of the steps of one contract's claims, whole and in order, as <see cref="ClaimBook.Write"/> makes it. Needs no database.</summary>
public static class ClaimExport
{
    // A step that proposes a batch is as long as its facts.
    private const int Deepest = 70;

    /// <summary>Recomputes the chain of an export.</summary>
    /// <param name="contract">The contract whose claims it should hold.</param>
    /// <param name="lines">From the first step to the last; read to the end.</param>
    /// <param name="anchors">Heads that the reader holds: without one, steps missing at the end do not show, nor does a chain rewritten whole.</param>
    public static async Task<Verification> Verify(string contract, Stream lines, IReadOnlyList<Anchor>? anchors = null, CancellationToken cancellation = default)
    {
        var check = new ChainCheck(contract, anchors ?? [], "申请步骤");
        using var reader = new StreamReader(lines, new UTF8Encoding(false, true), leaveOpen: true);
        var place = 0L;
        while (await NextLine(reader, cancellation) is { } line)
        {
            place++;
            if (Read(line) is not { } step) check.Add(ChainRow.Unreadable(place, null, "内容不是一个申请步骤"));
            else if (step.Contract != contract) check.Add(ChainRow.Unreadable(place, Name(step), $"它属于合同 {step.Contract}"));
            else check.Add(Row(step, null) with { Disagreement = IsAsWritten(step, line) ? null : "写法与账本所写不同" });
        }
        return check.Finish(null, null);
    }

    /// <summary>Reads one line of an export; null: it is none.</summary>
    /// <remarks>The hash before is not on the line and left empty.</remarks>
    public static ClaimEvent? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = Deepest });
            var root = document.RootElement;
            return new(
                Text("contract"), root.GetProperty("seq").GetInt64(), root.GetProperty("claim").GetInt64(), Text("type"), Text("step"), Text("side"), Text("by"), IsoTime.Parse(Text("recordedAt")),
                Raw("content"), Raw("facts"), [], Text("hash") is { Length: 64 } hash ? Convert.FromHexString(hash) : throw new FormatException());

            byte[] Raw(string key) => Encoding.UTF8.GetBytes(root.GetProperty(key).GetRawText());
            string Text(string key) => root.GetProperty(key).GetString() ?? throw new FormatException();
        }
        catch (Exception broken) when (broken is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    internal static ChainRow Row(ClaimEvent step, byte[]? previous) => new(step.Seq, Name(step), step.RecordedAt, previous, step.Hash, null, step.Link);

    private static string Name(ClaimEvent step) => $"{step.Claim}/{step.Step}";

    private static async Task<string?> NextLine(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation);
        }
        catch (DecoderFallbackException)
        {
            return "";
        }
    }

    // What is not part of the form would not be part of the hash.
    private static bool IsAsWritten(ClaimEvent step, string line)
    {
        var bytes = new ArrayBufferWriter<byte>(line.Length + 16);
        step.WriteLine(bytes);
        return bytes.WrittenSpan[..^1].SequenceEqual(Encoding.UTF8.GetBytes(line));
    }
}

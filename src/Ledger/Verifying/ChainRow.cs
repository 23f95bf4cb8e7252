using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Verifying;

/// <summary>A row as it was found, with whatever was done to it.</summary>
/// <param name="Id">As far as it can be read.</param>
/// <param name="Previous">The hash that it names as the one before; an export does not say.</param>
/// <param name="Hash">As it stands; empty when it is none.</param>
/// <param name="Disagreement">Why it cannot be what was recorded, whatever its hash says: it is no fact, or its columns contradict the fact.</param>
internal sealed record ChainRow(long Seq, string? Id, long RecordedAt, string By, byte[] Evidence, byte[] Fact, byte[]? Previous, byte[] Hash, string? Disagreement)
{
    public bool IsHashOf(long seq, ReadOnlySpan<byte> previous) => IsHashOf(seq, previous, Hash);

    /// <summary>Whether this content, under a number and after a link, gives a hash.</summary>
    public bool IsHashOf(long seq, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> hash) => Link.Hash(seq, RecordedAt, By, Evidence, previous, Fact).AsSpan().SequenceEqual(hash);
}

namespace Yueheng.Ledger.Verifying;

/// <summary>The hash that the content of a row has under a number and after a link.</summary>
internal delegate byte[] Linked(long seq, ReadOnlySpan<byte> previous);

/// <summary>A row as it was found, with whatever was done to it.</summary>
/// <param name="Id">As far as it can be read.</param>
/// <param name="Previous">The hash that it names as the one before; an export does not say.</param>
/// <param name="Hash">As it stands; empty when it is none.</param>
/// <param name="Disagreement">Why it cannot be what was recorded, whatever its hash says: it is no fact, or its columns contradict the fact.</param>
/// <param name="Content">All of it but its place, as it is hashed.</param>
internal sealed record ChainRow(long Seq, string? Id, long RecordedAt, byte[]? Previous, byte[] Hash, string? Disagreement, Linked Content)
{
    /// <summary>Holds the place of a row that cannot be read, so that what is said of it names the number that should stand there.</summary>
    public static ChainRow Unreadable(long place, string? id, string why) => new(place, id, 0, null, [], why, (_, _) => new byte[32]);

    public bool IsHashOf(long seq, ReadOnlySpan<byte> previous) => IsHashOf(seq, previous, Hash);

    /// <summary>Whether this content, under a number and after a link, gives a hash.</summary>
    public bool IsHashOf(long seq, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> hash) => Content(seq, previous).AsSpan().SequenceEqual(hash);
}

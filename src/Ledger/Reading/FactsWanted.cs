namespace Yueheng.Ledger.Reading;

/// <summary>Which facts of a contract; nothing said, all of them.</summary>
/// <param name="After">Only those with a greater number.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Subject">Only those about this.</param>
/// <param name="RecordedUpTo">Only what was known then: recorded at this instant or before; nanoseconds since 1970-01-01T00:00:00Z.</param>
public sealed record FactsWanted(long After = 0, string? Kind = null, string? Subject = null, long? RecordedUpTo = null)
{
    public static FactsWanted All { get; } = new();
}

namespace Yueheng.Ledger.Reading;

/// <summary>Which facts of a contract; nothing said, all of them.</summary>
/// <param name="After">Only those with a greater number.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Subject">Only those about this.</param>
/// <param name="RecordedUpTo">Only what was known then: recorded at this instant or before; nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Before">Only those with a smaller number.</param>
/// <param name="Id">Only that one.</param>
/// <param name="From">Only what happened at this instant or later; nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="To">Only what happened before this instant.</param>
/// <param name="Text">Only those that say this anywhere, capital letters or not.</param>
/// <param name="NewestFirst">The greatest number first.</param>
/// <param name="Most">No more than so many.</param>
public sealed record FactsWanted(
    long After = 0, string? Kind = null, string? Subject = null, long? RecordedUpTo = null, long? Before = null, string? Id = null, long? From = null, long? To = null, string? Text = null, bool NewestFirst = false, int? Most = null)
{
    public static FactsWanted All { get; } = new();

    /// <summary>Only those that name files as their evidence.</summary>
    public bool WithEvidence { get; init; }

    /// <summary>None of these kinds.</summary>
    public IReadOnlyCollection<string> WithoutKinds { get; init; } = [];

    /// <summary>None that has any of these keys inside <c>data</c>, however deep.</summary>
    public IReadOnlyCollection<string> WithoutFields { get; init; } = [];
}

namespace Yueheng.Terms.Tracing;

/// <summary>
/// Why a value is what it is: what it is called, its value, the clauses it executes, the facts it rests on, and the values it was
/// made from. Derived on demand from the graph; nothing of it is stored while judging.
/// </summary>
/// <param name="What">In Chinese, for a person who reads contracts.</param>
/// <param name="Value">As written in traces; empty where there is none.</param>
/// <param name="Clauses">Ids of clauses, in the contract's order.</param>
/// <param name="Facts">Ids of facts.</param>
/// <param name="Parts">What it was made from, and what was considered and did not apply.</param>
public sealed record Trace(string What, string Value, IReadOnlyList<string> Clauses, IReadOnlyList<string> Facts, IReadOnlyList<Trace> Parts)
{
    /// <summary>
    /// Which named value of which moment this is: equal wherever the same one is met again, so that a document may open it once.
    /// Null for what has no name.
    /// </summary>
    public object? Term { get; init; }

    /// <summary>The name of the term or of the column that it is the value of, as the contract writes it; null for what stands between.</summary>
    public string? Name { get; init; }

    /// <summary>Its value, and what is below, were taken out for a reader who may not see them.</summary>
    public bool IsMasked { get; init; }

    internal static Trace Leaf(string what, string value = "", params IReadOnlyList<string> facts) => new(what, value, [], facts, []);
    internal static Trace Of(string what, string value, IEnumerable<Trace?> parts) => new(what, value, [], [], [.. parts.OfType<Trace>()]);
}

namespace Yueheng.Facts;

/// <summary>What a contract expects of a field inside <c>data</c> (docs/terms.md, section 2). JSON <c>null</c> counts as absent for all of them.</summary>
public enum FieldType
{
    /// <summary>A JSON string.</summary>
    Text,
    /// <summary><c>true</c> or <c>false</c>.</summary>
    YesNo,
    /// <summary>A JSON number, read exactly as a decimal.</summary>
    Number,
    /// <summary>A whole number, not negative; <c>3.0</c> is whole.</summary>
    Whole,
    /// <summary>A number that must be there: one that is absent is refused, never taken as nought.</summary>
    Amount,
    /// <summary>A date; of an instant, its local date.</summary>
    Date,
    /// <summary>An instant with its offset; a bare date is refused.</summary>
    Instant,
    /// <summary>An instant at which something begins; a bare date means its 00:00.</summary>
    From,
    /// <summary>An instant at which something ends; a bare date means its 24:00.</summary>
    Until,
}

/// <summary>One field that a contract reads.</summary>
/// <param name="Name">The key inside <c>data</c>.</param>
/// <param name="Type">How the value is written and what it becomes.</param>
/// <param name="Default">What an absent field is taken for; <see cref="Value.Missing"/>: nothing, it stays missing.</param>
/// <example><c>new Field("in_scope", FieldType.YesNo, Value.Yes)</c></example>
public sealed record Field(string Name, FieldType Type, Value Default);

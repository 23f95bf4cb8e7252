namespace Yueheng.Facts.Common;

/// <summary>
/// A kind of fact that rooms and contracts share, so that what the one writes the other reads. Contracts may declare kinds of
/// their own beside these.
/// </summary>
/// <param name="Name">What facts carry as <c>kind</c>, in the past tense: <c>incident.reported</c>.</param>
/// <param name="Meaning">In Chinese, for the schema and for people.</param>
/// <param name="Fields">What its <c>data</c> may hold, beside the fields that any fact may have (<see cref="CommonVocabulary.OfAny"/>).</param>
public sealed record CommonKind(string Name, string Meaning, params IReadOnlyList<CommonField> Fields);

/// <summary>A field inside <c>data</c>. None of them must be there: what an absent one means is for each contract to say.</summary>
/// <param name="Type">How it is written; <see cref="FieldType.From"/> and <see cref="FieldType.Until"/> take a date or an instant.</param>
/// <param name="Meaning">In Chinese, with its unit.</param>
public sealed record CommonField(string Name, FieldType Type, string Meaning)
{
    /// <summary>The words in common use, with their meaning. Empty: free text. A contract may know further words of its own.</summary>
    public IReadOnlyList<(string Word, string Meaning)> Words { get; init; } = [];

    /// <summary>What contracts commonly take an absent field for; null: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Numbers that are shares lie between 0 and 1.</summary>
    public bool IsShare { get; init; }

    /// <summary>Several texts may stand in a list. Contracts read single values only; lists are shown.</summary>
    public bool IsList { get; init; }

    /// <summary>Commonly left out.</summary>
    public bool IsOptional { get; init; }
}

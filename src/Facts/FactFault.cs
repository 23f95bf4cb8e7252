namespace Yueheng.Facts;

/// <summary>One reason why a file of facts is refused.</summary>
/// <param name="File">The file's name as it was given to the reader.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Fact">The id of the fact at fault, when known.</param>
/// <param name="Field">The key at fault, when there is one.</param>
/// <param name="Message">One sentence in Chinese that names the fact and the field, and says what to write instead.</param>
public sealed record FactFault(string File, int Line, string? Fact, string? Field, string Message)
{
    /// <summary>The line around the place at fault, for people; null where nothing of it can be shown.</summary>
    public LineExcerpt? Excerpt { get; init; }

    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>What came of reading facts.</summary>
/// <param name="Facts">All of them; null when there is any fault, since half a file proves nothing.</param>
/// <param name="Faults">In the order of the file; after a hundred a last one says that there are more.</param>
public sealed record FactReading(FactSet? Facts, IReadOnlyList<FactFault> Faults);

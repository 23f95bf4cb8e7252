namespace Yueheng.Ledger.Evidence;

/// <summary>A file that was handed in for a contract.</summary>
/// <param name="Sha256">Of its plain bytes, sixty-four lower-case hex digits: what facts name it by.</param>
/// <param name="Name">As it was first handed in.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="RecordedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="By">Who handed it in.</param>
/// <param name="Withdrawal">How it ended; null: it can be read.</param>
public sealed record EvidenceFile(string Contract, string Sha256, string Name, long Size, string Type, long RecordedAt, string By, Withdrawal? Withdrawal);

/// <summary>The record of a destruction: the key and the file are gone, this stays.</summary>
/// <param name="RecordedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public sealed record Withdrawal(long RecordedAt, string By, string Reason);

/// <summary>What the vault answers to a file handed in.</summary>
public abstract record Handing;

/// <summary>It is stored and durable.</summary>
/// <param name="IsNew">False when the contract had it already; then <see cref="File"/> speaks of the first time.</param>
public sealed record Stored(EvidenceFile File, bool IsNew) : Handing;

/// <summary>It is not stored.</summary>
/// <param name="Messages">One sentence in Chinese for each fault.</param>
public sealed record Declined(DeclineReason Reason, IReadOnlyList<string> Messages) : Handing;

public enum DeclineReason
{
    /// <summary>Larger than the vault takes.</summary>
    TooLarge,
    /// <summary>Not of a type that is taken, or not of the type that its name says.</summary>
    Type,
    /// <summary>Its name or text holds what identifies a person.</summary>
    PersonalData,
    /// <summary>The contract had it and withdrew it.</summary>
    Withdrawn,
}

namespace Yueheng.Ledger.Appending;

/// <summary>What the ledger answers to one fact.</summary>
public abstract record Answer;

/// <summary>The fact is on record and durable: it is on disk before this is said.</summary>
/// <param name="Id">The fact's id.</param>
/// <param name="Seq">Its number within the contract.</param>
/// <param name="Hash">Its link of the chain, sixty-four lower-case hex digits.</param>
/// <param name="RecordedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="IsNew">False when the same fact was on record already: then all of this speaks of the first time.</param>
public sealed record Receipt(string Id, long Seq, string Hash, long RecordedAt, bool IsNew) : Answer;

/// <summary>The fact is not recorded.</summary>
/// <param name="Id">Its id, where it could be read.</param>
/// <param name="Reason">Which kind of refusal.</param>
/// <param name="Messages">One sentence in Chinese for each fault.</param>
public sealed record Refused(string? Id, RefusalReason Reason, IReadOnlyList<string> Messages) : Answer
{
    /// <summary>Where a claim is needed, what of the fact makes it one: fields of <c>data</c>, <c>at</c> for a late entry, <c>kind</c> for the whole.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The faults one by one with the key at fault, where the line itself is at fault.</summary>
    public IReadOnlyList<(string? Field, string Message)> Faults { get; init; } = [];
}

public enum RefusalReason
{
    /// <summary>It is no fact of this contract.</summary>
    Invalid,

    /// <summary>Another fact has its id.</summary>
    OtherContent,

    /// <summary>Its author may not put such a fact on record at all.</summary>
    Forbidden,

    /// <summary>Its author may propose it: it is recorded when the others agree.</summary>
    NeedsClaim,
}

/// <summary>The answer to one line of a bulk append.</summary>
/// <param name="Line">From 1.</param>
public sealed record LineAnswer(int Line, Answer Answer);

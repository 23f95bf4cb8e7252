using Yueheng.Ledger.Appending;

namespace Yueheng.Ledger.Claims;

/// <summary>What somebody asks for.</summary>
/// <param name="Facts">The facts to be put on record, each as JSON without a line feed; of a retraction none, or the <c>fact.retracted</c> that says when.</param>
/// <param name="About">The id of the fact to be taken back; of an excuse null where the fact is not yet on record.</param>
/// <param name="Setting">Of a <see cref="ClaimType.Setting"/>, the new limits.</param>
public sealed record Proposal(ClaimType Type, IReadOnlyList<byte[]> Facts, string? About, string Reason, IReadOnlyList<ProofFile> Evidence, Settings? Setting = null);

/// <summary>What comes of a step in a claim.</summary>
public abstract record ClaimAnswer;

/// <summary>The step is taken and durable.</summary>
/// <param name="Claim">The claim with it.</param>
/// <param name="Facts">What it put on record.</param>
public sealed record StepTaken(Claim Claim, IReadOnlyList<Receipt> Facts) : ClaimAnswer;

/// <summary>The step is not taken, and nothing is recorded.</summary>
/// <param name="Messages">One sentence in Chinese for each fault.</param>
public sealed record StepRefused(StepRefusal Reason, IReadOnlyList<string> Messages) : ClaimAnswer
{
    /// <summary>The faults of proposed facts: which of them, from 0, and the key at fault where it is known.</summary>
    public IReadOnlyList<(int Fact, string? Field, string Message)> Faults { get; init; } = [];
}

public enum StepRefusal
{
    /// <summary>What is asked for is no claim, or could not be recorded.</summary>
    Invalid,
    /// <summary>It is not theirs to do.</summary>
    Forbidden,
    /// <summary>No such claim.</summary>
    Unknown,
    /// <summary>Somebody was quicker, or the time for it has not come: the claim or the fact is not in a state for it.</summary>
    NotNow,
}

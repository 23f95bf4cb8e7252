namespace Yueheng.Ledger.Verifying;

/// <summary>What came of recomputing a contract's chain.</summary>
/// <param name="Contract">The contract's id.</param>
/// <param name="Count">How many facts were read.</param>
/// <param name="Head">The hash of the last of them, sixty-four hex digits; of none, zeros.</param>
/// <param name="First">The first thing that is not as it was recorded; null: all is.</param>
public sealed record Verification(string Contract, long Count, string Head, Finding? First)
{
    public bool IsWhole => First is null;
}

/// <summary>One thing that is not as it was recorded.</summary>
/// <param name="Seq">The number at which it shows.</param>
/// <param name="Id">The fact that stands there; null when none does, or it cannot be read.</param>
/// <param name="Message">One sentence in Chinese that says what.</param>
public sealed record Finding(Alteration What, long Seq, string? Id, string Message);

public enum Alteration
{
    /// <summary>The fact, what the ledger says of it, or its hash was changed.</summary>
    Differs,
    /// <summary>A fact that was recorded is gone.</summary>
    Missing,
    /// <summary>A fact stands here that was not recorded here.</summary>
    Inserted,
    /// <summary>A fact that was recorded under another number stands here.</summary>
    Reordered,
    /// <summary>The facts are whole, the head that should name the last of them does not.</summary>
    Head,
}

/// <summary>A head that somebody holds on paper or signed: what the chain must say at that number.</summary>
/// <param name="Seq">A number.</param>
/// <param name="Hash">The hash there, sixty-four hex digits.</param>
public sealed record Anchor(long Seq, string Hash);

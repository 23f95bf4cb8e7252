namespace Yueheng.Ledger.Claims;

/// <summary>What somebody asks for.</summary>
public enum ClaimType
{
    /// <summary>A fact that excuses its own author, or that is not theirs alone to state. The fact without the excuse is recorded at once.</summary>
    Excuse,
    /// <summary>A fact to be taken back.</summary>
    Retraction,
    /// <summary>A fact to be taken back, and another one in its place.</summary>
    Correction,
    /// <summary>补录: facts that happened longer ago than may be recorded without further ado, one or a whole batch.</summary>
    Late,
    /// <summary>拟扣: a person's judgement under a rule, answered by the provider (申辩) and decided by the buyer (核定).</summary>
    Finding,
    /// <summary>Other limits of time for this contract.</summary>
    Setting,
}

/// <summary>Where a claim stands.</summary>
public enum ClaimState
{
    /// <summary>It waits for an answer.</summary>
    Proposed,
    /// <summary>A finding was answered and waits for its decision.</summary>
    Answered,
    /// <summary>A finding was not answered in time and waits for its decision all the same. Silence ends no other claim.</summary>
    Lapsed,
    /// <summary>All whom it concerns agreed, and what it asked for is on record.</summary>
    Accepted,
    /// <summary>Somebody whom it concerns did not agree.</summary>
    Refused,
    /// <summary>A finding was decided: upheld, amended or rejected.</summary>
    Decided,
    /// <summary>Whoever proposed it took it back.</summary>
    Withdrawn,
}

/// <summary>One thing that somebody did about a claim.</summary>
public enum ClaimStep
{
    Proposed,
    /// <summary>Agreed to; of a finding: the provider does not contest it.</summary>
    Accepted,
    /// <summary>Not agreed to; of a finding: the provider argues against it.</summary>
    Contested,
    /// <summary>A finding stands as it was proposed.</summary>
    Upheld,
    /// <summary>A finding stands otherwise than it was proposed.</summary>
    Amended,
    /// <summary>A finding does not stand.</summary>
    Rejected,
    Withdrawn,
}

/// <summary>The words of these in the database and on the wire: <c>excuse</c>, <c>proposed</c>.</summary>
public static class ClaimWords
{
    public static string Word<T>(this T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <exception cref="FormatException">No such word.</exception>
    public static T Of<T>(string word) where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => value!.Value.Word() == word) ?? throw new FormatException($"No {typeof(T).Name}: {word}");

    /// <summary>In Chinese, for people.</summary>
    public static string Title(this ClaimType type) => type switch
    {
        ClaimType.Excuse => "免责申请",
        ClaimType.Retraction => "撤回申请",
        ClaimType.Correction => "更正申请",
        ClaimType.Late => "补录申请",
        ClaimType.Finding => "拟扣认定",
        _ => "时限调整",
    };
}

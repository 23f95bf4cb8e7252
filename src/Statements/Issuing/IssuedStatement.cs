namespace Yueheng.Statements.Issuing;

/// <summary>A statement as it was issued. Nothing of it ever changes; what the parties say of it is kept beside.</summary>
/// <param name="Number">2025-003: the third that was issued in that year.</param>
/// <param name="From">The first day it speaks of.</param>
/// <param name="Through">The last.</param>
/// <param name="AsOf">The instant judged; nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="PackVersion">The version of the text that was judged by.</param>
/// <param name="TermsSha256">Its hash.</param>
/// <param name="LedgerSeq">The last link of the chain that was judged.</param>
/// <param name="FiguresSha256">Of the figures as <see cref="StatementBook.Figures"/> gives them.</param>
public sealed record IssuedStatement(
    string Contract, string Number, DateOnly From, DateOnly Through, long AsOf, long IssuedAt, string By, int PackVersion, string TermsSha256, string Calendar, string CalendarSha256,
    long LedgerSeq, string LedgerHash, string FiguresSha256, string PrintSha256, IReadOnlyList<StatementPoint> Points, StatementCounts Counts, IReadOnlyList<Stand> Stands, Seal? Seal)
{
    /// <summary>Where it stands between the parties.</summary>
    public StatementState State =>
        Seal is not null ? StatementState.Sealed
        : Disputed.Count > 0 || Of("buyer")?.What == StandWord.Disputed || Of("provider")?.What == StandWord.Disputed ? StatementState.Disputed
        : Of("buyer") is not null && Of("provider") is not null ? StatementState.Confirmed
        : StatementState.Issued;

    /// <summary>What a side last said of the whole; null: nothing yet.</summary>
    public Stand? Of(string side) => Stands.LastOrDefault(stand => stand.Side == side && stand.Address is null);

    /// <summary>What a side last said of one figure.</summary>
    public Stand? Of(string side, string address) => Stands.LastOrDefault(stand => stand.Side == side && stand.Address == address);

    /// <summary>The figures that some side disputes, by address.</summary>
    public IReadOnlyList<string> Disputed =>
        [.. Stands.Where(stand => stand.Address is not null).Select(stand => (stand.Side, stand.Address)).Distinct().Where(one => Of(one.Side, one.Address!)!.What == StandWord.Disputed).Select(one => one.Address!).Distinct()];
}

public enum StatementState
{
    /// <summary>One side, or neither, has confirmed it.</summary>
    Issued,
    /// <summary>Both sides have confirmed it, and dispute nothing of it.</summary>
    Confirmed,
    /// <summary>A side disputes it, or one of its figures.</summary>
    Disputed,
    /// <summary>The sealed paper is attached: the assessment is confirmed.</summary>
    Sealed,
}

/// <summary>A figure that the parties are asked about.</summary>
/// <param name="Text">As written on the statement.</param>
/// <param name="Unit">money, points, duration or other.</param>
public sealed record StatementPoint(string Address, string Label, string Text, string Unit);

/// <summary>How the facts of a statement came about.</summary>
/// <param name="Facts">All that were judged.</param>
/// <param name="InPeriod">Of them, those that happened in its period; of these alone the next three speak.</param>
/// <param name="Late">Recorded later after they happened than the contract allows without approval.</param>
/// <param name="Retractions">Facts taken back.</param>
/// <param name="Corrections">Of them, those with another in their place.</param>
/// <param name="ClaimsOpen">Claims of the whole contract that are not yet decided; the next two are of the whole contract, too.</param>
public sealed record StatementCounts(long Facts, long InPeriod, long Late, long Retractions, long Corrections, long ClaimsOpen, long ClaimsAccepted, long ClaimsRefused);

/// <summary>What a party says of a statement, or of one figure of it.</summary>
/// <param name="Address">Null: the statement as a whole.</param>
/// <param name="Side">buyer or provider.</param>
public sealed record Stand(string? Address, string Side, StandWord What, string? Reason, string By, long At);

public enum StandWord
{
    Confirmed,
    Disputed,
}

/// <summary>The seal on the paper.</summary>
/// <param name="Way">scan: the sealed paper was scanned; electronic: a seal server answered.</param>
/// <param name="Sha256">Of the scan, or of the sealed document.</param>
/// <param name="Fact">The <c>assessment.confirmed</c> that it became.</param>
public sealed record Seal(string Way, string Sha256, DateOnly PaperDate, string Fact, string By, long At);

/// <summary>What was asked for cannot be done to this statement, or with these dates; the message says why, in Chinese.</summary>
public sealed class StatementRefusedException(string message) : Exception(message);

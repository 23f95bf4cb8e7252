using Yueheng.Contracts.Linting;

namespace Yueheng.Statements.Shelves;

/// <summary>One version of a contract's text on the shelf.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Kind">The contract as signed, or as amended: always the whole folder, amendments inside.</param>
/// <param name="Name">What the contract is called in it.</param>
/// <param name="InForce">Nanoseconds since 1970-01-01T00:00:00Z: judged at this instant or later, once both parties have agreed, it is the text.</param>
/// <param name="Sha256">Of the folder: <c>sha256sum *.yaml | sha256sum</c>.</param>
/// <param name="By">Who handed it in.</param>
/// <param name="At">When.</param>
public sealed record PackVersion(
    string Contract, int Version, PackKind Kind, string Name, long InForce, string Sha256, IReadOnlyList<PackFinding> Findings, string By, long At, IReadOnlyList<PackAgreement> Agreements)
{
    /// <summary>When the second party agreed; null while one of them has not.</summary>
    public long? AgreedAt => Agreements.Select(agreement => agreement.Side).Distinct().Count() == 2 ? Agreements.Max(agreement => agreement.At) : null;

    /// <summary>Whether both parties had agreed at an instant; null: by now.</summary>
    public bool IsAgreed(long? at = null) => AgreedAt is { } agreed && (at is not { } then || agreed <= then);
}

public enum PackKind
{
    Original,
    Amendment,
}

/// <summary>A party's agreement to a version.</summary>
/// <param name="Side">buyer or provider.</param>
public sealed record PackAgreement(string Side, string By, string? Reason, long At);

/// <summary>What the linter said of a version when it was handed in, kept with it.</summary>
public sealed record PackFinding(string Id, string Grade, string About, IReadOnlyList<string> Clauses, string Message, string File, int Line)
{
    public static PackFinding Of(Finding finding) =>
        new(finding.Id, finding.GradeInWords, finding.About == Yueheng.Contracts.Linting.About.Pack ? "pack" : "paper", finding.Clauses, finding.Message, Path.GetFileName(finding.Position.File), finding.Position.Line);
}

/// <summary>A contract on the shelf.</summary>
public sealed record ShelvedContract(string Id, string Name);

/// <summary>Why a folder does not get onto the shelf: one sentence in Chinese for each fault.</summary>
public sealed class PackRefusedException(IReadOnlyList<PackFault> faults) : Exception(string.Join('\n', faults.Select(fault => fault.Message)))
{
    public IReadOnlyList<PackFault> Faults { get; } = faults;
}

public sealed record PackFault(string File, int Line, string Message);

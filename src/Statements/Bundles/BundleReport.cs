using Yueheng.Ledger.Checkpoints;

namespace Yueheng.Statements.Bundles;

/// <summary>What the reader of a bundle holds that did not come with it.</summary>
/// <param name="Keys">Public keys, SubjectPublicKeyInfo in DER.</param>
/// <param name="Checkpoints">Checkpoints that he was given earlier.</param>
public sealed record BundleTrust(IReadOnlyList<byte[]> Keys, IReadOnlyList<Checkpoint> Checkpoints)
{
    public static BundleTrust Nothing { get; } = new([], []);

    public bool IsNothing => Keys.Count == 0 && Checkpoints.Count == 0;
}

/// <summary>What came of verifying a bundle.</summary>
/// <param name="Facts">How many were read; likewise the counts that follow.</param>
/// <param name="Files">Files of evidence in the bundle, each hashed.</param>
/// <param name="Head">The hash of the last fact.</param>
/// <param name="Key">The id of the key that signed the bundle; null: none did.</param>
/// <param name="First">The first thing that differs; null: nothing does.</param>
/// <param name="Notes">What the reader should know beside, each one sentence in Chinese.</param>
public sealed record BundleReport(
    string Contract, string Name, string MadeAt, string By, long Facts, long Claims, int Checkpoints, int Evidence, int Files, int Figures, int Statements, string Head, string? Key, BundleDifference? First, IReadOnlyList<string> Notes)
{
    public bool IsWhole => First is null;
}

/// <summary>One thing of a bundle that is not what it should be.</summary>
/// <param name="Where">The member of the bundle; with what stands in it, where that can be said.</param>
/// <param name="Message">One sentence in Chinese.</param>
public sealed record BundleDifference(BundlePart What, string Where, string Message);

public enum BundlePart
{
    Keys,
    Checkpoints,
    Facts,
    Claims,
    Evidence,
    Terms,
    Calendar,
    Statements,
    Figures,
    /// <summary>The list of members, or a member that it does not name.</summary>
    Manifest,
    /// <summary>The signature of the bundle.</summary>
    Signature,
    /// <summary>All fits together, but it was not signed by whom the reader trusts, or does not continue what he holds.</summary>
    Trust,
}

/// <summary>The file is no bundle that can be looked at; the message, in Chinese, says why.</summary>
public sealed class BundleUnusableException(string message) : Exception(message);

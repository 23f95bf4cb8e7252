using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Yueheng.Statements.Bundles;

/// <summary>
/// What a bundle says of itself: <c>manifest.json</c>, signed as the bytes that it is by <c>manifest.sig.json</c>. All other members are
/// named in it with their hashes, so the signature is over everything.
/// </summary>
/// <param name="Bundle">The version of this form: 1.</param>
/// <param name="Name">What the contract is called.</param>
/// <param name="MadeAt">An instant in UTC.</param>
/// <param name="By">Who had it made.</param>
/// <param name="AsOf">The instant at which <c>figures.json</c> is judged.</param>
/// <param name="Judged">The version of the text that it is judged by.</param>
/// <param name="Checkpoint">The number of the checkpoint that was signed for it; its heads are where facts and claims end, or claims went on.</param>
/// <param name="Files">Whether the files of evidence are in it.</param>
internal sealed record Manifest(
    int Bundle, string Contract, string Name, string MadeAt, string By, string AsOf, int Judged, long Checkpoint, bool Files, IReadOnlyList<ManifestText> Terms, IReadOnlyList<ManifestCalendar> Calendars, IReadOnlyList<ManifestMember> Members)
{
    public const int Version = 1;
    public const string Path = "manifest.json", SignaturePath = "manifest.sig.json", Facts = "facts.ndjson", Claims = "claims.ndjson", Checkpoints = "checkpoints.json", Keys = "keys.json",
        Evidence = "evidence.json", Figures = "figures.json", Statements = "statements.json", TermsFolder = "terms", CalendarFolder = "calendars", EvidenceFolder = "files", StatementFolder = "statements";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public ManifestMember? Find(string path) => Members.FirstOrDefault(member => member.Path == path);
}

/// <param name="InForce">From when it is judged by; in UTC.</param>
/// <param name="Sha256">Of the folder: <c>sha256sum *.yaml | sha256sum</c>.</param>
/// <param name="Folder">Where in the bundle it lies.</param>
internal sealed record ManifestText(int Version, string Kind, string InForce, string Sha256, string Folder);

/// <param name="Sha256">Of the folder, likewise.</param>
internal sealed record ManifestCalendar(string Name, string Sha256, string Folder);

internal sealed record ManifestMember(string Path, long Size, string Sha256);

/// <param name="Key">The id of the key.</param>
/// <param name="Signature">Hexadecimal.</param>
internal sealed record ManifestSignature(string Algorithm, string Key, string Signature);

/// <summary>A file of evidence as <c>evidence.json</c> lists it.</summary>
/// <param name="RecordedAt">In UTC.</param>
internal sealed record ListedEvidence(string Sha256, string Name, long Size, string Type, string RecordedAt, string By, ListedWithdrawal? Withdrawn = null);

internal sealed record ListedWithdrawal(string At, string By, string Reason);

/// <summary>A statement as <c>statements.json</c> lists it; its figures and its print lie beside, under its number.</summary>
/// <param name="AsOf">Instants are in UTC.</param>
/// <param name="Version">Of the text that was judged by.</param>
/// <param name="Stands">What the parties said of it, in order.</param>
internal sealed record ListedStatement(
    string Number, string From, string Through, string AsOf, string IssuedAt, string By, int Version, string TermsSha256, string Calendar, string CalendarSha256, long LedgerSeq, string LedgerHash,
    string FiguresSha256, string PrintSha256, string State, IReadOnlyList<ListedStand> Stands, ListedSeal? Seal = null);

internal sealed record ListedStand(string Side, string Stand, string By, string At, string? Address = null, string? Reason = null);

internal sealed record ListedSeal(string Way, string Sha256, string PaperDate, string Fact, string By, string At);

using System.Collections.Frozen;
using Yueheng.Facts;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Claims;

/// <summary>What the record says of a fact beside the fact: whether it came late, what became of it, and which claim is about it.</summary>
/// <param name="IsLate">It was recorded, or proposed, later than the limit that held then.</param>
/// <param name="RetractedBy">The id of the fact that takes it back.</param>
/// <param name="Claim">The number of the last claim that put it on record or is about it.</param>
public readonly record struct Mark(bool IsLate, string? RetractedBy, long? Claim);

/// <summary>The marks of the facts of one contract, as they stood at one moment.</summary>
public sealed class FactMarks
{
    private readonly FrozenDictionary<string, Claim> _recording;
    private readonly FrozenDictionary<string, long> _about;
    private readonly FrozenDictionary<string, string> _retracted;
    private readonly IReadOnlyList<(long Since, Settings Settings)> _settings;

    internal FactMarks(IReadOnlyList<Claim> claims, IReadOnlyList<(string Id, string Fact)> retractions, IReadOnlyList<(long Since, Settings Settings)> settings)
    {
        Claims = claims;
        _settings = settings;
        _recording = claims.SelectMany(claim => claim.Recorded.Select(id => KeyValuePair.Create(id, claim))).DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.Ordinal);
        _about = claims.Where(claim => claim.About is not null).GroupBy(claim => claim.About!).ToFrozenDictionary(same => same.Key, same => same.Last().Number, StringComparer.Ordinal);
        _retracted = retractions.DistinctBy(retraction => retraction.Fact).ToFrozenDictionary(retraction => retraction.Fact, retraction => retraction.Id, StringComparer.Ordinal);
    }

    /// <summary>All claims of the contract, in order.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>The shortest limit that ever held.</summary>
    internal long ShortestLimit => _settings.Select(setting => setting.Settings.LateLimit).Append(Settings.Default.LateLimit).Min();

    public Mark Of(RecordedFact fact) => Of(fact.Id, fact.Kind, fact.At, fact.RecordedAt);

    internal Mark Of(string id, string kind, long at, long recordedAt)
    {
        var recording = _recording.GetValueOrDefault(id);
        long? claim = _about.TryGetValue(id, out var about) ? about : recording?.Number;
        return new(IsLate(id, kind, at, recordedAt, recording), _retracted.GetValueOrDefault(id), claim);
    }

    private bool IsLate(string id, string kind, long at, long recordedAt, Claim? recording)
    {
        // What takes back or puts right bears the instant of what it is about; it is not late itself.
        if (kind == Vocabulary.Retraction || recording?.About is { } about && about != id) return false;
        var said = recording is { About: null } ? recording.ProposedAt : recordedAt;
        return said - at > LimitAt(said);
    }

    // What is recorded at the very instant of the change is held against the limit before it.
    private long LimitAt(long instant) => _settings.LastOrDefault(setting => setting.Since < instant) is { Settings: { } settings } ? settings.LateLimit : Settings.Default.LateLimit;
}

/// <summary>What a statement says of the record beside its figures.</summary>
/// <param name="OpenClaims">Claims not yet answered or decided; these and the next two of the whole contract, up to the moment asked for.</param>
/// <param name="AcceptedClaims">Accepted, or findings upheld as they were or amended.</param>
/// <param name="RefusedClaims">Refused, or findings rejected.</param>
/// <param name="LateFacts">Facts of the period that were recorded late.</param>
/// <param name="Retractions">Facts of the period that take another back, those of corrections among them.</param>
/// <param name="Corrections">Retractions with which another fact took the place of the first.</param>
public sealed record RecordCounts(int OpenClaims, int AcceptedClaims, int RefusedClaims, int LateFacts, int Retractions, int Corrections);

using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Claims;

/// <summary>A claim as its steps make it.</summary>
/// <param name="Number">Within the contract, from 1.</param>
/// <param name="By">Who proposed it.</param>
/// <param name="Side">Whom they speak for.</param>
/// <param name="ProposedAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="AnswerDue">Until when an answer is asked for; only a finding goes on without one.</param>
/// <param name="About">The fact that it would take back; null: none.</param>
/// <param name="Proposals">The facts that it would put on record; null: too many to be read with a list of claims.</param>
/// <param name="ProposalCount">How many they are.</param>
/// <param name="Setting">Other limits of time.</param>
/// <param name="History">Every step, the proposal first.</param>
public sealed record Claim(
    long Number, ClaimType Type, string By, Side Side, long ProposedAt, long AnswerDue, string? About, IReadOnlyList<ProposedFact>? Proposals, int ProposalCount, Settings? Setting, IReadOnlyList<Step> History)
{
    public string Reason => History[0].Reason;

    public IReadOnlyList<ProofFile> Evidence => History[0].Evidence;

    /// <summary>The facts that stand on record because of it, by id, retractions among them.</summary>
    public IReadOnlyList<string> Recorded { get; } = [.. History.SelectMany(step => step.Recorded)];

    private Step? Last(params ReadOnlySpan<ClaimStep> steps)
    {
        foreach (var step in History.Reverse())
            if (steps.Contains(step.What)) return step;
        return null;
    }

    /// <summary>The parties who must agree, or, to a finding, be heard.</summary>
    public IReadOnlyList<Side> Others { get; } = Type == ClaimType.Finding ? [Side.Provider] : [.. new[] { Side.Buyer, Side.Provider }.Where(party => party != Side)];

    /// <summary>Those of them who have said nothing yet.</summary>
    public IReadOnlyList<Side> Outstanding => [.. Others.Where(party => !History.Any(step => step.What is ClaimStep.Accepted or ClaimStep.Contested && step.Side == party))];

    /// <summary>Where it stands.</summary>
    /// <param name="now">Nanoseconds since 1970-01-01T00:00:00Z; only a finding's time to be answered runs out.</param>
    public ClaimState StateAt(long now)
    {
        if (Last(ClaimStep.Withdrawn) is not null) return ClaimState.Withdrawn;
        if (Type == ClaimType.Finding)
        {
            if (Decision is not null) return ClaimState.Decided;
            return Last(ClaimStep.Accepted, ClaimStep.Contested) is not null ? ClaimState.Answered : now > AnswerDue ? ClaimState.Lapsed : ClaimState.Proposed;
        }
        if (Last(ClaimStep.Contested) is not null) return ClaimState.Refused;
        return Outstanding.Count == 0 ? ClaimState.Accepted : ClaimState.Proposed;
    }

    /// <summary>Of a finding, how it was decided.</summary>
    public ClaimStep? Decision => Last(ClaimStep.Upheld, ClaimStep.Amended, ClaimStep.Rejected)?.What;

    /// <summary>Whether anything can still come of it.</summary>
    public bool IsOpenAt(long now) => StateAt(now) is ClaimState.Proposed or ClaimState.Answered or ClaimState.Lapsed;

    /// <summary>Whose turn it is.</summary>
    public IReadOnlyList<Side> WaitsFor(long now) => StateAt(now) switch
    {
        ClaimState.Proposed => Outstanding,
        ClaimState.Answered or ClaimState.Lapsed => [Side.Buyer],
        _ => [],
    };

    /// <summary>Whether this author may agree to it, or not, now.</summary>
    public bool MayBeAnsweredBy(Author author, long now) => ClaimRules.ToAnswer(this, author, now) is null;

    /// <summary>Whether this author may decide it now.</summary>
    public bool MayBeDecidedBy(Author author, long now) => ClaimRules.ToDecide(this, author, now) is null;

    /// <summary>Whether this author may take it back now.</summary>
    public bool MayBeWithdrawnBy(Author author, long now) => ClaimRules.ToWithdraw(this, author, now) is null;

    /// <summary>Puts together the steps of one claim.</summary>
    /// <param name="events">All of one claim, in order, the proposal first.</param>
    internal static Claim Of(IReadOnlyList<ClaimEvent> events)
    {
        var first = events[0];
        using var content = JsonDocument.Parse(first.Content);
        var root = content.RootElement;
        return new(
            first.Claim, ClaimWords.Of<ClaimType>(first.Type), first.By, Words.SideOf(first.Side), first.RecordedAt,
            IsoTime.Parse(root.GetProperty("answerDue").GetString()!), root.TryGetProperty("about", out var about) ? about.GetString() : null,
            first.Facts.Length == 0 ? null : ProposedFact.List(first.Facts), root.GetProperty("count").GetInt32(), Settings.In(root), [.. events.Select(Step.Of)]);
    }
}

/// <summary>One step of a claim.</summary>
/// <param name="At">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Recorded">The facts that it put on record, by id.</param>
/// <param name="Amended">What a decision put in the place of the proposal.</param>
public sealed record Step(ClaimStep What, long At, string By, Side Side, string Reason, IReadOnlyList<ProofFile> Evidence, IReadOnlyList<string> Recorded, ProposedFact? Amended)
{
    internal static Step Of(ClaimEvent taken)
    {
        using var content = JsonDocument.Parse(taken.Content);
        var root = content.RootElement;
        var what = ClaimWords.Of<ClaimStep>(taken.Step);
        return new(
            what, taken.RecordedAt, taken.By, Words.SideOf(taken.Side), root.GetProperty("reason").GetString()!, ProofFile.List(root.GetProperty("evidence")),
            root.TryGetProperty("recorded", out var recorded) ? [.. recorded.EnumerateArray().Select(fact => fact.GetProperty("id").GetString()!)] : [],
            what == ClaimStep.Amended ? ProposedFact.List(taken.Facts)[0] : null);
    }
}

/// <summary>A fact that somebody would put on record.</summary>
/// <param name="Fact">Canonical JSON.</param>
/// <param name="Evidence">Canonical JSON.</param>
public sealed record ProposedFact(string Id, string Kind, string Subject, long At, byte[] Fact, string Evidence)
{
    internal static IReadOnlyList<ProposedFact> List(byte[] json)
    {
        using var list = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 70 });
        return [.. list.RootElement.EnumerateArray().Select(Of)];
    }

    private static ProposedFact Of(JsonElement item)
    {
        var fact = item.GetProperty("fact");
        return new(
            fact.GetProperty("id").GetString()!, fact.GetProperty("kind").GetString()!, fact.GetProperty("subject").GetString()!, IsoTime.Parse(fact.GetProperty("at").GetString()!),
            System.Text.Encoding.UTF8.GetBytes(fact.GetRawText()), item.GetProperty("evidence").GetRawText());
    }
}

/// <summary>A file that proves something, by hash and name.</summary>
/// <param name="Sha256">Sixty-four lower-case hex digits.</param>
public sealed record ProofFile(string Sha256, string Name)
{
    internal static IReadOnlyList<ProofFile> List(JsonElement list) =>
        [.. list.EnumerateArray().Select(file => new ProofFile(file.GetProperty("sha256").GetString()!, file.GetProperty("name").GetString()!))];

    internal static System.Text.Json.Nodes.JsonArray ToJson(IEnumerable<ProofFile> files) =>
        new([.. files.Select(file => new System.Text.Json.Nodes.JsonObject { ["name"] = file.Name, ["sha256"] = file.Sha256 })]);
}

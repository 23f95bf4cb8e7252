using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;

namespace Yueheng.Server.Endpoints;

/// <summary>A claim.</summary>
/// <param name="Number">Within the contract.</param>
/// <param name="Title">Its type in Chinese.</param>
/// <param name="By">Who proposed it.</param>
/// <param name="AnswerDue">Until when an answer is asked for.</param>
/// <param name="About">The fact that it would take back.</param>
/// <param name="Proposal">The fact that it would put on record, of several the first; null: none, or one that the caller does not see.</param>
/// <param name="Proposals">All of them; only where one claim is asked for.</param>
/// <param name="Outcome">How a finding was decided.</param>
/// <param name="Facts">What stands on record because of it, by id.</param>
/// <param name="WaitsFor">Whose turn it is: buyer, provider or both; null: nobody's.</param>
/// <param name="MayAnswer">The caller may answer it now; likewise the next two.</param>
internal sealed record ClaimAnswerBody(
    long Number, ClaimType Type, string Title, ClaimState State, Side Side, string By, string ProposedAt, string? AnswerDue, string? About, ProposedAnswer? Proposal, IReadOnlyList<ProposedAnswer>? Proposals,
    int ProposalCount, SettingAnswer? Setting, string Reason, IReadOnlyList<ProofAnswer> Evidence, IReadOnlyList<StepAnswer> History, ClaimStep? Outcome, IReadOnlyList<string> Facts, string? WaitsFor,
    bool MayAnswer, bool MayDecide, bool MayWithdraw)
{
    public static ClaimAnswerBody Of(Claim claim, Author author, FactSight sight, long now, bool isWhole)
    {
        var proposals = claim.Proposals?.Where(sight.Sees).Select(ProposedAnswer.Of).ToList();
        return new(
            claim.Number, claim.Type, claim.Type.Title(), claim.StateAt(now), claim.Side, claim.By, ChinaTime.Write(claim.ProposedAt), claim.IsOpenAt(now) ? ChinaTime.Write(claim.AnswerDue) : null, claim.About,
            proposals?.FirstOrDefault(), isWhole ? proposals : null, claim.ProposalCount, claim.Setting is { } setting ? SettingAnswer.Of(setting) : null, claim.Reason, Of(claim.Evidence),
            [.. claim.History.Select(step => new StepAnswer(ChinaTime.Write(step.At), step.By, step.Side, step.What, step.Reason, Of(step.Evidence), step.Amended is { } amended && sight.Sees(amended) ? ProposedAnswer.Of(amended) : null))],
            claim.Decision, claim.Recorded, claim.WaitsFor(now) switch { [] => null, [var one] => one.Word(), _ => "both" },
            claim.MayBeAnsweredBy(author, now), claim.MayBeDecidedBy(author, now), claim.MayBeWithdrawnBy(author, now));
    }

    private static IReadOnlyList<ProofAnswer> Of(IReadOnlyList<ProofFile> files) => [.. files.Select(file => new ProofAnswer(file.Sha256, file.Name))];
}

/// <summary>A fact that somebody would put on record.</summary>
internal sealed record ProposedAnswer(string Id, string Kind, string At, string Subject, JsonElement Data, IReadOnlyList<ProofAnswer> Evidence)
{
    public static ProposedAnswer Of(ProposedFact fact)
    {
        using var content = JsonDocument.Parse(fact.Fact, new JsonDocumentOptions { MaxDepth = 64 });
        return new(fact.Id, fact.Kind, ChinaTime.Write(fact.At), fact.Subject, content.RootElement.GetProperty("data").Clone(), JsonSerializer.Deserialize<IReadOnlyList<ProofAnswer>>(fact.Evidence, Json.Plain)!);
    }
}

/// <summary>What somebody did about a claim.</summary>
/// <param name="Amended">What a decision put in the place of the proposal.</param>
internal sealed record StepAnswer(string At, string By, Side Side, ClaimStep Step, string Reason, IReadOnlyList<ProofAnswer> Evidence, ProposedAnswer? Amended);

/// <param name="LateHours">A fact that happened longer ago is a late entry.</param>
/// <param name="AnswerHours">A finding not answered within this may be decided.</param>
internal sealed record SettingAnswer(int LateHours, int AnswerHours)
{
    public static SettingAnswer Of(Settings settings) => new(settings.LateHours, settings.AnswerHours);
}

/// <summary>What is asked for.</summary>
/// <param name="Fact">The fact to be put on record.</param>
/// <param name="Facts">Of a late entry, several.</param>
/// <param name="About">The fact to be taken back.</param>
/// <param name="Evidence">Hashes of files that were handed in.</param>
/// <param name="Setting">Of a setting, the new limits.</param>
internal sealed record ClaimBody(ClaimType? Type, JsonElement? Fact, IReadOnlyList<JsonElement>? Facts, string? About, string? Reason, IReadOnlyList<string>? Evidence, SettingAnswer? Setting);

/// <param name="Stand">accept or contest.</param>
internal sealed record AnswerBody(string? Stand, string? Reason, IReadOnlyList<string>? Evidence);

/// <param name="Outcome">upheld, amended or rejected.</param>
/// <param name="Fact">What stands instead, when amended.</param>
internal sealed record DecisionBody(string? Outcome, JsonElement? Fact, string? Reason);

internal sealed record WithdrawalBody(string? Reason);

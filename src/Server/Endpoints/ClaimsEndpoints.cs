using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Yueheng.Ledger;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>Claims proposed, answered, decided and taken back.</summary>
internal static class ClaimsEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/claims", All).Produces<IReadOnlyList<ClaimAnswerBody>>().Needs(Permission.ReadFacts);
        contract.MapGet("/claims/settings", SettingsInForce).Produces<SettingAnswer>().Needs(Permission.ReadFacts);
        contract.MapGet("/claims/{number:long}", One).Produces<ClaimAnswerBody>().ProducesProblem(404).Needs(Permission.ReadFacts);
        contract.MapPost("/claims", Propose).Produces<ClaimAnswerBody>(201).ProducesProblem(409).ProducesProblem(422).WithMetadata(new RequestSizeLimitAttribute(32 << 20)).Needs(Permission.ProposeClaim);
        contract.MapPost("/claims/{number:long}/answer", Answer).Produces<ClaimAnswerBody>().ProducesProblem(409).ProducesProblem(422).Needs(Permission.AnswerClaim);
        contract.MapPost("/claims/{number:long}/decision", Decide).Produces<ClaimAnswerBody>().ProducesProblem(409).ProducesProblem(422).Needs(Permission.DecideClaim);
        contract.MapPost("/claims/{number:long}/withdrawal", Withdraw).Produces<ClaimAnswerBody>().ProducesProblem(409).ProducesProblem(422).Needs(Permission.ProposeClaim);
    }

    private static async Task<IReadOnlyList<ClaimAnswerBody>> All(
        string contract, [FromQuery] string? state, [FromQuery] string? recorded, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        if (state is not (null or "") && Wording.Read<ClaimState>(state) is null) throw ProblemException.Invalid($"没有“{state}”这种状态。", new ProblemError("state", null, "没有这种状态"));
        var (recordedUpTo, sight) = (BusinessClock.ReadInstant(recorded, "recorded"), await Sight(contract, caller, shelf, clock, cancellation));
        var now = recordedUpTo ?? Now(clock);
        return
        [
            .. (await ledgerOf(caller).Claims.List(contract, recordedUpTo, cancellation)).Reverse().Where(claim => string.IsNullOrEmpty(state) || Wording.Word(claim.StateAt(now)) == state)
                .Select(claim => ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), sight, now, isWhole: false)),
        ];
    }

    private static async Task<SettingAnswer> SettingsInForce(string contract, Caller caller, LedgerOf ledgerOf, CancellationToken cancellation) =>
        SettingAnswer.Of(await ledgerOf(caller).Claims.SettingsOf(contract, cancellation));

    private static async Task<ClaimAnswerBody> One(string contract, long number, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var claim = await ledgerOf(caller).Claims.Find(contract, number, cancellation) ?? throw ProblemException.NotFound($"第 {number} 号申请");
        return ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), await Sight(contract, caller, shelf, clock, cancellation), Now(clock), isWhole: true);
    }

    private static async Task<IResult> Propose(
        string contract, ClaimBody body, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, LedgerDatabase database, EvidenceFolder folder, AuditLog audit, CancellationToken cancellation)
    {
        if (body.Type is not { } type) throw ProblemException.Invalid("请写明申请的类型。", new ProblemError("type", null, "缺少"));
        IReadOnlyList<JsonElement> facts = body.Facts ?? (body.Fact is { ValueKind: not JsonValueKind.Null } fact ? [fact] : []);
        var evidence = await Proofs(contract, body.Evidence, caller, database, folder, clock, cancellation);
        var setting = body.Setting is { } limits ? new Settings(limits.LateHours, limits.AnswerHours) : null;
        var vocabulary = await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation);
        var answer = await ledgerOf(caller).Claims.Propose(contract, vocabulary, caller.AuthorIn(contract), new(type, [.. facts.Select(Line)], About(body.About), body.Reason ?? "", evidence, setting), cancellation);
        var claim = Taken(answer);
        await Tell(audit, caller, contract, claim, "claim.proposed", cancellation);
        return Results.Created($"/api/contracts/{contract}/claims/{claim.Number}", ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), FactSight.Of(caller, contract, vocabulary), Now(clock), isWhole: true));
    }

    private static async Task<ClaimAnswerBody> Answer(
        string contract, long number, AnswerBody body, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, LedgerDatabase database, EvidenceFolder folder, AuditLog audit, CancellationToken cancellation)
    {
        var stand = body.Stand switch
        {
            "accept" => ClaimStep.Accepted,
            "contest" => ClaimStep.Contested,
            _ => throw ProblemException.Invalid("stand 应为 accept 或 contest。", new ProblemError("stand", null, "应为 accept 或 contest")),
        };
        var evidence = await Proofs(contract, body.Evidence, caller, database, folder, clock, cancellation);
        var claim = Taken(await ledgerOf(caller).Claims.Answer(contract, number, caller.AuthorIn(contract), stand, body.Reason ?? "", evidence, cancellation));
        await Tell(audit, caller, contract, claim, stand == ClaimStep.Accepted ? "claim.accepted" : "claim.contested", cancellation);
        return ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), await Sight(contract, caller, shelf, clock, cancellation), Now(clock), isWhole: true);
    }

    private static async Task<ClaimAnswerBody> Decide(
        string contract, long number, DecisionBody body, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, AuditLog audit, CancellationToken cancellation)
    {
        var outcome = body.Outcome switch
        {
            "upheld" => ClaimStep.Upheld,
            "amended" => ClaimStep.Amended,
            "rejected" => ClaimStep.Rejected,
            _ => throw ProblemException.Invalid("outcome 应为 upheld、amended 或 rejected。", new ProblemError("outcome", null, "应为 upheld、amended 或 rejected")),
        };
        var vocabulary = await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation);
        var amended = body.Fact is { ValueKind: not JsonValueKind.Null } fact ? Line(fact) : null;
        var claim = Taken(await ledgerOf(caller).Claims.Decide(contract, vocabulary, number, caller.AuthorIn(contract), outcome, amended, body.Reason ?? "", cancellation));
        await Tell(audit, caller, contract, claim, "claim.decided", cancellation);
        return ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), FactSight.Of(caller, contract, vocabulary), Now(clock), isWhole: true);
    }

    private static async Task<ClaimAnswerBody> Withdraw(
        string contract, long number, WithdrawalBody body, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, AuditLog audit, CancellationToken cancellation)
    {
        var claim = Taken(await ledgerOf(caller).Claims.Withdraw(contract, number, caller.AuthorIn(contract), body.Reason ?? "", cancellation));
        await Tell(audit, caller, contract, claim, "claim.withdrawn", cancellation);
        return ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), await Sight(contract, caller, shelf, clock, cancellation), Now(clock), isWhole: true);
    }

    /// <summary>The files that a claim names, which must have been handed in and not withdrawn.</summary>
    internal static async Task<IReadOnlyList<ProofFile>> Proofs(
        string contract, IReadOnlyList<string>? hashes, Caller caller, LedgerDatabase database, EvidenceFolder folder, BusinessClock clock, CancellationToken cancellation)
    {
        var vault = new EvidenceVault(database, folder, clock, caller.Contracts);
        var files = new List<ProofFile>();
        foreach (var hash in (hashes ?? []).Distinct())
            files.Add(await vault.Find(contract, hash, cancellation) is { Withdrawal: null } file
                ? new ProofFile(file.Sha256, file.Name)
                : throw ProblemException.Invalid($"证据 {hash} 没有上传，或已撤回；请先上传文件。", new ProblemError("evidence", null, "没有上传，或已撤回")));
        return files;
    }

    /// <summary>The claim with the step taken; or the refusal as a problem.</summary>
    internal static Claim Taken(ClaimAnswer answer)
    {
        if (answer is StepTaken taken) return taken.Claim;
        var refused = (StepRefused)answer;
        var detail = string.Join('\n', refused.Messages.Take(20));
        IReadOnlyList<ProblemError> errors = [.. refused.Faults.Take(200).Select(fault => new ProblemError(fault.Field, fault.Fact + 1, fault.Message))];
        throw refused.Reason switch
        {
            StepRefusal.Unknown => new ProblemException(404, "not-found", detail),
            StepRefusal.Forbidden => new ForbiddenException(detail),
            StepRefusal.NotNow => new ProblemException(409, "not-now", detail) { Errors = errors },
            _ => new ProblemException(422, "invalid-claim", detail) { Errors = errors },
        };
    }

    internal static Task Tell(AuditLog audit, Caller caller, string contract, Claim claim, string action, CancellationToken cancellation) =>
        audit.Write(caller, action, contract, claim.Number.ToString(CultureInfo.InvariantCulture), new { type = claim.Type, facts = claim.Recorded.Count, outcome = claim.Decision }, cancellation);

    internal static long Now(BusinessClock clock) => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private static async Task<FactSight> Sight(string contract, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation) =>
        caller.SeesMoney(contract) ? FactSight.Of(caller, contract, null) : FactSight.Of(caller, contract, await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation));

    private static byte[] Line(JsonElement fact) => JsonSerializer.SerializeToUtf8Bytes(fact);

    private static string? About(string? id) => string.IsNullOrEmpty(id) ? null : id;
}

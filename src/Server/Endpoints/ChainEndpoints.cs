using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Verifying;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;

namespace Yueheng.Server.Endpoints;

/// <summary>The chains of a contract: where they end, which of their heads were signed, whether all is as it was recorded.</summary>
internal static class ChainEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/chain", Get).Produces<ChainAnswer>().Needs(Permission.ReadFacts);
        contract.MapGet("/chain/checkpoints", Checkpoints).Produces(200, contentType: "application/json").Needs(Permission.ReadFacts);
        contract.MapPost("/verification", Verify).Produces<VerificationAnswer>().Needs(Permission.Verify);
    }

    private static async Task<IResult> Get(string contract, Caller caller, LedgerOf ledgerOf, LedgerDatabase database, SigningKey key, BusinessClock clock, CancellationToken cancellation)
    {
        var ledger = ledgerOf(caller);
        var checkpoints = await new CheckpointBook(database, key, clock, caller.Contracts).All(contract, cancellation);
        var keys = await PublicKeys.All(database, cancellation);
        return Results.Ok(new ChainAnswer(
            await ledger.HeadOf(contract, cancellation), await ledger.Claims.HeadOf(contract, cancellation), [.. checkpoints.Reverse().Select(CheckpointAnswer.Of)],
            [.. keys.Select(one => new KeyAnswer(one.Id, one.Algorithm, Signatures.WritePem(one.Der), ChinaTime.Write(one.MadeAt), one.Id == key.Id))]));
    }

    // To be kept by whoever wants to hold the ledger to it later: yueheng verify takes it.
    private static async Task<IResult> Checkpoints(string contract, HttpContext context, Caller caller, LedgerDatabase database, SigningKey key, BusinessClock clock, AuditLog audit, CancellationToken cancellation)
    {
        var checkpoints = await new CheckpointBook(database, key, clock, caller.Contracts).All(contract, cancellation);
        await audit.Write(caller, "checkpoints.read", contract, cancellation: cancellation);
        context.Response.Headers[EvidenceEndpoints.ExportedBy] = caller.Id;
        return Results.File(CheckpointFile.Write(checkpoints), "application/json", $"{contract}-checkpoints.json");
    }

    private static async Task<IResult> Verify(string contract, Caller caller, LedgerOf ledgerOf, VaultOf vaultOf, LedgerDatabase database, SigningKey key, BusinessClock clock, AuditLog audit, CancellationToken cancellation)
    {
        var ledger = ledgerOf(caller);
        var checkpoints = await new CheckpointBook(database, key, clock, caller.Contracts).All(contract, cancellation);
        var fault = CheckpointCheck.First(contract, checkpoints, await PublicKeys.All(database, cancellation));
        // A checkpoint that is not what was signed proves nothing; those before it do.
        var good = checkpoints.TakeWhile(one => fault is null || one.Number < fault.Number).ToList();
        if (fault is null && good is [.., var last] && last.Key != key.Id) fault = new(last.Number, $"最后的检查点不是由本节点的密钥（{key.Id[..16]}…）签署。");
        var facts = await ledger.Verify(contract, [.. good.Select(one => one.Facts)], cancellation);
        var claims = await ledger.Claims.Verify(contract, [.. good.Select(one => one.Claims)], cancellation);
        var vault = vaultOf(caller);
        var files = await vault.List(contract, cancellation);
        var damaged = await vault.Verify(contract, cancellation);
        var found = new List<DifferenceAnswer>();
        if (facts.First is { } fact) found.Add(new("facts", fact.Seq, fact.Id, fact.Message));
        if (claims.First is { } claim) found.Add(new("claims", claim.Seq, claim.Id, claim.Message));
        if (fault is not null) found.Add(new("checkpoints", fault.Number, null, fault.Message));
        found.AddRange(damaged.Select(one => new DifferenceAnswer("evidence", null, one.File.Sha256, $"证据 {one.File.Name}：{one.Message}")));
        await audit.Write(caller, "chain.verified", contract, facts.Head, new { facts.Count, differences = found.Count }, CancellationToken.None);
        return Results.Ok(new VerificationAnswer(
            found.Count == 0, facts.Count, facts.Head, found.FirstOrDefault(), found, new(claims.IsWhole, claims.Count, claims.Head), new(fault is null, checkpoints.Count),
            new(damaged.Count == 0, files.Count, files.Count(file => file.Withdrawal is not null)), ChinaTime.Write(clock.Now)));
    }
}

/// <param name="Head">The last fact: its number and its hash; of none, 0 and zeros.</param>
/// <param name="Claims">The last step of a claim, likewise.</param>
/// <param name="Checkpoints">The newest first.</param>
/// <param name="Keys">The public keys of this installation.</param>
internal sealed record ChainAnswer(Anchor Head, Anchor Claims, IReadOnlyList<CheckpointAnswer> Checkpoints, IReadOnlyList<KeyAnswer> Keys);

/// <param name="Seq">The last fact at that time, with its hash.</param>
/// <param name="ClaimsSeq">The last step of a claim, with its hash.</param>
/// <param name="Reason">daily, statement or asked.</param>
/// <param name="About">The number of the statement.</param>
/// <param name="Key">The id of the key.</param>
/// <param name="Signature">Hexadecimal.</param>
internal sealed record CheckpointAnswer(long Number, long Seq, string Hash, long ClaimsSeq, string ClaimsHash, string SignedAt, string Reason, string About, string Algorithm, string Key, string Signature)
{
    public static CheckpointAnswer Of(Checkpoint one) => new(
        one.Number, one.Facts.Seq, one.Facts.Hash, one.Claims.Seq, one.Claims.Hash, ChinaTime.Write(one.SignedAt), Checkpoint.Word(one.Reason), one.About, one.Algorithm, one.Key, Convert.ToHexStringLower(one.Signature));
}

/// <param name="IsCurrent">It signs now.</param>
internal sealed record KeyAnswer(string Id, string Algorithm, string Pem, string MadeAt, bool IsCurrent);

/// <param name="Whole">Everything is as it was recorded.</param>
/// <param name="Count">How many facts were read.</param>
/// <param name="Head">The hash of the last.</param>
/// <param name="First">The first thing that is not.</param>
/// <param name="Differences">All of them: at most one a chain.</param>
internal sealed record VerificationAnswer(
    bool Whole, long Count, string Head, DifferenceAnswer? First, IReadOnlyList<DifferenceAnswer> Differences, ClaimsVerified Claims, CheckpointsVerified Checkpoints, EvidenceVerified Evidence, string At);

/// <param name="Part">facts, claims, checkpoints or evidence.</param>
/// <param name="Seq">The number at which it shows.</param>
/// <param name="Id">The fact, or the hash of the file.</param>
internal sealed record DifferenceAnswer(string Part, long? Seq, string? Id, string Message);

internal sealed record ClaimsVerified(bool Whole, long Count, string Head);

internal sealed record CheckpointsVerified(bool Whole, int Count);

/// <param name="Withdrawn">Of the files, those that were withdrawn: nothing of them can be verified.</param>
internal sealed record EvidenceVerified(bool Whole, int Count, int Withdrawn);

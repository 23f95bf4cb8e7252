using Npgsql;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Claims;

public sealed partial class ClaimBook
{
    /// <summary>Agrees to a claim or does not; of a finding: accepts it or argues against it (申辩). When the last one agrees, what was asked for is recorded.</summary>
    /// <param name="stand"><see cref="ClaimStep.Accepted"/> or <see cref="ClaimStep.Contested"/>, which wants a reason.</param>
    /// <inheritdoc cref="Propose"/>
    public Task<ClaimAnswer> Answer(string contract, long number, Author author, ClaimStep stand, string reason, IReadOnlyList<ProofFile> evidence, CancellationToken cancellation = default)
    {
        if (stand is not (ClaimStep.Accepted or ClaimStep.Contested)) throw new ArgumentOutOfRangeException(nameof(stand));
        return Step(contract, number, author, stand, reason, evidence, isReasonWanted: stand == ClaimStep.Contested, ClaimRules.ToAnswer, async (connection, claim) =>
        {
            var isAgreed = stand == ClaimStep.Accepted && claim.Type != ClaimType.Finding && claim.Outstanding.All(party => party == author.Side);
            if (!isAgreed) return (new JsonObject(), [], Following.Nothing, null);
            var content = claim.Setting is { } setting ? new JsonObject { ["setting"] = setting.ToJson() } : [];
            var by = Author.Together([claim.By, .. claim.History.Where(step => step.What == ClaimStep.Accepted).Select(step => step.By), author.Id]);
            if (claim.About is not null && await NotToBeTakenBack(connection, contract, claim.About, mayBeNew: false, cancellation) is { } standing) return (content, [], Following.Nothing, standing);
            return (content, [], new(await Accepted(connection, contract, claim, cancellation), by), null);
        }, cancellation);
    }

    /// <summary>Decides a finding (核定). Only now, and only if it is not rejected, is <c>finding.recorded</c> put on record.</summary>
    /// <param name="outcome"><see cref="ClaimStep.Upheld"/>, <see cref="ClaimStep.Amended"/> or <see cref="ClaimStep.Rejected"/>.</param>
    /// <param name="amended">What stands instead, as JSON; its id is that of the proposal, whatever it says.</param>
    /// <inheritdoc cref="Propose"/>
    public Task<ClaimAnswer> Decide(string contract, Vocabulary? vocabulary, long number, Author author, ClaimStep outcome, byte[]? amended, string reason, CancellationToken cancellation = default)
    {
        if (outcome is not (ClaimStep.Upheld or ClaimStep.Amended or ClaimStep.Rejected)) throw new ArgumentOutOfRangeException(nameof(outcome));
        return Step(contract, number, author, outcome, reason, [], isReasonWanted: true, ClaimRules.ToDecide, (_, claim) => Task.FromResult(Decided(contract, vocabulary, claim, author, outcome, amended)), cancellation);
    }

    /// <summary>Takes a claim back. A plain fact that was recorded with it stays.</summary>
    /// <inheritdoc cref="Propose"/>
    public Task<ClaimAnswer> Withdraw(string contract, long number, Author author, string reason, CancellationToken cancellation = default) =>
        Step(contract, number, author, ClaimStep.Withdrawn, reason, [], isReasonWanted: true, ClaimRules.ToWithdraw, (_, _) => Task.FromResult<Outcome>((new JsonObject(), [], Following.Nothing, null)), cancellation);

    private readonly record struct Outcome(JsonObject Content, IReadOnlyList<Submission> Proposals, Following Following, StepRefused? Refusal)
    {
        public static implicit operator Outcome((JsonObject Content, IReadOnlyList<Submission> Proposals, Following Following, StepRefused? Refusal) outcome) =>
            new(outcome.Content, outcome.Proposals, outcome.Following, outcome.Refusal);
    }

    private async Task<ClaimAnswer> Step(
        string contract, long number, Author author, ClaimStep step, string reason, IReadOnlyList<ProofFile> evidence, bool isReasonWanted,
        Func<Claim, Author, long, StepRefused?> rule, Func<NpgsqlConnection, Claim, Task<Outcome>> outcome, CancellationToken cancellation)
    {
        _ledger.MustSee(contract);
        string[] faults = [.. FaultsOf(reason, evidence, isReasonWanted)];
        if (faults.Length > 0) return No(StepRefusal.Invalid, faults);
        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            var head = await Lock(connection, contract, cancellation);
            var events = await Events(connection, contract, number, cancellation);
            if (events.Count == 0) return No(StepRefusal.Unknown, $"没有第 {number} 号申请。");
            var claim = Claim.Of(events);
            if (rule(claim, author, Math.Max(_ledger.Now(), head.RecordedAt)) is { } refusal) return refusal;
            var (content, proposals, following, objection) = await outcome(connection, claim);
            if (objection is not null) return objection;
            return await Take(connection, transaction, contract, head, new(number, claim.Type, step, author, reason, evidence, content, proposals), following, cancellation);
        }
    }

    // What goes on record when all agree: the proposed facts with the proof of the claim; for a fact that is taken back, its retraction at the
    // same instant, and the proposed fact under an id made of the old one and the claim's number.
    private static async Task<IReadOnlyList<Submission>> Accepted(NpgsqlConnection connection, string contract, Claim claim, CancellationToken cancellation)
    {
        if (claim.About is not { } about) return [.. claim.Proposals!.Select(fact => WithProof(contract, fact, claim, fact.Id))];
        var old = (await Find(connection, contract, about, cancellation))!;
        var proposed = claim.Proposals!.FirstOrDefault();
        var name = string.Create(CultureInfo.InvariantCulture, $"{about}~{claim.Number}");
        var retraction = new JsonObject
        {
            ["id"] = name + "r", ["contract"] = contract, ["kind"] = Vocabulary.Retraction, ["subject"] = old.Subject,
            ["at"] = CanonicalJson.Utc(claim.Type == ClaimType.Retraction && proposed is not null ? proposed.At : old.At),
            ["data"] = new JsonObject { [Vocabulary.RetractedFact] = about, ["reason"] = claim.Reason },
        };
        var taken = Again(contract, null, retraction, Encoding.UTF8.GetString(Canonical(ProofFile.ToJson(claim.Evidence)))).Fact!;
        return claim.Type == ClaimType.Retraction ? [taken] : [taken, WithProof(contract, proposed!, claim, name)];
    }

    private static Submission WithProof(string contract, ProposedFact fact, Claim claim, string id)
    {
        var content = JsonNode.Parse(fact.Fact)!.AsObject();
        content["id"] = id;
        var own = JsonNode.Parse(fact.Evidence)!.AsArray();
        var files = own.Select(file => new ProofFile((string)file!["sha256"]!, (string)file["name"]!)).Concat(claim.Evidence).DistinctBy(file => file.Sha256);
        return Again(contract, null, content, ProofFile.ToJson(files).ToJsonString()).Fact!;
    }

    private static Outcome Decided(string contract, Vocabulary? vocabulary, Claim claim, Author author, ClaimStep outcome, byte[]? amended)
    {
        if ((amended is not null) != (outcome == ClaimStep.Amended)) return (new(), [], Following.Nothing, No(StepRefusal.Invalid, "更改后的认定只在更改时给出，也必须给出。"));
        if (outcome == ClaimStep.Rejected) return (new(), [], Following.Nothing, null);
        var proposal = claim.Proposals![0];
        IReadOnlyList<Submission> proposals = [];
        if (amended is not null)
        {
            var (facts, refusal) = ReadFacts(contract, vocabulary, [amended]);
            if (refusal is null && facts[0].Kind != FindingKind) refusal = No(StepRefusal.Invalid, $"拟扣认定的事实应是 {FindingKind}。");
            if (refusal is not null) return (new(), [], Following.Nothing, refusal);
            proposals = facts;
            proposal = new(proposal.Id, facts[0].Kind, facts[0].Subject, facts[0].At, facts[0].Fact, facts[0].Evidence);
        }
        // Who was heard and did not contest it has agreed to it as it was proposed, not to what it became.
        var agreed = claim.History.Where(step => step.What == ClaimStep.Accepted && outcome == ClaimStep.Upheld).Select(step => step.By);
        return (new(), proposals, new([WithProof(contract, proposal, claim, proposal.Id)], Author.Together([claim.By, .. agreed, author.Id])), null);
    }
}

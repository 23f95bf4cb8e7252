using System.Buffers;
using System.Text;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Identity;
using Yueheng.Statements.Issuing;

namespace Yueheng.Server.Demonstrations;

/// <summary>What the dealings of one contract are done with; all of it on the clock of then.</summary>
internal sealed record DealingParts(string Contract, Vocabulary Vocabulary, FactLedger Ledger, EvidenceVault Vault, StatementBook Statements, CheckpointBook Checkpoints)
{
    /// <summary>A fact as JSON, under an id and with data of one's choice.</summary>
    public byte[] Line(SimulatedFact fact, string id, IReadOnlyList<(string Key, Value Value)> data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        FactWriter.Write(buffer, Contract, id, fact.Kind, fact.At, fact.Subject, [.. data]);
        return buffer.WrittenSpan.TrimEnd((byte)'\n').ToArray();
    }
}

/// <summary>
/// What the parties did beside recording: findings proposed, argued and decided; a correction agreed to, one that waits; a retraction that was
/// contested; late entries, one accepted and one that waits; statements, one of them confirmed and one disputed.
/// </summary>
/// <param name="HeldBack">Facts that are recorded by a dealing, or not at all.</param>
/// <param name="Acts">What is done when.</param>
internal sealed record Dealings(IReadOnlySet<string> HeldBack, IReadOnlyList<(long At, Func<Task> Act)> Acts)
{
    private const int ContractsWithStatements = 3;
    private static readonly Author Clerk = Of(Role.BuyerClerk), Reviewer = Of(Role.BuyerReviewer), Manager = Of(Role.ProviderManager), Engineer = Of(Role.Engineer);

    private static Author Of(Role role) => new(FirstUsers.IdOf(role), [role]);

    /// <param name="facts">Those up to now.</param>
    /// <param name="finding">Any finding of the contract: one like it waits for what the other side says of it.</param>
    /// <param name="place">The contract's among all.</param>
    public static Dealings Of(DealingParts parts, IReadOnlyList<SimulatedFact> facts, SimulatedFact? finding, long now, int place, Pack pack)
    {
        var days = new Days(facts, now);
        var (held, acts) = (new HashSet<string>(StringComparer.Ordinal), new List<(long, Func<Task>)>());
        foreach (var made in facts.Where(fact => fact.Kind == "finding.recorded")) Decide(parts, made, held, acts);
        // Some wait for the provider's word, some for the decision.
        if (finding is not null) Decide(parts, finding with { Id = "finding-open", At = days.Ago(place % 2 == 0 ? 1 : 3) }, held, acts);
        if (days.Last("incident.reported", 25) is { } settled) Correct(parts, settled, days.Ago(22), true, "经双方核对监控记录，该故障起因于第三方线路中断。", acts);
        if (days.Last("incident.reported", 3) is { } open && open != days.Last("incident.reported", 25)) Correct(parts, open, days.Ago(2), false, "现场排查表明，该故障由建设方自行变更引起，申请更正归责。", acts);
        if (days.Last("incident.reported", 45) is { } kept) TakeBack(parts, kept, days.Ago(40), acts);
        if (days.Last("patrol.done", 60) is { } late) Enter(parts, late, days.Ago(35), true, held, acts);
        if (days.Last("patrol.done", 12) is { } waiting && waiting.Id != days.Last("patrol.done", 60)?.Id) Enter(parts, waiting, days.Ago(4), false, held, acts);
        if (place < ContractsWithStatements) Issue(parts, pack, days, place, acts);
        return new(held, acts);
    }

    // 拟扣, 申辩, 核定: proposed a day after, argued the day after that, decided within the week. Of the newest, some of it has not happened yet.
    private static void Decide(DealingParts parts, SimulatedFact finding, HashSet<string> held, List<(long, Func<Task>)> acts)
    {
        held.Add(finding.Id);
        long? number = null;
        acts.Add((finding.At + 6 * ChinaTime.Hour, async () => number = await Propose(parts, Clerk, new(ClaimType.Finding, [parts.Line(finding, finding.Id, finding.Data)], null, "现场核查发现，拟按合同条款认定。", []))));
        acts.Add((finding.At + 30 * ChinaTime.Hour, () => Answer(parts, number, Manager, ClaimStep.Contested, "已于当日整改，请酌情考虑。")));
        acts.Add((finding.At + 100 * ChinaTime.Hour, async () =>
        {
            if (number is { } claim) await parts.Ledger.Claims.Decide(parts.Contract, parts.Vocabulary, claim, Reviewer, ClaimStep.Upheld, null, "事实清楚，维持认定。");
        }));
    }

    private static void Correct(DealingParts parts, SimulatedFact fact, long at, bool isAgreed, string reason, List<(long, Func<Task>)> acts)
    {
        long? number = null;
        var data = fact.Data.Where(pair => pair.Key != "attributable").Append(("attributable", Value.Of(isAgreed ? "third-party" : "buyer"))).ToList();
        acts.Add((at, async () => number = await Propose(parts, Manager, new(ClaimType.Correction, [parts.Line(fact, fact.Id + "-c", data)], fact.Id, reason, [await Evidence(parts, $"核对记录-{fact.Subject}.txt", $"{fact.Subject}：{reason}")]))));
        if (isAgreed) acts.Add((at + 30 * ChinaTime.Hour, () => Answer(parts, number, Reviewer, ClaimStep.Accepted, "情况属实。")));
    }

    private static void TakeBack(DealingParts parts, SimulatedFact fact, long at, List<(long, Func<Task>)> acts)
    {
        long? number = null;
        acts.Add((at, async () => number = await Propose(parts, Manager, new(ClaimType.Retraction, [], fact.Id, "认为该报障系重复登记，申请撤回。", []))));
        acts.Add((at + 26 * ChinaTime.Hour, () => Answer(parts, number, Reviewer, ClaimStep.Contested, "两次报障时间、现象不同，不是重复登记。")));
    }

    private static void Enter(DealingParts parts, SimulatedFact fact, long at, bool isAgreed, HashSet<string> held, List<(long, Func<Task>)> acts)
    {
        held.Add(fact.Id);
        long? number = null;
        acts.Add((at, async () => number = await Propose(parts, Engineer, new(ClaimType.Late, [parts.Line(fact, fact.Id, fact.Data)], null, "巡检当日网络检修，未能及时登记，现补录。", [await Evidence(parts, $"巡检单-{fact.Id}.txt", $"巡检单 {fact.Subject}，现场签字原件存档。")]))));
        if (isAgreed) acts.Add((at + 20 * ChinaTime.Hour, () => Answer(parts, number, Reviewer, ClaimStep.Accepted, "已核对巡检单原件。")));
    }

    // One statement of the past months each: the first confirmed by both, the second disputed in a point, the third not answered yet.
    private static void Issue(DealingParts parts, Pack pack, Days days, int place, List<(long, Func<Task>)> acts)
    {
        var (at, from, through) = (days.Ago(15), ChinaTime.DayOf(pack.Contract.TermFrom), ChinaTime.DayOf(days.Ago(20)));
        if (from >= through) return;
        IssuedStatement? issued = null;
        string[] visible = [parts.Contract];
        acts.Add((at, async () =>
        {
            issued = await parts.Statements.Issue(visible, parts.Contract, Date(from), Date(through), at, Clerk.Id);
            await parts.Checkpoints.Sign(parts.Contract, CheckpointReason.Statement, issued.Number);
        }));
        if (place == 2) return;
        acts.Add((at + ChinaTime.Day, () => parts.Statements.Stand(visible, parts.Contract, issued!.Number, null, "buyer", StandWord.Confirmed, null, Reviewer.Id)));
        acts.Add((at + 2 * ChinaTime.Day, () => place == 1 && issued!.Points is [var point, ..]
            ? parts.Statements.Stand(visible, parts.Contract, issued.Number, point.Address, "provider", StandWord.Disputed, "其中一次超时系建设方网络割接所致，请复核。", Manager.Id)
            : parts.Statements.Stand(visible, parts.Contract, issued!.Number, null, "provider", StandWord.Confirmed, null, Manager.Id)));
    }

    private static DateOnly Date(int day) => DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + day);

    // Where a contract's own rules refuse something, that dealing does not take place, and what would follow it neither.
    private static async Task<long?> Propose(DealingParts parts, Author author, Proposal proposal) =>
        await parts.Ledger.Claims.Propose(parts.Contract, parts.Vocabulary, author, proposal) is StepTaken taken ? taken.Claim.Number : null;

    private static async Task Answer(DealingParts parts, long? number, Author author, ClaimStep stand, string reason)
    {
        if (number is { } claim) await parts.Ledger.Claims.Answer(parts.Contract, claim, author, stand, reason, []);
    }

    private static async Task<ProofFile> Evidence(DealingParts parts, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text + "\n（演示数据）\n"));
        var stored = (Stored)await parts.Vault.Store(parts.Contract, name, content, Engineer.Id);
        return new(stored.File.Sha256, stored.File.Name);
    }

    /// <summary>Days counted back from now.</summary>
    private sealed record Days(IReadOnlyList<SimulatedFact> Facts, long Now)
    {
        public long Ago(int days) => Now - days * ChinaTime.Day;

        /// <summary>The last fact of a kind that is at least so many days old.</summary>
        public SimulatedFact? Last(string kind, int days) => Facts.LastOrDefault(fact => fact.Kind == kind && fact.At <= Ago(days));
    }
}

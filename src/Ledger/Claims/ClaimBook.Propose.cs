using Npgsql;
using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Claims;

public sealed partial class ClaimBook
{
    /// <summary>How many facts one claim may propose: some 30 MB, which a transaction and a reader still bear.</summary>
    public const int MostFacts = 20_000;

    /// <summary>Proposes something. What of it is a plain fact is recorded with it, at once.</summary>
    /// <param name="contract">The contract's id.</param>
    /// <param name="vocabulary">What the contract reads: proposed facts are held against it now, not when they are accepted.</param>
    /// <returns>A <see cref="StepTaken"/>, or why it is <see cref="StepRefused"/>.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    /// <exception cref="NpgsqlException">The wire broke: whether the claim stands is not known.</exception>
    public async Task<ClaimAnswer> Propose(string contract, Vocabulary? vocabulary, Author author, Proposal proposal, CancellationToken cancellation = default)
    {
        _ledger.MustSee(contract);
        if (author.IsMachine) return No(StepRefusal.Forbidden, "申请由人提出，密钥不能代为提出。");
        string[] faults = [.. FaultsOf(proposal.Reason, proposal.Evidence, isReasonWanted: true)];
        if (faults.Length > 0) return No(StepRefusal.Invalid, faults);
        var (facts, refusal) = ReadFacts(contract, vocabulary, proposal.Facts);
        refusal ??= FormOf(proposal, facts) ?? MayPropose(author, proposal, facts);
        if (refusal is not null) return refusal;

        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            var head = await Lock(connection, contract, cancellation);
            var settings = await Settings.InForce(connection, contract, cancellation);
            var about = proposal.About;
            var following = Following.Nothing;
            if (proposal.Type == ClaimType.Excuse && about is null)
            {
                var admission = await Admission.Of(connection, contract, author, facts, cancellation);
                var verdict = admission.Of(facts[0], Math.Max(_ledger.Now(), head.RecordedAt));
                if (verdict.May == Permit.Record) return No(StepRefusal.Invalid, "这一事实不需要申请，直接记录即可。");
                if (verdict.Fields.Contains("at")) return No(StepRefusal.Invalid, "事情发生已久，应作为补录申请。");
                if (!verdict.Fields.Contains("kind"))
                {
                    about = AuthorityTable.Excuses.Any(excuse => excuse.IsRelative && verdict.Fields.Contains(excuse.Field)) ? admission.SeverityOnRecord(facts[0])!.Value.Id : null;
                    if (about is null)
                    {
                        var (plain, plainRefused) = Plain(contract, vocabulary, facts[0], verdict.Fields);
                        if (plain is null) return No(StepRefusal.Invalid, [.. plainRefused!.Messages]);
                        following = new([plain], author.Id);
                        about = plain.Id;
                    }
                }
            }

            if (about is not null && await NotToBeTakenBack(connection, contract, about, mayBeNew: following.Facts.Count > 0, cancellation) is { } standing) return standing;
            var open = (await All(connection, contract, long.MaxValue, cancellation)).Where(claim => claim.IsOpenAt(_ledger.Now())).ToArray();
            if (about is not null && open.FirstOrDefault(claim => claim.About == about) is { } other) return No(StepRefusal.NotNow, $"关于 {about} 已有第 {other.Number} 号申请，尚未了结。");
            if (proposal.Type is ClaimType.Late or ClaimType.Finding && await OnRecord(connection, contract, facts, cancellation) is { } known) return known;

            var content = new JsonObject { ["answerDue"] = CanonicalJson.Utc(Math.Max(_ledger.Now(), head.RecordedAt) + settings.AnswerTime), ["count"] = facts.Count };
            if (about is not null) content["about"] = about;
            if (proposal.Setting is { } setting) content["setting"] = setting.ToJson();
            return await Take(connection, transaction, contract, head, new(head.Claims + 1, proposal.Type, ClaimStep.Proposed, author, proposal.Reason, proposal.Evidence, content, facts), following, cancellation);
        }
    }

    /// <summary>What would stand in the way of a late entry of these facts, as things are now; nothing is recorded.</summary>
    /// <returns>The faults: which of the facts, from 0, and the key at fault where it is known.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<IReadOnlyList<(int Fact, string? Field, string Message)>> FaultsOfLateEntry(string contract, Vocabulary? vocabulary, Author author, IReadOnlyList<byte[]> lines, CancellationToken cancellation = default)
    {
        _ledger.MustSee(contract);
        var (facts, refusal) = ReadFacts(contract, vocabulary, lines);
        if (refusal is not null) return refusal.Faults.Count > 0 ? refusal.Faults : [.. refusal.Messages.Select(message => (0, (string?)null, message))];
        var faults = facts.Select((fact, at) => (at, fact)).Where(item => item.fact.Kind is FindingKind or Vocabulary.Retraction || AuthorityTable.Of(author, item.fact.Kind) == Permit.No)
            .Select(item => (item.at, (string?)"kind", $"{item.fact.Kind} 不能由您补录。")).ToList();
        if (facts.Count == 0) return faults;
        var known = await Reading(contract, connection => OnRecord(connection, contract, facts, cancellation), cancellation);
        return [.. faults, .. known?.Faults ?? []];
    }

    /// <summary>Holds facts against the form of the contract, as if they were about to be recorded.</summary>
    internal static (IReadOnlyList<Submission> Facts, StepRefused? Refusal) ReadFacts(string contract, Vocabulary? vocabulary, IReadOnlyList<byte[]> lines)
    {
        if (lines.Count > MostFacts) return ([], No(StepRefusal.Invalid, $"一次申请最多 {MostFacts} 个事实。"));
        var (facts, faults) = (new List<Submission>(), new List<(int, string?, string)>());
        FactLineReader? reader = null;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < lines.Count; at++)
        {
            if (at % 5000 == 0) reader = new FactLineReader(contract, vocabulary ?? FactLedger.Anything, "claim");
            var (fact, refused) = lines[at].AsSpan().Contains((byte)'\n') ? (null, Refusals.NoFact(null, ["应是一行 JSON，其中不能换行。"])) : Submission.Read(reader!, lines[at], at + 1, isScreened: true);
            if (fact is not null)
            {
                facts.Add(fact);
                if (!places.TryAdd(fact.Id, at)) faults.Add((at, "id", $"编号 {fact.Id} 出现了不止一次，先在第 {places[fact.Id] + 1} 个。"));
            }
            else faults.AddRange(ByField(refused ?? Refusals.Blank()).Select(fault => (at, fault.Field, fault.Message)));
        }
        return (facts, faults.Count == 0 ? null : Invalid(faults));
    }

    private static IEnumerable<(string? Field, string Message)> ByField(Refused refused) =>
        refused.Faults.Count > 0 ? refused.Faults : refused.Messages.Select(message => ((string?)null, message));

    private static StepRefused Invalid(IReadOnlyList<(int Fact, string? Field, string Message)> faults) =>
        new(StepRefusal.Invalid, [.. faults.Select(fault => fault.Message)]) { Faults = faults };

    // What each type must and must not bring.
    private static StepRefused? FormOf(Proposal proposal, IReadOnlyList<Submission> facts)
    {
        var (type, count) = (proposal.Type, facts.Count);
        if ((proposal.Setting is not null) != (type == ClaimType.Setting)) return No(StepRefusal.Invalid, "新的时限只在时限调整中提出，也必须提出。");
        return type switch
        {
            ClaimType.Setting when count > 0 || proposal.About is not null => No(StepRefusal.Invalid, "时限调整不涉及事实。"),
            ClaimType.Setting when !proposal.Setting!.IsSensible => No(StepRefusal.Invalid, "补录时限为 1 小时至 366 天，答复时限为 24 小时至 366 天。"),
            ClaimType.Retraction when proposal.About is null => No(StepRefusal.Invalid, "请指明要撤回的事实。"),
            ClaimType.Retraction when count > 1 || count == 1 && facts[0].Kind != Vocabulary.Retraction => No(StepRefusal.Invalid, "撤回时不提出其他事实；要以新的事实代替，请作更正申请。"),
            ClaimType.Correction when proposal.About is null || count != 1 => No(StepRefusal.Invalid, "更正须指明原事实，并给出一个更正后的事实。"),
            ClaimType.Excuse or ClaimType.Finding when count != 1 => No(StepRefusal.Invalid, "请给出一个事实。"),
            ClaimType.Finding when facts[0].Kind != FindingKind => No(StepRefusal.Invalid, $"拟扣认定的事实应是 {FindingKind}。"),
            ClaimType.Finding or ClaimType.Late when proposal.About is not null => No(StepRefusal.Invalid, "此类申请不涉及已有的事实。"),
            ClaimType.Late when count == 0 => No(StepRefusal.Invalid, "没有要补录的事实。"),
            ClaimType.Late when proposal.Evidence.Count == 0 => No(StepRefusal.Invalid, "补录须附证据。"),
            ClaimType.Late or ClaimType.Excuse or ClaimType.Correction when facts.Any(fact => fact.Kind is FindingKind or Vocabulary.Retraction) =>
                No(StepRefusal.Invalid, "人工认定请作拟扣认定，撤回请作撤回申请。"),
            _ => null,
        };
    }

    private const string FindingKind = "finding.recorded";

    private static StepRefused? MayPropose(Author author, Proposal proposal, IReadOnlyList<Submission> facts)
    {
        if (proposal.Type == ClaimType.Setting)
            return author.Side != Side.Neither && author.Roles.Any(ClaimRules.Answerers.Contains) ? null : No(StepRefusal.Forbidden, "时限调整由甲方的复核或分管领导、乙方的项目经理提出。");
        var kinds = facts.Select(fact => fact.Kind);
        if (proposal.Type is ClaimType.Retraction or ClaimType.Correction || proposal.About is not null) kinds = kinds.Append(Vocabulary.Retraction);
        string[] forbidden = [.. kinds.Distinct().Where(kind => AuthorityTable.Of(author, kind) == Permit.No)];
        return forbidden.Length == 0 ? null : No(StepRefusal.Forbidden, $"您的角色不能提出 {string.Join("、", forbidden)}。");
    }

    // The fact without its excuse: what its author may say alone.
    private static (Submission? Fact, Refused? Refused) Plain(string contract, Vocabulary? vocabulary, Submission fact, IReadOnlyList<string> excuses)
    {
        var plain = JsonNode.Parse(fact.Fact)!.AsObject();
        foreach (var field in excuses) plain["data"]!.AsObject().Remove(field);
        return Again(contract, vocabulary, plain, fact.Evidence);
    }

    private static (Submission? Fact, Refused? Refused) Again(string contract, Vocabulary? vocabulary, JsonObject fact, string evidence)
    {
        fact["evidence"] = JsonNode.Parse(evidence);
        return Submission.Read(new FactLineReader(contract, vocabulary ?? FactLedger.Anything, "claim"), JsonSerializer.SerializeToUtf8Bytes(fact), 1);
    }

    /// <summary>Why a fact cannot be taken back; null: it can.</summary>
    private static async Task<StepRefused?> NotToBeTakenBack(NpgsqlConnection connection, string contract, string id, bool mayBeNew, CancellationToken cancellation)
    {
        var fact = await Find(connection, contract, id, cancellation);
        if (fact is null) return mayBeNew ? null : No(StepRefusal.Invalid, $"没有编号为 {id} 的事实。");
        if (fact.Kind == Vocabulary.Retraction) return No(StepRefusal.Invalid, "撤回本身不能撤回；请把原事实重新提出。");
        await using var retracted = new NpgsqlCommand("select fact from ledger.facts where contract = $1 and kind = $2", connection) { Parameters = { new() { Value = contract }, new() { Value = Vocabulary.Retraction } } };
        await using var reader = await retracted.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (RetractedBy(reader.GetFieldValue<byte[]>(0)) == id) return No(StepRefusal.NotNow, $"{id} 已经撤回。");
        return null;
    }

    private static string? RetractedBy(byte[] fact)
    {
        using var document = JsonDocument.Parse(fact, new JsonDocumentOptions { MaxDepth = 64 });
        return document.RootElement.GetProperty("data").TryGetProperty(Vocabulary.RetractedFact, out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }

    private static async Task<ProposedFact?> Find(NpgsqlConnection connection, string contract, string id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id, kind, subject, at, fact, evidence from ledger.facts where contract = $1 and id = $2", connection) { Parameters = { new() { Value = contract }, new() { Value = id } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), reader.GetString(5))
            : null;
    }

    private static async Task<StepRefused?> OnRecord(NpgsqlConnection connection, string contract, IReadOnlyList<Submission> facts, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select id, seq from ledger.standing($1, $2)", connection) { Parameters = { new() { Value = contract }, new() { Value = facts.Select(fact => fact.Id).ToArray() } } };
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) known.Add(reader.GetString(0), reader.GetInt64(1));
        return known.Count == 0
            ? null
            : new(StepRefusal.NotNow, [.. known.Select(fact => $"编号 {fact.Key} 已是第 {fact.Value} 号事实。")])
            {
                Faults = [.. facts.Select((fact, at) => (fact, at)).Where(item => known.ContainsKey(item.fact.Id)).Select(item => (item.at, (string?)"id", $"编号 {item.fact.Id} 已是第 {known[item.fact.Id]} 号事实。"))],
            };
    }
}

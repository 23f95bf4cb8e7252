using System.Globalization;
using System.Text.Json;
using Yueheng.Contracts.Documents;
using Yueheng.Facts;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Reading;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>The contracts that somebody sees: as cards for who has one minute, and each as an overview.</summary>
internal static class ContractsEndpoints
{
    private const long Soon = 7 * ChinaTime.Day;
    private const int MostDuties = 10;
    private const int MostClocks = 20;
    private const int MostFacts = 10;

    public static void MapAll(RouteGroupBuilder api) =>
        api.MapGet("/contracts", All).Produces<IReadOnlyList<ContractCard>>().ForSignedIn();

    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("", One).Produces<ContractOverview>().Needs(Permission.ReadFigures);

    private static async Task<IResult> All(Caller caller, Shelf shelf, Judgements judgements, LedgerOf ledgerOf, BusinessClock clock, CancellationToken cancellation)
    {
        var cards = new List<ContractCard>();
        foreach (var contract in await shelf.Contracts(caller.Contracts, cancellation))
            if (caller.May(contract.Id, Permission.ReadFigures)) cards.Add(await CardOf(contract, caller, judgements, ledgerOf, clock, cancellation));
        return Results.Ok(cards);
    }

    private static async Task<ContractCard> CardOf(ShelvedContract contract, Caller caller, Judgements judgements, LedgerOf ledgerOf, BusinessClock clock, CancellationToken cancellation)
    {
        var claims = await ledgerOf(caller).Claims.List(contract.Id, cancellation: cancellation);
        try
        {
            return CardOf(await judgements.At(caller.Contracts, contract.Id, cancellation: cancellation), claims, caller.SeesMoney(contract.Id), clock);
        }
        catch (Exception broken) when (StatementProblems.Of(broken) is { Status: 409 } problem)
        {
            // One contract that cannot be judged hides none of the others.
            return new ContractCard(contract.Id, contract.Name, new Dictionary<string, string>(), null, LightColour.Red, [problem.Message], [], [], new(0, LedgerPoint.Nothing.Hash, null), ChinaTime.Write(clock.Now), claims.Count(claim => claim.IsOpenAt(clock.Now)), 0);
        }
    }

    private static ContractCard CardOf(Judged judged, IReadOnlyList<Claim> claims, bool seesMoney, BusinessClock clock)
    {
        var syntax = judged.Pack.Contract.Syntax.Contract;
        return new(
            judged.Contract, syntax.Name, syntax.Parties, new(syntax.Term.From, syntax.Term.Through), judged.Light.Colour, judged.Light.Reasons,
            // The second and third of the five sentences are about money.
            [.. judged.Document.Summary.Where((_, place) => seesMoney || place is not (1 or 2))], [.. KeyFigures(judged, seesMoney)],
            HeadAnswer.Of(judged.Head), ChinaTime.Write(judged.AsOf), claims.Count(claim => claim.IsOpenAt(clock.Now)),
            judged.Obligations.Duties.Count(duty => duty.State == "pending" && duty.Due > judged.AsOf && duty.Due <= judged.AsOf + Soon));
    }

    private static IEnumerable<KeyFigure> KeyFigures(Judged judged, bool seesMoney)
    {
        if (Said("score") is { } score) yield return new("考核得分", $"{score} 分", Published("score", "assessment/"));
        if (Said("tier") is { } tier) yield return new("档次", judged.Pack.Contract.Syntax.Wording?.GetValueOrDefault(tier) ?? tier, judged.Figures.Keys.FirstOrDefault(address => address.StartsWith("assessment/", StringComparison.Ordinal) && address.EndsWith("/tier", StringComparison.Ordinal)));
        if (!seesMoney) yield break;
        if (Said("payable") is { } payable) yield return new(SummaryNames.Payable(judged.Pack.Contract.Syntax), Yuan(payable), null);
        if (Said("damages") is { } damages) yield return new("违约金与损失", Yuan(damages), Address("damages/total"));
        if (Said("net") is { } net) yield return new(SummaryNames.Net(judged.Pack.Contract.Syntax), Yuan(net), Address("net"));

        string? Said(string key) => judged.Ask(judgement => judgement.Summary(key));

        string? Address(string address) => judged.Figures.ContainsKey(address) ? address : null;

        string? Published(string key, string under) => judged.Document.Results.FirstOrDefault(entry => entry.Address.StartsWith(under, StringComparison.Ordinal) && entry.Figure.Text == Said(key))?.Address;

        static string Yuan(string amount) => decimal.Parse(amount, CultureInfo.InvariantCulture).ToString("#,##0.00", CultureInfo.InvariantCulture) + " 元";
    }

    private static async Task<IResult> One(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, StatementBook book, LedgerOf ledgerOf, BusinessClock clock, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        var ledger = ledgerOf(caller);
        var marks = await ledger.Claims.Marks(contract, BusinessClock.ReadInstant(asked.Recorded, "recorded"), cancellation);
        var counts = await ledger.Claims.Counts(contract, judged.Pack.Contract.TermFrom, judged.AsOf + 1, BusinessClock.ReadInstant(asked.Recorded, "recorded"), cancellation);
        var seesMoney = caller.SeesMoney(contract);
        var card = CardOf(judged, marks.Claims, seesMoney, clock);
        var clauses = judged.Pack.Contract.Syntax.Clauses ?? [];
        var statements = await book.All(caller.Contracts, contract, cancellation);
        return Results.Ok(new ContractOverview(
            card.Id, card.Name, card.Parties, card.Term, card.Light, card.Reasons, card.Sentences, card.KeyFigures, card.Head, card.AsOf, card.OpenClaims, card.DueSoon,
            judged.Ask(judgement => judgement.Summary("score")), judged.Ask(judgement => judgement.Summary("tier")),
            new(clauses.Count, clauses.Count(clause => clause.Runs != "record"), clauses.Count(clause => clause.Runs == "record")),
            [.. judged.Obligations.Duties.Where(duty => duty.State == "pending" && duty.Due > judged.AsOf).OrderBy(duty => duty.Due).Take(MostDuties).Select(DutyAnswer.Of)],
            [.. judged.Obligations.Clocks.Where(clock => clock.State == "breached").OrderByDescending(clock => clock.Start).Take(MostClocks).Select(ClockAnswer.Of)],
            await Latest(ledger, judged, marks, seesMoney, cancellation), [.. statements.Reverse().Select(StatementCard.Of)],
            judged.Ask(judgement => judgement.ProvisionalYears.Order().ToList()), counts.LateFacts, new(counts.OpenClaims, counts.AcceptedClaims, counts.RefusedClaims), judged.Version.Version));
    }

    private static async Task<IReadOnlyList<LatestFact>> Latest(Ledger.FactLedger ledger, Judged judged, FactMarks marks, bool seesMoney, CancellationToken cancellation)
    {
        var mask = MoneyMask.Of(judged.Pack.Contract.Syntax);
        var latest = new List<LatestFact>();
        await foreach (var fact in ledger.Read(judged.Contract, new FactsWanted(Math.Max(0, judged.Head.Seq - MostFacts)), cancellation))
            if (fact.Seq <= judged.Head.Seq && (seesMoney || !mask.IsMoneyKind(fact.Kind))) latest.Add(LatestFact.Of(fact, marks.Of(fact)));
        latest.Reverse();
        return latest;
    }
}

/// <summary>A contract for who has one minute.</summary>
/// <param name="Parties">Role and name.</param>
/// <param name="Term">First and last day; null when the contract cannot be judged now.</param>
/// <param name="Light">Whether somebody has to look at it; the reasons say why.</param>
/// <param name="Sentences">Five, or those that are not about money.</param>
/// <param name="DueSoon">Duties that fall due within seven days.</param>
internal sealed record ContractCard(
    string Id, string Name, IReadOnlyDictionary<string, string> Parties, TermAnswerDays? Term, LightColour Light, IReadOnlyList<string> Reasons, IReadOnlyList<string> Sentences,
    IReadOnlyList<KeyFigure> KeyFigures, HeadAnswer Head, string AsOf, int OpenClaims, int DueSoon);

/// <summary>A contract's card and what goes on in it.</summary>
/// <param name="LateEntries">Facts recorded late, of the whole term.</param>
/// <param name="Version">Of the text in force.</param>
internal sealed record ContractOverview(
    string Id, string Name, IReadOnlyDictionary<string, string> Parties, TermAnswerDays? Term, LightColour Light, IReadOnlyList<string> Reasons, IReadOnlyList<string> Sentences,
    IReadOnlyList<KeyFigure> KeyFigures, HeadAnswer Head, string AsOf, int OpenClaims, int DueSoon,
    string? Score, string? Tier, ClauseCounts Clauses, IReadOnlyList<DutyAnswer> NextDuties, IReadOnlyList<ClockAnswer> BreachedClocks, IReadOnlyList<LatestFact> LatestFacts,
    IReadOnlyList<StatementCard> Statements, IReadOnlyList<int> ProvisionalYears, int LateEntries, ClaimCounts Claims, int Version);

internal sealed record TermAnswerDays(string From, string Through);

/// <param name="Text">As people read it.</param>
/// <param name="Address">Null: it is published under no single address.</param>
internal sealed record KeyFigure(string Label, string Text, string? Address);

/// <param name="RecordedAt">Null while nothing is recorded.</param>
internal sealed record HeadAnswer(long Seq, string Hash, string? RecordedAt)
{
    public static HeadAnswer Of(LedgerPoint point) => new(point.Seq, point.Hash, point.Seq == 0 ? null : ChinaTime.Write(point.RecordedAt));
}

/// <param name="Executed">By facts or by a person's finding.</param>
/// <param name="Recorded">Only recorded.</param>
internal sealed record ClauseCounts(int Total, int Executed, int Recorded);

internal sealed record ClaimCounts(int Open, int Accepted, int Refused);

/// <summary>A fact on record.</summary>
internal sealed record LatestFact(
    string Id, string Kind, string At, string Subject, JsonElement Data, long Seq, string RecordedAt, string By, JsonElement Evidence, string Hash, string? RetractedBy, bool Late, long? Claim)
{
    public static LatestFact Of(RecordedFact fact, Mark mark)
    {
        using var content = JsonDocument.Parse(fact.Fact);
        using var evidence = JsonDocument.Parse(fact.Evidence);
        var data = content.RootElement.TryGetProperty("data", out var given) ? given.Clone() : JsonDocument.Parse("{}").RootElement;
        return new(fact.Id, fact.Kind, ChinaTime.Write(fact.At), fact.Subject, data, fact.Seq, ChinaTime.Write(fact.RecordedAt), fact.By, evidence.RootElement.Clone(), Convert.ToHexStringLower(fact.Hash), mark.RetractedBy, mark.IsLate, mark.Claim);
    }
}

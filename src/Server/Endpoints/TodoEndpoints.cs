using System.Globalization;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>What waits for the one who asks, in all their contracts, the most pressing first.</summary>
internal static class TodoEndpoints
{
    private const long Soon = 7 * ChinaTime.Day;
    private const long Pressing = ChinaTime.Day;
    private const int MostDuties = 20;

    public static void Map(RouteGroupBuilder api) => api.MapGet("/todo", Get).Produces<IReadOnlyList<TodoAnswer>>().ForSignedIn();

    private static async Task<IResult> Get(Caller caller, Shelf shelf, Judgements judgements, StatementBook book, LedgerOf ledgerOf, BusinessClock clock, CancellationToken cancellation)
    {
        var todo = new List<(long Due, TodoAnswer Item)>();
        foreach (var contract in await shelf.Contracts(caller.Contracts, cancellation))
        {
            foreach (var claim in await ledgerOf(caller).Claims.List(contract.Id, cancellation: cancellation)) Add(OfClaim(contract, claim, caller, clock.Now));
            foreach (var version in await shelf.Versions(caller.Contracts, contract.Id, cancellation)) Add(OfPack(contract, version, caller));
            foreach (var issued in await book.All(caller.Contracts, contract.Id, cancellation)) Add(OfStatement(contract, issued, caller));
            if (caller.SideIn(contract.Id) == Side.Neither || !caller.May(contract.Id, Permission.Append)) continue;
            foreach (var one in await OfDuties(contract, caller, judgements, cancellation)) Add(one);
        }
        return Results.Ok(todo.OrderBy(one => one.Due).Select(one => one.Item));

        void Add((long Due, TodoAnswer Item)? one)
        {
            if (one is { } item) todo.Add(item);
        }
    }

    private static (long, TodoAnswer)? OfClaim(ShelvedContract contract, Claim claim, Caller caller, long now)
    {
        var side = caller.SideIn(contract.Id);
        if (side == Side.Neither || !claim.WaitsFor(now).Contains(side)) return null;
        var isDecision = claim.StateAt(now) is ClaimState.Answered or ClaimState.Lapsed;
        if (!caller.May(contract.Id, isDecision ? Permission.DecideClaim : Permission.AnswerClaim)) return null;
        var what = isDecision ? $"核定第 {claim.Number} 号拟扣" : claim.Type == ClaimType.Finding ? $"申辩第 {claim.Number} 号拟扣" : $"答复第 {claim.Number} 号{NameOf(claim.Type)}";
        return (claim.AnswerDue, new(contract.Id, contract.Name, isDecision ? "claim-decide" : "claim-answer", $"{what}：{claim.Reason}", ChinaTime.Write(claim.AnswerDue), $"/c/{contract.Id}/claims/{claim.Number.ToString(CultureInfo.InvariantCulture)}", Severity(claim.AnswerDue, now)));
    }

    private static string NameOf(ClaimType type) => type switch
    {
        ClaimType.Excuse => "免责主张",
        ClaimType.Retraction => "撤回申请",
        ClaimType.Correction => "更正申请",
        ClaimType.Late => "补录申请",
        _ => "申请",
    };

    private static (long, TodoAnswer)? OfPack(ShelvedContract contract, PackVersion version, Caller caller)
    {
        var side = caller.SideIn(contract.Id);
        if (side == Side.Neither || version.IsAgreed() || !caller.May(contract.Id, Permission.AgreePack) || version.Agreements.Any(agreement => agreement.Side == side.Word())) return null;
        return (version.InForce, new(contract.Id, contract.Name, "pack-agree", $"同意合同文本第 {version.Version} 版（{(version.Kind == PackKind.Original ? "原文" : "补充协议")}）", DutyAnswer.LastDay(version.InForce + ChinaTime.Day), $"/c/{contract.Id}/packs", "normal"));
    }

    private static (long, TodoAnswer)? OfStatement(ShelvedContract contract, IssuedStatement issued, Caller caller)
    {
        var side = caller.SideIn(contract.Id);
        if (side == Side.Neither || issued.State == StatementState.Sealed || !caller.May(contract.Id, Permission.ConfirmStatement)) return null;
        var link = $"/c/{contract.Id}/statements/{issued.Number}";
        if (issued.Of(side.Word()) is null)
            return (issued.IssuedAt + Soon, new(contract.Id, contract.Name, "statement-confirm", $"确认评估单 {issued.Number}", null, link, "normal"));
        return side == Side.Buyer && issued.State == StatementState.Confirmed
            ? (issued.IssuedAt + 2 * Soon, new(contract.Id, contract.Name, "statement-seal", $"登记评估单 {issued.Number} 的盖章件", null, link, "normal"))
            : null;
    }

    private static async Task<IEnumerable<(long, TodoAnswer)?>> OfDuties(ShelvedContract contract, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        Judged judged;
        try
        {
            judged = await judgements.At(caller.Contracts, contract.Id, cancellation: cancellation);
        }
        catch (Exception broken) when (StatementProblems.Of(broken) is { Status: 409 })
        {
            return [];
        }
        return judged.Obligations.Duties.Where(duty => duty.State == "pending" && duty.Due > judged.AsOf && duty.Due <= judged.AsOf + Soon).OrderBy(duty => duty.Due).Take(MostDuties)
            .Select(duty => ((long, TodoAnswer)?)(duty.Due!.Value, new TodoAnswer(contract.Id, contract.Name, "duty", $"{duty.Label}（{duty.Period}）", DutyAnswer.LastDay(duty.Due.Value), $"/c/{contract.Id}/duties", Severity(duty.Due.Value, judged.AsOf))));
    }

    private static string Severity(long due, long now) => due <= now ? "overdue" : due <= now + Pressing ? "pressing" : "normal";
}

/// <param name="Kind">duty, claim-answer, claim-decide, statement-confirm, statement-seal or pack-agree.</param>
/// <param name="Due">A date, at whose end it falls due, or an instant.</param>
/// <param name="Link">Where in the console it is done.</param>
/// <param name="Severity">overdue, pressing (within a day) or normal.</param>
internal sealed record TodoAnswer(string Contract, string ContractName, string Kind, string Label, string? Due, string Link, string Severity);

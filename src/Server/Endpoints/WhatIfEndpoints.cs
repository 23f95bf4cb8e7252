using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;

namespace Yueheng.Server.Endpoints;

/// <summary>What would be if. Nothing of it is stored.</summary>
internal static class WhatIfEndpoints
{
    private const int MostFacts = 200;
    private const int MostChanges = 2000;

    public static void Map(RouteGroupBuilder contract) =>
        contract.MapPost("/what-if", Ask).Accepts<WhatIfRequest>("application/json").Produces<WhatIfAnswer>().Needs(Permission.WhatIf);

    private static async Task<IResult> Ask(string contract, WhatIfRequest request, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        if (request.Facts is not { Count: > 0 and <= MostFacts }) throw ProblemException.Invalid($"请给出 1 至 {MostFacts} 件假设的事实。");
        var judged = await judgements.At(caller.Contracts, contract, BusinessClock.ReadInstant(request.AsOf, "asOf"), null, cancellation);
        var supposed = await judgements.WithHypothetical(judged, [.. request.Facts.Select((fact, place) => Line(fact, contract, place))], cancellation);
        return Results.Ok(Compare(judged, supposed, caller.SeesMoney(contract)));
    }

    // Whoever only supposes need not make up an id, nor say of which contract.
    private static byte[] Line(JsonElement fact, string contract, int place)
    {
        if (fact.ValueKind != JsonValueKind.Object) throw ProblemException.Invalid($"第 {place + 1} 件不是 JSON 对象。", new ProblemError("facts", place + 1, "应为对象"));
        var line = JsonObject.Create(fact)!;
        if (line["id"] is null) line["id"] = $"what-if-{place + 1}";
        if (line["contract"] is null) line["contract"] = contract;
        return Encoding.UTF8.GetBytes(line.ToJsonString());
    }

    private static WhatIfAnswer Compare(Judged before, Judged after, bool seesMoney)
    {
        var changed = new List<ChangedFigure>();
        foreach (var address in before.Figures.Keys.Union(after.Figures.Keys).Order(StringComparer.Ordinal))
        {
            bool stood = before.Figures.TryGetValue(address, out var was), stands = after.Figures.TryGetValue(address, out var became);
            var (old, now) = (stood ? was.Text : "", stands ? became.Text : "");
            var figure = stands ? became : was;
            if (old == now || figure.IsMoney && !seesMoney) continue;
            if (changed.Count < MostChanges) changed.Add(new(address, stands ? after.LabelOf(address) : before.LabelOf(address), old, now, StatementBook.UnitOf(figure)));
        }
        return new(ChinaTime.Write(before.AsOf), Summary(before, seesMoney), Summary(after, seesMoney), changed);
    }

    private static WhatIfSummary Summary(Judged judged, bool seesMoney) =>
        new(judged.Ask(judgement => judgement.Summary("score")), judged.Ask(judgement => judgement.Summary("tier")), seesMoney ? judged.Ask(judgement => judgement.Summary("net")) : null);
}

/// <param name="Facts">As they would be recorded; <c>id</c> and <c>contract</c> may be left out.</param>
internal sealed record WhatIfRequest(IReadOnlyList<JsonElement> Facts, string? AsOf);

/// <param name="Changed">Every figure that would read otherwise; the first two thousand.</param>
internal sealed record WhatIfAnswer(string AsOf, WhatIfSummary Before, WhatIfSummary After, IReadOnlyList<ChangedFigure> Changed);

internal sealed record WhatIfSummary(string? Score, string? Tier, string? Net);

/// <param name="Before">Empty: not listed.</param>
internal sealed record ChangedFigure(string Address, string Label, string Before, string After, string Unit);

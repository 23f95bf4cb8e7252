using System.Globalization;
using Yueheng.Contracts.Documents;
using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Terms;

namespace Yueheng.Server.Endpoints;

/// <summary>The money.</summary>
internal static class SettlementEndpoints
{
    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/settlement", Get).Produces<SettlementAnswer>().Needs(Permission.ReadMoney);

    private static async Task<IResult> Get(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        return Results.Ok(judged.Ask(_ => Of(judged)));
    }

    private static SettlementAnswer Of(Judged judged)
    {
        var settlement = judged.Document.Settlement;
        // What belongs to an instalment stands beside its money, be it a date or a state.
        var groups = judged.Document.Groups
            .Select(group => (group, Kind: group.Entries[0].Address.Split('/')[0]))
            .Where(one => one.Kind != "net" && one.group.Entries.Any(entry => entry.Figure.IsMoney))
            .Select(one => new MoneyGroup(one.Kind, one.group.Name, [.. one.group.Entries.Select(entry => new MoneyFigure(entry.Address, entry.Name, entry.Figure.Text, StatementBook.UnitOf(entry.Figure)))]));
        return new(
            [.. settlement.Steps.Select(step => new WaterfallStep(step.Label, Money(step.Amount), AddressOf(judged, step), TraceAnswer.Of(step.Explain(), judged, true)))], [.. groups],
            settlement.NetEntry is { } net ? new NetFigure(net.Address, net.Figure.Text) : null);
    }

    // A step has an address where a single figure of money is published under the same term.
    private static string? AddressOf(Judged judged, WaterfallPart step)
    {
        var trace = step.Explain();
        while (trace.Name is null && trace.Parts.Count == 1) trace = trace.Parts[0];
        if (trace.Name is not { } name) return null;
        return judged.Pack.Contract.Syntax.Figures.FirstOrDefault(figure => figure.Each is null && figure.Value is Terms.Syntax.Name value && value.Text == name) is { } published && judged.Figures.ContainsKey(published.Address) ? published.Address : null;
    }

    internal static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <param name="Waterfall">Signed steps from what was agreed to the net amount.</param>
/// <param name="Groups">Instalments, securities, damages and other money, with what belongs to them.</param>
internal sealed record SettlementAnswer(IReadOnlyList<WaterfallStep> Waterfall, IReadOnlyList<MoneyGroup> Groups, NetFigure? Net);

/// <param name="Amount">CNY, signed, two decimals.</param>
internal sealed record WaterfallStep(string Label, string Amount, string? Address, TraceAnswer Trace);

internal sealed record MoneyGroup(string Kind, string Label, IReadOnlyList<MoneyFigure> Figures);

internal sealed record MoneyFigure(string Address, string Label, string Text, string Unit);

internal sealed record NetFigure(string Address, string Text);

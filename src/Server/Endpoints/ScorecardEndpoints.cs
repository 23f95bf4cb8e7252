using System.Globalization;
using Yueheng.Contracts.Documents;
using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Statements.Judging;

namespace Yueheng.Server.Endpoints;

/// <summary>The score: item, rule, occurrence, fact.</summary>
internal static class ScorecardEndpoints
{
    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/scorecard", Get).Produces<IReadOnlyList<CardAnswer>>().Needs(Permission.ReadFigures);

    private static async Task<IResult> Get(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        return Results.Ok(judged.Ask(_ => judged.Document.Cards.Select((card, place) => CardOf(judged, card, place)).ToList()));
    }

    private static CardAnswer CardOf(Judged judged, Card card, int place)
    {
        // The card's own figure: judged in the same view, and worth what its items and the rules on the total come to.
        var view = card.Items[0].Entry.Figure.View;
        var sum = Math.Max(0m, card.Items.Sum(item => item.Score) + card.OnTotal.Sum(rule => rule.Points));
        var total = judged.Document.Results.FirstOrDefault(entry => entry.Figure.View == view && entry.Figure.Value.Type == Facts.ValueType.Number && Numbers.Round(entry.Figure.Value, 6) == sum);
        var items = card.Items.Select(item => new ItemAnswer(item.Entry.Figure.Column("item").ToString(), item.Name, item.Full is { } full ? Points(full) : null, Points(item.Score), item.Entry.Address, [.. item.Rules.Select(rule => RuleOf(judged, rule))])).ToList();
        return new(place.ToString(CultureInfo.InvariantCulture), card.Name, total?.Figure.Text ?? Points(sum), total?.Address, items, [.. card.OnTotal.Select(rule => RuleOf(judged, rule))]);
    }

    private static RuleAnswer RuleOf(Judged judged, CardRule rule) =>
        new(rule.Entry.Figure.Column("rule").ToString(), rule.Name, Points(rule.Points), rule.Entry.Address,
            [.. judged.Ask(judgement => judgement.Occurrences(rule.Entry.Figure)).Select(occurrence =>
            {
                var first = occurrence.Facts.Select(judged.Facts.ById).FirstOrDefault();
                return new OccurrenceAnswer(occurrence.Subject ?? first?.Subject ?? "", (occurrence.At ?? first?.At) is { } at ? ChinaTime.Write(at) : null, Points(Numbers.Round(occurrence.Points, 6)), occurrence.Facts, rule.Entry.Address);
            })]);

    private static string Points(decimal points) => points.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <param name="Score">Of the card as a whole.</param>
/// <param name="OnTotal">Rules that no item holds.</param>
internal sealed record CardAnswer(string Card, string Label, string Score, string? Address, IReadOnlyList<ItemAnswer> Items, IReadOnlyList<RuleAnswer> OnTotal);

/// <param name="Full">Its points; null where they cannot be told.</param>
internal sealed record ItemAnswer(string Item, string Label, string? Full, string Score, string Address, IReadOnlyList<RuleAnswer> Rules);

/// <param name="Points">Signed, before the item's caps.</param>
internal sealed record RuleAnswer(string Rule, string Label, string Points, string Address, IReadOnlyList<OccurrenceAnswer> Occurrences);

/// <param name="Facts">Ids.</param>
internal sealed record OccurrenceAnswer(string Subject, string? At, string Points, IReadOnlyList<string> Facts, string Address);

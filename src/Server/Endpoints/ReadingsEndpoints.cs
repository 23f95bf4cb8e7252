using System.Globalization;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Packs;
using Yueheng.Server.Access;
using Yueheng.Statements.Judging;
using Yueheng.Terms.Syntax;

namespace Yueheng.Server.Endpoints;

/// <summary>Every disputed reading, with what each alternative would change.</summary>
internal static class ReadingsEndpoints
{
    private const int MostFigures = 100;

    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/readings", Get).Produces<IReadOnlyList<ReadingAnswer>>().Produces<ReadingsUnderWay>(202).Needs(Permission.ReadFigures);

    private static async Task<IResult> Get(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, Worths worths, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        var standing = worths.Of(judged);
        return standing.Result is { } result ? Results.Ok(Of(judged, result, caller.SeesMoney(contract))) : Results.Json(new ReadingsUnderWay(standing.Done, standing.Total), statusCode: 202);
    }

    private static List<ReadingAnswer> Of(Judged judged, IReadOnlyList<ReadingWorth> worths, bool seesMoney)
    {
        var mask = seesMoney ? null : MoneyMask.Of(judged.Pack.Contract.Syntax);
        var byInterpretation = worths.ToLookup(worth => worth.Interpretation, StringComparer.Ordinal);
        return [.. (judged.Pack.Contract.Syntax.Interpretations ?? new Dictionary<string, InterpretationSyntax>()).Select(one => new ReadingAnswer(
            one.Key, one.Value.Asks, one.Value.Clauses ?? [], one.Value.Terms ?? [], one.Value.Reading, one.Value.Why, [.. byInterpretation[one.Key].Select(worth => AlternativeOf(judged, worth, mask))]))];
    }

    private static AlternativeAnswer AlternativeOf(Judged judged, ReadingWorth worth, MoneyMask? mask)
    {
        var figures = worth.Changed.Where(changed => mask is null || !(judged.Figures.TryGetValue(changed.Address, out var figure) ? figure.IsMoney : mask.IsMoneyAddress(changed.Address)))
            .Take(MostFigures).Select(changed => new ChangedText(changed.Address, judged.LabelOf(changed.Address), changed.Before, changed.After));
        return new(
            worth.Alternative ?? "", worth.Alternative is null ? "" : worth.Label, worth is { Alternative: not null, Untold: null }, worth.NotRunnable ?? worth.Untold,
            worth.Points is { } points ? points.ToString("0.######", CultureInfo.InvariantCulture) : null, mask is null && worth.Net is { } net ? SettlementEndpoints.Money(net) : null, [.. figures]);
    }
}

/// <param name="Label">What is asked.</param>
/// <param name="Chosen">How it is read.</param>
internal sealed record ReadingAnswer(string Id, string Label, IReadOnlyList<string> Clauses, IReadOnlyList<string> Terms, string Chosen, string? Why, IReadOnlyList<AlternativeAnswer> Alternatives);

/// <param name="Alt">Empty where no fact could decide.</param>
/// <param name="Runs">False: no fact could decide it, or these facts cannot; the reason says which.</param>
/// <param name="Points">The score it would give, less the score in use.</param>
/// <param name="Yuan">The net amount it would give, less that in use.</param>
/// <param name="Figures">The first hundred that would read otherwise.</param>
internal sealed record AlternativeAnswer(string Alt, string Label, bool Runs, string? Reason, string? Points, string? Yuan, IReadOnlyList<ChangedText> Figures);

/// <param name="Before">Empty: not listed.</param>
internal sealed record ChangedText(string Address, string Label, string Before, string After);

/// <param name="Progress">So many of <paramref name="Total"/> alternatives were judged; ask again.</param>
internal sealed record ReadingsUnderWay(int Progress, int Total);

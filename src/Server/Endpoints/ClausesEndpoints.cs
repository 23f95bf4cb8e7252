using Yueheng.Contracts.Documents;
using Yueheng.Server.Access;
using Yueheng.Statements.Judging;
using Yueheng.Terms.Syntax;

namespace Yueheng.Server.Endpoints;

/// <summary>The clauses of the paper, and what each has come to.</summary>
internal static class ClausesEndpoints
{
    private const int MostFigures = 40;

    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/clauses", Get).Produces<IReadOnlyList<ClauseAnswer>>().Needs(Permission.ReadFigures);

    private static async Task<IResult> Get(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        return Results.Ok(Of(judged, caller.SeesMoney(contract)));
    }

    private static List<ClauseAnswer> Of(Judged judged, bool seesMoney)
    {
        var syntax = judged.Pack.Contract.Syntax;
        var terms = syntax.Terms.SelectMany(term => (term.Value.Clause ?? []).Select(clause => (clause, term.Key)))
            .Concat((syntax.Clauses ?? []).SelectMany(clause => (clause.By ?? []).Select(by => (clause.Id, by)))).Distinct().ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
        var rules = syntax.Terms.Values.SelectMany(term => term.Scorecard?.Rules ?? new Dictionary<string, RuleSyntax>()).DistinctBy(rule => rule.Key).ToDictionary(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal);
        var figures = Published(judged, seesMoney);
        var readings = (syntax.Interpretations ?? new Dictionary<string, InterpretationSyntax>()).SelectMany(one => (one.Value.Clauses ?? []).Select(clause => (clause, one.Key))).ToLookup(pair => pair.clause, pair => pair.Key, StringComparer.Ordinal);
        return
        [
            .. (syntax.Clauses ?? []).Select(clause => new ClauseAnswer(
                clause.Id, clause.At, clause.Text, clause.Runs, [.. terms[clause.Id].Select(name => new TermAnswer(name, syntax.Terms.GetValueOrDefault(name)?.Label ?? rules.GetValueOrDefault(name)?.Name ?? name))],
                [.. terms[clause.Id].SelectMany(name => figures[name]).DistinctBy(entry => entry.Address).Take(MostFigures).Select(entry => new ClauseFigure(entry.Address, entry.Name, entry.Figure.Text))], [.. readings[clause.Id]])),
        ];
    }

    // Figures by the name of the set or term that they publish, and by the rule of a scorecard.
    private static ILookup<string, Entry> Published(Judged judged, bool seesMoney)
    {
        var single = judged.Pack.Contract.Syntax.Figures.Where(figure => figure is { Each: null, Value: Name }).DistinctBy(figure => figure.Address).ToDictionary(figure => figure.Address, figure => ((Name)figure.Value).Text, StringComparer.Ordinal);
        return judged.Document.All.Where(entry => seesMoney || !entry.Figure.IsMoney).SelectMany(entry =>
                entry.Figure.Column("rule") is { IsPresent: true } rule && entry.Address.StartsWith("rule/", StringComparison.Ordinal) ? [(rule.ToString(), entry)]
                : entry.Figure.Column("instalment") is { IsPresent: true } instalment ? [(instalment.ToString(), entry)]
                : entry.Figure.Set is { } set ? [(set, entry)]
                : single.TryGetValue(entry.Address, out var term) ? [(term, entry)] : Array.Empty<(string, Entry)>())
            .ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
    }
}

/// <param name="At">Where it stands in the paper.</param>
/// <param name="Text">In other words.</param>
/// <param name="Runs">auto: by facts; human: by a person's finding; record: it is only recorded.</param>
/// <param name="Figures">What it has come to; the first forty.</param>
/// <param name="Readings">Ids of the interpretations that are about it.</param>
internal sealed record ClauseAnswer(string Id, string At, string Text, string Runs, IReadOnlyList<TermAnswer> Terms, IReadOnlyList<ClauseFigure> Figures, IReadOnlyList<string> Readings);

internal sealed record TermAnswer(string Name, string Label);

internal sealed record ClauseFigure(string Address, string Label, string Text);

using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;

namespace Yueheng.Server.Endpoints;

/// <summary>The figures of a contract: all at once, as a list to choose from, or one with its trace.</summary>
internal static class FiguresEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/assessment", Assessment).Produces<AssessmentAnswer>().Needs(Permission.ReadFigures);
        contract.MapGet("/figures", Figures).Produces<FigureAnswer>().Needs(Permission.ReadFigures);
        contract.MapGet("/figures/list", List).Produces<IReadOnlyList<FigureLine>>().Needs(Permission.ReadFigures);
        contract.MapGet("/notices", Notices).Produces<NoticesAnswer>().Needs(Permission.ReadFigures);
    }

    private static async Task<IResult> Assessment(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        return Results.Bytes(judged.Assessment(caller.SeesMoney(contract)), "application/json; charset=utf-8");
    }

    private static async Task<IResult> Figures(string contract, string? address, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        var seesMoney = caller.SeesMoney(contract);
        if (string.IsNullOrEmpty(address)) return Results.Ok(FigureLine.All(judged, seesMoney));
        if (!judged.Figures.TryGetValue(address, out var figure)) throw ProblemException.NotFound($"数值“{address}”：此时没有公布这个地址");
        if (figure.IsMoney && !seesMoney) throw new ForbiddenException("金额只对双方管理人员与审计开放。", "money-hidden");
        var trace = judged.Ask(judgement => TraceAnswer.Of(judgement.Explain(figure), judged, seesMoney));
        return Results.Ok(new FigureAnswer(address, judged.LabelOf(address), figure.Text, figure.Value.ToString(), StatementBook.UnitOf(figure), figure.View, ChinaTime.Write(judged.AsOf), trace));
    }

    private static async Task<IResult> List(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation) =>
        Results.Ok(FigureLine.All(await asked.Judge(judgements, caller, contract, cancellation), caller.SeesMoney(contract)));

    private static async Task<IResult> Notices(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation)
    {
        var judged = await asked.Judge(judgements, caller, contract, cancellation);
        var calendar = judged.Pack.Contract.Calendar;
        return Results.Ok(new NoticesAnswer(calendar.Name, judged.Ask(judgement => judgement.ProvisionalYears.Order().ToList()), [.. calendar.Years.OrderBy(year => year.Key).Select(year => new CalendarNotice(year.Key, year.Value.Notice))]));
    }
}

/// <summary>What <c>yueheng assess --json</c> prints.</summary>
/// <param name="Figures">By address, in ordinal order.</param>
internal sealed record AssessmentAnswer(string Contract, string AsOf, IReadOnlyDictionary<string, string> Figures);

/// <param name="Text">As in the assessment.</param>
/// <param name="Exact">Unrounded.</param>
/// <param name="Unit">money, points, duration (whole seconds) or other.</param>
/// <param name="View">In which it was judged, if not the contract's own.</param>
internal sealed record FigureAnswer(string Address, string Label, string Text, string Exact, string Unit, string? View, string AsOf, TraceAnswer Trace);

/// <param name="Group">What kind of figure it is, in Chinese.</param>
internal sealed record FigureLine(string Address, string Label, string Text, string Unit, string Group)
{
    public static IReadOnlyList<FigureLine> All(Judged judged, bool seesMoney) =>
        [.. judged.Document.Groups.SelectMany(group => group.Entries.Where(entry => seesMoney || !entry.Figure.IsMoney).Select(entry => new FigureLine(entry.Address, entry.Name, entry.Figure.Text, StatementBook.UnitOf(entry.Figure), group.Name)))];
}

/// <param name="ProvisionalYears">Years whose workdays were needed and that have no notice yet: Monday to Friday, for the time being.</param>
/// <param name="Notices">The notices that are known.</param>
internal sealed record NoticesAnswer(string Calendar, IReadOnlyList<int> ProvisionalYears, IReadOnlyList<CalendarNotice> Notices);

internal sealed record CalendarNotice(int Year, string Notice);

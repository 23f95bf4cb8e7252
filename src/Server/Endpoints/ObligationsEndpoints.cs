using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Statements.Judging;

namespace Yueheng.Server.Endpoints;

/// <summary>Duties and clocks.</summary>
internal static class ObligationsEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/duties", Duties).Produces<IReadOnlyList<DutyAnswer>>().Needs(Permission.ReadFigures);
        contract.MapGet("/clocks", Clocks).Produces<IReadOnlyList<ClockAnswer>>().Needs(Permission.ReadFigures);
    }

    private static async Task<IResult> Duties(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation) =>
        Results.Ok((await asked.Judge(judgements, caller, contract, cancellation)).Obligations.Duties.Select(DutyAnswer.Of));

    private static async Task<IResult> Clocks(string contract, [AsParameters] Asked asked, Caller caller, Judgements judgements, CancellationToken cancellation) =>
        Results.Ok((await asked.Judge(judgements, caller, contract, cancellation)).Obligations.Clocks.Select(ClockAnswer.Of));
}

/// <summary>One occurrence of a duty.</summary>
/// <param name="Due">A date, at whose end it falls due, or an instant; null when not yet known.</param>
/// <param name="State">kept, late, missing or pending.</param>
/// <param name="Address">Of the figure that says so; null when none is published.</param>
internal sealed record DutyAnswer(string Duty, string Label, string Period, string? Due, string State, IReadOnlyList<string> Clauses, string? Address)
{
    public static DutyAnswer Of(DutyLine line) => new(line.Duty, line.Label, line.Period, line.Due is { } due ? LastDay(due) : null, line.State, line.Clauses, line.Address);

    /// <summary>A due instant at midnight is the date at whose 24:00 it lies.</summary>
    public static string LastDay(long due) => ChinaTime.TimeOfDay(due) == 0 ? ChinaTime.WriteDate(ChinaTime.DayOf(due) - 1) : ChinaTime.Write(due);
}

/// <summary>One clock.</summary>
/// <param name="State">running, kept, breached or excused.</param>
/// <param name="Elapsed">Whole seconds, on the clock's own calendar.</param>
internal sealed record ClockAnswer(string Clock, string Label, string Subject, string? Start, string? Due, string? Stopped, string State, long? Elapsed, string Address)
{
    public static ClockAnswer Of(ClockLine line) =>
        new(line.Clock, line.Label, line.Subject, Write(line.Start), Write(line.Due), Write(line.Stopped), line.State, line.Elapsed is { } elapsed ? elapsed / ChinaTime.Second : null, line.Address);

    private static string? Write(long? instant) => instant is { } at ? ChinaTime.Write(at) : null;
}

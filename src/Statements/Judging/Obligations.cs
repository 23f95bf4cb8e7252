using Yueheng.Contracts.Documents;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Statements.Judging;

/// <summary>One occurrence of a duty, with the address where it is published.</summary>
/// <param name="Due">Nanoseconds since 1970-01-01T00:00:00Z; null when not yet known.</param>
/// <param name="State">kept, late, missing or pending.</param>
public sealed record DutyLine(string Duty, string Label, string Period, long? Due, string State, IReadOnlyList<string> Clauses, string? Address);

/// <summary>One clock, as it is published.</summary>
/// <param name="State">running, kept, breached or excused.</param>
/// <param name="Elapsed">Nanoseconds, on the clock's own calendar.</param>
public sealed record ClockLine(string Clock, string Label, string Subject, long? Start, long? Due, long? Stopped, string State, long? Elapsed, string Address);

/// <summary>The duties and clocks of a judgement as lists, each with the figure that says how it stands.</summary>
public sealed class Obligations
{
    private Obligations(IReadOnlyList<DutyLine> duties, IReadOnlyList<ClockLine> clocks) => (Duties, Clocks) = (duties, clocks);

    public IReadOnlyList<DutyLine> Duties { get; }

    public IReadOnlyList<ClockLine> Clocks { get; }

    internal static Obligations Of(Judgement judgement, FiguresByAddress figures)
    {
        var terms = judgement.Contract.Syntax.Terms;
        var published = new Dictionary<(string, string), string>();
        var clocks = new List<ClockLine>();
        foreach (var (address, figure) in figures)
        {
            if (figure is not { Set: { } set, View: null } || figure.Value.Type != Facts.ValueType.Text || terms.GetValueOrDefault(set) is not { } term) continue;
            if (term.Duty is not null && figure.Column("period") is { IsPresent: true } period) published.TryAdd((set, period.ToString()), address);
            else if (term.Clock is not null && figure.Text == figure.Column("state").ToString())
                clocks.Add(new(set, term.Label ?? set, string.Join('/', address.Split('/').Skip(2)), Instant(figure, "start"), Instant(figure, "due"), Instant(figure, "stop"), figure.Text,
                    figure.Column("elapsed") is { Type: Facts.ValueType.Duration } elapsed ? elapsed.Nanoseconds : null, address));
        }
        return new([.. judgement.Duties().Select(duty => new DutyLine(duty.Duty, duty.Label ?? duty.Duty, duty.Period, duty.Due, duty.State, terms.GetValueOrDefault(duty.Duty)?.Clause ?? [], published.GetValueOrDefault((duty.Duty, duty.Period))))], clocks);
    }

    private static long? Instant(in Figure figure, string column) => figure.Column(column) is { Type: Facts.ValueType.Instant } value ? value.Nanoseconds : null;
}

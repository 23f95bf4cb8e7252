using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Tracing;

namespace Yueheng.Terms.Scorecards;

/// <summary>One time that a rule of a scorecard applied.</summary>
/// <param name="Subject">What it was about, if that can be told.</param>
/// <param name="At">When; nanoseconds since 1970-01-01T00:00:00Z; null where it is told by no row.</param>
/// <param name="Points">Its part of the rule's points, signed; exact.</param>
/// <param name="Facts">Ids of the facts behind it.</param>
public sealed record Occurrence(string? Subject, long? At, Value Points, IReadOnlyList<string> Facts);

/// <summary>
/// Finds the occurrences behind the points of a rule by walking its sum back: a row an occurrence. What a rule counts without rows
/// is one occurrence.
/// </summary>
internal static class Occurrences
{
    /// <param name="rules">The set of a scorecard's rules.</param>
    public static IReadOnlyList<Occurrence> Of(Term rules, string rule, Moment moment)
    {
        const string ending = ".rules";
        if (!rules.Name.EndsWith(ending, StringComparison.Ordinal) || !moment.Session.Contract.ByName.TryGetValue($"{rules.Name[..^ending.Length]}.{rule}", out var term)) return [];
        var found = new List<Occurrence>();
        if (term.Formula is { } formula) Gather(formula, new Frame(moment, null, null), null, found);
        return found;
    }

    private static void Gather(Formula formula, Frame frame, Formula? factor, List<Occurrence> found)
    {
        switch (formula)
        {
            case VersionInForce amended when amended.TermIn(frame.Moment).Formula is { } inForce:
                Gather(inForce, frame, factor, found);
                break;
            case Kernel.Sum sum:
                foreach (var part in sum.Parts) Gather(part, frame, factor, found);
                break;
            // So many points for each of what is counted.
            case Product { Parts: [var points, Aggregate { Kind: AggregateKind.Sum } counted] } when factor is null:
                Gather(counted, frame, points, found);
                break;
            case Aggregate { Kind: AggregateKind.Sum, Body: { } body } aggregate:
                foreach (var row in aggregate.Search.Rows(frame)) Add(aggregate, row, body, frame, factor, found);
                break;
            default:
                if (Times(formula.Of(frame), factor, frame) is { IsPresent: true } value && !IsNought(value)) found.Add(new(null, null, value, []));
                break;
        }
    }

    private static void Add(Aggregate aggregate, Row row, Formula body, Frame frame, Formula? factor, List<Occurrence> found)
    {
        var moment = aggregate.Search.Elsewhere is { } elsewhere ? elsewhere.From(frame)! : aggregate.Search.Seen(frame);
        var value = Times(body.Of(new Frame(moment, row, frame)), factor, frame);
        if (value.IsMissing || IsNought(value)) return;
        found.Add(new(Column("subject") is { IsPresent: true } subject ? subject.ToString() : null, Column("at") is { Type: Facts.ValueType.Instant } at ? at.Nanoseconds : null, value, Tracer.FactsOf(row)));

        Value Column(string name) => aggregate.Search.Set?.Set?.Columns.Find(name) is { } column and >= 0 ? row.Get(column) : Value.Missing;
    }

    private static Value Times(in Value value, Formula? factor, Frame frame) =>
        factor is null || value.IsMissing ? value : factor.Of(frame) is { IsPresent: true } points ? Numbers.Multiply(value, points) : Value.Missing;

    private static bool IsNought(in Value value) => value is { Type: Facts.ValueType.Number, IsFraction: false, Number: 0m };
}

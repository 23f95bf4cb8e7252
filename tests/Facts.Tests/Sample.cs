using System.Text;

namespace Yueheng.Facts.Tests;

/// <summary>A small contract that reads a field of every type, and the ways in which the tests read facts for it.</summary>
public static class Sample
{
    public const string Contract = "sample";

    public static Vocabulary Vocabulary { get; } = new(
        new Dictionary<string, IReadOnlyList<Field>>
        {
            ["incident.reported"] = [Reads("severity", FieldType.Text), new("category", FieldType.Text, Value.Of("fault")), new("in_scope", FieldType.YesNo, Value.Yes)],
            ["incident.resolved"] = [],
            ["outage.started"] = [Reads("share", FieldType.Number), Reads("users", FieldType.Whole)],
            ["payment.made"] = [Reads("instalment", FieldType.Text), Reads("amount", FieldType.Amount)],
            ["refund.ordered"] = [new("amount", FieldType.Amount, Value.Of(0m))],
            ["assurance.declared"] = [Reads("from", FieldType.Date), Reads("to", FieldType.Date)],
            ["post.vacant"] = [Reads("from", FieldType.From), Reads("to", FieldType.Until)],
            ["meeting.scheduled"] = [Reads("kind", FieldType.Text), Reads("starts", FieldType.Instant), Reads("ends", FieldType.Instant)],
            ["notice.sent"] = [Reads("from", FieldType.Text), Reads("to", FieldType.Text)],
            ["due.agreed"] = [Reads("due", FieldType.Until)],
        },
        [Reads("event", FieldType.Text)]);

    private static Field Reads(string name, FieldType type) => new(name, type, Value.Missing);

    /// <summary>A line of a fact with the given kind and data.</summary>
    public static string Line(string id, string kind, string data = "{}", string at = "2025-03-03T09:00:00+08:00", string subject = "INC-1") =>
        $$"""{"id":"{{id}}","contract":"sample","kind":"{{kind}}","at":"{{at}}","subject":"{{subject}}","data":{{data}}}""";

    public static FactReading Read(params IEnumerable<string> lines) => Read(Encoding.UTF8.GetBytes(string.Join("\n", lines)));

    public static FactReading Read(byte[] bytes) => FactReader.Read(new MemoryStream(bytes), "facts.jsonl", Contract, Vocabulary);

    /// <summary>The facts of lines that are all well.</summary>
    public static FactSet FactsOf(params IEnumerable<string> lines)
    {
        var reading = Read(lines);
        reading.Faults.ShouldBeEmpty();
        return reading.Facts.ShouldNotBeNull();
    }

    /// <summary>The value that a field of the one fact in a line has.</summary>
    public static Value Field(string kind, string field, string data) =>
        FactsOf(Line("f1", kind, data)).All.ShouldHaveSingleItem().Fields[Vocabulary.SlotOf(Vocabulary.IndexOfKind(kind), field)];
}

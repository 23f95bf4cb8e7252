using System.Text.Encodings.Web;
using System.Text.Json;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>Reports for programs: one object a contract.</summary>
public static class ReportJson
{
    internal static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, IEnumerable<Report> reports)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartArray();
        foreach (var report in reports)
        {
            writer.WriteStartObject();
            writer.WriteString("contract", report.Contract);
            writer.WriteBoolean("canBeJudged", report.Refusals.Count == 0);
            writer.WriteStartArray("refusals");
            foreach (var refusal in report.Refusals)
            {
                writer.WriteStartObject();
                WritePlace(writer, refusal.Position);
                if (refusal.Term is { } term) writer.WriteString("term", term);
                writer.WriteString("message", refusal.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteStartArray("findings");
            foreach (var finding in report.All())
            {
                writer.WriteStartObject();
                writer.WriteString("id", finding.Id);
                writer.WriteString("kind", finding.Kind);
                writer.WriteString("about", finding.About == About.Pack ? "pack" : "paper");
                writer.WriteString("grade", finding.GradeInWords);
                writer.WriteStartArray("clauses");
                foreach (var clause in finding.Clauses) writer.WriteStringValue(clause);
                writer.WriteEndArray();
                WritePlace(writer, finding.Position);
                writer.WriteString("message", finding.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter writer, Position position)
    {
        if (position.File.Length > 0) writer.WriteString("file", position.File);
        if (position.Line > 0) writer.WriteNumber("line", position.Line);
        if (position.Line > 0) writer.WriteNumber("column", position.Column);
    }
}

using System.Text.Json;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>Reports in SARIF 2.1.0, as code hosts and editors show findings beside the lines.</summary>
public static class ReportSarif
{
    private const string Refused = "refused";

    public static void Write(Stream output, IReadOnlyList<Report> reports)
    {
        using var writer = new Utf8JsonWriter(output, ReportJson.Options);
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, reports);
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var report in reports)
        {
            foreach (var refusal in report.Refusals) WriteResult(writer, Refused, "error", (refusal.Term is null ? "" : $"“{refusal.Term}”：") + refusal.Message, refusal.Position, null);
            foreach (var finding in report.All()) WriteResult(writer, finding.Kind, LevelOf(finding.Grade), finding.Message, finding.Position, $"{report.Contract}/{finding.Id}");
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter writer, IReadOnlyList<Report> reports)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "yueheng");
        writer.WriteStartArray("rules");
        var kinds = reports.SelectMany(report => report.All()).Select(finding => finding.Kind).Concat(reports.Any(report => report.Refusals.Count > 0) ? [Refused] : Array.Empty<string>());
        foreach (var kind in kinds.Distinct().Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", kind);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string LevelOf(Grade grade) => grade switch { Grade.High => "error", Grade.Middle => "warning", _ => "note" };

    private static void WriteResult(Utf8JsonWriter writer, string kind, string level, string message, Position position, string? fingerprint)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", kind);
        writer.WriteString("level", level);
        writer.WriteStartObject("message");
        writer.WriteString("text", message);
        writer.WriteEndObject();
        if (position.File.Length > 0)
        {
            writer.WriteStartArray("locations");
            writer.WriteStartObject();
            writer.WriteStartObject("physicalLocation");
            writer.WriteStartObject("artifactLocation");
            writer.WriteString("uri", new Uri(position.File.Replace('\\', '/'), UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } absolute ? absolute.AbsoluteUri : Uri.EscapeDataString(position.File.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal));
            writer.WriteEndObject();
            if (position.Line > 0)
            {
                writer.WriteStartObject("region");
                writer.WriteNumber("startLine", position.Line);
                writer.WriteNumber("startColumn", Math.Max(1, position.Column));
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        if (fingerprint is not null)
        {
            // What a finding is called stays the same when the lines above it change.
            writer.WriteStartObject("partialFingerprints");
            writer.WriteString("yueheng/v1", fingerprint);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}

using System.Globalization;
using System.Text.Json;
using Yueheng.Contracts.Simulation.Outlooks;

namespace Yueheng.Cli.Commands;

/// <summary>An outlook as JSON; points and money are decimal strings.</summary>
internal static class OutlookJson
{
    public static void Write(Outlook outlook)
    {
        JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("contract", outlook.Contract);
            writer.WriteString("grade", outlook.Grade.ToString().ToLowerInvariant());
            writer.WriteNumber("years", outlook.Years);
            writer.WriteStartArray("unjudged");
            foreach (var year in outlook.Unjudged)
            {
                writer.WriteStartObject();
                writer.WriteNumber("seed", year.Seed);
                writer.WriteString("reason", year.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            WriteDistribution(writer, "score", outlook.Score, "0.##");
            writer.WriteStartObject("tiers");
            foreach (var (tier, years) in outlook.Tiers) writer.WriteNumber(tier, years);
            writer.WriteEndObject();
            WriteDistribution(writer, "payable", outlook.Payable, "F2");
            WriteDistribution(writer, "withheld", outlook.Withheld, "F2");
            WriteDistribution(writer, "damages", outlook.Damages, "F2");
            WriteDistribution(writer, "net", outlook.Net, "F2");
            writer.WriteStartArray("charges");
            foreach (var charge in outlook.Charges)
            {
                var format = charge.Name.StartsWith("rule/", StringComparison.Ordinal) ? "0.##" : "F2";
                writer.WriteStartObject();
                writer.WriteString("figure", charge.Name);
                writer.WriteNumber("years", charge.Years);
                writer.WriteString("mean", Text(charge.Mean, format));
                writer.WriteString("worst", Text(charge.Worst, format));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteDistribution(Utf8JsonWriter writer, string name, Distribution? lie, string format)
    {
        if (lie is null) return;
        writer.WriteStartObject(name);
        foreach (var (key, value) in ((string, decimal)[])[("mean", lie.Mean), ("median", lie.Median), ("p10", lie.Tenth), ("p90", lie.Ninetieth), ("smallest", lie.Smallest), ("largest", lie.Largest)])
            writer.WriteString(key, Text(value, format));
        writer.WriteEndObject();
    }

    private static string Text(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

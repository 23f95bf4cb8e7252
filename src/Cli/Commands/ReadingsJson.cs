using System.Globalization;
using Yueheng.Contracts.Packs;

namespace Yueheng.Cli.Commands;

/// <summary>The worth of readings as JSON: points and yuan as decimal strings, and every figure that changes.</summary>
internal static class ReadingsJson
{
    public static void Write(IReadOnlyList<ReadingWorth> worths)
    {
        JsonOutput.Write(writer =>
        {
            writer.WriteStartArray();
            foreach (var worth in worths)
            {
                writer.WriteStartObject();
                writer.WriteString("interpretation", worth.Interpretation);
                if (worth.Alternative is { } alternative) writer.WriteString("reading", alternative);
                writer.WriteString("label", worth.Label);
                if (worth.NotRunnable is { } why) writer.WriteString("notRunnable", why);
                if (worth.Untold is { } untold) writer.WriteString("untold", untold);
                if (worth.Points is { } points) writer.WriteString("points", points.ToString("0.####", CultureInfo.InvariantCulture));
                if (worth.Net is { } net) writer.WriteString("net", net.ToString("0.00", CultureInfo.InvariantCulture));
                writer.WriteStartObject("changed");
                foreach (var (address, before, after) in worth.Changed)
                {
                    writer.WriteStartArray(address);
                    writer.WriteStringValue(before);
                    writer.WriteStringValue(after);
                    writer.WriteEndArray();
                }
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }
}

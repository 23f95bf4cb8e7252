using System.Text.Encodings.Web;
using System.Text.Json;

namespace Yueheng.Cli.Commands;

/// <summary>One JSON document on standard output: indented, Chinese as written, ending with a line feed.</summary>
internal static class JsonOutput
{
    // A trace nests as deep as the graph that it walks back.
    private static readonly JsonWriterOptions Options = new() { Indented = true, MaxDepth = 256, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using (var writer = new Utf8JsonWriter(output, Options)) write(writer);
        output.WriteByte((byte)'\n');
    }
}

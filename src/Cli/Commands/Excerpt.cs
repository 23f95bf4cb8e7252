using System.Text;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Cli.Commands;

/// <summary>A message with the line at fault and a caret under the place, so that nobody has to open the file to see what is meant.</summary>
internal static class Excerpt
{
    // Files of a pack are not read beyond this either.
    private const long LargestFile = 8 << 20;

    public static string Of(Refusal refusal) => refusal.ToString() + At(refusal.Position);

    public static string Of(FactFault fault) => fault.ToString() + fault.Excerpt?.Under(fault.Line);

    /// <summary>The two lines that stand under a message about a place in a file; empty when the place cannot be shown.</summary>
    public static string At(Position position) =>
        position.Line > 0 && LineOf(position) is { } line ? LineExcerpt.Of(line, PlaceOf(line, position.Column)).Under(position.Line) : "";

    // Columns count characters of the text; the line is still bytes, for it may be no text at all.
    private static int PlaceOf(byte[] line, int column)
    {
        var text = Encoding.UTF8.GetString(line);
        return Encoding.UTF8.GetByteCount(text.AsSpan(0, Math.Clamp(column - 1, 0, text.Length)));
    }

    private static byte[]? LineOf(Position position)
    {
        try
        {
            var file = new FileInfo(position.File);
            if (!file.Exists || file.Length > LargestFile) return null;
            var bytes = File.ReadAllBytes(position.File).AsSpan();
            if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
            for (var skip = position.Line - 1; skip > 0; skip--)
            {
                var end = bytes.IndexOf((byte)'\n');
                if (end < 0) return null;
                bytes = bytes[(end + 1)..];
            }
            var length = bytes.IndexOf((byte)'\n');
            return (length < 0 ? bytes : bytes[..length]).TrimEnd((byte)'\r').ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

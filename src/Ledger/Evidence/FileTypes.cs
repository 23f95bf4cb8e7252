using System.Text;

namespace Yueheng.Ledger.Evidence;

/// <summary>The types of files that serve as evidence, each known by its content, not by its name alone.</summary>
internal static class FileTypes
{
    private const int Beginning = 4096;
    private const int MostEntries = 20_000;

    private static readonly Dictionary<string, (string Media, Func<Stream, byte[], bool> Is)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", (_, head) => head.AsSpan().IndexOf("%PDF-"u8) is >= 0 and < 1024),
        [".png"] = ("image/png", (_, head) => head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        [".jpg"] = ("image/jpeg", IsJpeg),
        [".jpeg"] = ("image/jpeg", IsJpeg),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (file, _) => IsOffice(file, "word/")),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (file, _) => IsOffice(file, "xl/")),
        [".pptx"] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (file, _) => IsOffice(file, "ppt/")),
        [".ofd"] = ("application/ofd", (file, _) => Holds(file, names => names.Contains("OFD.xml", StringComparer.OrdinalIgnoreCase))),
        [".zip"] = ("application/zip", (file, _) => Holds(file, _ => true)),
        [".txt"] = ("text/plain", (_, head) => IsText(head)),
        [".csv"] = ("text/csv", (_, head) => IsText(head)),
        [".eml"] = ("message/rfc822", (_, head) => IsText(head) && IsMail(head)),
        [".mp4"] = ("video/mp4", (_, head) => head.Length > 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8)),
    };

    /// <summary>The extensions taken, for people.</summary>
    public static string InWords => string.Join("、", Known.Keys.Select(extension => extension[1..]));

    /// <summary>Whether a file so named can be one at all, before a byte of it is read.</summary>
    public static bool IsKnown(string name) => Known.ContainsKey(Path.GetExtension(name));

    /// <summary>The media type, when content and name agree; else null.</summary>
    /// <param name="file">Can be read from any place.</param>
    public static string? Of(string name, Stream file)
    {
        if (!Known.TryGetValue(Path.GetExtension(name), out var type)) return null;
        file.Position = 0;
        var head = new byte[Beginning];
        var length = file.ReadAtLeast(head, head.Length, false);
        return type.Is(file, head[..length]) ? type.Media : null;
    }

    private static bool IsJpeg(Stream file, byte[] head) => head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    // Macros run on whoever opens the file: they are no evidence.
    private static bool IsOffice(Stream file, string folder) =>
        Holds(file, names => names.Contains("[Content_Types].xml") && names.Any(name => name.StartsWith(folder, StringComparison.Ordinal))
            && !names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)));

    private static bool Holds(Stream file, Func<IReadOnlyCollection<string>, bool> isSo)
    {
        try
        {
            using var zip = BoundedZip.Open(file);
            return zip.Entries.Count is > 0 and <= MostEntries && isSo([.. zip.Entries.Select(entry => entry.FullName)]);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // UTF-8, UTF-16 with its mark, or the GB encodings of older programs: no zero, no control character, but those of lines and tabs.
    private static bool IsText(byte[] head) =>
        head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || !head.Any(value => value < 32 && value is not ((byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f')) && !head.Contains((byte)0x7F);

    private static bool IsMail(byte[] head)
    {
        var text = Encoding.Latin1.GetString(head);
        var colon = text.IndexOf(':');
        return colon is > 0 and < 100 && text[..colon].All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            && (text.Contains("\nFrom:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("From:", StringComparison.OrdinalIgnoreCase));
    }
}

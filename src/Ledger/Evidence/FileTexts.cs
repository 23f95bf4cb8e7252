using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// The text of a file, as far as it can be had without drawing it: of plain text, of office documents, of mail, and the names inside an
/// archive. Pictures, films and PDF give none: they are screened by their names alone.
/// </summary>
internal static partial class FileTexts
{
    // More text than this is not evidence that somebody reads; past it, nothing is looked at.
    private const int MostCharacters = 32 << 20;

    /// <exception cref="InvalidDataException">An office document that no program writes: it unpacks to more than can be looked at.</exception>
    public static IEnumerable<string> Of(string media, Stream file)
    {
        file.Position = 0;
        return media switch
        {
            "text/plain" or "text/csv" => Blocks(file),
            "message/rfc822" => Mail(file),
            "application/zip" => Names(file),
            _ when media.StartsWith("application/vnd.openxmlformats", StringComparison.Ordinal) => Office(file),
            _ => [],
        };
    }

    // Blocks overlap, so that a number across two of them is whole in one.
    private static IEnumerable<string> Blocks(Stream file)
    {
        const int block = 1 << 16, overlap = 64;
        using var reader = new StreamReader(file, Encoding.Latin1, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        // Digits are the same bytes in UTF-8 and the GB encodings; full-width ones are looked for in UTF-8.
        var characters = new char[block];
        var (kept, total) = (0, 0);
        while (total < MostCharacters && reader.ReadBlock(characters, kept, block - kept) is > 0 and var read)
        {
            total += read;
            var bytes = reader.CurrentEncoding.CodePage == Encoding.Latin1.CodePage ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(characters, 0, kept + read)) : new string(characters, 0, kept + read);
            yield return bytes;
            if (kept + read < block) yield break;
            characters.AsSpan(block - overlap).CopyTo(characters);
            kept = overlap;
        }
    }

    private static IEnumerable<string> Names(Stream file)
    {
        using var zip = BoundedZip.Open(file);
        yield return string.Join('\n', zip.Entries.Select(entry => entry.FullName));
    }

    private static IEnumerable<string> Office(Stream file)
    {
        using var zip = BoundedZip.Open(file);
        var left = MostCharacters;
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
        {
            if (entry.Length > left) throw new InvalidDataException("文档展开后过大。");
            var text = new StringBuilder();
            using var content = entry.Open();
            using var reader = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = left });
            try
            {
                while (reader.Read())
                    if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) text.Append(reader.Value);
                    // Runs of one paragraph may break a number in two; paragraphs, cells and shared strings end it.
                    else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName is "p" or "si" or "c" or "tc") text.Append('\n');
            }
            catch (XmlException broken)
            {
                throw new InvalidDataException("文档中的 XML 不能读取。", broken);
            }
            left -= text.Length;
            yield return text.ToString();
        }
    }

    // Good enough to see a number: the mail as it stands, and each part of it with Base64 or quoted-printable opened.
    private static IEnumerable<string> Mail(Stream file)
    {
        var headers = new StringBuilder();
        var body = new StringBuilder();
        var isHeader = true;
        using var reader = new StreamReader(file, Encoding.Latin1, leaveOpen: true);
        for (var left = MostCharacters; left > 0 && reader.ReadLine() is { } line; left -= line.Length + 1)
        {
            if (line.StartsWith("--", StringComparison.Ordinal))
            {
                yield return Part(headers.ToString(), body.ToString());
                headers.Clear();
                body.Clear();
                isHeader = true;
            }
            else if (isHeader && line.Length > 0) headers.Append(line).Append('\n');
            else if (isHeader) isHeader = false;
            else body.Append(line).Append('\n');
        }
        yield return Part(headers.ToString(), body.ToString());
    }

    private static string Part(string headers, string body)
    {
        var coding = Coding().Match(headers).Groups["coding"].Value.ToUpperInvariant();
        var bytes = coding switch
        {
            "BASE64" when !Attachment().IsMatch(headers) => FromBase64(body),
            "QUOTED-PRINTABLE" => QuotedByte().Replace(body.Replace("=\n", "", StringComparison.Ordinal), match => ((char)Convert.ToByte(match.Groups["hex"].Value, 16)).ToString()),
            _ => body,
        };
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(headers + "\n" + bytes));
    }

    private static string FromBase64(string body)
    {
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? Encoding.Latin1.GetString(bytes, 0, length) : body;
    }

    [GeneratedRegex(@"^Content-Transfer-Encoding:[ ]*(?<coding>base64|quoted-printable)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Coding();

    // Pictures and the like: nothing in their bytes is text.
    [GeneratedRegex(@"^Content-Type:[ ]*(?:image|video|audio|application)/", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Attachment();

    [GeneratedRegex(@"=(?<hex>[0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedByte();
}

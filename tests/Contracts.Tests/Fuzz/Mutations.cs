using System.Text;

namespace Yueheng.Contracts.Tests.Fuzz;

/// <summary>Ways to spoil a file: of its bytes, of its lines, of its words.</summary>
internal sealed class Mutations(Random random)
{
    private static readonly string[] Words =
    [
        "~", "-1", "0", "99999999999999999999", "1/3", "2025-02-30", "2025-12-31T00:00:00+08:00", "true", "as-of", "at", "subject", "1 hour", "30 workdays", "[]", "{}", "{ text: x }", "{ missing: number }",
        "members", "this.at", "was.x", "term.to", "\"\"", "'", "\"", "[", "]", "{", "}", ":", ",", "#", "&a", "*a", "!t", "|", ">", "%", "@", "---", "...", "?", "\t", "\u0000", "\uFEFF", "约", "😀", "value", "view", "from", "any",
    ];

    /// <summary>One to three changes, most of which leave YAML behind and some a contract.</summary>
    public byte[] Spoil(byte[] bytes)
    {
        for (var left = random.Next(1, 4); left > 0; left--)
            bytes = random.Next(6) switch { 0 => SpoilBytes(bytes), 1 => SpoilLines(bytes), 2 or 3 => SpoilDigits(bytes), _ => SpoilWords(bytes) };
        return bytes;
    }

    private byte[] SpoilDigits(byte[] bytes)
    {
        var digits = Enumerable.Range(0, bytes.Length).Where(at => bytes[at] is >= (byte)'0' and <= (byte)'9').ToList();
        if (digits.Count == 0) return bytes;
        var spoilt = bytes.ToArray();
        spoilt[digits[random.Next(digits.Count)]] = (byte)('0' + random.Next(10));
        return spoilt;
    }

    private byte[] SpoilBytes(byte[] bytes)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        var list = bytes.ToList();
        var at = random.Next(list.Count);
        switch (random.Next(4))
        {
            case 0: list[at] = (byte)random.Next(256); break;
            case 1: list.Insert(at, (byte)random.Next(256)); break;
            case 2: list.RemoveRange(at, Math.Min(list.Count - at, random.Next(1, 40))); break;
            default: list.RemoveRange(at, list.Count - at); break;
        }
        return [.. list];
    }

    private byte[] SpoilLines(byte[] bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').ToList();
        int at = random.Next(lines.Count), other = random.Next(lines.Count);
        switch (random.Next(5))
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, lines[other]); break;
            case 2: (lines[at], lines[other]) = (lines[other], lines[at]); break;
            case 3: lines[at] = new string(' ', random.Next(9)) + lines[at].TrimStart(); break;
            default: lines.RemoveRange(at, Math.Min(lines.Count - at, random.Next(1, 30))); break;
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    // A word gives way to another one of the same file or to one that is trouble; most of what comes of it is still YAML.
    private byte[] SpoilWords(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var words = Spans(text);
        if (words.Count == 0) return bytes;
        var (from, length) = words[random.Next(words.Count)];
        var (otherFrom, otherLength) = words[random.Next(words.Count)];
        var replacement = random.Next(3) == 0 ? Words[random.Next(Words.Length)] : text.Substring(otherFrom, otherLength);
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, from), replacement, text.AsSpan(from + length)));
    }

    private static List<(int From, int Length)> Spans(string text)
    {
        var spans = new List<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            if (" \n,[]{}:".Contains(text[at], StringComparison.Ordinal))
            {
                at++;
                continue;
            }
            var from = at;
            while (at < text.Length && !" \n,[]{}:".Contains(text[at], StringComparison.Ordinal)) at++;
            spans.Add((from, at - from));
        }
        return spans;
    }
}

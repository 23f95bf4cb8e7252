using System.Text.RegularExpressions;

namespace Yueheng.Contracts.Tests.Refusals;

/// <param name="Place">File and line.</param>
/// <param name="Text">The message as it stands in the source.</param>
/// <param name="Pattern">What it looks like once it is said.</param>
internal sealed record MessageInSource(string Place, string Text, Regex Pattern);

/// <summary>The messages with which the sources of Contracts and Terms refuse a pack.</summary>
internal static partial class MessagesInSource
{
    public static IEnumerable<MessageInSource> All() =>
        from folder in new[] { "Contracts/Binding", "Contracts/Packs", "Contracts/Yaml", "Terms" }
        from file in Directory.GetFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        from message in In(file)
        select message;

    private static IEnumerable<MessageInSource> In(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
            if (Refusing().IsMatch(lines[i]))
                foreach (var text in TextsOf(lines[i] + (lines[i].TrimEnd().EndsWith(';') ? "" : string.Join("", lines.Skip(i + 1).Take(2)))))
                    yield return new MessageInSource($"{Path.GetFileName(file)}:{i + 1}", text, new Regex(ToPattern(text)));
    }

    // Literals with Chinese in them; nested quotes inside holes of an interpolated text belong to the hole.
    private static IEnumerable<string> TextsOf(string code)
    {
        for (var at = code.IndexOf('"'); at >= 0; at = at < code.Length ? code.IndexOf('"', at) : -1)
        {
            var (start, depth) = (at + 1, 0);
            var interpolated = at > 0 && code[at - 1] == '$';
            for (at++; at < code.Length && (code[at] != '"' || depth > 0); at++)
                if (interpolated && code[at] == '{' && depth == 0 && code[at + 1] == '{') at++;
                else if (interpolated && code[at] == '{') depth++;
                else if (interpolated && code[at] == '}' && depth > 0) depth--;
            var text = code[start..Math.Min(at, code.Length)];
            at++;
            if (text.Count(c => c > '\u2E80') >= 3) yield return text;
        }
    }

    private static string ToPattern(string text)
    {
        var pattern = Holes().Replace(text.Replace("{{", "\u0001", StringComparison.Ordinal).Replace("}}", "\u0002", StringComparison.Ordinal), "\u0003");
        return Regex.Escape(pattern.Replace("\u0001", "{", StringComparison.Ordinal).Replace("\u0002", "}", StringComparison.Ordinal)).Replace("\u0003", ".*", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Refuse\(|new Refusal\(")]
    private static partial Regex Refusing();

    [GeneratedRegex(@"\{([^{}]|\{[^{}]*\})*\}")]
    private static partial Regex Holes();
}

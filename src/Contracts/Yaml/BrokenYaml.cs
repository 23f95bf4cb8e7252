using System.Text.RegularExpressions;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Yaml;

/// <summary>
/// What probably broke a file that is no YAML. The parser says in English where it gave up, which is often a line or two behind the slip:
/// a colon from a Chinese keyboard, a colon without its space, a tab, a quotation mark or a bracket left open, keys that do not line up.
/// </summary>
internal static partial class BrokenYaml
{
    private const string Broken = "不是合规的 YAML：";

    // How far above the place where the parser gave up the slip is looked for.
    private const int Above = 2;

    /// <param name="lines">The file.</param>
    /// <param name="message">What the parser says.</param>
    public static (Position Place, string Message) Explain(string file, IReadOnlyList<string> lines, Position at, string message)
    {
        for (var line = 0; line < lines.Count && (message.Contains("tab", StringComparison.OrdinalIgnoreCase) || IsTokenMissing(message)); line++)
            if (LeadingTab(lines[line]) is >= 0 and var tab) return (new Position(file, line + 1, tab + 1), Broken + "此行以制表符（Tab）缩进；YAML 只用空格缩进，把每个 Tab 换成两个空格");
        foreach (var line in Suspects(lines, at.Line))
            if (Slip(lines[line - 1]) is var (place, why)) return (new Position(file, line, place + 1), Broken + why);
        // The parser says of a bracket that nobody closes only that it cannot go on.
        if (message.Contains("not valid", StringComparison.Ordinal) && OpenBracket(lines) is var (open, column, sign)) return (new Position(file, open, column), Broken + $"“{sign}”没有收尾");
        return (at, Broken + Reason(message, at.Line >= 1 && at.Line <= lines.Count ? lines[at.Line - 1] : ""));
    }

    private static bool IsTokenMissing(string message) => message.Contains("cannot start any token", StringComparison.Ordinal);

    private static int LeadingTab(string line)
    {
        var indentation = line.Length - line.TrimStart(' ', '\t').Length;
        return line.IndexOf('\t', 0, indentation);
    }

    private static IEnumerable<int> Suspects(IReadOnlyList<string> lines, int at)
    {
        if (lines.Count == 0) yield break;
        at = Math.Clamp(at, 1, lines.Count);
        yield return at;
        for (int line = at - 1, seen = 0; line >= 1 && seen < Above; line--)
            if (lines[line - 1].Trim() is { Length: > 0 } text && text[0] != '#')
            {
                seen++;
                yield return line;
            }
    }

    private static (int Line, int Column, char Sign)? OpenBracket(IReadOnlyList<string> lines)
    {
        var open = new Stack<(int Line, int Column, char Sign)>();
        for (var line = 0; line < lines.Count; line++)
        {
            var bare = WithoutQuoted(lines[line]);
            for (var at = 0; at < bare.Length; at++)
                if (bare[at] is '{' or '[') open.Push((line + 1, at + 1, bare[at]));
                else if (bare[at] is '}' or ']') open.TryPop(out _);
        }
        return open.Count > 0 ? open.Last() : null;
    }

    private static (int Place, string Why)? Slip(string line)
    {
        var bare = WithoutQuoted(line);
        if (WideColon().Match(bare) is { Success: true } wide) return (wide.Groups["colon"].Index, "“：”是全角冒号，改为半角冒号加一个空格（: ）");
        if (TightColon().Match(bare) is { Success: true } tight) return (tight.Groups["colon"].Index, "冒号之后缺少一个空格");
        if (WideComma().Match(bare) is { Success: true } comma) return (comma.Groups["comma"].Index, "“，”是全角逗号，{ } 中各项以半角逗号（,）分开");
        if (bare.AsSpan().IndexOfAny("｛｝［］") is >= 0 and var bracket) return (bracket, $"“{bare[bracket]}”是全角括号，改用半角的 {{ }} 或 [ ]");
        if (WideDash().Match(bare) is { Success: true } dash) return (dash.Groups["dash"].Index, "列表的每一项以半角短横加一个空格（- ）开头");
        return null;
    }

    // What stands in quotes, and comments, may hold anything; the places of the rest stay what they are.
    private static string WithoutQuoted(string line)
    {
        var bare = line.ToCharArray();
        var quote = '\0';
        for (var at = 0; at < bare.Length; at++)
        {
            var c = bare[at];
            if (quote == '\0' && c == '#' && (at == 0 || bare[at - 1] is ' ' or '\t'))
            {
                Array.Fill(bare, ' ', at, bare.Length - at);
                break;
            }
            if (quote == '\0' && c is '"' or '\'' && (at == 0 || bare[at - 1] is ' ' or '[' or '{' or ',' or ':')) quote = c;
            else if (c == quote)
            {
                quote = '\0';
                bare[at] = '_';
            }
            if (quote != '\0') bare[at] = '_';
        }
        return new string(bare);
    }

    private static string Reason(string message, string line)
    {
        bool Has(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

        return message switch
        {
            _ when Has("quoted scalar") => "此处开始的引号没有收尾；文字里的引号写两遍，或改用另一种引号",
            _ when Has("flow sequence") => "“[”没有以“]”收尾，或各项之间缺少逗号",
            _ when Has("flow mapping") => "“{”没有以“}”收尾，或各项之间缺少逗号；值里有冒号、引号或括号时，把整个值写在英文双引号里；写在 { } 里的不能再换行缩进成块",
            _ when Has("simple key") || Has("could not find expected ':'") => "此行缺少冒号：键之后写冒号加一个空格",
            _ when Has("apping values are not allowed") || Has("invalid mapping") => line.Count(c => c == ':') > 1
                ? "值里又有冒号加空格：把整个值写在英文双引号里"
                : "此处不能再有“键: 值”：检查此行与上一行的缩进，或上一行是否缺少冒号",
            _ when Has("block mapping") || Has("block collection") || Has("block sequence") || Has("expected key") || Has("indentation") => "缩进不一致：同一层的键须左边对齐，下一层多两个空格",
            _ when IsTokenMissing(message) => "值不能以此字符（@、`、% 之类）开头：把值写在英文双引号里",
            _ when Has("node content") => "此处少了一个值，或括号没有收尾",
            _ when Has("nested too deep") => "嵌套超过六十层",
            _ when Has("past the end") || Has("unexpected end") => "文件没有写完，或键是空的",
            _ when Has("anchor") || Has("alias") || Has("alphabetic") => "值不能以 & 或 * 开头：把值写在英文双引号里",
            _ when Has("escape") || Has("hexdigit") => "双引号里的反斜杠不成转义：写两个 \\，或改用单引号",
            _ when Has("directive") => "一行不能以 % 开头：把值写在英文双引号里",
            _ when Has("document") => "一个文件只能有一份 YAML 文档，文中不能有 --- 或 ...",
            _ => "此处读不下去；检查此行与上一行的缩进、冒号、引号和括号",
        };
    }

    [GeneratedRegex(@"^[\s\-]*(?:[^\s:：，,""']+|.*[{,]\s*[A-Za-z][\w.-]*)(?<colon>：)")]
    private static partial Regex WideColon();

    [GeneratedRegex(@"(?:^[\s\-]*|[{,]\s*)[A-Za-z_][\w.-]*(?<colon>:)[^\s/:]")]
    private static partial Regex TightColon();

    // Chinese prose is full of them; only one before a key stands where a comma of YAML should.
    [GeneratedRegex(@"\{.*(?<comma>，)\s*[A-Za-z_][\w.-]*\s*[:：]")]
    private static partial Regex WideComma();

    [GeneratedRegex(@"^\s*(?<dash>[－—–])")]
    private static partial Regex WideDash();
}

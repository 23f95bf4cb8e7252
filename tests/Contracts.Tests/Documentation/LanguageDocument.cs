using System.Text.RegularExpressions;
using Yueheng.Contracts.Tests.Schemas;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>docs/terms.md, by its numbered sections.</summary>
internal static partial class LanguageDocument
{
    public static readonly string Text = File.ReadAllText(SourceTree.At("docs", "terms.md"));

    /// <summary>From the heading of a section to the next heading.</summary>
    public static string Section(int number)
    {
        var from = Text.IndexOf($"\n## {number}. ", StringComparison.Ordinal);
        var next = Text.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return next < 0 ? Text[from..] : Text[from..next];
    }

    /// <summary>What stands in fences of a section, in order.</summary>
    public static IReadOnlyList<(string Kind, string Text)> Blocks(int section) =>
        [.. Fence().Matches(Section(section)).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>The first cells of the rows of a section's tables, headings and rules left out.</summary>
    public static IEnumerable<string> FirstCells(int section) =>
        Section(section).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("| a name", StringComparison.Ordinal)).Select(line => Cell().Match(line).Groups[1].Value);

    /// <summary>Code in running text, fences left out.</summary>
    public static IEnumerable<string> CodeSpans(string text) => Span().Matches(Fence().Replace(text, "")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| ((?:`[^`]*`|[^|`])*) \|")]
    private static partial Regex Cell();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();
}

using System.Text.RegularExpressions;
using Yueheng.Terms.Tests;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>docs/terms.md, by its numbered sections.</summary>
internal static partial class LanguageDocument
{
    public static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "terms.md"));

    /// <summary>From the heading of a section to the next heading.</summary>
    public static string Section(int number)
    {
        var from = Text.IndexOf($"\n## {number}. ", StringComparison.Ordinal);
        var next = Text.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return next < 0 ? Text[from..] : Text[from..next];
    }

    /// <summary>From a heading to the next.</summary>
    public static string Section(string heading)
    {
        var from = Text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        return Text[from..Text.IndexOf("\n## ", from + 1, StringComparison.Ordinal)];
    }

    /// <summary>What stands in fences of a section, in order.</summary>
    public static IReadOnlyList<(string Kind, string Text)> Blocks(int section) => [.. Fences(Section(section)).Select(fence => (fence.Kind, fence.Text))];

    /// <summary>What stands in fences of a text, in order.</summary>
    public static IReadOnlyList<Fence> Fences(string text) =>
        [.. FencePattern().Matches(text).Select(match => new Fence(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, 1 + text.AsSpan(0, match.Groups[3].Index).Count('\n')))];

    /// <summary>The first cells of the rows of a section's tables, headings and rules left out.</summary>
    public static IEnumerable<string> FirstCells(int section) =>
        Section(section).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("| a name", StringComparison.Ordinal)).Select(line => Cell().Match(line).Groups[1].Value);

    /// <summary>Code in running text, fences left out.</summary>
    public static IEnumerable<string> CodeSpans(string text) => Span().Matches(FencePattern().Replace(text, "")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^```(\w+)(?: (\S+))?\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex(@"^\| ((?:`[^`]*`|[^|`])*) \|")]
    private static partial Regex Cell();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Span();
}

/// <summary>A fenced block: its language, the word after it (what it is to the tests), its text and the line at which that begins.</summary>
internal sealed record Fence(string Kind, string Role, string Text, int Line);

using System.Text.RegularExpressions;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>The links of docs/terms.md lead somewhere.</summary>
public sealed partial class DocumentLinksTests
{
    [Fact]
    public void A_link_within_the_document_leads_to_a_heading()
    {
        var anchors = Heading().Matches(LanguageDocument.Text).Select(match => Mark().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);
        var links = Link().Matches(LanguageDocument.Text).Select(match => match.Groups[1].Value).ToList();
        links.Count.ShouldBeGreaterThan(10);
        links.Where(link => !anchors.Contains(link)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_numbered_section_follows_the_one_before() =>
        Number().Matches(LanguageDocument.Text).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, 14));

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^## (\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Link();

    // GitHub's anchors keep letters, digits, spaces (as dashes), dashes and underscores.
    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Mark();
}

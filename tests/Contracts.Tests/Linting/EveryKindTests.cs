using System.Text.RegularExpressions;

namespace Yueheng.Contracts.Tests.Linting;

public partial class EveryKindTests
{
    /// <summary>A kind that the source can find and no tiny pack provokes is either untested or dead.</summary>
    [Fact]
    public void Every_kind_of_finding_in_the_source_has_a_pack_that_provokes_it()
    {
        var inSource = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Contracts", "Linting"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Kinds().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Except(["not-so", "at-once", "at-least"]).ToHashSet();
        var tested = PackLintTests.Faults.Select(row => row.Data.Item1).Concat(PaperLintTests.Defects.Select(row => row.Data.Item1))
            .Concat(["starts-before-signature", "year-without-notice", "duty-before-signature", "amendment-after-term", "amendment-signed-late"]).ToHashSet();
        inSource.Except(tested).ShouldBeEmpty();
        tested.Except(inSource).ShouldBeEmpty();
    }

    [GeneratedRegex("\"((?:words|sum|shares?|beyond|limits?|figures?|signatures|starts|ends|effective|due|date|duty|year|bands?|statements|unit|amount|amendment|count|listed|numbering|not|clause|human|by|reading|percent|term|view|kind|field|stated|heading)-[a-z-]+|blank|vague)\"(?=[,:) ])")]
    private static partial Regex Kinds();
}

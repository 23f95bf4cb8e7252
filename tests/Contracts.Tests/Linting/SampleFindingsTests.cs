using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Tests.Schemas;

namespace Yueheng.Contracts.Tests.Linting;

/// <summary>
/// What is found in the sample contracts, as it was read and approved; after a change, <c>YUEHENG_APPROVE=1</c> writes it anew, to be read before it is kept.
/// </summary>
public class SampleFindingsTests
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Linting", "Approved");

    /// <summary>A pack joins by an empty file of its name, which is then approved.</summary>
    public static TheoryData<string> Packs => [.. Directory.GetFiles(Approved, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Packs))]
    public void The_findings_are_the_approved_ones(string pack)
    {
        var approved = Path.Combine(Approved, pack + ".txt");
        // Without the vocabulary's notes, which are no findings, and without lines, which move with every edit above them.
        var found = string.Join('\n', Report.Of(SamplePacks.Read(pack)).Findings.Select(finding => $"{finding with { Position = finding.Position with { File = Path.GetFileName(finding.Position.File), Line = 0 } }}")) + "\n";
        if (Environment.GetEnvironmentVariable("YUEHENG_APPROVE") == "1") File.WriteAllText(approved, found);
        found.ShouldBe(File.ReadAllText(approved));
    }

    [Theory, MemberData(nameof(Packs))]
    public void A_finding_stands_at_the_entry_that_states_it(string pack)
    {
        var file = Path.Combine(Repository.Contracts, pack, "stated.yaml");
        var lines = File.ReadAllLines(file);
        foreach (var finding in PaperLint.Of(SamplePacks.Read(pack).Contract).Where(finding => Path.GetFileName(finding.Position.File) == "stated.yaml"))
            lines[finding.Position.Line - 1].ShouldStartWith($"  - {{ id: {finding.Subject},");
    }

    [Theory, MemberData(nameof(Packs))]
    public void What_the_paper_states_is_valid_by_the_schema(string pack) =>
        JsonSchema.Load("clauses.schema.json").Faults(EditorYaml.ReadFile(Path.Combine(Repository.Contracts, pack, "stated.yaml"))).ShouldBeEmpty();

    [Theory, MemberData(nameof(Packs))]
    public void Nothing_is_found_twice(string pack) =>
        Report.Of(SamplePacks.Read(pack)).Findings.GroupBy(finding => (finding.Id, finding.Message)).Where(group => group.Count() > 1).Select(group => group.Key.Id).ShouldBeEmpty();

    [Theory]
    [InlineData("application-operations", "big-demand", "Amount", "2099760.00", "share-differs/big-demand")]
    [InlineData("application-operations", "tier-4", "Share", "30%", "beyond-ceiling/tier-4")]
    [InlineData("application-operations", "team", "Amount", "82", "sum-differs/team")]
    [InlineData("civil-affairs", "price-annex", "Words", "陆佰玖拾捌万元整", "words-differ/price-annex")]
    [InlineData("civil-affairs", "advance-valid", "Date", "2026-07-27", "date-too-early/advance-valid")]
    [InlineData("civil-affairs", "secrecy-annex", "Limit", "unlimited", "limits-contradict/secrecy-article")]
    [InlineData("government-cloud", "price", "Words", "壹拾叁万零叁佰贰拾元整", "words-form/price")]
    [InlineData("government-cloud", "cap", "Share", "30%", "beyond-ceiling/threshold-termination")]
    [InlineData("government-cloud", "authority-until", "Date", "2026-04-06", "date-too-early/authority-until")]
    [InlineData("security-operations", "signed-provider", "Date", "2025-08-05", "signatures-differ/signed-provider")]
    [InlineData("security-operations", "services", "Amount", "16", "statements-differ/services")]
    [InlineData("video-conferencing", "p37", "Amount", "800.00", "sum-differs/total")]
    [InlineData("video-conferencing", "spare", "Limit", "4 hours", "limit-beyond-limit/spare")]
    public void A_defect_goes_when_the_paper_is_mended(string pack, string entry, string property, string mended, string finding)
    {
        Ids(pack).ShouldContain(finding);
        Ids(pack, entry, property, mended).ShouldNotContain(finding);
    }

    [Theory]
    [InlineData("application-operations", "instalment-2", "Amount", "4199520.01", "share-differs/instalment-2", "sum-differs/total", "words-differ/instalment-2")]
    [InlineData("civil-affairs", "p-07", "Amount", "30000.01", "sum-differs/price")]
    [InlineData("government-cloud", "P1", "Share", "69%", "shares-not-whole/P1", "share-differs/P1")]
    [InlineData("security-operations", "pl-16", "Amount", "57600.01", "sum-differs/price")]
    [InlineData("security-operations", "S8", "Amount", "4", "sum-differs/card")]
    [InlineData("security-operations", "bond-refund", "Words", "壹拾玖万肆仟伍佰捌拾元整", "words-differ/bond-refund")]
    [InlineData("video-conferencing", "hw-1", "Amount", "11", "sum-differs/hardware")]
    [InlineData("video-conferencing", "handover-day", "Share", "2%", "share-differs/handover-day")]
    public void A_defect_comes_when_the_paper_is_spoilt(string pack, string entry, string property, string spoilt, params string[] findings)
    {
        var before = Ids(pack);
        var after = Ids(pack, entry, property, spoilt);
        foreach (var finding in findings)
        {
            before.ShouldNotContain(finding);
            after.ShouldContain(finding);
        }
    }

    private static IReadOnlyList<string> Ids(string pack, string? entry = null, string? property = null, string? value = null)
    {
        var contract = SamplePacks.Read(pack).Contract;
        var stated = contract.Syntax.Stated!.Select(one => one.Id == entry ? TinyPack.Changed(one, property!, value) : one).ToList();
        return [.. PaperLint.Of(contract, stated).Select(finding => finding.Id)];
    }
}

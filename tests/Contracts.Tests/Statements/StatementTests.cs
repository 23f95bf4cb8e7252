using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Statements;

public partial class StatementTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Statements");
    private static readonly string Recorded = File.ReadAllText(Path.Combine(Folder, "lighthouse", "facts.jsonl"));

    // 2025-03-15T00:00:00+08:00: two reports are due, the second instalment is not.
    private const long AsOf = 1741968000L * ChinaTime.Second;

    [GeneratedRegex("""<[^>]*\s(src|srcset|action|background|poster|data)\s*=|url\(|https?:|@import|<link|<base|<iframe""", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    private static (Judgement Judgement, Statement Statement, string Html) Make(Pack pack, string facts, long asOf)
    {
        var read = Read(pack.Contract.Vocabulary);
        read.Faults.ShouldBeEmpty();
        var judgement = Judge.Contract(pack.Contract, read.Facts!, asOf);
        var worths = ReadingWorth.All(SamplePacks.Reader, pack, judgement, read.Facts!, Read, out var refusals);
        refusals.ShouldBeEmpty();
        var statement = StatementBuilder.Build(new StatementSource(pack, judgement, read.Facts!, [new Fingerprint("事实文件", "00ff")], [], worths, PaperLint.Of(pack.Contract)));
        var output = new StringWriter { NewLine = "\n" };
        StatementWriter.Write(output, statement);
        return (judgement, statement, output.ToString());

        FactReading Read(Vocabulary vocabulary) => FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(facts)), "facts.jsonl", pack.Id, vocabulary);
    }

    private static (Judgement Judgement, Statement Statement, string Html) Lighthouse(string? facts = null) =>
        Make(SamplePacks.ReadFolder(Path.Combine(Folder, "lighthouse")), facts ?? Recorded, AsOf);

    // Every reading of every sample is judged for its statement: once a sample is enough.
    private static readonly ConcurrentDictionary<string, Lazy<(Judgement Judgement, Statement Statement, string Html)>> Made = new(StringComparer.Ordinal);

    private static (Judgement Judgement, Statement Statement, string Html) Sample(string name) => Made.GetOrAdd(name, name => new(() => MakeSample(name))).Value;

    private static (Judgement Judgement, Statement Statement, string Html) MakeSample(string name)
    {
        var pack = SamplePacks.Read(name);
        IsoTime.TryParse(pack.Contract.Syntax.Sample!.AsOf, out var asOf).ShouldBeTrue();
        return Make(pack, File.ReadAllText(Path.Combine(pack.Folder, "sample.jsonl")), asOf);
    }

    public static TheoryData<string> Samples => [.. SamplePacks.Names.Where(name => File.Exists(Path.Combine(Repository.Contracts, name, "sample.jsonl")))];

    /// <summary>The look and the script are left out: they may change without what is said changing.</summary>
    private static string Said(string html) => StyleOrScript().Replace(html, "");

    [GeneratedRegex("<style>.*?</style>|<script>.*?</script>|<meta http-equiv[^>]*>", RegexOptions.Singleline)]
    private static partial Regex StyleOrScript();

    [Fact]
    public void The_lighthouse_reads_as_recorded()
    {
        var said = Said(Lighthouse().Html).Replace("<details", "\n<details", StringComparison.Ordinal);
        var golden = Path.Combine(Folder, "lighthouse.html");
        if (File.Exists(golden) && File.ReadAllText(golden) == said) return;
        var made = Path.Combine(Path.GetTempPath(), "lighthouse.html");
        File.WriteAllText(made, said);
        Assert.Fail($"The statement differs from {golden}. Look at {made}; if it is right, copy it there.");
    }

    [Fact]
    public void It_says_in_five_sentences_what_there_is_to_say() =>
        Lighthouse().Statement.Summary.ShouldBe([
            "履约考核得分 84 分。",
            "合同价款 30,000.00 元，已付 15,000.00 元，未扣减，未暂扣；净额 29,500.00 元。",
            "违约金与损失合计 500.00 元，主要是复明超时违约金 500.00 元。",
            "到期义务 2 次中迟延 0 次、缺失 1 次（月报 1 次）；已结时限 2 个中违约 1 个，最长的是2 小时内复明（西塔），用时5小时。",
            "最近到期的是 2025-04-05 月报（2025-03）；可行使的权利：解除合同。"]);

    [Fact]
    public void Only_readings_that_change_something_are_listed()
    {
        var reading = Lighthouse().Statement.Readings.ShouldHaveSingleItem();
        (reading.Id, reading.Net).ShouldBe(("I-1", 1800m));
    }

    [Fact]
    public void Hostile_texts_stay_texts()
    {
        const string hostile = "<script>alert(1)</script>\\\"'&\u202e<img src=x onerror=alert(2)>";
        var (_, _, html) = Lighthouse(Recorded.Replace("西塔", hostile, StringComparison.Ordinal));
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img");
        html.ShouldNotContain('\u202e');
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    [Theory, MemberData(nameof(Samples))]
    public void Nothing_is_loaded_from_anywhere(string name) => Outside().Matches(Sample(name).Html).Select(match => match.Value).ShouldBeEmpty();

    [Theory, MemberData(nameof(Samples))]
    public void Every_address_appears_and_every_link_leads_somewhere(string name)
    {
        var (judgement, _, html) = Sample(name);
        foreach (var address in judgement.ByAddress().Keys) html.ShouldContain($"{Encoded(address)} = ");
        var anchors = Anchor().Matches(html).Select(match => match.Groups[1].Value).ToList();
        anchors.Count.ShouldBe(anchors.Distinct().Count());
        Links().Matches(html).Select(match => match.Groups[1].Value).Except(anchors).ShouldBeEmpty();
    }

    private static string Encoded(string text) => System.Net.WebUtility.HtmlEncode(text);

    [GeneratedRegex(" id=([a-z]+[0-9]*)[ >]")]
    private static partial Regex Anchor();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Links();

    [Theory, MemberData(nameof(Samples))]
    public void The_steps_lead_to_the_net_amount(string name)
    {
        var settlement = Sample(name).Statement.Settlement;
        settlement.Gap.ShouldBe(0m);
        if (SamplePacks.Read(name).Contract.Syntax.Summary?.Waterfall is not null) settlement.Steps.Sum(step => step.Amount).ShouldBe(settlement.Net!.Value);
    }

    [Fact]
    public void Bills_and_credits_stand_side_by_side_in_the_words_of_the_contract()
    {
        var tables = Sample("leased-line").Statement.Settlement.Tables;
        tables.Select(table => table.Title).ShouldBe(["账单", "补偿", "临时线路"]);
        tables[0].Columns.Select(column => column.Name).ShouldBe(["抵扣前", "信用抵扣", "账单", "付款期限"]);
        tables[0].Rows.Count.ShouldBe(12);
        tables[1].Keys.ShouldBe(["线路", "期次"]);
        // Every cell leads to the trace of its figure.
        foreach (var cell in tables.SelectMany(table => table.Rows).SelectMany(row => row.Cells).OfType<Entry>())
            Sample("leased-line").Html.ShouldContain($"<details class=why id=n{cell.Number}>");
    }

    [Theory, MemberData(nameof(Samples))]
    public void It_stays_small_enough_to_send(string name) => Encoding.UTF8.GetByteCount(Sample(name).Html).ShouldBeLessThan(5_000_000);
}

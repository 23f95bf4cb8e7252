namespace Yueheng.Cli.Tests;

/// <summary>Bad input: one line a problem on standard error, exit code 2, nothing on standard output.</summary>
public class RefusalTests
{
    private static readonly string Good = Sample.Fact("f1", "incident.reported");

    [Theory]
    [InlineData("2025-06-30T00:00:00", "；北京时间写作 2025-06-30T00:00:00+08:00")]
    [InlineData("2025年6月30日 0:00", "；北京时间写作 2025-06-30T00:00:00+08:00")]
    [InlineData("2025-06-30", "")]
    [InlineData("now", "")]
    [InlineData("2025-02-30T00:00:00+08:00", "：2025 年 2 月只有 28 天")]
    [InlineData("", "")]
    public void An_instant_without_offset_is_refused(string asOf, string remedy)
    {
        using var sample = new Sample();
        sample.Assess([Good], asOf, "--json").IsRefused($"--as-of: “{asOf}”不是 1900 至 2199 年间带时区偏移的时刻（如 2026-01-31T00:00:00+08:00）{remedy}");
    }

    [Fact]
    public void A_fact_of_another_contract_is_refused_with_its_line()
    {
        using var sample = new Sample();
        sample.Assess([Good, "", Sample.Fact("f2", "incident.resolved", contract: "civil-affairs")], more: "--json").IsRefusedAt("facts.jsonl:3: ", "civil-affairs");
    }

    [Fact]
    public void One_id_with_two_contents_is_refused()
    {
        using var sample = new Sample();
        sample.Assess([Good, Sample.Fact("f1", "incident.reported", subject: "INC-2")]).IsRefusedAt("facts.jsonl:2: ", "f1");
    }

    [Fact]
    public void The_same_fact_again_is_no_problem()
    {
        using var sample = new Sample();
        sample.Assess([Good, Sample.Fact("f1", "incident.reported", at: "2025-03-03T01:00:00Z")]).IsWell();
    }

    [Fact]
    public void A_line_over_a_mebibyte_is_refused()
    {
        using var sample = new Sample();
        sample.Assess([Good, Sample.Fact("f2", "incident.resolved", data: $"{{\"note\":\"{new string('长', 400_000)}\"}}"), Good]).IsRefusedAt("facts.jsonl:2: ", "");
    }

    [Fact]
    public void A_line_without_end_is_refused_without_reading_to_its_end()
    {
        using var sample = new Sample();
        var ran = RunIn(null, new string('{', 64 << 20), [], "assess", sample.Folder, "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00");
        ran.IsRefusedAt("（标准输入）:1: ", "");
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData("[]", "")]
    [InlineData("not json", "")]
    [InlineData("{\"id\":\"f9\",\"contract\":\"sample\",\"kind\":\"payment.made\",\"at\":\"2025-03-03T09:00:00\",\"subject\":\"s\",\"data\":{\"amount\":1}}", "f9")]
    [InlineData("{\"id\":\"f9\",\"contract\":\"sample\",\"kind\":\"payment.made\",\"at\":\"2025-03-03T09:00:00Z\",\"subject\":\"s\",\"data\":{\"amount\":1},\"colour\":1}", "colour")]
    [InlineData("{\"id\":\"f9\",\"contract\":\"sample\",\"kind\":\"payment.made\",\"at\":\"2025-03-03T09:00:00Z\",\"subject\":\"s\",\"data\":{}}", "amount")]
    [InlineData("{\"id\":\"f9\",\"contract\":\"sample\",\"kind\":\"payment.made\",\"at\":\"2025-03-03T09:00:00Z\",\"subject\":\"s\",\"data\":{\"amount\":\"12\"}}", "amount")]
    [InlineData("{\"id\":\"f9\",\"contract\":\"sample\",\"kind\":\"payment.made\",\"at\":\"2025-03-03T09:00:00Z\",\"subject\":\"s\",\"data\":{\"amount\":12,\"paid\":\"3.3.2025\"}}", "paid")]
    public void A_malformed_fact_is_refused_with_its_line(string line, string mentions)
    {
        using var sample = new Sample();
        sample.Assess([Good, line], more: "--json").IsRefusedAt("facts.jsonl:2: ", mentions);
    }

    [Fact]
    public void Every_problem_has_a_line_of_its_own()
    {
        using var sample = new Sample();
        var ran = sample.Assess(["{", Good, Sample.Fact("f2", "payment.made"), Sample.Fact("f3", "incident.reported", data: """{"severity":1}""")]);
        ran.Code.ShouldBe(2);
        ran.Output.ShouldBe("");
        ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != ' ').Select(line => line[.."facts.jsonl:1:".Length]).ShouldBe(["facts.jsonl:1:", "facts.jsonl:3:", "facts.jsonl:4:"]);
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_refused()
    {
        using var sample = new Sample();
        File.WriteAllBytes(Path.Combine(sample.Folder, "gbk.jsonl"), [0xD4, 0xBC, 0xBA, 0xE2]);
        RunIn(sample.Folder, "", [], "assess", sample.Folder, "--facts", "gbk.jsonl", "--as-of", "2025-06-30T00:00:00+08:00").IsRefusedAt("gbk.jsonl:1: ", "UTF-8");
    }

    [Fact]
    public void A_contract_that_is_not_there_is_refused()
    {
        var ran = Run("assess", "no-such-contract", "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00");
        ran.IsRefusedAt("no-such-contract:", "没有 contract.yaml：这不是合同文件夹");
    }

    [Fact]
    public void A_file_of_facts_that_is_not_there_is_refused()
    {
        using var sample = new Sample();
        RunIn(sample.Folder, "", [], "assess", sample.Folder, "--facts", "no.jsonl", "--as-of", "2025-06-30T00:00:00+08:00").IsRefused("no.jsonl: 没有这个事实文件");
    }

    [Fact]
    public void A_contract_that_cannot_be_judged_is_refused_with_all_its_problems()
    {
        using var sample = new Sample(Sample.Contract.Replace("sum: { of: amount", "sum: { of: amuont", StringComparison.Ordinal).Replace("limit: 1 hour", "limit: 1", StringComparison.Ordinal));
        var ran = RunIn(sample.Folder, "", [], "assess", sample.Folder, "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00");
        ran.Code.ShouldBe(2);
        ran.Output.ShouldBe("");
        ran.Errors.ShouldContain("contract.yaml:14:");
        ran.Errors.ShouldContain("contract.yaml:21:");
    }

    [Theory]
    [InlineData("assess")]
    [InlineData("assess", "civil-affairs")]
    [InlineData("assess", "civil-affairs", "--facts", "-")]
    [InlineData("assess", "civil-affairs", "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00", "--colour")]
    [InlineData("assess", "civil-affairs", "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00", "--traces")]
    [InlineData("duties", "civil-affairs", "--facts", "-")]
    [InlineData("duties", "civil-affairs", "--as-of", "2025-06-30T00:00:00+08:00")]
    [InlineData("explain", "civil-affairs", "net")]
    [InlineData("judge", "civil-affairs")]
    public void A_call_that_makes_no_sense_is_refused_likewise(params string[] arguments)
    {
        var ran = Run(arguments);
        ran.Errors.ShouldNotBe("");
        ran.Errors.ShouldNotContain("Unhandled exception");
        ran.Output.ShouldBe("");
        ran.Code.ShouldBe(2);
    }
}

file static class Refused
{
    public static void IsRefusedAt(this Ran ran, string place, string mentions)
    {
        ran.Output.ShouldBe("");
        ran.Code.ShouldBe(2, ran.Errors);
        // One problem: the message, the line at fault, the caret.
        var lines = ran.Errors.TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith(place);
        lines[0].ShouldContain(mentions);
        lines.Skip(1).ShouldAllBe(line => line.StartsWith("  "));
        if (lines.Length > 1) lines[^1].ShouldMatch(@"^ +\| *\^$");
        lines.Length.ShouldBeOneOf(1, 3);
    }
}

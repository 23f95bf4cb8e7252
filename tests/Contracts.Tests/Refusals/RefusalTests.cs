namespace Yueheng.Contracts.Tests.Refusals;

/// <summary>
/// Every refusal has a pack that provokes it: the good pack with one change, and beside it what is said of it. The tables are the approved words;
/// after a change of words, <c>YUEHENG_APPROVE=1</c> writes them anew, to be read before they are kept.
/// </summary>
public class RefusalTests
{
    public static TheoryData<string> Tables => [.. RefusalTable.Files.Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_bad_pack_is_refused_in_the_approved_words_at_the_approved_place(string table)
    {
        var entries = RefusalTable.Read(table);
        if (Environment.GetEnvironmentVariable("YUEHENG_APPROVE") == "1") RefusalTable.Write(table, entries, RefusalTable.Said);
        string.Join("\n\n", entries.Select(entry => $"# {entry.Title}\n{string.Join("\n", RefusalTable.Said(entry))}"))
            .ShouldBe(string.Join("\n\n", entries.Select(entry => $"# {entry.Title}\n{string.Join("\n", entry.Expected)}")));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void No_bad_pack_goes_unnoticed(string table) =>
        RefusalTable.Read(table).Where(entry => entry.Expected.Count == 0).Select(entry => entry.Title).ShouldBeEmpty();

    [Fact]
    public void The_good_pack_is_good() => RefusalTable.Said(new RefusalEntry("", "contract.yaml", [], null, [], [])).ShouldBeEmpty();

    [Fact]
    public void A_folder_without_contract_is_none()
    {
        using var folder = new TemporaryFolder();
        var (pack, refusals) = SamplePacks.Reader.Read(folder.Path, true);
        pack.ShouldBeNull();
        refusals.ShouldHaveSingleItem().Message.ShouldBe("没有 contract.yaml：这不是合同文件夹");
    }

    [Fact]
    public void What_people_read_beside_the_terms_is_not_read_for_figures_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("contract.yaml", File.ReadAllText(Path.Combine(Repository.Contracts, "civil-affairs", "contract.yaml")));
        folder.Write("clauses.yaml", "clauses: [");
        SamplePacks.Reader.Read(folder.Path, false).Refusals.ShouldBeEmpty();
        SamplePacks.Reader.Read(folder.Path, true).Refusals.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_refused_at_the_byte()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "contract.yaml"), [.. "name: "u8, 0xD4, 0xBC, 0xD4]);
        RefusalsOf(folder).ShouldBe(["contract.yaml:1:1: 不是 UTF-8 文本（第 8 字节处）；请把文件另存为 UTF-8（常见的是 GBK）"]);
    }

    [Fact]
    public void A_file_beyond_8_MiB_is_refused_unread()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "contract.yaml"), new byte[8 * 1024 * 1024 + 1]);
        RefusalsOf(folder).ShouldBe(["contract.yaml:1:1: 文件有 8388609 字节，超过上限 8388608 字节；合同包是文字，附件另存"]);
    }

    [Fact]
    public void Names_that_lead_to_names_thousands_of_times_are_refused()
    {
        var chain = string.Join("\n", Enumerable.Range(0, 20_000).Select(n => $"  c{n}: {{ from: c{n + 1} }}"));
        RefusalTable.Said(new RefusalEntry("", "contract.yaml", [("  e: { value: 1 }", chain + "\n  c20000: { facts: a }")], null, [], [])).ShouldHaveSingleItem().ShouldEndWith("各名称的嵌套超过数千层");
    }

    private static IEnumerable<string> RefusalsOf(TemporaryFolder folder) =>
        SamplePacks.Reader.Read(folder.Path, true).Refusals.Select(refusal => $"{refusal with { Position = refusal.Position with { File = Path.GetFileName(refusal.Position.File) } }}");

    [Fact]
    public void All_refusals_of_a_pack_are_told_at_once() =>
        RefusalTable.Said(new RefusalEntry("", "contract.yaml",
            [("  n: { value: 7 }", "  n: { value: m }"), ("  s: { facts: a }", "  s: { facts: c }"), ("  e: { value: 1 }", "  e: { value: { plus: [1, 1 hour] } }"), ("value: n }", "value: n, format: euros }")], null, [], []))
            .Count.ShouldBe(4);

    /// <summary>A message that the source can say and no pack provokes is either untested or dead.</summary>
    [Fact]
    public void Every_message_in_the_source_is_provoked_by_some_pack()
    {
        var said = RefusalTable.Files.SelectMany(file => RefusalTable.Read(Path.GetFileName(file)!)).SelectMany(entry => entry.Expected).ToList();
        said.AddRange(["没有 contract.yaml：这不是合同文件夹", "不是 UTF-8 文本（第 8 字节处）；请把文件另存为 UTF-8（常见的是 GBK）", "文件有 8388609 字节，超过上限 8388608 字节；合同包是文字，附件另存", "各名称的嵌套超过数千层"]);
        MessagesInSource.All().Where(message => !said.Any(message.Pattern.IsMatch)).Select(message => $"{message.Place}: {message.Text}").ShouldBeEmpty();
    }
}

using System.Text;

namespace Yueheng.Facts.Tests;

public class EncodingTests
{
    private static byte[] WithSubject(params byte[] subject)
    {
        var line = Encoding.UTF8.GetBytes(Sample.Line("f1", "incident.resolved", subject: "|"));
        var at = Array.IndexOf(line, (byte)'|');
        return [.. line[..at], .. subject, .. line[(at + 1)..]];
    }

    [Theory]
    [InlineData("a byte that begins nothing", new byte[] { 0xff })]
    [InlineData("a continuation alone", new byte[] { 0x80 })]
    [InlineData("a text in GBK", new byte[] { 0xd4, 0xcb, 0xce, 0xac })]
    [InlineData("an overlong slash", new byte[] { 0xc0, 0xaf })]
    [InlineData("an overlong nought", new byte[] { 0xe0, 0x80, 0x80 })]
    [InlineData("a surrogate", new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData("a surrogate pair", new byte[] { 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80 })]
    [InlineData("beyond the last character", new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    [InlineData("half a character", new byte[] { 0xe7, 0xba })]
    public void What_is_not_utf8_is_refused_at_its_place(string what, byte[] subject)
    {
        var fault = Sample.Read(WithSubject(subject)).Faults.ShouldHaveSingleItem(what);
        fault.ToString().ShouldBe("facts.jsonl:1: 第 103 个字节起不是有效的 UTF-8 编码；请把文件另存为 UTF-8（常见的是 GBK）。");
    }

    [Fact]
    public void Only_the_lines_that_are_not_utf8_are_refused()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Sample.Line("f0", "incident.resolved", subject: "约衡😀") + "\n"), .. WithSubject(0xff), (byte)'\n', .. "not json"u8];
        Sample.Read(bytes).Faults.Select(fault => fault.Line).ShouldBe([2, 3]);
    }

    [Fact]
    public void Bytes_outside_any_text_are_held_to_it_too() =>
        Sample.Read([0xa0, .. Encoding.UTF8.GetBytes(Sample.Line("f1", "incident.resolved"))]).Faults.ShouldHaveSingleItem().Message.ShouldContain("UTF-8");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_in_utf16_is_one_fault(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var text = string.Concat(Enumerable.Repeat(Sample.Line("f1", "incident.resolved") + "\n", 30_000));
        Sample.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]).Faults.ShouldHaveSingleItem()
            .ToString().ShouldBe("facts.jsonl:1: 文件开头是 UTF-16 的字节序标记；只接受 UTF-8 编码的文件，请另存为 UTF-8。");
    }

    [Fact]
    public void Texts_of_every_length_and_script_are_found_again()
    {
        // Subjects are found by their bytes; each of these must be one subject of two facts.
        var subjects = Enumerable.Range(1, 600).SelectMany(length => new[] { new string('a', length), new string('约', length), new string('é', length) + "x" }).ToList();
        var facts = Sample.FactsOf(subjects.SelectMany((subject, number) => new[]
        {
            Sample.Line($"a{number}", "incident.resolved", subject: subject),
            Sample.Line($"b{number}", "incident.resolved", subject: subject),
        }));
        facts.SubjectCount.ShouldBe(subjects.Count);
        foreach (var subject in subjects) facts.OfSubject(facts.SubjectIndexOf(subject)).Length.ShouldBe(2);
    }
}

using System.Runtime.CompilerServices;

namespace Yueheng.Facts.Tests;

/// <summary>
/// Every refusal has a line that provokes it: the files in Refusals/ are read as facts of the sample contract, and what is said of
/// them, with the excerpt and the caret, is compared with the approved text beside each. After a change of words, <c>YUEHENG_APPROVE=1</c>
/// writes the texts anew, to be read before they are kept.
/// </summary>
public class RefusalTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Refusals");

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Refusals");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Bad_lines_are_refused_in_the_approved_words(string name)
    {
        using var lines = File.OpenRead(Path.Combine(Folder, name + ".jsonl"));
        var reading = FactReader.Read(lines, name + ".jsonl", Sample.Contract, Sample.Vocabulary);

        reading.Facts.ShouldBeNull();
        var said = string.Concat(reading.Faults.Select(fault => fault + fault.Excerpt?.Under(fault.Line) + "\n"));
        if (Environment.GetEnvironmentVariable("YUEHENG_APPROVE") == "1") File.WriteAllText(Path.Combine(Source(), name + ".txt"), said);
        said.ShouldBe(File.ReadAllText(Path.Combine(Folder, name + ".txt")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_bad_line_goes_unnoticed(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".jsonl"));
        if (name == "same-id") return;   // there it is pairs of lines that are wrong
        foreach (var line in lines) Sample.Read(line).Faults.ShouldNotBeEmpty(line);
    }

    [Fact]
    public void A_fault_says_where_it_is_in_words_and_in_data()
    {
        var fault = Sample.Read("", Sample.Line("f7", "payment.made", """{"amount":"12"}""")).Faults.ShouldHaveSingleItem();
        const string Message = "事实 f7 的 amount 应是金额（数），写的是文字“12”；写作 12，不加引号。";
        (fault with { Excerpt = null }).ShouldBe(new FactFault("facts.jsonl", 2, "f7", "amount", Message));
        fault.ToString().ShouldBe("facts.jsonl:2: " + Message);
        var excerpt = fault.Excerpt.ShouldNotBeNull();
        excerpt.Text[excerpt.Caret..].ShouldBe("\"12\"}}");
    }

    [Fact]
    public void After_a_hundred_faults_the_reader_says_that_it_stops()
    {
        var faults = Sample.Read(Enumerable.Range(1, 250).Select(number => Sample.Line($"f{number}", "payment.made"))).Faults;
        faults.Count.ShouldBe(101);
        faults[99].Line.ShouldBe(100);
        faults[100].Message.ShouldBe("错误已满 100 处，其后的不再检查。");
    }

    [Fact]
    public void A_hundred_faults_are_all_told_without_a_word_about_more()
    {
        var faults = Sample.Read(Enumerable.Range(1, 100).Select(number => Sample.Line($"f{number}", "payment.made"))).Faults;
        faults.Count.ShouldBe(100);
        faults[99].Fact.ShouldBe("f100");
    }

    [Fact]
    public void A_hundred_faults_of_a_large_file_are_the_first_hundred_however_it_is_read()
    {
        // Conflicts of ids are found in another place than bad fields; both must come in the order of the lines.
        var lines = Enumerable.Range(1, 60_000).Select(number => (number % 300) switch
        {
            0 => Sample.Line($"f{number}", "payment.made"),
            150 => Sample.Line($"f{number - 1}", "incident.resolved", subject: "another"),
            _ => Sample.Line($"f{number}", "incident.resolved"),
        });
        var faults = Sample.Read(lines).Faults;
        faults.Take(100).Select(fault => fault.Line).ShouldBe(Enumerable.Range(1, 100).Select(number => number * 150));
        faults.Count.ShouldBe(101);
    }
}

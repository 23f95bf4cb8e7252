using System.Text;

namespace Yueheng.Facts.Tests;

public class FactLineReaderTests
{
    private const string Good = """{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00Z","subject":"s"}""";

    private readonly FactLineReader _reader = new("sample", new Vocabulary([], []), "facts");

    private FactLine Read(string line, int number = 1) => _reader.Read(Encoding.UTF8.GetBytes(line), number);

    [Fact]
    public void A_line_is_a_fact_or_says_why_not()
    {
        Read(Good).Fact!.Id.ShouldBe("f1");
        var refused = Read("{", 7);
        refused.Fact.ShouldBeNull();
        refused.Faults.ShouldHaveSingleItem().Line.ShouldBe(7);
        Read(Good, 8).ShouldSatisfyAllConditions(read => read.Fact!.Line.ShouldBe(8), read => read.Faults.ShouldBeEmpty());
    }

    [Fact]
    public void A_blank_line_is_neither() => Read(" \r").ShouldBe(new FactLine(null, []));

    [Fact]
    public void An_id_met_before_is_the_callers_to_judge()
    {
        Read(Good).Faults.ShouldBeEmpty();
        Read(Good.Replace("\"s\"", "\"other\"", StringComparison.Ordinal)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_line_over_the_limit_is_refused() => Read(new string(' ', FactLineReader.LongestLine + 1)).Faults.ShouldHaveSingleItem().Message.ShouldContain("1 MiB");

    [Fact]
    public void Two_lines_are_not_one() => Should.Throw<ArgumentException>(() => Read(Good + "\n" + Good));
}

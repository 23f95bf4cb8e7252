namespace Yueheng.Cli.Tests;

public class DutiesTests
{
    [Fact]
    public void Without_facts_the_fixed_duties_are_listed_with_their_due_dates()
    {
        using var sample = new Sample();
        Run("duties", sample.Folder, "--json").IsWell().Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe(
            """[{"duty":"DU-1","period":"2025-Q1","due":"2025-03-31"},{"duty":"DU-1","period":"2025-Q2","due":"2025-06-30"},{"duty":"DU-1","period":"2025-Q3","due":"2025-09-30"},{"duty":"DU-1","period":"2025-Q4","due":"2025-12-31"}]""");
    }

    [Fact]
    public void With_facts_duties_have_states_and_facts_make_duties()
    {
        using var sample = new Sample();
        var facts = sample.Write("facts.jsonl", Sample.Fact("f1", "incident.reported"), Sample.Fact("f2", "report.submitted", "2025-04-01T00:00:00+08:00", "2025-Q1"));
        Run("duties", sample.Folder, "--facts", facts, "--as-of", "2025-06-30T00:00:00+08:00", "--json").IsWell().Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe(
            """[{"duty":"DU-1","period":"2025-Q1","due":"2025-03-31","state":"kept"},{"duty":"DU-1","period":"2025-Q2","due":"2025-06-30","state":"pending"},{"duty":"DU-1","period":"2025-Q3","due":"2025-09-30","state":"pending"},{"duty":"DU-1","period":"2025-Q4","due":"2025-12-31","state":"pending"},{"duty":"DU-2","period":"INC-1","due":"2025-03-03T11:00:00+08:00","state":"missing"}]""");
    }

    [Fact]
    public void Without_json_duties_are_lines_with_their_labels()
    {
        using var sample = new Sample();
        Run("duties", sample.Folder).IsWell().Output.ShouldBe("DU-1\t2025-Q1\t2025-03-31\t月报\nDU-1\t2025-Q2\t2025-06-30\t月报\nDU-1\t2025-Q3\t2025-09-30\t月报\nDU-1\t2025-Q4\t2025-12-31\t月报\n");
    }

    [Theory]
    [InlineData("application-operations")]
    [InlineData("civil-affairs")]
    [InlineData("government-cloud")]
    [InlineData("security-operations")]
    [InlineData("video-conferencing")]
    public void Every_sample_contract_lists_its_duties(string contract)
    {
        var duties = System.Text.Json.Nodes.JsonNode.Parse(Run("duties", contract, "--json").IsWell().Output)!.AsArray();
        duties.Count.ShouldBeGreaterThan(0);
        duties.ShouldAllBe(duty => duty!["duty"] != null && duty["period"] != null && duty.AsObject().ContainsKey("due") && !duty.AsObject().ContainsKey("state"));
    }
}

using System.Text.Json.Nodes;

namespace Yueheng.Cli.Tests;

public class SimulateTests
{
    [Fact]
    public void A_simulated_year_is_facts_that_the_contract_accepts()
    {
        using var sample = new Sample();
        var year = Run("simulate", sample.Folder, "--seed", "5", "--grade", "poor").IsWell().Output;
        year.ShouldStartWith("{\"id\":\"s00001\",\"contract\":\"sample\"");
        RunIn(null, year, [], "assess", sample.Folder, "--facts", "-", "--as-of", "2026-04-30T00:00:00+08:00").IsWell().Output.ShouldContain("duty/DU-1/2025-Q4\t");
    }

    [Fact]
    public void The_same_seed_gives_the_same_year_again_and_another_seed_another()
    {
        using var sample = new Sample();
        string Year(string seed) => Run("simulate", sample.Folder, "--seed", seed).IsWell().Output;
        Year("5").ShouldBe(Year("5"));
        Year("6").ShouldNotBe(Year("5"));
    }

    [Fact]
    public void Several_years_are_written_as_files_one_a_seed()
    {
        using var sample = new Sample();
        using var folder = new TemporaryFolder();
        Run("simulate", sample.Folder, "--seed", "8", "--grade", "good", "--years", "2", "--out", folder.Path).Code.ShouldBe(0);
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["sample-good-8.jsonl", "sample-good-9.jsonl"]);
        File.ReadAllText(Path.Combine(folder.Path, "sample-good-8.jsonl")).ShouldBe(Run("simulate", sample.Folder, "--seed", "8", "--grade", "good").Output);
    }

    [Theory]
    [InlineData("--grade: “best”应为 good、fair 或 poor", "simulate", "--grade", "best")]
    [InlineData("--years 与 --out 须一同给出", "simulate", "--years", "3")]
    [InlineData("--years: “0”应为正整数", "simulate", "--years", "0", "--out", "x")]
    [InlineData("--years: “0”应在 1 与 100000 之间", "outlook", "--years", "0")]
    public void What_cannot_be_simulated_is_refused_in_one_sentence(string problem, string command, params string[] options)
    {
        using var sample = new Sample();
        Run([command, sample.Folder, .. options]).IsRefused(problem);
    }

    [Fact]
    public void An_outlook_is_one_json_object_with_amounts_as_texts()
    {
        using var sample = new Sample(Sample.Contract + "\nsummary: { net: total }");
        var outlook = JsonNode.Parse(Run("outlook", sample.Folder, "--years", "6", "--json").IsWell().Output)!;
        outlook["years"]!.GetValue<int>().ShouldBe(6);
        outlook["net"]!["mean"]!.GetValue<string>().ShouldMatch(@"^\d+\.\d\d$");
    }
}

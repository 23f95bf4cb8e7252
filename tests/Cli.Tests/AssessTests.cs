using System.Text.Json;

namespace Yueheng.Cli.Tests;

public class AssessTests
{
    private static readonly string[] Facts =
    [
        Sample.Fact("f1", "incident.reported"),
        Sample.Fact("f2", "incident.resolved", "2025-03-03T10:00:00+08:00"),
        Sample.Fact("f3", "payment.made", "2025-04-01T00:00:00+08:00", data: """{"amount":1000.5}"""),
    ];

    private const string Figures =
        """
        {
          "contract": "sample",
          "asOf": "2025-06-30T00:00:00+08:00",
          "figures": {
            "clock/K1/INC-1": "kept",
            "duty/DU-1/2025-Q1": "missing",
            "duty/DU-1/2025-Q2": "pending",
            "duty/DU-1/2025-Q3": "pending",
            "duty/DU-1/2025-Q4": "pending",
            "duty/DU-2/INC-1": "missing",
            "total": "1000.50"
          }
        }

        """;

    [Fact]
    public void Figures_are_one_json_object_sorted_by_address()
    {
        using var sample = new Sample();
        sample.Assess(Facts, more: "--json").IsWell().Output.ShouldBe(Figures);
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_kept_and_told_of_with_the_nearest_one()
    {
        using var sample = new Sample();
        var run = sample.Assess([.. Facts, Sample.Fact("f4", "incident.reportd"), Sample.Fact("f5", "training.held")], more: "--json");
        run.Output.ShouldBe(Figures);
        run.Errors.ShouldBe("提示：1 件事实的种类“incident.reportd”（如 f4）本合同不读，不参与评判；是否指“incident.reported”\n");
    }

    [Fact]
    public void Without_json_figures_are_lines_of_address_and_value()
    {
        using var sample = new Sample();
        sample.Assess(Facts).IsWell().Output.Split('\n').ShouldBe(["clock/K1/INC-1\tkept", "duty/DU-1/2025-Q1\tmissing", "duty/DU-1/2025-Q2\tpending", "duty/DU-1/2025-Q3\tpending", "duty/DU-1/2025-Q4\tpending", "duty/DU-2/INC-1\tmissing", "total\t1000.50", ""]);
    }

    [Fact]
    public void A_dash_reads_facts_from_standard_input()
    {
        using var sample = new Sample();
        RunIn(null, string.Join("\n", Facts), [], "assess", sample.Folder, "--facts", "-", "--as-of", "2025-06-30T00:00:00+08:00", "--json").IsWell().Output.ShouldBe(Figures);
    }

    [Fact]
    public void No_facts_are_facts_too()
    {
        using var sample = new Sample();
        sample.Assess([], asOf: "2024-01-01T00:00:00Z").IsWell().Output.ShouldBe("duty/DU-1/2025-Q1\tpending\nduty/DU-1/2025-Q2\tpending\nduty/DU-1/2025-Q3\tpending\nduty/DU-1/2025-Q4\tpending\ntotal\t0.00\n");
    }

    [Fact]
    public void The_instant_may_be_in_any_offset_and_is_repeated_as_given()
    {
        using var sample = new Sample();
        var output = sample.Assess(Facts, "2025-06-29T16:00:00Z", "--json").IsWell().Output;
        output.ShouldBe(Figures.Replace("2025-06-30T00:00:00+08:00", "2025-06-29T16:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_is_a_string_and_addresses_are_in_ordinal_order()
    {
        var facts = Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Cases", "government-cloud", "001.facts.jsonl");
        using var answer = JsonDocument.Parse(Run("assess", "government-cloud", "--facts", facts, "--as-of", "2026-04-06T23:59:59+08:00", "--json").IsWell().Output);
        answer.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["contract", "asOf", "figures"]);
        var figures = answer.RootElement.GetProperty("figures").EnumerateObject().ToList();
        figures.ShouldAllBe(figure => figure.Value.ValueKind == JsonValueKind.String);
        figures.Select(figure => figure.Name).ShouldBe(figures.Select(figure => figure.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Traces_say_where_every_figure_comes_from()
    {
        using var sample = new Sample();
        using var answer = JsonDocument.Parse(sample.Assess(Facts, more: ["--json", "--traces"]).IsWell().Output);
        var traces = answer.RootElement.GetProperty("traces").EnumerateObject().ToDictionary(trace => trace.Name, trace => trace.Value.ToString());
        traces.Keys.ShouldBe(answer.RootElement.GetProperty("figures").EnumerateObject().Select(figure => figure.Name));
        traces["total"].ShouldContain("f3");
        traces["total"].ShouldContain("c1");
        traces["clock/K1/INC-1"].ShouldContain("f1");
        traces["clock/K1/INC-1"].ShouldContain("f2");
    }

    [Fact]
    public void Chinese_and_quotes_in_subjects_survive_json()
    {
        using var sample = new Sample();
        using var answer = JsonDocument.Parse(sample.Assess([Sample.Fact("f1", "incident.reported", subject: "故障“一”\\\"/😀")], more: "--json").IsWell().Output);
        answer.RootElement.GetProperty("figures").TryGetProperty("clock/K1/故障“一”\"/😀", out _).ShouldBeTrue();
    }

    [Fact]
    public void A_year_without_a_notice_is_told_on_standard_error_alone()
    {
        using var sample = new Sample(Sample.Contract.Replace("due: { due: { from: at, within: 2 hours } }", "due: { due: { from: at, within: 600 workdays } }", StringComparison.Ordinal));
        var ran = sample.Assess([Sample.Fact("f1", "incident.reported")], "2025-03-03T09:00:00+08:00");
        ran.Code.ShouldBe(0);
        ran.Errors.ShouldBe("注意：2027 年尚无节假日安排通知，工作日暂按周一至周五计\n");
        ran.Output.ShouldNotContain("2027");
    }

    [Fact]
    public void Another_reading_may_be_judged_by()
    {
        using var sample = new Sample();
        sample.Write("readings.yaml", "interpretations: { I-1: { asks: 问, reading: 此, alternatives: { alt: { label: 彼, replaces: { total: { value: 7 } } } } } }");
        sample.Assess(Facts, more: ["--reading", "I-1=alt"]).IsWell().Output.ShouldContain("total\t7.00\n");
        sample.Assess(Facts).IsWell().Output.ShouldContain("total\t1000.50\n");
        sample.Assess(Facts, more: ["--reading", "I-1=other"]).Code.ShouldBe(2);
    }
}

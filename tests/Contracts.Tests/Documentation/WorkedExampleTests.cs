using Yueheng.Contracts.Tests.Schemas;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>Every example of docs/terms.md is judged, and gives what is printed with it.</summary>
public sealed class WorkedExampleTests
{
    public static TheoryData<int> Lines => [.. WorkedExample.All.Select(example => example.Line)];

    [Theory, MemberData(nameof(Lines))]
    public void It_gives_what_is_printed_with_it(int line) => WorkedExampleRun.Problems(At(line)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Lines))]
    public void It_is_valid_by_the_schema(int line) =>
        JsonSchema.Load("contract.schema.json").Faults(At(line).AsEdited()).ShouldBeEmpty();

    [Fact]
    public void Every_block_of_the_document_is_run_here_or_as_a_folder_or_as_a_transcript()
    {
        var fences = LanguageDocument.Fences(LanguageDocument.Text);
        fences.Count(fence => fence.Role == "frame").ShouldBe(1);
        fences.Where(fence => fence.Role is not ("frame" or "example" or "gives") && fence.Kind != "console" && !fence.Role.Contains('.', StringComparison.Ordinal)).ShouldBeEmpty();
        WorkedExample.All.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void A_wrong_figure_in_the_document_is_noticed()
    {
        var example = WorkedExample.All.First(one => one.Values.Count > 0);
        var wrong = example with { Values = [(example.Values[0].Name, "12345"), .. example.Values.Skip(1)] };
        WorkedExampleRun.Problems(wrong).ShouldHaveSingleItem().ShouldStartWith($"{example.Values[0].Name}: the document says 12345, the judge ");
    }

    [Fact]
    public void A_row_too_few_or_a_wrong_cell_in_a_printed_set_is_noticed()
    {
        var example = WorkedExample.All.First(one => one.Tables is [{ Rows.Count: > 1 }, ..]);
        var table = example.Tables[0];
        WorkedExampleRun.Problems(example with { Tables = [table with { Rows = [.. table.Rows.SkipLast(1)] }, .. example.Tables.Skip(1)] }).ShouldNotBeEmpty();
        WorkedExampleRun.Problems(example with { Tables = [table with { Rows = [["wrong", .. table.Rows[0].Skip(1)], .. table.Rows.Skip(1)] }, .. example.Tables.Skip(1)] }).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_line_that_is_not_understood_is_noticed() =>
        WorkedExampleRun.Problems(WorkedExample.In("```yaml example\na: { value: 1 }    # = 1\n```\n\n```text gives\nat 2025-03-03\n```\n").ShouldHaveSingleItem()).ShouldBe(["not understood: at 2025-03-03"]);

    private static WorkedExample At(int line) => WorkedExample.All.Single(example => example.Line == line);
}

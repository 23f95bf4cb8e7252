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
        JsonSchema.Load("contract.schema.json").Faults(EditorYaml.Read(At(line).WithFrame())).ShouldBeEmpty();

    [Fact]
    public void There_are_examples() => WorkedExample.All.Count.ShouldBeGreaterThan(40);

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

    private static WorkedExample At(int line) => WorkedExample.All.Single(example => example.Line == line);
}

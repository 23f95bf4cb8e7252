using System.Text;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Examples;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>Nothing in the language is without an example in docs/terms.md that the tests run.</summary>
public sealed class LanguageInExamplesTests
{
    private static readonly IReadOnlyList<Syntax> Run = [.. WorkedExample.All.Select(example => example.Written()), .. Files<ContractSyntax>("contract.yaml"), .. Files<ExampleSyntax>("examples/")];

    [Fact]
    public void Every_operation_key_and_word_stands_in_an_example_that_is_run() =>
        new LanguageInUse(Run).Lacking(LanguageInUse.Types).ShouldBeEmpty();

    [Fact]
    public void The_states_that_the_language_knows_come_out_of_an_example()
    {
        var results = WorkedExample.All.SelectMany(example => example.Values.Select(value => value.Value).Concat(example.Tables.SelectMany(table => table.Rows).SelectMany(row => row))).ToHashSet(StringComparer.Ordinal);
        string[] states = ["kept", "breached", "running", "excused", "late", "missing", "pending", "met", "not-open", "open", "closed"];
        states.Except(results).ShouldBeEmpty();
    }

    public static TheoryData<string> Operations => [.. Shape.Operations.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Operations))]
    public void An_operation_whose_examples_are_taken_away_is_missed(string operation)
    {
        var without = Run.Where(contract => new LanguageInUse([contract]).Lacking([Shape.Operations[operation]]).Contains($"operation {operation}")).ToList();
        without.Count.ShouldBeLessThan(Run.Count);
        new LanguageInUse(without).Lacking(LanguageInUse.Types).ShouldContain($"operation {operation}");
    }

    [Fact]
    public void An_operation_that_is_new_and_has_no_example_is_missed() =>
        new LanguageInUse(Run).Lacking([.. LanguageInUse.Types, typeof(NewOperation)]).ShouldBe(["operation new-operation", "operation new-operation.degree", "operation new-operation.degree: first", "operation new-operation.degree: second"], ignoreOrder: true);

    [Operation("new-operation"), Doc("试验")]
    private sealed class NewOperation : Expression
    {
        [Words("first", "second"), Doc("程度")] public string? Degree { get; init; }
    }

    /// <summary>Files that the document gives in full, and that are run as folders.</summary>
    private static IEnumerable<T> Files<T>(string name) where T : Syntax
    {
        foreach (var fence in LanguageDocument.Fences(LanguageDocument.Text).Where(fence => fence.Kind == "yaml" && fence.Role.StartsWith(name, StringComparison.Ordinal)))
        {
            var refusals = new List<Refusal>();
            var node = YamlFile.Parse(Encoding.UTF8.GetBytes(fence.Text), fence.Role, refusals)!;
            var bound = new Binder(refusals).Bind<T>(node);
            refusals.ShouldBeEmpty();
            yield return bound!;
        }
    }
}

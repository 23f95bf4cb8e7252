using System.Text.RegularExpressions;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Examples;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>Nothing in the language is undocumented, and nothing is documented that is not there.</summary>
public partial class OperationsInTheDocumentTests
{
    [Fact]
    public void The_tables_of_values_list_the_operations_and_no_others() =>
        Listed(4).ShouldBe(Shape.Operations.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_tables_of_sets_list_the_sources_and_modifiers_and_no_others() =>
        Listed(3).ShouldBe(Shape.Of(typeof(SetExpression)).Keys.Select(key => key.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_of_sugar_lists_forms_of_a_term_only() =>
        Listed(7).ShouldBeSubsetOf(Shape.Of(typeof(TermSyntax)).Keys.Select(key => key.Name));

    [Fact]
    public void Every_key_of_the_language_is_mentioned()
    {
        var words = LanguageDocument.CodeSpans(LanguageDocument.Text).Concat(Enumerable.Range(1, 13).SelectMany(LanguageDocument.Blocks).Select(block => block.Text))
            .SelectMany(code => Word().Matches(code).Select(match => match.Value)).ToHashSet();
        LanguageTypes().SelectMany(type => Shape.Of(type).Keys.Where(key => !key.IsOperand).Select(key => (type.Name, key.Name)))
            .Where(key => !words.Contains(key.Item2)).ShouldBeEmpty();
    }

    // `a: …` in a first cell names a; so does each of `a / b: …`.
    private static IEnumerable<string> Listed(int section) =>
        LanguageDocument.FirstCells(section).SelectMany(LanguageDocument.CodeSpans).SelectMany(code => Heading().Match(code).Groups[1].Value.Split(" / "))
            .Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<Type> LanguageTypes() =>
        typeof(Syntax).Assembly.GetTypes().Append(typeof(ExampleSyntax))
            .Where(type => typeof(Syntax).IsAssignableFrom(type) && !type.IsAbstract && type.GetCustomAttributes(typeof(UnwrittenAttribute), false).Length == 0)
            .Where(type => type != typeof(Literal) && type != typeof(Name) && type != typeof(OrderKey) && type != typeof(Matching));

    [GeneratedRegex(@"^(?:\{ )?([a-z][a-z -]*(?: / [a-z][a-z-]*)*):")]
    private static partial Regex Heading();

    [GeneratedRegex("[a-z][a-z-]*")]
    private static partial Regex Word();
}

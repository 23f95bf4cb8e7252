using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>The words that a contract looks for in the text fields of its facts, for forms and templates that offer them.</summary>
/// <example>In <c>severity</c> of <c>incident.reported</c> a contract may look for <c>urgent</c> and <c>general</c>.</example>
public sealed class FieldWords(ContractSyntax contract)
{
    private readonly Wordings _wordings = new(new SyntaxTree(contract));

    /// <summary>The words in the order of the contract, each with what the contract calls it, or itself; empty: it asks for none in particular.</summary>
    /// <param name="kind">A kind of fact that the contract reads.</param>
    /// <param name="column">The name under which it reads the field.</param>
    public IReadOnlyList<(string Word, string Label)> Of(string kind, string column) => [.. _wordings.Every(kind, column).Select(word => (word, LabelOf(word)))];

    // What a person finds, draws or pays is named by a rule or a term.
    private string LabelOf(string word)
    {
        foreach (var term in contract.Terms.Values)
            if (term.Scorecard?.Rules is { } rules && rules.TryGetValue(word, out var rule) && rule.Name is { } name) return name;
        return contract.Terms.TryGetValue(word, out var named) && named.Label is { } label ? label : word;
    }
}

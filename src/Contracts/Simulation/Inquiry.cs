using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>Something to ask of the contract at every step: of each row of a set, or once.</summary>
/// <param name="Rows">The term whose rows are asked; null: asked once, outside any row.</param>
/// <param name="Columns">What is asked, by name.</param>
/// <param name="Missing">Only rows in which this column is missing: what is done already needs no asking. Null: all.</param>
internal sealed record Question(string? Rows, IReadOnlyDictionary<string, Expression> Columns, string? Missing);

/// <summary>
/// Asks a contract in its own language: the questions become terms and figures beside the contract's own, so that nothing of the
/// judge has to be known here. What does not compile (a column that a set does not have) is not asked.
/// </summary>
internal sealed class Inquiry
{
    private const string Prefix = "simulated.";
    private const int MostTries = 12;
    private readonly Contract _contract;
    private readonly IReadOnlyList<Question> _questions;

    /// <exception cref="CannotJudgeException">The questions cannot be put beside the terms: a term of the contract is named like them.</exception>
    public Inquiry(Contract original, IReadOnlyList<Question> questions)
    {
        // Each column alone first: a refusal then says which of them cannot be asked. One that is said once of several columns is met again.
        var left = questions.ToList();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var alone = left.SelectMany((question, place) => question.Columns.Select(column => (Place: place, column.Key, Only: question with { Columns = new Dictionary<string, Expression> { [column.Key] = column.Value } }))).ToList();
            var (_, refusals) = Contract.Compile(With(original.Syntax, alone.Select((each, index) => KeyValuePair.Create(NameOf(index), TermOf(each.Only))), []), original.Calendar);
            var refused = refusals.Select(refusal => refusal.Term).OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (refused.Count == 0) break;
            var bad = alone.Where((_, index) => refused.Contains(NameOf(index))).Select(each => (each.Place, each.Key)).ToHashSet();
            left = [.. left.Select((question, place) => question with { Columns = question.Columns.Where(column => !bad.Contains((place, column.Key))).ToDictionary(StringComparer.Ordinal) })];
        }
        _questions = left;

        var asked = _questions.Select((question, place) => KeyValuePair.Create(NameOf(place), TermOf(question))).Where((_, place) => _questions[place].Columns.Count > 0).ToList();
        var figures = asked.SelectMany(term => Columns(term.Key).Select(column => new FigureSyntax
        {
            Address = $"{term.Key}|{column}|{{asked}}",
            Each = [term.Key],
            Value = new Name { Text = "ask." + column },
            Format = null,
        })).Concat(original.Syntax.Figures.Where(figure => figure.Address.StartsWith("instalment/", StringComparison.Ordinal) && figure.Address.EndsWith("/payable", StringComparison.Ordinal)));
        var (contract, problems) = Contract.Compile(With(original.Syntax, asked, [.. figures]), original.Calendar);
        _contract = contract ?? throw new CannotJudgeException(string.Join("；", problems.Select(problem => problem.Message)));
    }

    private IEnumerable<string> Columns(string term) => _questions[int.Parse(term.AsSpan(Prefix.Length), CultureInfo.InvariantCulture)].Columns.Keys;

    private static string NameOf(int place) => Prefix + place.ToString(CultureInfo.InvariantCulture);

    private static TermSyntax TermOf(Question question)
    {
        var columns = question.Columns.ToDictionary(column => "ask." + column.Key, column => column.Value, StringComparer.Ordinal);
        var numbering = new Numbering { As = "asked", By = [] };
        if (question.Rows is null) return new TermSyntax { Table = [columns], Number = numbering };
        var open = question.Missing is { } column ? new Comparison { Of = new Name { Text = column }, Present = "false" } : null;
        return new TermSyntax { From = new SetExpression { From = new SetExpression { Named = question.Rows }, Where = open }, With = columns, Number = numbering };
    }

    private static ContractSyntax With(ContractSyntax contract, IEnumerable<KeyValuePair<string, TermSyntax>> more, IReadOnlyList<FigureSyntax> figures) => new()
    {
        Language = contract.Language,
        Contract = contract.Contract,
        Facts = contract.Facts,
        Terms = contract.Terms.Concat(more).ToDictionary(StringComparer.Ordinal),
        Amendments = contract.Amendments,
        Views = contract.Views,
        Figures = figures,
    };

    /// <summary>The answers to each question, a row each: the values by column, absent where missing.</summary>
    public Answers Ask(FactSet facts, long asOf)
    {
        var rows = _questions.Select(_ => new SortedDictionary<int, Dictionary<string, Value>>()).ToList();
        var payable = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var figure in Judge.Contract(_contract, facts, asOf).Figures)
        {
            var parts = figure.Address.Split('|');
            if (parts.Length < 3)
            {
                if (figure.Value.Type == Facts.ValueType.Number) payable[figure.Address.Split('/')[1]] = Numbers.Round(figure.Value, 2);
                continue;
            }
            var question = rows[int.Parse(parts[0].AsSpan(Prefix.Length), CultureInfo.InvariantCulture)];
            var number = int.Parse(parts[2], CultureInfo.InvariantCulture);
            if (!question.TryGetValue(number, out var row)) question[number] = row = new Dictionary<string, Value>(StringComparer.Ordinal);
            row[parts[1]] = figure.Value;
        }
        return new Answers([.. rows.Select(question => (IReadOnlyList<IReadOnlyDictionary<string, Value>>)[.. question.Values])], payable);
    }
}

/// <param name="Rows">By question.</param>
/// <param name="Payable">What the contract says is payable, by instalment, in CNY.</param>
internal sealed record Answers(IReadOnlyList<IReadOnlyList<IReadOnlyDictionary<string, Value>>> Rows, IReadOnlyDictionary<string, decimal> Payable);

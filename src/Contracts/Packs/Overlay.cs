using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Packs;

/// <summary>A reading other than the one in use: <c>I-15=alt-b</c>.</summary>
public sealed record Reading(string Interpretation, string Alternative)
{
    public static Reading? Parse(string text) =>
        text.Split('=') is [{ Length: > 0 } interpretation, { Length: > 0 } alternative] ? new Reading(interpretation, alternative) : null;

    public override string ToString() => $"{Interpretation}={Alternative}";
}

/// <summary>Replaces named values by those of an alternative reading, for a whole evaluation.</summary>
internal static class Overlay
{
    public static ContractSyntax? Apply(ContractSyntax contract, IReadOnlyList<Reading> readings, List<Refusal> refusals)
    {
        if (readings.Count == 0) return contract;
        var terms = new Dictionary<string, TermSyntax>(contract.Terms, StringComparer.Ordinal);
        var facts = contract.Facts.ToDictionary(kind => kind.Key, kind => kind.Value, StringComparer.Ordinal);
        var replacedBy = new Dictionary<string, Reading>(StringComparer.Ordinal);
        foreach (var reading in readings)
            if (Find(contract, reading, refusals) is { } alternative)
            {
                Read(facts, alternative, reading, refusals);
                foreach (var (name, term) in alternative.Replaces)
                {
                    if (!replacedBy.TryAdd(name, reading)) refusals.Add(new Refusal(alternative.Position, reading.Interpretation, $"读法 {replacedBy[name]} 与 {reading} 都替换“{name}”，不能同时采用"));
                    terms[name] = WithLabel(term, terms.GetValueOrDefault(name));
                }
            }
        if (refusals.Count > 0) return null;
        return new ContractSyntax
        {
            Language = contract.Language,
            Contract = contract.Contract,
            Facts = facts,
            Terms = terms,
            Amendments = Without(contract.Amendments, replacedBy.Keys),
            Views = contract.Views,
            Figures = contract.Figures,
            Summary = contract.Summary,
            Sample = contract.Sample,
            Clauses = contract.Clauses,
            Interpretations = contract.Interpretations,
            Stated = contract.Stated,
            Position = contract.Position,
        };
    }

    /// <summary>Adds what only this reading reads. Two readings that read the same field read it once, if they agree on what it is.</summary>
    private static void Read(Dictionary<string, IReadOnlyDictionary<string, FieldSyntax>> facts, AlternativeSyntax alternative, Reading reading, List<Refusal> refusals)
    {
        foreach (var (kind, fields) in alternative.Reads ?? new Dictionary<string, IReadOnlyDictionary<string, FieldSyntax>>())
        {
            var known = new Dictionary<string, FieldSyntax>(facts.GetValueOrDefault(kind) ?? new Dictionary<string, FieldSyntax>(), StringComparer.Ordinal);
            foreach (var (column, field) in fields)
                if (known.TryGetValue(column, out var other) && (other.Type, other.Default, other.Field) != (field.Type, field.Default, field.Field))
                    refusals.Add(new Refusal(field.Position, reading.Interpretation, $"读法 {reading} 把字段“{kind}.{column}”读作 {field.Type}，已另读作 {other.Type}（或缺省值、字段名不同）；合同已读的字段不必再列"));
                else known[column] = field;
            facts[kind] = known;
        }
    }

    // A reading holds for the whole evaluation, so no amendment of what it replaces takes it back.
    private static Dictionary<string, AmendmentSyntax>? Without(IReadOnlyDictionary<string, AmendmentSyntax>? amendments, IReadOnlyCollection<string> names) =>
        amendments?.ToDictionary(amendment => amendment.Key, amendment => new AmendmentSyntax
        {
            Label = amendment.Value.Label,
            Clause = amendment.Value.Clause,
            Signed = amendment.Value.Signed,
            From = amendment.Value.From,
            By = amendment.Value.By,
            Replaces = amendment.Value.Replaces.Where(term => !names.Contains(term.Key)).ToDictionary(),
            Position = amendment.Value.Position,
        });

    private static AlternativeSyntax? Find(ContractSyntax contract, Reading reading, List<Refusal> refusals)
    {
        if (contract.Interpretations?.GetValueOrDefault(reading.Interpretation) is not { } interpretation)
            refusals.Add(new Refusal(contract.Position, null, $"没有解释“{reading.Interpretation}”"));
        else if (interpretation.NotRunnable is { } why)
            refusals.Add(new Refusal(interpretation.Position, reading.Interpretation, $"此解释的其他读法不能运行：{why}"));
        else if (interpretation.Alternatives?.GetValueOrDefault(reading.Alternative) is not { } alternative)
            refusals.Add(new Refusal(interpretation.Position, reading.Interpretation,
                $"没有读法“{reading.Alternative}”" + (interpretation.Alternatives is { Count: > 0 } known ? $"；可用：{string.Join("、", known.Keys)}" : "；此解释没有可运行的其他读法")));
        else return alternative;
        return null;
    }

    // A replacement need not say again what it is called and which clause it executes.
    private static TermSyntax WithLabel(TermSyntax term, TermSyntax? original) =>
        original is null || (term.Label is not null && term.Clause is not null) ? term : term.Titled(term.Label ?? original.Label, term.Clause ?? original.Clause);
}

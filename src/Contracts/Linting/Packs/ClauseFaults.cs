using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Clauses that nothing runs, and names of clauses or terms that lead nowhere: where text and term have drifted apart.</summary>
internal static class ClauseFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        if (names.Contract.Clauses is not { Count: > 0 } clauses) yield break;
        var known = names.Known();
        var ids = clauses.Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var twice in clauses.GroupBy(clause => clause.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return names.At("clause-twice", Grade.High, twice.Key, $"条款“{twice.Key}”列了 {twice.Count()} 次", twice.Last().Position);
        var claims = Claims(names.Contract).ToList();
        foreach (var (subject, clause, position) in claims.Where(claim => !ids.Contains(claim.Clause)).DistinctBy(claim => (claim.Subject, claim.Clause)))
            yield return names.At("clause-unknown", Grade.High, subject, $"“{subject}”所称条款“{clause}”不在条款表中{PackNames.Suggest(clause, ids)}；改为表中的编号，或把它补进 clauses.yaml", position);
        var claimed = claims.Select(claim => claim.Clause).ToHashSet(StringComparer.Ordinal);
        foreach (var clause in clauses)
        {
            foreach (var by in (clause.By ?? []).Where(by => !known.Contains(by)))
                yield return names.At("by-unknown", Grade.High, clause.Id, $"条款“{clause.Id}”称由“{by}”执行，没有这样的名称、评分项、规则或数值{PackNames.Suggest(by, known)}", clause.Position, [clause.Id]);
            if (clause.Runs == "auto" && IsUnclaimed(clause))
                yield return names.At("clause-unclaimed", Grade.Middle, clause.Id, $"条款“{clause.Id}”标明自动执行，却没有任何名称执行它；只留存的写 runs: record", clause.Position, [clause.Id]);
        }
        // People may judge what no rule counts; that there are such clauses is worth one line, not one each.
        if (clauses.Where(clause => clause.Runs == "human" && IsUnclaimed(clause)).ToList() is { Count: > 0 } people)
            yield return names.At("human-unclaimed", Grade.Low, "clauses", $"{people.Count} 条由人认定的条款没有任何名称接它的认定：{string.Join("、", people.Select(clause => clause.Id))}", people[0].Position);

        bool IsUnclaimed(ClauseSyntax clause) => clause.By is not { Count: > 0 } && !claimed.Contains(clause.Id);
    }

    /// <summary>Every place that names a clause; the clauses of an amendment are its own.</summary>
    private static IEnumerable<(string Subject, string Clause, Position Position)> Claims(ContractSyntax contract)
    {
        foreach (var (name, term) in contract.Terms)
            foreach (var claim in ClaimsOf(name, term)) yield return claim;
        foreach (var figure in contract.Figures)
            foreach (var clause in figure.Clause ?? []) yield return (figure.Address, clause, PlaceIn(figure, clause));
        foreach (var (id, interpretation) in contract.Interpretations ?? new Dictionary<string, InterpretationSyntax>())
        {
            foreach (var (name, term) in (interpretation.Alternatives ?? new Dictionary<string, AlternativeSyntax>()).Values.SelectMany(alternative => alternative.Replaces))
                foreach (var claim in ClaimsOf(name, term)) yield return claim;
        }
    }

    // One clause stands behind the key itself, several in a list.
    private static Position PlaceIn(Syntax syntax, string clause) => syntax.PlaceOf($"clause/{clause}", syntax.PlaceOf("clause"));

    private static IEnumerable<(string Subject, string Clause, Position Position)> ClaimsOf(string name, TermSyntax term)
    {
        foreach (var clause in term.Clause ?? []) yield return (name, clause, PlaceIn(term, clause));
        foreach (var (item, syntax) in term.Scorecard?.Items ?? new Dictionary<string, ItemSyntax>())
            foreach (var clause in syntax.Clause ?? []) yield return ($"{name}.{item}", clause, PlaceIn(syntax, clause));
        foreach (var (rule, syntax) in term.Scorecard?.Rules ?? new Dictionary<string, RuleSyntax>())
            foreach (var clause in syntax.Clause ?? []) yield return ($"{name}.{rule}", clause, PlaceIn(syntax, clause));
    }
}

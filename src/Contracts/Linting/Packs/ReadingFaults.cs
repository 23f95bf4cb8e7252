using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Readings that cannot be tried, or that settle nothing that exists.</summary>
internal static class ReadingFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        var (known, clauses) = (names.Known(), (names.Contract.Clauses ?? []).Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var (id, reading) in names.Contract.Interpretations ?? new Dictionary<string, InterpretationSyntax>())
        {
            if (reading.Alternatives is not { Count: > 0 } && reading.NotRunnable is null)
                yield return names.At("reading-without-alternative", Grade.Middle, id, $"解释“{id}”没有可运行的其他读法，也没有写 not-runnable 的原因", reading.Position, reading.Clauses);
            foreach (var term in (reading.Terms ?? []).Where(term => !known.Contains(term)))
                yield return names.At("reading-of-nothing", Grade.High, id, $"解释“{id}”所定的名称“{term}”不存在{PackNames.Suggest(term, known)}", reading.Position, reading.Clauses);
            foreach (var clause in (reading.Clauses ?? []).Where(clause => clauses.Count > 0 && !clauses.Contains(clause)))
                yield return names.At("clause-unknown", Grade.High, id, $"解释“{id}”所涉条款“{clause}”不在条款表中{PackNames.Suggest(clause, clauses)}；改为表中的编号，或把它补进 clauses.yaml", reading.PlaceOf($"clauses/{clause}", reading.PlaceOf("clauses")));
            foreach (var (alternative, syntax) in reading.Alternatives ?? new Dictionary<string, AlternativeSyntax>())
                // A name of its own that the alternative itself reads is a part of it.
                foreach (var replaced in syntax.Replaces.Keys.Where(name => !known.Contains(name) && !SyntaxWalk.NamesReadBelow(syntax.Replaces).Contains(name)))
                    yield return names.At("reading-of-nothing", Grade.High, id, $"解释“{id}”的读法“{alternative}”替换的名称“{replaced}”不存在{PackNames.Suggest(replaced, names.Contract.Terms.Keys)}", syntax.Position, reading.Clauses);
        }
    }
}

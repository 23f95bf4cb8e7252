using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Terms, views, kinds and fields that are written down and that nothing reads: a rule that was meant and is not applied.</summary>
internal static class UnreadFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        var contract = names.Contract;
        var overlays = new object?[] { contract.Interpretations, contract.Amendments };
        var outside = SyntaxWalk.NamesReadBelow(contract.Figures).Concat(SyntaxWalk.NamesReadBelow(contract.Summary)).Concat(SyntaxWalk.NamesReadBelow(contract.Views))
            .Concat(overlays.SelectMany(SyntaxWalk.NamesReadBelow)).ToHashSet(StringComparer.Ordinal);
        // Duties and clocks are followed by people whether or not a figure publishes them.
        var duties = contract.Terms.Where(term => term.Value.Duty is not null || term.Value.Clock is not null).Select(term => term.Key);
        var assumed = (contract.Views ?? new Dictionary<string, ViewSyntax>()).Values.SelectMany(view => view.Assuming?.Keys ?? []);
        var reached = names.ReachedFrom([.. names.TermsAmong(outside), .. duties, .. names.TermsAmong(assumed)]);
        foreach (var (name, term) in contract.Terms)
            if (!reached.Contains(name)) yield return names.At("term-unread", Grade.Middle, name, $"名称“{name}”{(term.Label is null ? "" : $"（{term.Label}）")}没有任何数值、摘要或义务读它", term.Position, term.Clause);
        var read = outside.Concat(SyntaxWalk.NamesReadBelow(contract.Terms)).Concat(ReadBySugar(contract, contract)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, view) in contract.Views ?? new Dictionary<string, ViewSyntax>())
            if (!read.Contains(name)) yield return names.At("view-unread", Grade.Middle, name, $"视角“{name}”没有任何数值或名称用它", view.Position);
        foreach (var finding in OfFacts(names, read)) yield return finding;
        foreach (var finding in OfReadings(names)) yield return finding;
    }

    private static IEnumerable<Finding> OfFacts(PackNames names, HashSet<string> read)
    {
        var contract = names.Contract;
        var kinds = KindsRead(contract, contract);
        foreach (var (kind, fields) in contract.Facts)
        {
            if (kind != "any" && !kinds.Contains(kind) && !kinds.Contains("any"))
                yield return names.At("kind-unread", Grade.Low, kind, $"种类“{kind}”列在 facts 一节，没有任何名称取它", contract.PlaceOf($"facts/{kind}"));
            foreach (var (column, field) in fields)
                // The reader itself looks at the ends of an interval: a `from` after its `to` is refused.
                if (!read.Contains(column) && field.Type is not ("from" or "until"))
                    yield return names.At("field-unread", Grade.Low, $"{kind}.{column}", $"字段“{kind}.{column}”没有任何名称读它", field.Position);
        }
    }

    /// <summary>What an alternative says that it alone reads: read by it, and not by the contract already.</summary>
    private static IEnumerable<Finding> OfReadings(PackNames names)
    {
        var contract = names.Contract;
        foreach (var (id, interpretation) in contract.Interpretations ?? new Dictionary<string, InterpretationSyntax>())
            foreach (var (name, alternative) in interpretation.Alternatives ?? new Dictionary<string, AlternativeSyntax>())
            {
                var kinds = KindsRead(contract, alternative.Replaces);
                var read = SyntaxWalk.NamesReadBelow(alternative.Replaces).Concat(ReadBySugar(contract, alternative.Replaces)).ToHashSet(StringComparer.Ordinal);
                foreach (var (kind, fields) in alternative.Reads ?? new Dictionary<string, IReadOnlyDictionary<string, FieldSyntax>>())
                {
                    if (fields.Count == 0 && contract.Facts.ContainsKey(kind))
                        yield return names.At("reading-reads-twice", Grade.Low, id, $"读法“{id}={name}”的 reads 列了种类“{kind}”，合同的 facts 已列", alternative.Position);
                    else if (fields.Count == 0 && !kinds.Contains(kind) && !kinds.Contains("any"))
                        yield return names.At("kind-unread", Grade.Low, $"{id}={name}/{kind}", $"种类“{kind}”列在读法“{id}={name}”的 reads，此读法没有取它", alternative.Position);
                    foreach (var (column, field) in fields)
                        if (contract.Facts.GetValueOrDefault(kind)?.ContainsKey(column) ?? false)
                            yield return names.At("reading-reads-twice", Grade.Low, id, $"读法“{id}={name}”的 reads 列了字段“{kind}.{column}”，合同的 facts 已列", field.Position);
                        else if (!read.Contains(column) && field.Type is not ("from" or "until"))
                            yield return names.At("field-unread", Grade.Low, $"{id}={name}/{kind}.{column}", $"字段“{kind}.{column}”列在读法“{id}={name}”的 reads，此读法没有读它", field.Position);
                }
            }
    }

    private static HashSet<string> KindsRead(ContractSyntax contract, object? within)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in SyntaxWalk.Below(within))
            foreach (var kind in node switch { SetExpression set => set.Facts, Lookup lookup => lookup.Facts, _ => null } ?? []) kinds.Add(kind);
        if (contract.Terms.Values.Any(term => term.Instalment is { Paid: null or { In: null, Facts: null } })) kinds.Add("payment.made");
        if (contract.Terms.Values.Any(term => term.Security is { Lodged: null or { In: null, Facts: null } })) kinds.Add("security.lodged");
        // Retractions are always obeyed.
        kinds.Add("fact.retracted");
        return kinds;
    }

    // Columns that sugar reads without being told.
    private static IEnumerable<string> ReadBySugar(ContractSyntax contract, object? within)
    {
        foreach (var term in SyntaxWalk.Below(within).OfType<TermSyntax>())
        {
            if (term.Instalment is not null) foreach (var column in (string[])["instalment", "amount"]) yield return column;
            if (term.Security is not null) foreach (var column in (string[])["security", "amount"]) yield return column;
            if (term.Scorecard is not null) foreach (var column in (string[])["rule", "count"]) yield return column;
            if (term.Duty is not null) foreach (var column in (string[])["period", "due"]) yield return column;
        }
        if (contract.Facts.ContainsKey("fact.retracted")) foreach (var column in (string[])["fact", "reason"]) yield return column;
    }
}

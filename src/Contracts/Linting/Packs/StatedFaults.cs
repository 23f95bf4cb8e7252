using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Stated figures that cannot be read or that point at nothing, and dates that are not those of the contract's own heading.</summary>
internal static class StatedFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        var entries = names.Contract.Stated ?? [];
        var ids = entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var clauses = (names.Contract.Clauses ?? []).Select(clause => clause.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var twice in entries.GroupBy(entry => entry.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return names.At("stated-twice", Grade.High, twice.Key, $"所载“{twice.Key}”列了 {twice.Count()} 次", twice.Last().Position);
        foreach (var entry in entries)
        {
            foreach (var id in References(entry).Where(id => !ids.Contains(id)))
                yield return names.At("stated-unknown", Grade.High, entry.Id, $"所载“{entry.Id}”所指的“{id}”不在所载之中{PackNames.Suggest(id, ids)}", entry.Position);
            foreach (var clause in (entry.Clause ?? []).Where(clause => clauses.Count > 0 && !clauses.Contains(clause)))
                yield return names.At("clause-unknown", Grade.High, entry.Id, $"所载“{entry.Id}”所称条款“{clause}”不在条款表中{PackNames.Suggest(clause, clauses)}；改为表中的编号，或把它补进 clauses.yaml", entry.PlaceOf($"clause/{clause}", entry.PlaceOf("clause")));
            foreach (var (key, text) in Unreadable(entry))
                yield return names.At("stated-unreadable", Grade.High, entry.Id, $"所载“{entry.Id}”的 {key}“{text}”读不懂{Literals.WhyNoDate(text)}{Habits.Remedy(text)}", entry.PlaceOf(key));
            if (entry.Share is { } share && Literals.ParseNumber(share) is { IsFraction: false, Number: > 1m } && share[^1] is not ('%' or '‰'))
                yield return names.At("percent-missing", Grade.Middle, entry.Id, $"所载“{entry.Id}”的 share 写作 {share}，是整体的 {share} 倍；若指比例，写作 {share}%", entry.PlaceOf("share"));
        }
        foreach (var finding in OfHeading(names)) yield return finding;
    }

    private static IEnumerable<string> References(StatedSyntax entry) =>
        new[] { entry.Of, entry.PartsOf, entry.From, entry.In }.OfType<string>().Concat(entry.SumOf ?? []).Concat(entry.SameAs ?? []).Concat(entry.Under ?? []).Concat(entry.Covers ?? []).Distinct();

    private static IEnumerable<(string Key, string Text)> Unreadable(StatedSyntax entry)
    {
        foreach (var (key, text) in new[] { ("amount", entry.Amount), ("share", entry.Share), ("quantity", entry.Quantity) })
            if (text is not null && Literals.ParseNumber(text) is null) yield return (key, text);
        if (entry.Date is { } date && Literals.ParseDate(date) is null) yield return ("date", date);
        if (entry.Limit is { } limit && limit is not ("unlimited" or "at-once") && Span.Parse(limit) is null) yield return ("limit", limit);
        foreach (var band in entry.Bands ?? [])
            foreach (var edge in new[] { band.MoreThan, band.AtLeast, band.AtMost, band.LessThan }.OfType<string>())
                if (Literals.Parse(edge) is null) yield return ("bands", edge);
    }

    private static IEnumerable<Finding> OfHeading(PackNames names)
    {
        var heading = names.Contract.Contract;
        foreach (var (role, written, key) in new[] { ("signed", heading.Signed, "contract.signed"), ("start", heading.Term.From, "contract.term.from"), ("end", heading.Term.Through, "contract.term.through") })
        {
            var stated = (names.Contract.Stated ?? []).Where(entry => entry.Role == role && entry.Date is not null).ToList();
            if (stated.Count > 0 && stated.All(entry => entry.Date != written))
                yield return names.At("heading-differs", Grade.Middle, key, $"{key} 写作 {written}，所载“{stated[0].What}”为 {stated[0].Date}", stated[0].Position);
        }
    }
}

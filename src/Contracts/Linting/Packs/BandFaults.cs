using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>
/// Bands with constant edges that leave something out or claim it twice. The first band that holds decides, so a later one without an edge towards the
/// earlier ones (at least 90, at least 80, …) is the usual way to write them and no overlap.
/// </summary>
internal static class BandFaults
{
    public static IEnumerable<Finding> Of(PackNames names)
    {
        foreach (var (name, term) in names.Contract.Terms)
            foreach (var bands in SyntaxWalk.Below(term).OfType<Bands>())
                foreach (var finding in Check(names, name, term, bands)) yield return finding;
    }

    private static IEnumerable<Finding> Check(PackNames names, string name, TermSyntax term, Bands bands)
    {
        var stretches = bands.Rows.Select(Read).ToList();
        if (stretches.Contains(null) || stretches.Select(stretch => (stretch!.Low ?? stretch.High)?.Value.Type).Distinct().Count() > 1) yield break;
        for (var later = 0; later < stretches.Count; later++)
        {
            var row = stretches[later]!;
            if (row.IsEmpty)
            {
                yield return names.At("band-empty", Grade.High, name, $"第 {later + 1} 档的下界高于上界，永远取不到", bands.Rows[later].Position, term.Clause);
                continue;
            }
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (stretches[earlier]!.IsEmpty || row.Intersect(stretches[earlier]!) is not { } shared) continue;
                if (stretches[earlier]!.Covers(row))
                    yield return names.At("band-never", Grade.High, name, $"第 {later + 1} 档（{row.ToChinese()}）已全在第 {earlier + 1} 档之内，永远取不到", bands.Rows[later].Position, term.Clause);
                else if (!IsOpenTowards(row, stretches[earlier]!))
                    yield return names.At("bands-overlap", Grade.Middle, name, $"第 {earlier + 1} 档与第 {later + 1} 档重叠：{shared.ToChinese()} 算第 {earlier + 1} 档；相接的两档一边写 at-least、另一边写 less-than（或 more-than 与 at-most）", bands.Rows[later].Position, term.Clause);
            }
        }
        foreach (var finding in MixedShares(names, name, term, bands)) yield return finding;
        if (bands.Otherwise is not null)
        {
            // What lies beyond all bands is what otherwise is for; a hole between two of them is rather a slip at an edge.
            foreach (var hole in Stretch.GapsBetween([.. stretches.OfType<Stretch>()], false).Where(gap => gap is { Low: not null, High: not null }))
                yield return names.At("bands-hole", Grade.Middle, name, $"两档之间有缺口：{hole.ToChinese()} 落到 otherwise；若本应属相邻一档，把该档的边改为 at-least 或 at-most", bands.Position, term.Clause);
            yield break;
        }
        foreach (var gap in Stretch.GapsBetween([.. stretches.OfType<Stretch>()], false))
            yield return names.At("bands-gap", Grade.Middle, name, $"分档有缺口：{gap.ToChinese()} 不属任何一档，其值缺失；补一档或写 otherwise", bands.Position, term.Clause);
    }

    // 100 %, then 60: the same share, or sixty times as much.
    private static IEnumerable<Finding> MixedShares(PackNames names, string name, TermSyntax term, Bands bands)
    {
        var values = bands.Rows.Select(row => row.Is).Append(bands.Otherwise).OfType<Literal>().ToList();
        if (values.FirstOrDefault(value => value.Text is [.., '%' or '‰']) is not { } share) yield break;
        foreach (var bare in values.Where(value => Literals.ParseNumber(value.Text) is { IsPresent: true, IsFraction: false, Number: > 1m } && value.Text[^1] is not ('%' or '‰')))
            yield return names.At("percent-missing", Grade.Middle, name, $"同一分档有 {share.Text}，也有 {bare.Text}；若指比例，应写 {bare.Text}%", bare.Position, term.Clause);
    }

    private static Stretch? Read(Band band)
    {
        var edges = new[] { band.MoreThan, band.AtLeast, band.AtMost, band.LessThan };
        if (edges.Any(edge => edge is not null and not Literal)) return null;
        return Stretch.Read((band.MoreThan as Literal)?.Text, (band.AtLeast as Literal)?.Text, (band.AtMost as Literal)?.Text, (band.LessThan as Literal)?.Text);
    }

    private static bool IsOpenTowards(Stretch later, Stretch earlier) =>
        (later.High is null && Stretch.CompareLow(earlier.Low, later.Low) >= 0) || (later.Low is null && Stretch.CompareHigh(earlier.High, later.High) <= 0);
}

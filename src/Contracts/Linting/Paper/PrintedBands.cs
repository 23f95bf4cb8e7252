using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Bands as the paper prints them: what two of them claim, and what none does.</summary>
internal static class PrintedBands
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
        {
            if (entry.Bands is not { Count: > 0 } bands) continue;
            var stretches = bands.Select(band => Stretch.Read(band.MoreThan, band.AtLeast, band.AtMost, band.LessThan)).ToList();
            if (stretches.Contains(null) || stretches.Select(stretch => (stretch!.Low ?? stretch.High)?.Value.Type).Distinct().Count() > 1) continue;
            for (var i = 0; i < bands.Count; i++)
                for (var j = i + 1; j < bands.Count; j++)
                    if (stretches[i]!.Intersect(stretches[j]!) is { } shared)
                        yield return book.At(entry, "bands-overlap", Grade.High, $"“{entry.What}”的分档重叠：{shared.ToChinese()} 同属“{bands[i].Is}”与“{bands[j].Is}”");
            var gaps = Stretch.GapsBetween([.. stretches.OfType<Stretch>()], OpenAbove(stretches)).Select(gap => gap.ToChinese()).ToList();
            if (gaps.Count > 0) yield return book.At(entry, "bands-gap", Grade.High, $"“{entry.What}”的分档有缺口：{string.Join("；", gaps)} 不属任何一档");
        }
    }

    // A length of time has no upper end, so a last band that ends leaves something out; points and shares end by themselves.
    private static bool OpenAbove(IEnumerable<Stretch?> stretches) => stretches.Any(stretch => (stretch!.Low ?? stretch.High)?.Value.Type == Facts.ValueType.Duration);
}

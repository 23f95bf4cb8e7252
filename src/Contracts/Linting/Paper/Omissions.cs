using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>What the paper leaves open: blanks, words without a figure, lists that do not hold what they should.</summary>
internal static class Omissions
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
        {
            if (entry.Blank == "true") yield return book.At(entry, "blank", Grade.Middle, $"“{entry.What}”原文留空");
            if (entry.Vague is { } vague) yield return book.At(entry, "vague", Grade.Low, $"“{entry.What}”只写“{vague}”，没有数");
            if (entry.List is { } list && StatedBook.NumberOf(entry.Amount) is { IsPresent: true } count && count != Value.Of((decimal)list.Count))
                yield return book.At(entry, "count-differs", Grade.Middle, list.Count == 0
                    ? $"“{entry.What}”写有 {entry.Amount} 个，却没有清单"
                    : $"“{entry.What}”写有 {entry.Amount} 个，列出 {list.Count.ToString(CultureInfo.InvariantCulture)} 个");
            if (entry.Says is { } says && book.Find(entry.In) is { List: { } known } where && !known.Contains(says))
                yield return book.At(entry, "not-in-list", Grade.Middle, $"“{entry.What}”所称“{says}”不在“{where.What}”之中{(known.Count == 0 ? "（其中一项也没有）" : $"（{string.Join("、", known)}）")}", where);
        }
    }
}

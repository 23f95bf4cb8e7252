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
            if (entry.Blank == "true") yield return book.At(entry, "blank", Grade.Middle, $"“{entry.What}”原文没有填写");
            if (entry.Vague is { } vague) yield return book.At(entry, "vague", Grade.Low, $"“{entry.What}”只写“{vague}”，没有确定的数");
            if (entry.List is { } list && StatedBook.NumberOf(entry.Amount) is { IsPresent: true } count && count != Value.Of((decimal)list.Count))
                yield return book.At(entry, "count-differs", Grade.Middle, list.Count == 0
                    ? $"“{entry.What}”写有 {entry.Amount} 个，却没有清单"
                    : $"“{entry.What}”写有 {entry.Amount} 个，列出 {list.Count.ToString(CultureInfo.InvariantCulture)} 个");
            foreach (var finding in OfNumbering(book, entry)) yield return finding;
            if (entry.PartsOf is not null && book.AmountOf(entry) == Value.Of(0m)) yield return book.At(entry, "amount-zero", Grade.Low, $"“{entry.What}”列为一项，金额却是 {entry.Amount}，按它计算的比例都是零");
            if (entry.Says is { } says && book.Find(entry.In) is { List: { } known } where && !known.Contains(says))
                yield return book.At(entry, "not-in-list", Grade.Middle, $"“{entry.What}”所称“{says}”不在“{where.What}”之中{(known.Count == 0 ? "（其中一项也没有）" : $"（{string.Join("、", known)}）")}", where);
        }
    }

    /// <summary>A list that names one thing twice, or whose numbers leave some out.</summary>
    private static IEnumerable<Finding> OfNumbering(StatedBook book, StatedSyntax entry)
    {
        var list = entry.List ?? [];
        var twice = list.GroupBy(item => item, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (twice.Count > 0) yield return book.At(entry, "listed-twice", Grade.Middle, $"“{entry.What}”重复：{string.Join("、", twice)}");
        var numbers = list.Select(item => int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        if (numbers.Count < 2 || numbers.Contains(-1)) yield break;
        for (var i = 1; i < numbers.Count; i++)
            if (numbers[i] > numbers[i - 1] + 1)
                yield return book.At(entry, "numbering-gap", Grade.Middle, $"“{entry.What}”的编号从 {numbers[i - 1]} 跳到 {numbers[i]}，缺 {numbers[i - 1] + 1}{(numbers[i] - numbers[i - 1] > 2 ? $" 至 {numbers[i] - 1}" : "")}");
    }
}

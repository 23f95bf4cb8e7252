using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Totals against their parts; shares of one whole against 100 %.</summary>
internal static class Sums
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var total in book.Entries)
            if (total.SumOf is { Count: > 0 } ids && Compare(book, total, [.. ids.Select(book.Find).OfType<StatedSyntax>()]) is { } finding) yield return finding;
        foreach (var group in book.Entries.Where(entry => entry.PartsOf is not null).GroupBy(entry => entry.PartsOf!, StringComparer.Ordinal))
            if (book.Find(group.Key) is { } whole)
            {
                if (Compare(book, whole, [.. group]) is { } finding) yield return finding;
                if (CompareShares(book, whole, [.. group]) is { } shares) yield return shares;
            }
    }

    private static Finding? Compare(StatedBook book, StatedSyntax whole, IReadOnlyList<StatedSyntax> parts)
    {
        var stated = AreShares(parts) && whole.Amount?.EndsWith('%') != true ? Value.Of(1m) : book.AmountOf(whole);
        if (stated.IsMissing) return null;
        var like = AreShares(parts) ? "%" : whole.Amount;
        var empty = parts.Where(part => book.AmountOf(part).IsMissing).ToList();
        if (empty.Count == parts.Count) return book.At(whole, "sum-uncheckable", Grade.Low, $"“{whole.What}”{StatedBook.Show(stated, like)} 的 {parts.Count} 个组成项都没有写金额，合计无从核对", parts);
        var sum = parts.Select(book.AmountOf).Where(amount => amount.IsPresent).Aggregate(Value.Of(0m), (left, right) => Numbers.Add(left, right));
        var gap = Numbers.Subtract(stated, sum);
        if (gap == Value.Of(0m)) return null;
        var without = empty.Count == 0 ? "" : $"；未写数的有：{string.Join("、", empty.Select(part => part.What))}";
        return book.At(whole, "sum-differs", Grade.High,
            $"“{whole.What}”写作 {StatedBook.Show(stated, like)}，{parts.Count - empty.Count} 项之和为 {StatedBook.Show(sum, like)}，相差 {StatedBook.Show(Positive(gap), like)}{without}", empty);
    }

    // Parts whose amounts are themselves shares make up 100 %, whatever the whole is.
    private static bool AreShares(IReadOnlyList<StatedSyntax> parts) => parts.All(part => part.Amount?.EndsWith('%') == true);

    private static Finding? CompareShares(StatedBook book, StatedSyntax whole, IReadOnlyList<StatedSyntax> parts)
    {
        if (parts.Any(part => part.Share is null || part.Of != whole.Id)) return null;
        var sum = parts.Select(part => StatedBook.NumberOf(part.Share)).Aggregate(Value.Of(0m), (left, right) => Numbers.Add(left, right));
        return sum == Value.Of(1m) ? null
            : book.At(parts[0], "shares-not-whole", Grade.High, $"“{whole.What}”各部分的比例 {string.Join(" ＋ ", parts.Select(part => part.Share))} 合计 {StatedBook.Percent(sum)}，不是 100%", parts.Skip(1));
    }

    internal static Value Positive(Value value) => Value.Compare(value, Value.Of(0m)) < 0 ? Numbers.Negate(value) : value;
}

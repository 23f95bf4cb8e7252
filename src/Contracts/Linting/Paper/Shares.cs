using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>A percentage against the amount that the paper gives for it.</summary>
internal static class Shares
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
            if (entry.Amount is not null && StatedBook.NumberOf(entry.Share) is { IsPresent: true } share && book.Find(entry.Of) is { } whole && Check(book, entry, share, whole) is { } finding) yield return finding;
    }

    private static Finding? Check(StatedBook book, StatedSyntax entry, Value share, StatedSyntax whole)
    {
        var (stated, basis) = (book.AmountOf(entry), book.AmountOf(whole));
        if (stated.IsMissing || basis.IsMissing || basis == Value.Of(0m)) return null;
        var should = Numbers.RoundTo(Numbers.Multiply(basis, share), 0.01m);
        if (Numbers.RoundTo(stated, 0.01m) == should) return null;
        var fits = share == Value.Of(0m) ? "" : $"，合于 {StatedBook.Show(Numbers.Divide(stated, share), ".")} 的基数";
        return book.At(entry, "share-differs", Grade.High,
            $"“{entry.What}”写作 {entry.Share}，金额 {book.Show(entry)}；{StatedBook.Show(basis, ".")} 的 {entry.Share} 为 {StatedBook.Show(should, ".")}，相差 {StatedBook.Show(Sums.Positive(Numbers.Subtract(stated, should)), ".")}；所写金额占 {StatedBook.Percent(Numbers.Divide(stated, basis))}{fits}", whole);
    }
}

using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Amounts in words against amounts in figures.</summary>
internal static class Wordings
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
            if (entry.Words is { } words && book.AmountOf(entry) is { IsPresent: true, IsFraction: false } amount && Check(book, entry, words, amount.Number) is { } finding) yield return finding;
    }

    private static Finding? Check(StatedBook book, StatedSyntax entry, string words, decimal amount)
    {
        if (ChineseMoney.Read(words) is not { } read) return book.At(entry, "words-unreadable", Grade.Middle, $"“{entry.What}”的大写“{words}”读不出金额");
        if (read != amount)
            return book.At(entry, "words-differ", Grade.High, $"“{entry.What}”小写 {StatedBook.Show(Value.Of(amount), ".")}，大写“{words}”为 {StatedBook.Show(Value.Of(read), ".")}，相差 {StatedBook.Show(Value.Of(Math.Abs(read - amount)), ".")}");
        return ChineseMoney.IsProper(words, amount) ? null
            : book.At(entry, "words-form", Grade.Low, $"“{entry.What}”的大写“{words}”与小写 {StatedBook.Show(Value.Of(amount), ".")} 相等，但写法不合规，应为“{ChineseMoney.Write(amount)}”");
    }
}

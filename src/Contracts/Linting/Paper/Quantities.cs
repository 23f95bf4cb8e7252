using Yueheng.Facts;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Amounts that do not divide into cents by their quantity, and one article at several prices.</summary>
internal static class Quantities
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        var priced = book.Entries.Select(entry => (Entry: entry, Unit: UnitOf(book, entry))).Where(pair => pair.Unit.IsPresent).ToList();
        foreach (var (entry, unit) in priced)
            if (Numbers.RoundTo(unit, 0.01m) != unit)
                yield return book.At(entry, "unit-price-uneven", Grade.Low, $"“{entry.What}”{StatedBook.Show(WholeOf(book, entry), ".")} ÷ {entry.Quantity} ＝ {Numbers.Fixed(unit, 4)}…，单价不到分");
        foreach (var article in priced.Where(pair => pair.Entry.Subject is not null).GroupBy(pair => pair.Entry.Subject!, StringComparer.Ordinal))
            if (article.Select(pair => pair.Unit).Distinct().Count() > 1)
                yield return book.At(article.First().Entry, "unit-prices-differ", Grade.Low,
                    $"同名“{article.Key}”的单价不一：{string.Join("；", article.Select(pair => $"{pair.Entry.Id} {Numbers.Fixed(pair.Unit, 2)}"))}", article.Skip(1).Select(pair => pair.Entry));
    }

    private static Value UnitOf(StatedBook book, StatedSyntax entry) =>
        StatedBook.NumberOf(entry.Quantity) is { IsPresent: true } quantity && WholeOf(book, entry) is { IsPresent: true } whole ? Numbers.Divide(whole, quantity) : Value.Missing;

    private static Value WholeOf(StatedBook book, StatedSyntax entry) =>
        entry.Amount is not null ? book.AmountOf(entry) : book.Find(entry.Of) is { } whole ? book.AmountOf(whole) : Value.Missing;
}

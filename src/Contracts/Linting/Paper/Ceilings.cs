using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Amounts beyond what another clause allows (they can never be collected), and limits longer than the limit they lie within.</summary>
internal static class Ceilings
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
            foreach (var ceiling in (entry.Under ?? []).Select(book.Find).OfType<StatedSyntax>())
                if ((entry.Limit is not null ? OfLimits(book, entry, ceiling) : OfAmounts(book, entry, ceiling)) is { } finding) yield return finding;
    }

    private static Finding? OfAmounts(StatedBook book, StatedSyntax entry, StatedSyntax ceiling)
    {
        var (amount, most) = (book.AmountOf(entry), book.AmountOf(ceiling));
        if (amount.IsMissing || most.IsMissing || Value.Compare(amount, most) <= 0) return null;
        return book.At(entry, "beyond-ceiling", Grade.High,
            $"“{entry.What}”{book.Show(entry)}，大于“{ceiling.What}”{book.Show(ceiling)}，超出 {StatedBook.Show(Numbers.Subtract(amount, most), entry.Amount)}，不能足额实现", ceiling);
    }

    private static Finding? OfLimits(StatedBook book, StatedSyntax entry, StatedSyntax within)
    {
        if (Span.Parse(entry.Limit!) is not { } inner || within.Limit is null || Span.Parse(within.Limit) is not { } outer || Length(inner) is not { } length || Length(outer) is not { } most || length <= most) return null;
        return book.At(entry, "limit-beyond-limit", Grade.Middle, $"“{entry.What}”{inner.ToChinese()}，长于包含它的“{within.What}”{outer.ToChinese()}", within);
    }

    // Only lengths that are fixed can be told apart for certain.
    private static long? Length(Span span) => span.Unit is SpanUnit.Workdays or SpanUnit.Months or SpanUnit.Years ? null : span.Nanoseconds;
}

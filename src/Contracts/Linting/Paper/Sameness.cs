using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Two places of the paper that speak of one thing and do not say the same.</summary>
internal static class Sameness
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        foreach (var entry in book.Entries)
            foreach (var other in (entry.SameAs ?? []).Select(book.Find).OfType<StatedSyntax>())
                if (Told(book, entry) is { } here && Told(book, other) is { } there && here.Key != there.Key && !IsDayReached(book, entry, other) && !IsDayReached(book, other, entry))
                    yield return book.At(entry, "statements-differ", entry.Amount is null ? Grade.Middle : Grade.High, $"“{entry.What}”写作{Spaced(here.Words)}，“{other.What}”写作{Spaced(there.Words)}，两处不一", other);
        foreach (var subject in book.Entries.Where(entry => entry is { Subject: not null, Quantity: null }).GroupBy(entry => (entry.Subject!, entry.Limit is not null)))
        {
            var told = subject.Select(entry => (Entry: entry, Told: Told(book, entry))).Where(pair => pair.Told is not null).ToList();
            if (told.Select(pair => pair.Told!.Value.Key).Distinct().Count() < 2) continue;
            var (kind, name) = subject.Key.Item2 ? ("limits-contradict", "期限") : ("figures-contradict", "数");
            yield return book.At(told[0].Entry, kind, Grade.Middle,
                $"同一事项“{subject.Key.Item1}”的{name}不一：{string.Join("；", told.Select(pair => $"{pair.Entry.What} {pair.Told!.Value.Words}"))}", told.Skip(1).Select(pair => pair.Entry));
        }
    }

    /// <summary>What an entry says, for comparison and for people.</summary>
    private static (string Key, string Words)? Told(StatedBook book, StatedSyntax entry)
    {
        if (entry.Limit is { } limit) return (KeyOf(limit), StatedBook.LimitInWords(limit));
        if (book.AmountOf(entry) is { IsPresent: true } amount) return (amount.IsFraction ? amount.Fraction.ToString() : Numbers.Plain(amount), book.Show(entry));
        if (entry.Date is { } date) return (date, date);
        return entry.Says is { } says ? (says, $"“{says}”") : null;
    }

    // One year from 1 April ends on 31 March; papers also name the day after.
    private static bool IsDayReached(StatedBook book, StatedSyntax span, StatedSyntax date) =>
        span is { Limit: not null, From: not null } && date.Date is not null && book.DayOf(span) is { } reached && book.DayOf(date) is { } day && reached - day is 0 or 1;

    private static string Spaced(string words) => words.StartsWith('“') ? words : $" {words}";

    // A day and 24 hours are one length; a month and 30 days, a workday and a day, are not.
    private static string KeyOf(string limit) => Span.Parse(limit) switch
    {
        null => limit,
        { Unit: SpanUnit.Years } span => $"{span.Count * 12} months",
        { Unit: SpanUnit.Months } span => $"{span.Count} months",
        { Unit: SpanUnit.Workdays } span => $"{span.Count} workdays",
        { } span => $"{span.Nanoseconds}",
    };
}

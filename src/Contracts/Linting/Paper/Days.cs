using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Dates that cannot stand together: before signature, outside the term, too short, in a year without a calendar.</summary>
internal static class Days
{
    public static IEnumerable<Finding> Of(StatedBook book)
    {
        var header = book.Contract.Syntax.Contract;
        var signatures = book.Days("signed", header.Signed).ToList();
        var signed = signatures.Max(signature => signature.Day);
        foreach (var early in signatures.Where(signature => signature.Day < signed && signature.Entry is not null))
            yield return book.At(early.Entry!, "signatures-differ", Grade.Middle, $"“{early.Entry!.What}”为 {ChinaTime.WriteDate(early.Day)}，最后一方签署在 {ChinaTime.WriteDate(signed)}，相差 {signed - early.Day} 天");
        var (start, startEntry) = book.Days("start", header.Term.From).MinBy(pair => pair.Day);
        var (end, endEntry) = book.Days("end", header.Term.Through).MaxBy(pair => pair.Day);
        if (start < signed) yield return At(book, startEntry, "starts-before-signature", Grade.High, $"期限自 {ChinaTime.WriteDate(start)} 起，签署在 {ChinaTime.WriteDate(signed)}，早 {signed - start} 天");
        if (end < start) yield return At(book, endEntry, "ends-before-start", Grade.High, $"期限止于 {ChinaTime.WriteDate(end)}，早于起日 {ChinaTime.WriteDate(start)}");
        foreach (var finding in book.Entries.SelectMany(entry => OfEntry(book, entry, signed, start, end))) yield return finding;
        foreach (var finding in OfDuties(book, signed)) yield return finding;
        foreach (var finding in OfAmendments(book, end)) yield return finding;
        foreach (var finding in OfYears(book, start, end)) yield return finding;
    }

    /// <summary>Signed so many days after it began to govern, an amendment is more likely misdated than meant.</summary>
    private const int LongAgo = 180;

    private static IEnumerable<Finding> OfAmendments(StatedBook book, int end)
    {
        foreach (var (id, amendment) in book.Contract.Syntax.Amendments ?? new Dictionary<string, AmendmentSyntax>())
        {
            var (from, signed) = (DayOf(amendment.From), DayOf(amendment.Signed));
            if (from > end) yield return new Finding(About.Paper, "amendment-after-term", Grade.Middle, id, amendment.Clause, $"“{amendment.Label}”自 {amendment.From} 起生效，期限已于 {ChinaTime.WriteDate(end)} 届满，晚 {from - end} 天", amendment.PlaceOf("from"));
            if (signed > end) yield return new Finding(About.Paper, "amendment-signed-late", Grade.Middle, id, amendment.Clause, $"“{amendment.Label}”签署于 {amendment.Signed}，期限已于 {ChinaTime.WriteDate(end)} 届满，晚 {signed - end} 天", amendment.PlaceOf("signed"));
            else if (signed > from + LongAgo) yield return new Finding(About.Paper, "amendment-signed-late", Grade.Middle, id, amendment.Clause, $"“{amendment.Label}”签署于 {amendment.Signed}，生效日 {amendment.From} 在其 {signed - from} 天之前", amendment.PlaceOf("signed"));
        }
    }

    // The reader has refused what is no date.
    private static int DayOf(string date) => ChinaTime.DayOf(IsoTime.Parse(date + "T00:00:00+08:00"));

    private static Finding At(StatedBook book, StatedSyntax? entry, string kind, Grade grade, string message) =>
        entry is not null ? book.At(entry, kind, grade, message) : new(About.Paper, kind, grade, "contract", [], message, book.Contract.Syntax.Contract.Position);

    private static IEnumerable<Finding> OfEntry(StatedBook book, StatedSyntax entry, int signed, int start, int end)
    {
        if (book.DayOf(entry) is not { } day) yield break;
        var date = ChinaTime.WriteDate(day);
        if (entry.Role is "due" or "effective" && day < signed) yield return book.At(entry, entry.Role == "due" ? "due-before-signature" : "effective-before-signature", Grade.Middle, $"“{entry.What}”{date}，早于签署日 {ChinaTime.WriteDate(signed)}，相差 {signed - day} 天");
        if (entry.Role == "within" && (day < start || day > end)) yield return book.At(entry, "date-outside-term", Grade.Middle, $"“{entry.What}”{date} 不在期限 {ChinaTime.WriteDate(start)} 至 {ChinaTime.WriteDate(end)} 之内");
        foreach (var other in (entry.Covers ?? []).Select(book.Find).OfType<StatedSyntax>())
            if (book.DayOf(other) is { } least && day < least)
                yield return book.At(entry, "date-too-early", Grade.Middle, $"“{entry.What}”为 {date}，早于“{other.What}”{ChinaTime.WriteDate(least)}，差 {least - day} 天", other);
    }

    /// <summary>Occurrences of duties that no fact makes and that fell due before anyone had signed.</summary>
    private static IEnumerable<Finding> OfDuties(StatedBook book, int signed)
    {
        IReadOnlyList<DutyOccurrence> duties;
        try
        {
            duties = [.. Judge.Contract(book.Contract, FactSet.Empty(book.Contract.Vocabulary), book.Contract.TermFrom).Duties()];
        }
        catch (CannotJudgeException)
        {
            // Who judges such a contract is told so; the paper is not at fault.
            yield break;
        }
        foreach (var duty in duties.Where(one => one.Due is { } due && LastDay(due) < signed).GroupBy(one => one.Duty, StringComparer.Ordinal))
        {
            var days = duty.Select(one => ChinaTime.WriteDate(LastDay(one.Due!.Value))).Order(StringComparer.Ordinal).ToList();
            var shown = days.Count <= 4 ? string.Join("、", days) : $"{days[0]} 至 {days[^1]}";
            var term = book.Contract.Syntax.Terms.GetValueOrDefault(duty.Key);
            yield return new Finding(About.Paper, "duty-before-signature", Grade.Middle, duty.Key, term?.Clause ?? [],
                $"“{term?.Label ?? duty.Key}”有 {days.Count} 次期限（{shown}）早于签署日 {ChinaTime.WriteDate(signed)}", term?.Position ?? Position.Nowhere);
        }
    }

    private static int LastDay(long due) => ChinaTime.TimeOfDay(due) == 0 ? ChinaTime.DayOf(due) - 1 : ChinaTime.DayOf(due);

    /// <summary>Duties after the term (hand-over, refunds, retention) are taken to last a year.</summary>
    private static IEnumerable<Finding> OfYears(StatedBook book, int start, int end)
    {
        var (ends, last) = (ChinaTime.ToLocalDate(end).Year, ChinaTime.ToLocalDate(end).PlusYears(1).Year);
        for (var year = ChinaTime.ToLocalDate(start).Year; year <= last; year++)
            if (!book.Contract.Calendar.Years.ContainsKey(year))
                yield return new Finding(About.Paper, "year-without-notice", Grade.Low, $"{year}", [],
                    year <= ends
                        ? $"期限涉及 {year} 年，日历“{book.Contract.Calendar.Name}”尚无该年的放假通知，工作日暂按周一至周五计"
                        : $"日历“{book.Contract.Calendar.Name}”尚无 {year} 年的放假通知：期限届满后一年内若有义务或付款落在该年，工作日暂按周一至周五计", book.Contract.Syntax.Contract.Term.Position);
    }
}

using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>What happens of itself: incidents, requests, complaints, findings, as often as the grade has it.</summary>
internal sealed class Happenings(YearOfService year)
{
    public const string Attendance = "attendance.recorded";

    private static readonly HashSet<string> Routine = new(StringComparer.Ordinal)
    {
        "training.held", "drill.held", "backup.completed", "restore.tested", "patrol.done", "deliverable.submitted", Attendance, "availability.measured",
    };

    /// <summary>Hours of a month that a meter counts, of a thousand, at the least.</summary>
    private static readonly ByGrade Metered = new(970, 930, 760);

    /// <param name="answers">Kinds that the contract itself asks for: they come when they are owed.</param>
    public void Place(IReadOnlySet<string> answers)
    {
        foreach (var kind in year.Contract.Syntax.Facts.Keys)
        {
            if (kind == "any" || Habits.Placed.Contains(kind) || Habits.IsSequel(kind) || year.Simulator.Wordings.Ends(kind)) continue;
            if (kind.StartsWith("meeting.", StringComparison.Ordinal) && kind != "meeting.scheduled") continue;
            if (answers.Contains(kind) && (Routine.Contains(kind) || !Habits.Knows(kind))) continue;
            if (IsClosing(kind)) continue;
            if (kind == Attendance) EveryWorkday(kind);
            else if (kind == "availability.measured" || (kind == "meter.read" && (year.Simulator.Wordings.Of(kind, "item").Count > 0 || year.Simulator.Wordings.IsMonthly(kind)))) EveryMonth(kind);
            else if (year.Simulator.Wordings.IsMonthly(kind)) OnceAMonth(kind);
            else Some(kind, Habits.Of(kind));
        }
    }

    private bool IsClosing(string kind) => year.Simulator.Openings.Values.Any(opening => opening.Closing.Contains(kind)) && !year.Simulator.Openings.ContainsKey(kind);

    // The moments of the worst grade are thrown for every grade, and kept as often as the grade has it: worse only adds.
    private void Some(string kind, Habit habit)
    {
        var most = Math.Max(habit.TenYears.Good, Math.Max(habit.TenYears.Fair, habit.TenYears.Poor));
        var slots = most / 5 + 1;
        var days = Math.Max(30, (year.Contract.TermTo - year.Contract.TermFrom) / ChinaTime.Day);
        slots = (int)Math.Max(1, slots * days / 365);
        var moments = new List<long>();
        for (var slot = 0; slot < slots; slot++)
        {
            var dice = year.Book.Dice($"{kind} {slot}");
            // Twice as many slots as the worst grade fills in a year, each taken as often as the rate has it.
            var isThere = dice.Below(slots * 10L * 365) < habit.TenYears.Of(year.Book.Grade) * days;
            var at = year.Diary.Some(year.Contract.TermFrom, year.Contract.TermTo, habit.Hours, dice);
            if (isThere && at < year.EndsAt) moments.Add(at);
        }
        moments.Sort();
        foreach (var at in moments) Open(kind, at, habit.Prefix);
    }

    private void Open(string kind, long at, string prefix)
    {
        var words = year.Simulator.Wordings.Of(kind, "subject");
        var subject = words.Count > 0 && Habits.Knows(kind) && prefix is "attendance" or "notice" ? words[0] : year.Book.Next(prefix);
        if (year.Add(kind, at, subject) is not { } opened) return;
        if (kind == "meeting.scheduled") End(opened);
        if (!year.Simulator.Openings.TryGetValue(kind, out var opening) || Habits.AllCourses.ContainsKey(kind)) return;
        var dice = year.Book.Dice($"closing {kind} {subject}");
        if (opening.Closing.FirstOrDefault(year.Reads) is not { } closing || !dice.Chance(970)) return;
        var shared = opening.By.Where(column => opened.Get(column).IsPresent).ToDictionary(column => column, column => opened.Get(column));
        // What is let for use stays for months, and more often than not for as long as the contract lasts.
        var isLet = !Habits.Knows(kind);
        if (isLet && dice.Chance(550)) return;
        var closes = at + (isLet ? dice.Between(60 * 24 * 20, 60 * 24 * 150) : dice.Between(20, 60 * 24 * 20)) * ChinaTime.Minute;
        if (isLet && closes >= year.Contract.TermTo) return;
        if (Habits.Of(kind).Hours == Hours.Office) closes = year.Diary.InOffice(closes, at, long.MaxValue);
        year.Add(closing, closes, subject, shared);
    }

    private void End(Draft meeting)
    {
        var dice = year.Book.Dice($"meeting {meeting.Subject}");
        var starts = meeting.Get("starts") is { IsPresent: true } known ? known.Nanoseconds : meeting.At + 2 * ChinaTime.Day;
        if (!dice.Chance(40)) year.Add("meeting.ended", starts + dice.Between(60, 200) * ChinaTime.Minute, meeting.Subject);
    }

    private void EveryWorkday(string kind)
    {
        var subject = year.Simulator.Wordings.Of(kind, "subject") is [var only, ..] ? only : null;
        for (var day = ChinaTime.DayOf(year.Contract.TermFrom); day < ChinaTime.DayOf(year.Contract.TermTo); day++)
            if (year.Diary.IsWorkday(day) && ChinaTime.StartOf(day) < year.EndsAt)
                year.Add(kind, ChinaTime.StartOf(day) + year.Book.Dice($"{kind} {day}").Between(8 * 60 + 30, 9 * 60 + 20) * ChinaTime.Minute, subject ?? $"attendance/{ChinaTime.WriteDate(day)}");
    }

    // What is read or given for the month: at desks, on one of its last workdays.
    private void OnceAMonth(string kind)
    {
        for (var day = ChinaTime.DayOf(year.Contract.TermFrom); day < ChinaTime.DayOf(year.Contract.TermTo);)
        {
            if (ChinaTime.StartOf(day) >= year.EndsAt) break;
            var date = ChinaTime.ToLocalDate(day);
            var next = ChinaTime.DayOf(date.Year, date.Month, 1) + NodaTime.CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);
            var dice = year.Book.Dice($"{kind} {ChinaTime.WriteDate(day)[..7]}");
            Open(kind, Diary.OfficeTime(Math.Max(day, year.Diary.WorkdayUpTo(next - 1 - (int)dice.Below(5))), dice), Habits.Of(kind).Prefix);
            day = next;
        }
    }

    private void EveryMonth(string kind)
    {
        var words = year.Simulator.Wordings.Of(kind, "item");
        foreach (var item in words.Count > 0 ? words : ["service"])
            for (var day = ChinaTime.DayOf(year.Contract.TermFrom); day < ChinaTime.DayOf(year.Contract.TermTo);)
            {
                if (ChinaTime.StartOf(day) >= year.EndsAt) break;
                var date = ChinaTime.ToLocalDate(day);
                var period = ChinaTime.WriteDate(day)[..7];
                day = ChinaTime.DayOf(date.Year, date.Month, 1) + NodaTime.CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);
                var wanted = new Dictionary<string, Value> { ["item"] = Value.Of(item), ["period"] = Value.Of(period) };
                var hours = 24m * NodaTime.CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);
                if (kind == "meter.read") wanted["quantity"] = Value.Of(decimal.Truncate(hours * year.Book.Dice($"{kind} {item} {period}").Between(Metered.Of(year.Book.Grade), 1000) / 1000m));
                year.Add(kind, ChinaTime.StartOf(day) - 30 * ChinaTime.Minute, $"{item}/{period}", wanted);
            }
    }
}

using System.Globalization;
using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>Does what the contract asks for: the papers, rounds and drills that duties look for, the facts that stop clocks.</summary>
internal sealed class Fulfilment(YearOfService year)
{
    private const int Many = 40;
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _made = new(StringComparer.Ordinal);
    private int _reviewed;

    public void Meet(Obligation obligation, IReadOnlyList<IReadOnlyDictionary<string, Value>> rows, Courses courses)
    {
        // The course of a thing decides only over the stage that a clock asks for first.
        var kinds = obligation.Plan.Recipes.Select(recipe => recipe.Usual).ToList();
        foreach (var row in rows)
        {
            var subject = row.GetValueOrDefault("subject");
            if (obligation.IsClock && subject.IsPresent && courses.Ran(subject.ToString(), kinds)) continue;
            if (!row.TryGetValue(obligation.IsClock ? "start" : "due", out var known) || known.Type != Facts.ValueType.Instant) continue;
            var asked = string.Join('|', row.Where(cell => cell.Key.Contains(".equal.", StringComparison.Ordinal)).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => cell.Value.ToString()));
            var key = $"{obligation.Name}|{row.GetValueOrDefault("period")}|{subject}|{(obligation.IsClock ? known : row.GetValueOrDefault("at"))}|{asked}";
            if (!_met.Add(key)) continue;
            var dice = year.Book.Dice(key);
            if (At(obligation, row, rows.Count, dice) is not { } at) continue;
            foreach (var recipe in obligation.Plan.Chosen(plan => plan.Recipes.All(each => each.Kinds.Any(CanMake))))
                Make(recipe, obligation.NumberOf(recipe), row, at, dice);
        }
    }

    private bool CanMake(string kind) =>
        (!Habits.Placed.Contains(kind) || kind == "security.lodged" || (kind == "payment.made" && !year.Simulator.HasInstalments)) && !Habits.Endings.Contains(kind) && !Habits.AllCourses.ContainsKey(kind);

    // When it is done; null: not at all.
    private long? At(Obligation obligation, IReadOnlyDictionary<string, Value> row, int occurrences, Dice dice)
    {
        var grade = year.Book.Grade;
        var routine = occurrences > Many;
        var isMissing = dice.Chance((routine ? Diligence.MissingRoutine : Diligence.Missing).Of(grade));
        var isLate = dice.Chance((obligation.IsClock ? Diligence.Breached : routine ? Diligence.LateRoutine : Diligence.Late).Of(grade));
        var lateness = dice.Between(1, 6);
        if (isMissing) return null;
        if (obligation.IsClock)
        {
            var start = row["start"].Nanoseconds;
            if (Courses.Due(row) is not { } limit) return start + dice.Between(30, 2000) * ChinaTime.Minute;
            if (obligation.MayComeBefore) return isLate ? limit + dice.Between(5, 60) * ChinaTime.Minute : Math.Max(start, limit - dice.Between(10, 60) * ChinaTime.Minute);
            if (limit <= start) return start + ChinaTime.Minute;
            if (limit - start < 2 * ChinaTime.Day) return start + (limit - start) / 1000 * (isLate ? dice.Between(1050, 2400) : dice.Between(150, 800));
            return isLate ? Workday(ChinaTime.DayOf(limit) + (int)lateness, dice) : year.Diary.OfficeBetween(start + ChinaTime.Hour, limit, dice);
        }
        var due = row["due"].Nanoseconds;
        if (isLate) return Workday(ChinaTime.DayOf(due) + (int)lateness - 1, dice) is var late && late > due ? late : due + lateness * ChinaTime.Hour;
        return year.Diary.OfficeBetween(Earliest(row, due, obligation.Plan.Recipes.First().Usual), due, dice);
    }

    // A paper in the last third of the period, work of a whole year at any time of it; what follows a period (its report) comes after its last day.
    private long Earliest(IReadOnlyDictionary<string, Value> row, long due, string kind)
    {
        var first = row.GetValueOrDefault("first") is { Type: Facts.ValueType.Date } date ? ChinaTime.StartOf(date.Days)
            : row.GetValueOrDefault("at") is { Type: Facts.ValueType.Instant } at ? at.Nanoseconds + ChinaTime.Hour
            : year.Contract.TermFrom;
        var last = row.GetValueOrDefault("last") is { Type: Facts.ValueType.Date } end ? ChinaTime.StartOf(end.Days + 1) : long.MaxValue;
        if (last < due) return last;
        // What is owed before its period begins (next month's plan) is made in the days before.
        if (first >= due) return due - 8 * ChinaTime.Day;
        return Math.Max(first, due - Math.Max(ChinaTime.Day, kind.StartsWith("deliverable.", StringComparison.Ordinal) || due - first < 200 * ChinaTime.Day ? Math.Min(45 * ChinaTime.Day, (due - first) / 3) : (due - first) / 5 * 4));
    }

    private long Workday(int day, Dice dice) => Diary.OfficeTime(year.Diary.WorkdayFrom(day), dice);

    public void Make(Recipe recipe, int number, IReadOnlyDictionary<string, Value> row, long at, Dice dice)
    {
        if (recipe.Kinds.FirstOrDefault(CanMake) is not { } kind) return;
        if (recipe.Reach is null)
        {
            if (Obligation.Wanted(recipe, number, row, dice, null) is { } wanted) Write(kind, at, wanted, row, dice);
            return;
        }
        // The k-th of several: as many as are still wanting, one after the other.
        var reach = row.TryGetValue($"r{number}.reach", out var value) && value.Type == Facts.ValueType.Number ? (int)Numbers.Round(value, 0) : 1;
        var like = string.Join('|', recipe.Demands.Keys) + kind + string.Join('|', row.Where(cell => cell.Key.StartsWith($"r{number}.equal", StringComparison.Ordinal)).Select(cell => cell.Value.ToString())) + string.Join('|', recipe.Demands.Values.SelectMany(demand => demand.Words ?? []));
        for (var made = _made.GetValueOrDefault(like); made < Math.Min(reach, 500); made++)
        {
            if (Obligation.Wanted(recipe, number, row, dice, made) is { } wanted) Write(kind, Spread(row, at, made, reach), wanted, row, dice);
            _made[like] = made + 1;
        }
    }

    // What is owed four times in a year is not done on one afternoon; the last of them comes when the whole is to be there.
    private long Spread(IReadOnlyDictionary<string, Value> row, long at, int made, int reach)
    {
        var first = row.GetValueOrDefault("first") is { Type: Facts.ValueType.Date } date ? ChinaTime.StartOf(date.Days) : long.MaxValue;
        if (made == reach - 1 || first > at || at - first < reach * ChinaTime.Day) return at + made * 3 * ChinaTime.Minute;
        return year.Diary.InOffice(first + (at - first) / reach * (made + 1), first, at);
    }

    private void Write(string kind, long at, Dictionary<string, Value> wanted, IReadOnlyDictionary<string, Value> row, Dice dice)
    {
        if (wanted.Remove("subject", out var bound) is var hasSubject && hasSubject && bound.Type != Facts.ValueType.Text) hasSubject = false;
        var subject = hasSubject ? bound.Text : SubjectOf(kind, wanted);
        var slash = subject.LastIndexOf('/');
        if (slash > 0 && kind.StartsWith("deliverable.", StringComparison.Ordinal))
        {
            wanted.TryAdd("deliverable", Value.Of(subject[..slash]));
            wanted.TryAdd("period", Value.Of(subject[(slash + 1)..]));
        }
        if (wanted.Remove("day", out var day) && day.Type == Facts.ValueType.Date) at = Diary.OfficeTime(day.Days, dice);
        if (wanted.TryGetValue("date", out var date) && date.Type == Facts.ValueType.Date) at = Math.Max(at, ChinaTime.StartOf(date.Days));
        year.Add(kind, at, subject, wanted);
    }

    private string SubjectOf(string kind, Dictionary<string, Value> wanted)
    {
        string? named = null;
        foreach (var column in (string[])["deliverable", "patrol", "security", "instalment", "date"])
            if (wanted.TryGetValue(column, out var value)) named ??= column == "date" ? $"{Habits.Of(kind).Prefix}/{value}" : value.ToString();
        var series = named ?? (year.Simulator.Wordings.Of(kind, "subject") is [var only] ? only : null);
        if (series is null) return year.Book.Next(Habits.Of(kind).Prefix);
        var period = wanted.GetValueOrDefault("period");
        var site = wanted.GetValueOrDefault("site");
        return string.Create(CultureInfo.InvariantCulture, $"{series}{(period.IsPresent ? "/" + period : "")}{(site.IsPresent ? "/" + site : "")}");
    }

    /// <summary>Every paper handed in is looked at: some come back and are handed in again, most are accepted.</summary>
    public void Review()
    {
        var papers = year.Book.Drafts.Skip(_reviewed).Where(draft => draft.Kind == "deliverable.submitted").ToList();
        foreach (var paper in papers)
        {
            var dice = year.Book.Dice($"review {paper.Subject}");
            var same = paper.Data.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
            var looked = Workday(ChinaTime.DayOf(paper.At) + (int)dice.Between(2, 5), dice);
            if (dice.Chance(Diligence.Rejected.Of(year.Book.Grade)) && year.Reads("deliverable.rejected"))
            {
                year.Add("deliverable.rejected", looked, paper.Subject, same);
                var again = Workday(ChinaTime.DayOf(looked) + (int)dice.Between(1, 4), dice);
                year.Add("deliverable.submitted", again, paper.Subject, same);
                looked = Workday(ChinaTime.DayOf(again) + (int)dice.Between(2, 5), dice);
            }
            if (dice.Chance(900)) year.Add("deliverable.accepted", looked, paper.Subject, same);
        }
        _reviewed = year.Book.Drafts.Count;
    }
}

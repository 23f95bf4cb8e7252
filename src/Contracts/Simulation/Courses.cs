using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>
/// The course of each incident, request, outage: its stages one after the other, each about as quick as the clocks of the contract
/// ask, now and then slower.
/// </summary>
internal sealed class Courses(YearOfService year)
{
    private readonly HashSet<(string Kind, string Subject)> _run = [];

    /// <summary>Whether the stages of a subject have been written: its clocks are then no one else's business.</summary>
    public bool Ran(string subject, IReadOnlyList<string> kinds) => kinds.Any(kind => _run.Contains((kind, subject)));

    public void Place(IReadOnlyList<(Obligation Clock, IReadOnlyList<IReadOnlyDictionary<string, Value>> Rows)> clocks)
    {
        var limits = new Dictionary<string, List<(IReadOnlyList<string> Kinds, string Usual, long Due)>>(StringComparer.Ordinal);
        foreach (var (clock, rows) in clocks)
            foreach (var row in rows)
            {
                if (!row.TryGetValue("subject", out var subject) || !row.TryGetValue("start", out var start) || start.Type != Facts.ValueType.Instant) continue;
                if (Due(row) is not { } due) continue;
                if (!limits.TryGetValue(subject.ToString(), out var list)) limits[subject.ToString()] = list = [];
                list.Add(([.. clock.Plan.Recipes.SelectMany(recipe => recipe.Kinds)], clock.Plan.Recipes.First().Usual, due));
            }
        foreach (var head in year.Book.Drafts.ToList())
            if (Habits.AllCourses.TryGetValue(head.Kind, out var course) && course.Any(stage => year.Reads(stage.Kind)) && !_run.Contains((course[0].Kind, head.Subject)))
                Run(head, course, limits.GetValueOrDefault(head.Subject) ?? []);
    }

    public static long? Due(IReadOnlyDictionary<string, Value> row) =>
        row.TryGetValue("limit", out var limit) && limit.Type == Facts.ValueType.Duration ? row["start"].Nanoseconds + limit.Nanoseconds
        : row.TryGetValue("due", out var due) && due.Type == Facts.ValueType.Instant ? due.Nanoseconds
        : null;

    private void Run(Draft head, Sequel[] course, List<(IReadOnlyList<string> Kinds, string Usual, long Due)> limits)
    {
        var grade = year.Book.Grade;
        var stages = course.Where(stage => year.Reads(stage.Kind)).ToList();
        var due = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (kinds, usual, at) in limits)
        {
            if (!stages.Any(each => each.Kind == usual)) continue;
            var stage = stages.FirstOrDefault(each => each.PerMille.Good >= 900 && kinds.Contains(each.Kind)) ?? stages.FirstOrDefault(each => kinds.Contains(each.Kind));
            if (stage is not null) due[stage.Kind] = Math.Min(due.GetValueOrDefault(stage.Kind, long.MaxValue), at);
        }
        foreach (var stage in course) _run.Add((stage.Kind, head.Subject));
        var before = head.At;
        for (var place = 0; place < stages.Count; place++)
        {
            var stage = stages[place];
            var dice = year.Book.Dice($"{stage.Kind} {head.Subject}");
            var comes = dice.Chance(stage.PerMille.Of(grade));
            var isLate = dice.Chance(Diligence.Breached.Of(grade));
            var (share, overrun, minutes) = (dice.Between(150, 750), dice.Between(50, 1400), dice.Between(stage.From, stage.To));
            var hasDue = due.TryGetValue(stage.Kind, out var limit) && limit > head.At;
            if (hasDue && stage.PerMille.Good < 900 && stage.Kind != "request.refused") comes = dice.Chance(970);
            if (!comes) continue;
            // What comes later has a limit of its own: leave it room.
            var cap = stages.Skip(place + 1).Where(later => due.ContainsKey(later.Kind) && later.PerMille.Good >= 900).Select(later => due[later.Kind]).DefaultIfEmpty(long.MaxValue).Min();
            long at;
            if (hasDue && isLate) at = limit + Math.Min((limit - head.At) / 1000 * overrun, 3 * ChinaTime.Day);
            else if (hasDue) at = head.At + (Math.Min(limit, cap) - head.At) / 1000 * share;
            else at = before + minutes * ChinaTime.Minute;
            // A late stage may not make a later one late that has less time.
            if ((!isLate || (hasDue && cap < limit)) && cap != long.MaxValue && cap > before) at = Math.Min(at, before + (cap - before) / 1000 * Math.Min(share, 400));
            if (at <= before) at = before + (hasDue && limit > before ? (limit - before) / 1000 * share : ChinaTime.Minute) + ChinaTime.Second;
            if (stage.Hours == Hours.Office) at = year.Diary.InOffice(at, before, hasDue && at <= limit ? limit : long.MaxValue);
            Write(head, stage.Kind, at, dice);
            before = at;
            if (stage.Kind is "request.refused" or "meeting.cancelled") break;
            if (stage.Kind == "incident.reopened") Write(head, "incident.resolved", at + dice.Between(15, 180) * ChinaTime.Minute, dice);
        }
    }

    private void Write(Draft head, string kind, long at, Dice dice)
    {
        var wanted = new Dictionary<string, Value>(StringComparer.Ordinal);
        if (kind == "notice.received")
            foreach (var column in (string[])["about", "from"])
                if (head.Get(column) is { IsPresent: true } same) wanted[column] = same;
        if (kind == "outage.ended" && head.Get("system") is { IsPresent: true } system && dice.Chance(500)) wanted["system"] = system;
        else if (kind == "outage.ended") wanted["system"] = Value.Missing;
        year.Add(kind, at, head.Subject, wanted);
    }
}

using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>The end before the term is over: now and then, and only in a poor year, in its last month.</summary>
internal sealed class Ending(YearOfService year)
{
    /// <summary>Days of the last month.</summary>
    private const int Month = 30;
    private const int PerMille = 150;

    /// <summary>Ends the contract or leaves it alone; what happens of itself ends with it.</summary>
    public void Place()
    {
        var dice = year.Book.Dice("ending");
        if (year.Book.Grade != Grade.Poor || !dice.Chance(PerMille)) return;
        var last = ChinaTime.DayOf(year.Contract.TermTo) - 1;
        var on = year.Diary.WorkdayUpTo(last - (int)dice.Between(2, 8));
        var (asked, allowed) = (year.Diary.WorkdayFrom(last - Month + 2), year.Diary.WorkdayFrom(last - Month + 7));
        var leaves = dice.Chance(300);
        var ended = false;
        foreach (var kind in year.Simulator.Wordings.EndingKinds)
            switch (kind)
            {
                // Who asks to leave asks first, is allowed to, and then goes.
                case "exit.requested" when leaves: Write(kind, asked); break;
                case "exit.approved" when leaves: Write(kind, allowed); break;
                case "exit.requested" or "exit.approved": break;
                default: ended |= Write(kind, on); break;
            }
        // Some contracts end by what a person finds, a word among others.
        if (!ended && year.Simulator.Wordings.EndingWords is { Count: > 0 } words && dice.Of(words) is var (found, column, word))
            ended = Write(found, on, new Dictionary<string, Value>(StringComparer.Ordinal) { [column] = Value.Of(word) });
        if (ended) year.EndsAt = ChinaTime.StartOf(on + 1);

        bool Write(string kind, int day, Dictionary<string, Value>? wanted = null)
        {
            if (!year.Reads(kind)) return false;
            wanted ??= new Dictionary<string, Value>(StringComparer.Ordinal);
            foreach (var column in year.Contract.Syntax.Facts[kind].Keys)
                if (!wanted.ContainsKey(column) && Word(kind, column) is { } word) wanted[column] = Value.Of(word);
            return year.End(kind, Diary.OfficeTime(day, dice), kind.Split('.')[0], wanted) is not null;
        }

        // Whoever left by the front door says so; after a poor year it is the buyer that ends it otherwise.
        string? Word(string kind, string column)
        {
            if (column == "by") return leaves || dice.Chance(150) ? "provider" : "buyer";
            var known = year.Simulator.Wordings.Every(kind, column);
            var fitting = known.Where(word => word.Contains("exit", StringComparison.OrdinalIgnoreCase) == leaves).ToList();
            return fitting.Count > 0 ? dice.Of(fitting) : known.Count > 0 ? dice.Of(known) : null;
        }
    }
}

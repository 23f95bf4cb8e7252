using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>Money: securities are lodged; instalments are asked for, invoiced, and paid once the contract says that they are due.</summary>
internal sealed class Settlement(YearOfService year)
{
    private static readonly ByGrade LateBond = new(10, 50, 200);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paid = new(StringComparer.Ordinal);

    public static void Lodge(YearOfService year, Bond bond, IReadOnlyDictionary<string, Value> row)
    {
        // Lodged as such, or paid in.
        if (bond.Plan?.Recipes.FirstOrDefault(recipe => recipe.Kinds.Contains("security.lodged") || recipe.Kinds.Contains("payment.made")) is not { } recipe) return;
        var kind = recipe.Kinds.Contains("security.lodged") ? "security.lodged" : "payment.made";
        var dice = year.Book.Dice("bond " + string.Join('|', recipe.Demands.Keys));
        if (Obligation.Wanted(recipe, 0, row, dice, null) is not { } wanted) return;
        var day = year.Signed + (int)(dice.Chance(LateBond.Of(year.Book.Grade)) ? dice.Between(46, 70) : dice.Between(5, 28));
        if (row.TryGetValue("required", out var required) && required.Type == Facts.ValueType.Number) wanted["amount"] = Value.Of(Numbers.Round(required, 2));
        var name = wanted.GetValueOrDefault(kind == "security.lodged" ? "security" : "instalment");
        year.Add(kind, Diary.OfficeTime(year.Diary.WorkdayFrom(day), dice), name.IsPresent ? name.ToString() : "security", wanted);
    }

    public void Pay(Instalment instalment, int place, IReadOnlyDictionary<string, Value> standing, IReadOnlyDictionary<string, Value> conditions, IReadOnlyDictionary<string, decimal> payable)
    {
        var dice = year.Book.Dice("instalment " + instalment.Name);
        var name = new Dictionary<string, Value>(StringComparer.Ordinal) { ["instalment"] = Value.Of(instalment.Name) };
        // Asked for once everything else is there, as far as the contract can tell by now.
        var ready = Enumerable.Range(0, instalment.Needs.Count).Select(need => conditions.GetValueOrDefault($"need{need}")).Where(value => value.Type is Facts.ValueType.Instant or Facts.ValueType.Date)
            .Select(value => value.Type == Facts.ValueType.Instant ? value.Nanoseconds : ChinaTime.StartOf(value.Days)).Append(ChinaTime.StartOf(year.Signed)).Max();
        // The first asks are made late enough for the securities of the signing.
        var day = year.Diary.WorkdayFrom(ChinaTime.DayOf(ready) + (int)dice.Between(3, 9) + (place == 0 ? 20 : 0));
        var number = 0;
        for (var need = 0; need < instalment.Needs.Count; need++)
        {
            foreach (var recipe in instalment.Needs[need])
            {
                var wanted = conditions.ContainsKey($"need{need}") ? null : Obligation.Wanted(recipe, number, conditions, dice, null);
                number++;
                if (wanted is null || recipe.Kinds.FirstOrDefault(kind => !year.Simulator.Wordings.Ends(kind) && !IsOfClosing(kind)) is not { } kind || !_asked.Add($"{instalment.Name}|{need}|{number}|{kind}")) continue;
                if (year.Reads(kind)) Ask(kind, wanted, instalment.Name, day, dice);
            }
        }
        foreach (var kind in (string[])["payment.requested", "invoice.received", "funds.available", "audit.completed"])
            if (year.Reads(kind) && (kind is not ("funds.available" or "audit.completed") || year.Simulator.Wordings.Of(kind, "instalment").Contains(instalment.Name)) && !year.Book.Drafts.Any(draft => draft.Kind == kind && draft.Get("instalment") == name["instalment"]) && _asked.Add($"{instalment.Name}|{kind}"))
                Ask(kind, new Dictionary<string, Value>(name), instalment.Name, day, dice);
        // Now and then the parties agree on a later day.
        if (year.Reads("payment.due.agreed") && _asked.Add(instalment.Name + "|agreed") && dice.Chance(250))
            Ask("payment.due.agreed", new Dictionary<string, Value>(name) { ["due"] = Value.DateOf(day + 14) }, instalment.Name, day, dice);

        if (!standing.TryGetValue("met", out var met) || met.Type != Facts.ValueType.Instant || !year.Reads("payment.made")) return;
        var amount = payable.TryGetValue(instalment.Name, out var owed) ? owed : standing.TryGetValue("amount", out var whole) ? Numbers.Round(whole, 2) : 0m;
        if (amount <= 0 || !_paid.Add(instalment.Name)) return;
        var due = standing.TryGetValue("due", out var until) && until.Type == Facts.ValueType.Instant ? until.Nanoseconds : met.Nanoseconds + 20 * ChinaTime.Day;
        var start = Math.Max(met.Nanoseconds, year.Contract.TermFrom) + 2 * ChinaTime.Hour;
        var at = dice.Chance(Diligence.LatePayment) ? due + dice.Between(1, 20) * ChinaTime.Day + 15 * ChinaTime.Hour : year.Diary.OfficeBetween(start, Math.Max(due, start + ChinaTime.Day), dice);
        name["amount"] = Value.Of(amount);
        year.Add("payment.made", at, instalment.Name, name);
    }

    private static bool IsOfClosing(string kind) => kind.StartsWith("acceptance.", StringComparison.Ordinal) || kind.StartsWith("assessment.", StringComparison.Ordinal) || kind == "payment.due.agreed";

    private void Ask(string kind, Dictionary<string, Value> wanted, string instalment, int day, Dice dice)
    {
        if (!wanted.ContainsKey("instalment") && year.Contract.Syntax.Facts[kind].ContainsKey("instalment")) wanted["instalment"] = Value.Of(instalment);
        // What is not paperwork of the payment itself (a plan, people on site) stands before it.
        var isPaper = kind.StartsWith("payment.", StringComparison.Ordinal) || kind is "invoice.received" or "audit.completed" or "funds.available";
        var on = isPaper ? year.Diary.WorkdayFrom(day + (int)dice.Below(4)) : year.Diary.WorkdayFrom(day - (int)dice.Between(1, 12));
        var subject = wanted.Remove("subject", out var bound) && bound.Type == Facts.ValueType.Text ? bound.Text : instalment;
        year.Add(kind, Diary.OfficeTime(on, dice), subject, wanted);
    }
}

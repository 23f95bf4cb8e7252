using System.Globalization;
using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Simulation;

/// <summary>
/// Fills in the fields of a fact that the contract reads: what is wanted first, then the contract's defaults most of the time,
/// else a word or figure that the contract looks for, else what is usual. No persons.
/// </summary>
/// <param name="known">The value of an expression that stands outside any row; missing when it has none.</param>
/// <param name="lastDay">The last day of the term.</param>
/// <param name="diary">When people meet.</param>
internal sealed class Fields(ContractSyntax contract, Wordings wordings, Grade grade, Func<Expression, Value> known, int lastDay, Diary diary)
{
    private static readonly ByGrade Slips = new(6, 20, 80);
    private static readonly HashSet<string> ShouldBeYes = new(StringComparer.Ordinal) { "accurate", "on_time", "ok", "approved", "tested", "logged", "recoverable", "local" };

    private static readonly string[] Grades = ["good", "fair", "poor", "very-poor"];

    private readonly Dictionary<string, int> _weights = RuleWeights(contract);

    /// <param name="wanted">Values by column that the fact must have.</param>
    public IReadOnlyList<(string Key, Value Value)> Of(string kind, long at, string subject, Dice dice, IReadOnlyDictionary<string, Value> wanted)
    {
        var data = new List<(string Key, Value Value)>();
        var dates = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (column, field) in Columns(kind))
        {
            var value = wanted.TryGetValue(column, out var exact) ? Fit(exact, field.Type) : Draw(kind, column, field, at, subject, dice, dates);
            // A letter goes to the other side.
            if (column == "to" && value.Type == Facts.ValueType.Text && !wanted.ContainsKey(column)) value = Value.Of(data.Any(other => other.Key == "from" && other.Value.ToString() == "buyer") ? "provider" : "buyer");
            if (value.IsPresent) data.Add((field.Field ?? column, value));
        }
        return data;
    }

    // Fields that a contract reads on any fact are given only where they are usual.
    private IEnumerable<(string Column, FieldSyntax Field)> Columns(string kind)
    {
        var own = contract.Facts.GetValueOrDefault(kind) ?? new Dictionary<string, FieldSyntax>();
        foreach (var (column, field) in own) yield return (column, field);
        var usual = CommonVocabulary.Find(kind)?.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (column, field) in contract.Facts.GetValueOrDefault("any") ?? new Dictionary<string, FieldSyntax>())
            if (!own.ContainsKey(column) && usual.Contains(field.Field ?? column)) yield return (column, field);
    }

    /// <summary>The same value as another type of field writes it; missing when it cannot.</summary>
    public static Value Fit(Value value, string type) => (type, value.Type) switch
    {
        (_, Facts.ValueType.Missing) => value,
        ("text", Facts.ValueType.Text) => value,
        ("text", Facts.ValueType.Date or Facts.ValueType.Number) => Value.Of(value.ToString()),
        ("yes-no", Facts.ValueType.YesNo) => value,
        ("number" or "whole" or "amount", Facts.ValueType.Number) => Value.Of(Numbers.Round(value, type == "whole" ? 0 : 4)),
        ("date", Facts.ValueType.Date) => value,
        ("date", Facts.ValueType.Instant) => Value.DateOf(ChinaTime.DayOf(value.Nanoseconds)),
        ("instant" or "from", Facts.ValueType.Date) => Value.InstantOf(ChinaTime.StartOf(value.Days)),
        ("until", Facts.ValueType.Date) => Value.InstantOf(ChinaTime.StartOf(value.Days + 1)),
        ("instant" or "from" or "until", Facts.ValueType.Instant) => value,
        _ => Value.Missing,
    };

    private Value Draw(string kind, string column, FieldSyntax field, long at, string subject, Dice dice, Dictionary<string, long> dates)
    {
        var common = CommonVocabulary.Find(kind)?.Fields.FirstOrDefault(each => each.Name == (field.Field ?? column));
        return field.Type switch
        {
            "text" => Text(kind, column, field, at, subject, dice, common),
            "yes-no" => YesNo(kind, field.Field ?? column, field, dice),
            "number" or "whole" or "amount" => Number(kind, column, field, dice),
            _ => Moment(kind, column, field.Type, at, dice, dates),
        };
    }

    private Value Text(string kind, string column, FieldSyntax field, long at, string subject, Dice dice, CommonField? common)
    {
        var words = wordings.Of(kind, column);
        var usual = words.Count > 0 ? words : [.. common?.Words.Select(word => word.Word) ?? []];
        if (field.Default is { } fallback)
        {
            if (dice.Chance(880)) return Value.Missing;
            var others = usual.Where(word => word != fallback).ToList();
            if (others.Count == 0) others = [.. (common?.Words ?? []).Select(word => word.Word).Where(word => word != fallback)];
            return others.Count > 0 ? Value.Of(dice.Of(others)) : Value.Missing;
        }
        switch (field.Field ?? column)
        {
            case "grade" when usual.Count == 0 || usual.Any(Grades.Contains):
                var weights = grade switch { Grade.Good => new[] { 85, 13, 2, 0 }, Grade.Fair => [60, 30, 8, 2], _ => [30, 35, 25, 10] };
                return Value.Of(Grades[dice.Weighted(weights)]);
            case "risk": return Value.Of(new[] { "high", "medium", "low" }[dice.Weighted([150, 450, 400])]);
            case "attributable": return Value.Of(dice.Chance(860) ? "provider" : dice.Of(["buyer", "third-party"]));
            case "severity" when dice.Chance(450): return Value.Of("normal");
            // Most of what happens is of no particular level.
            case "level" when kind == "request.made" && dice.Chance(600): return Value.Of("general");
            case "role" when dice.Chance(750): return Value.Of("engineer");
            case "rule" when usual.Count > 0: return Value.Of(usual[dice.Weighted([.. usual.Select(rule => _weights.GetValueOrDefault(rule, 3))])]);
            case "category" when dice.Chance(700): return Value.Of("fault");
            // Of the papers and rounds that the contract counts by, none is meant here.
            case "period": return Value.Of(ChinaTime.WriteDate(ChinaTime.DayOf(at))[..7]);
            case "event": return kind.StartsWith("assurance.", StringComparison.Ordinal) ? Value.Of(subject) : Value.Missing;
            case "note" or "ref": return Value.Missing;
        }
        if (usual.Count > 0) return Value.Of(dice.Of(usual));
        return Value.Of((field.Field ?? column) switch
        {
            "system" => "sys-" + (1 + dice.Below(12)).ToString("D2", CultureInfo.InvariantCulture),
            "site" => "site-" + (1 + dice.Below(40)).ToString("D2", CultureInfo.InvariantCulture),
            "from" or "by" => dice.Chance(500) ? "buyer" : "user",
            "channel" => dice.Chance(500) ? "phone" : "mail",
            "party" or "victim" => "provider",
            "role" => "engineer",
            "mode" when kind == "data.disposed" => dice.Chance(500) ? "deleted" : "returned",
            var other => other + "-" + (1 + dice.Below(3)).ToString(CultureInfo.InvariantCulture),
        });
    }

    private Value YesNo(string kind, string key, FieldSyntax field, Dice dice)
    {
        if (field.Default is { } fallback) return dice.Chance(930) ? Value.Missing : Value.Of(fallback != "true");
        if (kind == "assist.given" && key == "in_scope") return Value.No;
        if (ShouldBeYes.Contains(key)) return Value.Of(!dice.Chance(Slips.Of(grade)));
        return Value.Of(dice.Chance(key switch { "in_scope" => 950, "slow" => 120, "core" => 150, "hidden_danger" => 150, "onsite" => 200, "wide" => 700, _ => 450 }));
    }

    private Value Number(string kind, string column, FieldSyntax field, Dice dice)
    {
        var key = field.Field ?? column;
        var figures = wordings.FiguresOf(kind, column).Select(known).Where(value => value.Type == Facts.ValueType.Number).Select(value => Numbers.Round(value, 6)).ToList();
        var top = figures.Count > 0 ? figures.Max() : 0m;
        switch (key)
        {
            case "count" or "required" when field.Type != "amount": return Value.Missing;
            case "value": return Value.Of(dice.Chance(new ByGrade(5, 25, 120).Of(grade)) ? 0.9999m - dice.Below(600) / 100_000m : 1m);
            case "share": return Value.Of(dice.Below(200) / 1000m);
            case "users": return Value.Of((decimal)dice.Between(20, 20_000));
            case "loss": return dice.Chance(900) ? Value.Missing : Value.Of((decimal)dice.Between(1, 50) * 1000);
            case "days": return Value.Of((decimal)dice.Between(1, 12));
            case "top_percent": return Value.Of((decimal)dice.Between(new ByGrade(5, 20, 40).Of(grade), new ByGrade(40, 60, 90).Of(grade)));
            case "present" or "attendees" or "engineers" or "sites":
                var needed = Math.Max(top, key == "present" ? Expected(column) : 1);
                return Value.Of(Math.Max(0, dice.Chance(new ByGrade(4, 15, 70).Of(grade)) ? needed - 1 : needed + dice.Below(2)));
        }
        if (wordings.EdgesOf(kind, column) is { Count: > 0 } edges && !Habits.Placed.Contains(kind)) return Value.Of(Around([.. edges], field.Type == "whole", dice));
        // What is taken from the store is one piece or two; its price, like a rent for a month, is small beside the whole.
        if (key == "quantity") return Value.Of((decimal)(kind == "meter.read" ? dice.Between(1, 500) : dice.Between(1, 2)));
        if (key == "price" && wordings.LargestSum > 0) return Value.Of(Math.Max(1, Math.Round(wordings.LargestSum * dice.Between(10, 120) / 10_000m)));
        if (field.Type == "whole") return Value.Of((decimal)dice.Between(1, 5));
        // An amount that is measured by another comes close to it; the rest are small losses.
        if (kind is "audit.completed" && top > 0) return Value.Of(Math.Round(top * dice.Between(930, 1000) / 1000m, 2));
        if (kind is "security.lodged" && top > 0) return Value.Of(top);
        return Value.Of(dice.Between(5, 400) * 100m);
    }

    // Scores lie between the edges and their maximum; of what else is measured the provider should keep below the first edge.
    private decimal Around(decimal[] edges, bool isWhole, Dice dice)
    {
        var (least, most) = (edges[0], edges[^1]);
        // The next power of ten: 80 of 100, 4 of 10; shares stay below one.
        var top = 1m;
        while (top < most) top *= 10;
        var step = dice.Between(1, 1000) / 1000m;
        decimal value;
        if (least >= top / 2)
        {
            var band = dice.Weighted(grade switch { Grade.Good => [93, 7, 0], Grade.Fair => [60, 35, 5], _ => [15, 50, 35] });
            value = band switch { 0 => most + step * (top - most), 1 => least + step * (most - least), _ => least - step * (least / 4) };
        }
        else
        {
            var band = dice.Weighted(grade switch { Grade.Good => [70, 27, 3], Grade.Fair => [45, 45, 10], _ => [25, 45, 30] });
            value = band switch { 0 => step * least, 1 => least + step * (most - least), _ => most + step * most };
        }
        return Math.Round(value, isWhole || top >= 10 ? 0 : 3, MidpointRounding.AwayFromZero);
    }

    // How many are to be there: the largest whole number in the terms that speak of who is present.
    private decimal Expected(string column)
    {
        if (_expected.TryGetValue(column, out var found)) return found;
        found = contract.Terms.Values.Where(term => Mentions(term, column)).SelectMany(Literals).Where(number => number is >= 1 and <= 1000 && number == decimal.Truncate(number)).DefaultIfEmpty(2).Max();
        return _expected[column] = found;
    }

    private readonly Dictionary<string, decimal> _expected = new(StringComparer.Ordinal);

    private static bool Mentions(Syntax node, string column) => node is Name name && name.Text == column || SyntaxTree.Children(node).Any(child => Mentions(child, column));

    private static IEnumerable<decimal> Literals(Syntax node) =>
        node is Expression expression && Wordings.Number(expression) is { } number ? [number] : SyntaxTree.Children(node).SelectMany(Literals);

    private Value Moment(string kind, string column, string type, long at, Dice dice, Dictionary<string, long> dates)
    {
        var day = ChinaTime.DayOf(at);
        long start;
        switch (column)
        {
            case "to" or "ends":
                if (!dates.TryGetValue(column == "to" ? "from" : "starts", out start)) start = at;
                var isShort = kind.StartsWith("meeting.", StringComparison.Ordinal) || (kind == "post.vacant" && type is "until" or "instant");
                var length = isShort ? dice.Between(40, 200) * ChinaTime.Minute : dice.Between(2, 8) * ChinaTime.Day;
                return Fit(Value.InstantOf(start + length), type);
            case "from":
                start = kind.StartsWith("assurance.", StringComparison.Ordinal) ? ChinaTime.StartOf(day + (int)dice.Between(8, 20)) : at;
                break;
            case "starts":
                var meets = day + (int)dice.Between(2, 6);
                start = ChinaTime.StartOf(dice.Chance(40) ? meets : diary.WorkdayFrom(meets)) + (dice.Chance(500) ? 570 : 870) * ChinaTime.Minute;
                break;
            case "validTo":
                var latest = wordings.FiguresOf(kind, column).Select(known).Where(value => value.Type == Facts.ValueType.Date).Select(value => value.Days).Append(lastDay).Max();
                return Fit(Value.DateOf(latest + (int)dice.Between(60, 180)), type);
            case "due": return Fit(Value.DateOf(day + (int)dice.Between(7, 18)), type);
            case "effective" or "changed" when dice.Chance(600): return Value.Missing;
            case "effective": return Fit(Value.DateOf(day + (int)dice.Between(9, 28)), type);
            case "changed": return Fit(Value.DateOf(day - (int)dice.Between(1, 6)), type);
            case "date": return Fit(Value.DateOf(day), type);
            default: return Fit(Value.DateOf(day + (int)dice.Between(1, 10)), type);
        }
        dates[column] = start;
        return Fit(Value.InstantOf(start), type);
    }

    // A rule that costs much is found seldom: its weight falls with its points.
    private static Dictionary<string, int> RuleWeights(ContractSyntax contract)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in contract.Terms.Values)
            foreach (var (name, rule) in term.Scorecard?.Rules ?? new Dictionary<string, RuleSyntax>())
                weights[name] = Math.Max(2, 60 / (1 + (int)Math.Abs(Wordings.Number(rule.Points) ?? 5m)));
        return weights;
    }
}

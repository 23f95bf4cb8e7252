using System.Text.Json.Nodes;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Schemas;

/// <summary>
/// The texts of the language as patterns. The reader takes every scalar as text and types it by its place, an editor types it by its look
/// (<c>20</c> is a number to it); so a number or a yes-no passes wherever a text may look like one.
/// </summary>
internal static class Spellings
{
    public const string Name = "[A-Za-z][A-Za-z0-9_.-]*";
    public const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    public const string Instant = Date + @"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})";

    private const string Decimal = @"-?[0-9]+(\.[0-9]+)?";
    private const string Number = Decimal + "(%|‰|/" + Decimal + ")?";
    private const string Duration = "-?[0-9]+ +(seconds?|minutes?|hours?|days?|weeks?)";
    private const string Span = "-?[0-9]+ +(seconds?|minutes?|hours?|days?|weeks?|workdays?|months?|years?)";
    private const string Time = "([01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]|24:00)";
    private const string Weekday = "[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ss]aturday|[Ss]unday";

    /// <summary>What an editor makes of a bare scalar that is text to the reader.</summary>
    public static JsonArray AnyScalar => ["string", "number", "boolean"];

    public static JsonObject FreeText => new() { ["type"] = AnyScalar };

    public static JsonObject Whole(string pattern) => new() { ["type"] = "string", ["pattern"] = $"^({pattern})$" };

    public static JsonObject Of(Spelling spelling) => spelling switch
    {
        Spelling.Name => Whole(Name),
        Spelling.Date => Like(Whole(Date), "2025-12-31"),
        Spelling.Instant => Like(Whole(Instant), "2025-12-31T00:00:00+08:00"),
        Spelling.Number => new() { ["type"] = new JsonArray("string", "number"), ["pattern"] = $"^({Number})$" },
        Spelling.Span => Like(Whole(Span), "5 workdays", "30 days", "1 month", "4 hours", "30 minutes"),
        Spelling.Weekdays => WordsOr([("workdays", "工作日，依日历"), ("every-day", "每日"), ("monday", "星期一"), ("tuesday", "星期二"), ("wednesday", "星期三"), ("thursday", "星期四"), ("friday", "星期五"), ("saturday", "星期六"), ("sunday", "星期日")], Whole(Weekday)),
        Spelling.Shift => Like(Whole($"{Time}-{Time}"), "09:00-12:00", "13:30-17:30", "00:00-24:00"),
        Spelling.Season => Like(Whole($"[0-9]{{2}}-[0-9]{{2}}|{Date}"), "06-01", "2025-06-01"),
        Spelling.Limit => WordsOr([("unlimited", "无期限"), ("at-once", "立即")], Like(Whole(Span), "15 workdays")),
        Spelling.Format => WordsOr([("text", "文本"), ("points", "数，不带尾零"), ("money", "两位小数"), ("seconds", "整秒"), ("decimals-2", "若干位小数"), ("date", "日期"), ("last-day", "期限的末日：零时届满写前一日"), ("instant", "时刻"), ("yes-no", "true 或 false")], Whole("decimals-([0-9]|1[0-2])")),
        _ => throw new InvalidOperationException($"no pattern for {spelling}"),
    };

    /// <summary>What an editor offers where no list can be complete.</summary>
    private static JsonObject Like(JsonObject schema, params string[] examples)
    {
        schema["examples"] = new JsonArray([.. examples.Select(example => JsonValue.Create(example))]);
        return schema;
    }

    /// <summary>Words that an editor offers, and what else may stand.</summary>
    public static JsonObject WordsOr(IEnumerable<(string Word, string Meaning)> words, JsonObject other) => new() { ["anyOf"] = new JsonArray(Meant(words), other) };

    /// <summary>Words with their meaning, which an editor shows beside them.</summary>
    public static JsonObject Meant(IEnumerable<(string Word, string Meaning)> words) => new()
    {
        ["oneOf"] = new JsonArray([.. words.Select(one => new JsonObject { ["const"] = one.Word, ["description"] = one.Meaning })]),
    };

    /// <summary>A literal where a value is expected.</summary>
    public static JsonObject Literal => new()
    {
        ["description"] = "字面量：数（20、0.5、80%、3‰、1/3）、日期、带时区偏移的时刻、时长（10 minutes）、true、false",
        ["type"] = AnyScalar,
        ["pattern"] = $"^(true|false|{Number}|{Date}|{Instant}|{Duration})$",
    };

    /// <summary>One of some words; <c>true</c> and <c>false</c> also as an editor reads them.</summary>
    public static JsonObject Words(IEnumerable<string> words)
    {
        var listed = new JsonArray();
        foreach (var word in words)
        {
            if (word is "true" or "false") listed.Add(word == "true");
            listed.Add(word);
        }
        return new() { ["enum"] = listed };
    }
}

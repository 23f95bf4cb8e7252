using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

/// <summary>Literals as contracts write them. Every scalar of a contract is text first; its place or its form gives the type.</summary>
public static class Literals
{
    /// <summary>A literal by its form, or null: 20, 80%, 3‰, 1/3, 2025-12-31, 2025-12-31T00:00:00+08:00, 10 minutes, true.</summary>
    public static Value? Parse(string text) => text switch
    {
        "true" => Value.Yes,
        "false" => Value.No,
        _ => ParseNumber(text) ?? ParseDate(text) ?? ParseInstant(text) ?? ParseDuration(text),
    };

    public static Value? Parse(string text, Type type) => type switch
    {
        Type.Text => Value.Of(text),
        Type.Number => ParseNumber(text),
        Type.YesNo => text switch { "true" => Value.Yes, "false" => Value.No, _ => null },
        Type.Date => ParseDate(text),
        Type.Instant => ParseInstant(text),
        Type.Duration => ParseDuration(text),
        _ => null,
    };

    public static Value? ParseNumber(string text)
    {
        if (text.Length > 40) return null;
        var divisor = 1m;
        var digits = text;
        if (text.EndsWith('%')) (divisor, digits) = (100m, text[..^1]);
        else if (text.EndsWith('‰')) (divisor, digits) = (1000m, text[..^1]);
        else if (text.IndexOf('/') is > 0 and var slash)
        {
            if (ParseDecimal(text[..slash]) is not { } numerator || ParseDecimal(text[(slash + 1)..]) is not { } denominator || denominator == 0) return null;
            return Numbers.Divide(Value.Of(numerator), Value.Of(denominator));
        }
        return ParseDecimal(digits) is { } number ? Numbers.Divide(Value.Of(number), Value.Of(divisor)) : null;
    }

    private static decimal? ParseDecimal(string text) =>
        text.Length is > 0 and <= 30 && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && text[0] != '+'
            ? number
            : null;

    public static Value? ParseDate(string text) =>
        text.Length == 10 && LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year is >= 1900 and <= 2199
            ? Value.DateOf(ChinaTime.ToDay(date.Value))
            : null;

    /// <summary>What is wrong with a date that looks like one: there is no such day in its month.</summary>
    public static string WhyNoDate(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && int.TryParse(text[5..7], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            && int.TryParse(text[8..10], NumberStyles.None, CultureInfo.InvariantCulture, out var day) && year is >= 1900 and <= 2199
            ? month is < 1 or > 12 ? $"：没有 {month} 月" : day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) ? $"：{year} 年 {month} 月只有 {CalendarSystem.Iso.GetDaysInMonth(year, month)} 天" : ""
            : "";

    public static Value? ParseInstant(string text) => IsoTime.TryParse(text, out var instant) ? Value.InstantOf(instant) : null;

    public static Value? ParseDuration(string text) =>
        Span.Parse(text) is { Unit: not (SpanUnit.Workdays or SpanUnit.Months or SpanUnit.Years) } span ? Value.DurationOf(span.Nanoseconds) : null;

    public static Type? ParseType(string word) => word switch
    {
        "number" => Type.Number,
        "text" => Type.Text,
        "yes-no" => Type.YesNo,
        "instant" => Type.Instant,
        "date" => Type.Date,
        "duration" => Type.Duration,
        "list" => Type.List,
        _ => null,
    };

    public static string ToChinese(Type type) => type switch
    {
        Type.YesNo => "是否",
        Type.Number => "数",
        Type.Text => "文本",
        Type.Instant => "时刻",
        Type.Date => "日期",
        Type.Duration => "时长",
        Type.List => "列表",
        _ => "缺失",
    };
}

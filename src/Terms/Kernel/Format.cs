using System.Globalization;
using Yueheng.Facts;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Kernel;

internal enum FormatKind { Text, Points, Money, Seconds, Decimals, Date, LastDay, Instant, YesNo }

/// <summary>How a figure is written. Rounding is for the figure shown; decisions were made on the exact value.</summary>
internal readonly record struct Format(FormatKind Kind, int Places)
{
    public static Format? Parse(string word) => word switch
    {
        "text" => new(FormatKind.Text, 0),
        "points" => new(FormatKind.Points, 0),
        "money" => new(FormatKind.Money, 2),
        "seconds" => new(FormatKind.Seconds, 0),
        "date" => new(FormatKind.Date, 0),
        "last-day" => new(FormatKind.LastDay, 0),
        "instant" => new(FormatKind.Instant, 0),
        "yes-no" => new(FormatKind.YesNo, 0),
        _ when word.StartsWith("decimals-", StringComparison.Ordinal) && int.TryParse(word.AsSpan(9), NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= 12 => new(FormatKind.Decimals, places),
        _ => null,
    };

    public static Format For(Type type) => type switch
    {
        Type.Number => new(FormatKind.Points, 0),
        Type.Duration => new(FormatKind.Seconds, 0),
        Type.Date => new(FormatKind.Date, 0),
        Type.Instant => new(FormatKind.Instant, 0),
        Type.YesNo => new(FormatKind.YesNo, 0),
        _ => new(FormatKind.Text, 0),
    };

    /// <summary>Whether a value of the type can be written so.</summary>
    public bool Fits(Type type) => Kind switch
    {
        FormatKind.Points or FormatKind.Money or FormatKind.Decimals => type == Type.Number,
        FormatKind.Seconds => type is Type.Duration or Type.Number,
        FormatKind.Date => type is Type.Date or Type.Instant,
        FormatKind.LastDay or FormatKind.Instant => type == Type.Instant,
        FormatKind.YesNo => type == Type.YesNo,
        _ => true,
    };

    public string Write(in Value value) => Kind switch
    {
        FormatKind.Money or FormatKind.Decimals => Numbers.Fixed(value, Places),
        FormatKind.Seconds when value.Type == Type.Duration => (value.Nanoseconds / ChinaTime.Second).ToString(CultureInfo.InvariantCulture),
        FormatKind.Seconds => Numbers.Plain(Numbers.Floor(value)),
        FormatKind.Date when value.Type == Type.Instant => ChinaTime.WriteDate(ChinaTime.DayOf(value.Nanoseconds)),
        FormatKind.LastDay => ChinaTime.WriteDate(ChinaTime.DayOf(value.Nanoseconds - 1)),
        _ => value.ToString(),
    };
}

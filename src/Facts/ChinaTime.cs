using System.Globalization;
using NodaTime;

namespace Yueheng.Facts;

/// <summary>
/// Instants and days as the contracts count them: nanoseconds since 1970-01-01T00:00:00Z, days since 1970-01-01 in Asia/Shanghai.
/// China has kept UTC+8 without summer time since 1991-09-15, so from 1992 on the zone is a constant; earlier instants ask the zone's own rules.
/// </summary>
public static class ChinaTime
{
    public const long Second = 1_000_000_000L;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    private const long Offset = 8 * Hour;
    private static readonly long Year1992 = NodaTime.Instant.FromUtc(1992, 1, 1, 0, 0).ToUnixTimeTicks() * 100;

    private static DateTimeZone Zone => DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    /// <summary>The local date of an instant.</summary>
    public static int DayOf(long instant) => (int)FloorDivide(instant + OffsetAt(instant), Day);

    /// <summary>Nanoseconds since local midnight.</summary>
    public static long TimeOfDay(long instant) => instant + OffsetAt(instant) - FloorDivide(instant + OffsetAt(instant), Day) * Day;

    /// <summary>00:00 of a day; 24:00 of a day is <c>StartOf(day + 1)</c>.</summary>
    public static long StartOf(int day)
    {
        var naive = day * Day - Offset;
        if (naive >= Year1992) return naive;
        return Zone.AtStartOfDay(ToLocalDate(day)).ToInstant().ToUnixTimeTicks() * 100;
    }

    private static long OffsetAt(long instant) =>
        instant >= Year1992 ? Offset : Zone.GetUtcOffset(NodaTime.Instant.FromUnixTimeTicks(FloorDivide(instant, 100))).Nanoseconds;

    internal static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);

    private static readonly LocalDate Epoch = new(1970, 1, 1);
    public static LocalDate ToLocalDate(int day) => Epoch.PlusDays(day);
    public static int ToDay(LocalDate date) => Period.DaysBetween(Epoch, date);
    public static int DayOf(int year, int month, int dayOfMonth) => ToDay(new LocalDate(year, month, dayOfMonth));

    /// <summary>yyyy-mm-dd.</summary>
    public static string WriteDate(int day)
    {
        var date = ToLocalDate(day);
        return string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}");
    }

    /// <summary>ISO 8601 with the offset of Asia/Shanghai, fractions of a second only where there are any.</summary>
    public static string Write(long instant)
    {
        // Whole minutes, since no offset is written finer: in 1900 the zone stood at +08:05:43.
        var offset = OffsetAt(instant) / Minute;
        var local = instant + offset * Minute;
        var day = (int)FloorDivide(local, Day);
        var time = local - day * Day;
        var whole = time / Second;
        var fraction = time % Second;
        var text = string.Create(CultureInfo.InvariantCulture, $"{WriteDate(day)}T{whole / 3600:D2}:{whole / 60 % 60:D2}:{whole % 60:D2}");
        if (fraction != 0) text += "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return text + string.Create(CultureInfo.InvariantCulture, $"+{offset / 60:D2}:{offset % 60:D2}");
    }

    /// <summary>A duration as people read it in Chinese: 2小时30分, 45分, 3天2小时.</summary>
    public static string WriteDuration(long nanoseconds)
    {
        var sign = nanoseconds < 0 ? "-" : "";
        var seconds = Math.Abs(nanoseconds) / Second;
        Span<(long Size, string Name)> units = [(86400, "天"), (3600, "小时"), (60, "分"), (1, "秒")];
        var text = "";
        foreach (var (size, name) in units)
        {
            if (seconds / size > 0) text += (seconds / size).ToString(CultureInfo.InvariantCulture) + name;
            seconds %= size;
        }
        return sign + (text.Length == 0 ? "0秒" : text);
    }
}

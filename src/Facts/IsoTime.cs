using System.Text;

namespace Yueheng.Facts;

/// <summary>
/// The two ways in which facts write time, read by hand and without any culture: a date <c>2025-03-03</c>, and an instant with seconds,
/// up to nine digits of a fraction and an obligatory offset, <c>2025-03-03T09:00:00.5+08:00</c> or <c>…Z</c>. Years 1900 to 2199.
/// </summary>
public static class IsoTime
{
    internal const int DateLength = 10;

    /// <summary>Why a text is no date or no instant.</summary>
    internal enum Fault : byte { None, Form, NoOffset, NoSuchDate, NoSuchTime, Year }

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    /// <exception cref="FormatException">Not an instant with its offset.</exception>
    public static long Parse(string text) =>
        TryReadInstant(Encoding.UTF8.GetBytes(text), out var instant) == Fault.None ? instant : throw new FormatException($"Not an instant with an offset: {text}");

    public static bool TryParse(string text, out long instant) => TryReadInstant(Encoding.UTF8.GetBytes(text), out instant) == Fault.None;

    internal static Fault TryReadInstant(ReadOnlySpan<byte> text, out long instant)
    {
        instant = 0;
        var fault = TryReadDay(text.Length > DateLength ? text[..DateLength] : text, out var day);
        if (fault != Fault.None) return fault;
        if (text.Length == DateLength) return Fault.NoOffset;
        if (text.Length < 19 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return Fault.Form;
        if (!TryTwoDigits(text, 11, out var hour) || !TryTwoDigits(text, 14, out var minute) || !TryTwoDigits(text, 17, out var second)) return Fault.Form;

        var at = 19;
        long fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            var digits = 0;
            for (at++; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digits++)
            {
                if (digits == 9) return Fault.Form;
                fraction = fraction * 10 + (text[at] - '0');
            }
            if (digits == 0) return Fault.Form;
            for (; digits < 9; digits++) fraction *= 10;
        }

        if (at == text.Length) return Fault.NoOffset;
        long offset;
        if (text[at] == 'Z' && at + 1 == text.Length) offset = 0;
        else
        {
            if (text.Length - at != 6 || text[at] is not ((byte)'+' or (byte)'-') || text[at + 3] != ':') return Fault.Form;
            if (!TryTwoDigits(text, at + 1, out var hours) || !TryTwoDigits(text, at + 4, out var minutes)) return Fault.Form;
            if (hours > 23 || minutes > 59) return Fault.NoSuchTime;
            offset = hours * 60 + minutes;
            if (text[at] == '-') offset = -offset;
        }

        // 24:00 and leap seconds are not instants of this calendar: the next day's 00:00 says the same without doubt.
        if (hour > 23 || minute > 59 || second > 59) return Fault.NoSuchTime;
        instant = day * ChinaTime.Day + (hour * 60 + minute - offset) * ChinaTime.Minute + second * ChinaTime.Second + fraction;
        return Fault.None;
    }

    /// <summary>Days since 1970-01-01.</summary>
    internal static Fault TryReadDay(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length != DateLength || text[4] != '-' || text[7] != '-') return Fault.Form;
        if (!TryTwoDigits(text, 0, out var century) || !TryTwoDigits(text, 2, out var year) || !TryTwoDigits(text, 5, out var month) || !TryTwoDigits(text, 8, out var dayOfMonth))
            return Fault.Form;
        year += century * 100;
        if (year is < 1900 or > 2199) return Fault.Year;
        if (month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DaysIn(year, month)) return Fault.NoSuchDate;
        day = DaysBeforeYear(year) + DaysBeforeMonth[month - 1] + (month > 2 && IsLeap(year) ? 1 : 0) + dayOfMonth - 1;
        return Fault.None;
    }

    private static ReadOnlySpan<short> DaysBeforeMonth => [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    internal static int DaysIn(int year, int month) => month == 2 ? (IsLeap(year) ? 29 : 28) : month is 4 or 6 or 9 or 11 ? 30 : 31;

    private static int DaysBeforeYear(int year)
    {
        var past = year - 1;
        return past * 365 + past / 4 - past / 100 + past / 400 - 719_162;
    }

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, int at, out int number)
    {
        uint tens = (uint)(text[at] - '0'), ones = (uint)(text[at + 1] - '0');
        number = (int)(tens * 10 + ones);
        return tens <= 9 && ones <= 9;
    }
}

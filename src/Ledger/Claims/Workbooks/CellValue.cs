using System.Globalization;
using System.Text.Json;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>What people put into a cell, as the value of a field.</summary>
internal static class CellValue
{
    private static readonly string[] Yes = ["是", "true", "yes", "1", "√", "✓", "有"];
    private static readonly string[] No = ["否", "false", "no", "0", "×", "✗", "无"];

    public static (JsonElement Value, string? Fault) Of(SheetColumn column, CellContent cell, bool is1904)
    {
        var text = cell.Text!.Trim();
        if (cell.IsError) return Fault($"公式出错（{text}）。");
        switch (column.Type)
        {
            case FieldType.YesNo:
                if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase)) return Value(true);
                return No.Contains(text, StringComparer.OrdinalIgnoreCase) ? Value(false) : Fault($"“{text}”应为 是 或 否。");
            case FieldType.Number or FieldType.Whole or FieldType.Amount:
                return decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || decimal.TryParse(Habits.AsNumber(text)?.TrimEnd('%'), NumberStyles.Number, CultureInfo.InvariantCulture, out number)
                    ? column.Type == FieldType.Whole && number != decimal.Truncate(number) ? Fault($"“{text}”应为整数。") : Value(text.EndsWith('%') ? number / 100 : number)
                    : Fault($"“{text}”应为数。");
            case FieldType.Date:
                return Day(text, cell.IsNumber, is1904) is { } day ? Value(day) : Fault($"“{text}”应为日期，如 2025-03-01。");
            case FieldType.Instant:
                return Instant(text, cell.IsNumber, is1904) is { } instant ? Value(instant) : Fault($"“{text}”应为日期和时间，如 2025-03-01 09:30。");
            case FieldType.From or FieldType.Until:
                return (Day(text, cell.IsNumber, is1904) ?? Instant(text, cell.IsNumber, is1904)) is { } bound ? Value(bound) : Fault($"“{text}”应为日期，或日期和时间。");
            default:
                var plain = cell.IsNumber && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var typed) ? typed.ToString("0.############################", CultureInfo.InvariantCulture) : text;
                return Value(column.Words.FirstOrDefault(word => word.Label == plain || plain == $"{word.Label}（{word.Word}）") is { Word: { } meant } ? meant : plain);
        }
    }

    private static (JsonElement, string?) Fault(string message) => (default, message);

    private static (JsonElement, string?) Value<T>(T value) => (JsonSerializer.SerializeToElement(value), null);

    private static string? Day(string text, bool isNumber, bool is1904)
    {
        if (isNumber) return Serial(text, is1904) is { Time: 0 } serial ? ChinaTime.WriteDate(serial.Day) : null;
        return Habits.AsDate(text) ?? (text.Length == 10 && IsoTime.TryParse(text + "T00:00:00Z", out _) ? text : null);
    }

    private static string? Instant(string text, bool isNumber, bool is1904)
    {
        if (isNumber) return Serial(text, is1904) is { } serial ? ChinaTime.Write(ChinaTime.StartOf(serial.Day) + serial.Time * ChinaTime.Second) : null;
        return IsoTime.TryParse(text, out _) ? text : Habits.AsInstant(text);
    }

    // Days since 1899-12-30, or 1904-01-01 in workbooks of old Macintoshes, and the part of the day; to the second, since no cell shows more.
    private static (int Day, long Time)? Serial(string text, bool is1904)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) || serial is < 61 or > 200_000) return null;
        var start = is1904 ? ChinaTime.DayOf(1904, 1, 1) : ChinaTime.DayOf(1899, 12, 30);
        var seconds = (long)decimal.Round(serial * 86_400, MidpointRounding.AwayFromZero);
        return (start + (int)(seconds / 86_400), seconds % 86_400);
    }
}

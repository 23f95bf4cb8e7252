using System.Globalization;
using NodaTime.Text;
using Yueheng.Contracts.Yaml;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Packs;

/// <summary>
/// Reads a calendar folder: one file a year, <c>2025.yaml</c>, with the notice it comes from, the days off
/// (dates or <c>from..to</c>) and the make-up workdays.
/// </summary>
internal static class CalendarReader
{
    /// <returns>The calendar, or what is wrong with its files; neither where there is no such folder.</returns>
    public static (WorkCalendar? Calendar, IReadOnlyList<Refusal> Refusals) Read(string folder, string name)
    {
        var refusals = new List<Refusal>();
        if (!Directory.Exists(folder)) return (null, []);
        var years = new Dictionary<int, YearOfWork>();
        foreach (var file in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var shown = Path.Combine("calendars", name, Path.GetFileName(file));
            if (!int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            {
                refusals.Add(new Refusal(new Position(shown, 0, 0), null, "文件名应是年份，如 2025.yaml"));
                continue;
            }
            if (YamlFile.Read(file, shown, refusals) is not { } node) continue;
            if (node is not YamlMapping mapping) refusals.Add(new Refusal(node.Position, null, "此处应是一个映射；键为：notice、off、make-up"));
            else if (ReadYear(mapping, year, refusals) is { } work) years[year] = work;
        }
        return refusals.Count > 0 ? (null, refusals) : (new WorkCalendar(name, years), []);
    }

    private static YearOfWork? ReadYear(YamlMapping mapping, int year, List<Refusal> refusals)
    {
        string? notice = null;
        var off = new HashSet<int>();
        var makeUp = new HashSet<int>();
        foreach (var (key, position, value) in mapping.Entries)
            switch (key, value)
            {
                case ("notice", YamlScalar scalar): notice = scalar.Text; break;
                case ("off", YamlSequence list): ReadDays(list, year, off, refusals); break;
                case ("make-up", YamlSequence list): ReadDays(list, year, makeUp, refusals); break;
                default: refusals.Add(new Refusal(position, null, $"日历中不认识“{key}”；应有 notice、off、make-up")); break;
            }
        if (notice is null) refusals.Add(new Refusal(mapping.Position, null, "缺少 notice：每年的日历须注明所依通知"));
        return notice is null ? null : new YearOfWork(notice, off, makeUp);
    }

    private static void ReadDays(YamlSequence list, int year, HashSet<int> days, List<Refusal> refusals)
    {
        foreach (var item in list.Items)
        {
            var text = (item as YamlScalar)?.Text ?? "";
            var parts = text.Split("..");
            if (parts.Length <= 2 && ReadDay(parts[0], year) is { } first && ReadDay(parts[^1], year) is { } last && first <= last)
                for (var day = first; day <= last; day++) days.Add(day);
            else refusals.Add(new Refusal(item.Position, null, $"“{text}”不是 {year} 年的日期，或 起..止"));
        }
    }

    private static int? ReadDay(string text, int year) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year == year ? ChinaTime.ToDay(date.Value) : null;
}

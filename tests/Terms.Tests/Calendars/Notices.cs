using NodaTime.Text;
using Yueheng.Facts;
using Yueheng.Terms.Calendars;

namespace Yueheng.Terms.Tests.Calendars;

/// <summary>The notices in calendars/, read line by line in the plainest way: the product's own reader has tests of its own.</summary>
internal static class Notices
{
    public static WorkCalendar Read() => new("cn-government",
        Directory.GetFiles(Path.Combine(Repository.Calendars, "cn-government"), "*.yaml").ToDictionary(file => int.Parse(Path.GetFileNameWithoutExtension(file)), Year));

    private static YearOfWork Year(string file)
    {
        HashSet<int> off = [], makeUp = [];
        foreach (var line in File.ReadAllLines(file))
        {
            if (line.StartsWith("  - ", StringComparison.Ordinal))
            {
                var ends = line[4..].Split("..").Select(Day).ToList();
                off.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
            }
            else if (line.StartsWith("make-up: [", StringComparison.Ordinal)) makeUp.UnionWith(line["make-up: [".Length..^1].Split(", ").Select(Day));
        }
        return new YearOfWork("通知", off, makeUp);
    }

    private static int Day(string text) => ChinaTime.ToDay(LocalDatePattern.Iso.Parse(text).Value);
}

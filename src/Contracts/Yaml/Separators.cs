using System.Text.RegularExpressions;

namespace Yueheng.Contracts.Yaml;

/// <summary>Commas that were meant otherwise: those between thousands, which YAML takes for the end of an item, and those of a Chinese keyboard, which it does not.</summary>
internal static partial class Separators
{
    /// <summary>12 and 000.00 stand side by side where only one of them can have a meaning.</summary>
    public static bool IsBegun(string number, string group) => Begun().IsMatch(number) && Group().IsMatch(group);

    /// <summary>The same in a list, where 12 and 000 could be two items: 000.00 could not.</summary>
    public static bool IsCertain(string number, string group) => Begun().IsMatch(number) && number[0] != '0' && group.StartsWith('0') && group.Contains('.', StringComparison.Ordinal) && Group().IsMatch(group);

    /// <summary>Names and numbers in one item with wide commas between them.</summary>
    public static bool IsWide(string text) => Wide().IsMatch(text);

    /// <summary>Where a key of ASCII letters goes on behind the colon of a Chinese keyboard; -1: nowhere.</summary>
    public static int WideColonIn(string key) => KeyWithWideColon().Match(key) is { Success: true } match ? match.Length - 1 : -1;

    /// <summary>Where a colon lacks the space behind it; -1: nowhere.</summary>
    public static int TightColonIn(string text) => TightColon().Match(text) is { Success: true } match ? match.Groups["key"].Length : -1;

    [GeneratedRegex(@"^(?<key>[A-Za-z][A-Za-z0-9_.-]*):\S")]
    private static partial Regex TightColon();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]*：")]
    private static partial Regex KeyWithWideColon();

    [GeneratedRegex(@"^-?\d{1,3}(,\d{3})*$")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^\d{3}(\.\d+)?$")]
    private static partial Regex Group();

    [GeneratedRegex(@"^[A-Za-z0-9_.:%/-]+(\s*[，、；]\s*[A-Za-z0-9_.:%/-]+)+$")]
    private static partial Regex Wide();
}

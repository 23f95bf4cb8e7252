using System.Text.Json;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Appending;

/// <summary>Every text of a fact, looked through for what identifies a person before it is recorded: nothing can be taken out again.</summary>
internal static class Texts
{
    // A local number without its area code: nothing shorter identifies anybody.
    private const int FewestDigits = 7;

    // Such a number is known by the word before it. Every other one has an area code at least.
    private const int FewestUnnamed = 10;
    private const string Name = "tel";

    /// <summary>One sentence in Chinese for each number found, with the key it stands under.</summary>
    /// <param name="line">The bytes that the fact was parsed from.</param>
    public static IReadOnlyList<string> Problems(JsonElement fact, ReadOnlySpan<byte> line)
    {
        if (IsPlain(line)) return [];
        var problems = new List<string>();
        foreach (var member in fact.EnumerateObject())
            if (member.Name is "id" or "subject" or "data" or "evidence") Look(member.Name, member.Value, problems);
        return problems;
    }

    public static IReadOnlyList<string> Problems(string text) => MayHoldNumber(text) ? Screening.Problems(text) : [];

    private static void Look(string key, JsonElement value, List<string> problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when key != "sha256":
                Look(key, value.GetString()!, problems);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Look(key, item, problems);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Look(key, member.Name, problems);
                    Look(member.Name, member.Value, problems);
                }
                break;
        }
    }

    private static void Look(string key, string text, List<string> problems)
    {
        foreach (var problem in Problems(text)) problems.Add($"{key} {problem}");
    }

    /// <summary>
    /// Whether so many digits stand together, with nothing between them but what may stand inside a number: blanks, dashes, brackets, and signs
    /// that are no letters of any script, some of which <see cref="Screening"/> reads as blanks or dashes or leaves out.
    /// </summary>
    private static bool MayHoldNumber(string text)
    {
        var (longest, digits, isAscii) = (0, 0, true);
        foreach (var character in text)
        {
            if (char.IsDigit(character)) longest = Math.Max(longest, ++digits);
            else if (!char.IsAscii(character) ? char.IsLetter(character) : !MayStandInside((byte)character)) digits = 0;
            isAscii &= char.IsAscii(character);
        }
        return longest >= (isAscii && !text.Contains(Name, StringComparison.OrdinalIgnoreCase) ? FewestUnnamed : FewestDigits);
    }

    // The same for a whole line at once, where all of it is ASCII and nothing escaped: most of what machines send.
    private static bool IsPlain(ReadOnlySpan<byte> line)
    {
        var digits = 0;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (char.IsAsciiDigit((char)character))
            {
                if (++digits == FewestUnnamed) return false;
            }
            else if (!MayStandInside(character))
            {
                if (character is (byte)'\\' or >= 0x80) return false;
                if ((character | 0x20) == 't' && at + 2 < line.Length && (line[at + 1] | 0x20) == 'e' && (line[at + 2] | 0x20) == 'l') return false;
                digits = 0;
            }
        }
        return true;
    }

    private static bool MayStandInside(byte ascii) => ascii is <= (byte)' ' or (byte)'-' or (byte)'(' or (byte)')' or 0x7F;
}

using System.Globalization;
using System.Text;

namespace Yueheng.Facts;

/// <summary>
/// A line at fault as a person may look at it: cut to what is around the place, one line, nothing that a terminal would obey.
/// Control characters, tabs and bytes that are no text are written out as <c>\u001b</c>, <c>\t</c> and <c>\xd4</c>.
/// </summary>
/// <param name="Text">At most some 140 columns of the line.</param>
/// <param name="Caret">How many columns stand before the place; Chinese characters take two.</param>
public sealed record LineExcerpt(string Text, int Caret)
{
    private const int Widest = 140;
    private const int Before = 50;

    /// <param name="line">The line without its end; only what is shown of it is looked at.</param>
    /// <param name="place">The byte at fault, from 0; behind the line is its end.</param>
    public static LineExcerpt Of(ReadOnlySpan<byte> line, int place)
    {
        place = Math.Clamp(place, 0, line.Length);
        var from = line.Length <= Widest ? 0 : Math.Max(0, place - Before);
        // Not into the middle of a character.
        for (var back = 0; back < 3 && from > 0 && (line[from] & 0xC0) == 0x80; back++) from--;
        var shown = new StringBuilder(from > 0 ? "… " : "");
        var (width, caret) = (from > 0 ? 2 : 0, -1);
        var at = from;
        while (at < line.Length && width < Widest)
        {
            if (caret < 0 && at >= place) caret = width;
            var isRune = Rune.DecodeFromUtf8(line[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done;
            var text = isRune ? Shown(rune) : string.Concat(line.Slice(at, length).ToArray().Select(one => $"\\x{one:x2}"));
            shown.Append(text);
            width += isRune && text.Length <= rune.Utf16SequenceLength ? WidthOf(rune) : text.Length;
            at += length;
        }
        if (at < line.Length) shown.Append(" …");
        return new(shown.ToString(), caret < 0 ? width : caret);
    }

    /// <summary>The same for a line of text and a place counted in its characters.</summary>
    public static LineExcerpt Of(string line, int place) =>
        Of(Encoding.UTF8.GetBytes(line), Encoding.UTF8.GetByteCount(line.AsSpan(0, Math.Clamp(place, 0, line.Length))));

    /// <summary>The two lines that stand under a message: the line with its number, and a caret under the place.</summary>
    public string Under(int line)
    {
        var number = line.ToString(CultureInfo.InvariantCulture);
        return $"\n  {number} | {Text}\n  {new string(' ', number.Length)} | {new string(' ', Caret)}^";
    }

    /// <summary>A character as it stands on one line.</summary>
    internal static string Shown(Rune rune) =>
        rune.Value == '\t' ? "\\t"
        : Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
        : rune.ToString();

    private static int WidthOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : rune.Value is >= 0x1100 and <= 0x115f or >= 0x2e80 and <= 0xa4cf or >= 0xac00 and <= 0xd7a3 or >= 0xf900 and <= 0xfaff or >= 0xfe30 and <= 0xfe6f or >= 0xff00 and <= 0xff60 or >= 0xffe0 and <= 0xffe6 or >= 0x1f300 and <= 0x1faff or >= 0x20000 and <= 0x3fffd ? 2
        : 1;
}

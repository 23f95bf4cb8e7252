using System.Globalization;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Cli.Commands;

/// <summary>A refusal with the line at fault and a caret under the place, so that nobody has to open the file to see what is meant.</summary>
internal static class Excerpt
{
    private const int WidestLine = 140;
    private const int Before = 50;

    public static string Of(Refusal refusal) => refusal.ToString() + Of(refusal.Position);

    private static string Of(Position position)
    {
        if (position.Line < 1 || LineOf(position) is not { } line) return "";
        var at = Math.Clamp(position.Column - 1, 0, line.Length);
        // A long line shows only what is around the place.
        var from = line.Length <= WidestLine ? 0 : Math.Max(0, at - Before);
        var shown = line[from..Math.Min(line.Length, from + WidestLine)];
        var (left, right) = (from > 0 ? "… " : "", from + WidestLine < line.Length ? " …" : "");
        var number = position.Line.ToString(CultureInfo.InvariantCulture);
        var margin = new string(' ', number.Length);
        return $"\n  {number} | {left}{shown}{right}\n  {margin} | {Blank(left)}{Blank(line[from..at])}^";
    }

    // What takes as much room as the text above: Chinese characters are twice as wide.
    private static string Blank(string text) => string.Concat(text.Select(c => c == '\t' ? "\t" : c == '…' ? " " : c >= '\u1100' ? "  " : " "));

    private static string? LineOf(Position position)
    {
        try
        {
            return File.Exists(position.File) ? File.ReadLines(position.File).Skip(position.Line - 1).FirstOrDefault() : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

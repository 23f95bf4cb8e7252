using System.Text;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>Amounts in words (中文大写), as bills and contracts write them.</summary>
internal static class ChineseMoney
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖", SimpleDigits = "〇一二三四五六七八九";

    /// <summary>The amount in yuan, or null when the words cannot be read. 壹 left out before 拾, and a missing 整, are still read.</summary>
    public static decimal? Read(string words)
    {
        var text = words.Trim();
        foreach (var prefix in (string[])["人民币", "（大写）", "(大写)", "大写", "：", ":"])
            if (text.StartsWith(prefix, StringComparison.Ordinal)) text = text[prefix.Length..].TrimStart();
        text = text.Replace('圆', '元').Replace('萬', '万').Replace('億', '亿').Replace('正', '整').TrimEnd('整');
        var yuan = text.IndexOf('元');
        var whole = yuan < 0 ? (text.Contains('角') || text.Contains('分') ? "" : text) : text[..yuan];
        if (yuan >= 0 && whole.Length == 0) return null;
        return ReadWhole(whole) is { } high && ReadCents(yuan < 0 ? text[whole.Length..] : text[(yuan + 1)..]) is { } low ? high + low : null;
    }

    private static decimal? ReadWhole(string text)
    {
        decimal total = 0, section = 0;
        int? digit = null;
        var unitBefore = 10_000m;
        foreach (var c in text)
        {
            if (DigitOf(c) is { } d)
            {
                if (digit is > 0) return null;
                digit = d;
            }
            else if (UnitOf(c) is { } unit)
            {
                // 拾 without 壹 stands for ten where a section begins.
                if (digit is null or 0 && !(unit == 10 && section == 0)) return null;
                if (unit >= unitBefore) return null;
                section += (digit is null or 0 ? 1 : digit.Value) * unit;
                (digit, unitBefore) = (null, unit);
            }
            else if (c is '万' or '亿')
            {
                section += digit ?? 0;
                if (section == 0 && total == 0) return null;
                total = c == '万' ? total + section * 10_000m : (total + section) * 100_000_000m;
                (section, digit, unitBefore) = (0, null, 10_000m);
            }
            else return null;
        }
        return total + section + (digit ?? 0);
    }

    private static decimal? ReadCents(string text)
    {
        var amount = 0m;
        int? digit = null;
        var unitBefore = 1m;
        foreach (var c in text)
        {
            if (DigitOf(c) is { } d) digit = d;
            else if (c is '角' or '分' && digit is { } count && (c == '角' ? 0.1m : 0.01m) is var unit && unit < unitBefore)
            {
                amount += count * unit;
                (digit, unitBefore) = (null, unit);
            }
            else return null;
        }
        return digit is null ? amount : null;
    }

    private static int? DigitOf(char c) => c == '两' ? 2 : Digits.IndexOf(c) is >= 0 and var d ? d : SimpleDigits.IndexOf(c) is >= 0 and var s ? s : null;

    private static decimal? UnitOf(char c) => c switch { '拾' or '十' => 10, '佰' or '百' => 100, '仟' or '千' => 1000, _ => null };

    /// <summary>The amount as it should be written; yuan, at most two decimals, below 10^16.</summary>
    public static string Write(decimal amount)
    {
        var yuan = decimal.Truncate(amount);
        var cents = (int)((amount - yuan) * 100);
        var text = new StringBuilder();
        if (yuan > 0 || cents == 0) text.Append(WriteWhole((long)yuan)).Append('元');
        if (cents == 0) return text.Append('整').ToString();
        if (cents / 10 > 0) text.Append(Digits[cents / 10]).Append('角');
        else if (yuan > 0) text.Append('零');
        if (cents % 10 > 0) text.Append(Digits[cents % 10]).Append('分');
        return text.ToString();
    }

    private static string WriteWhole(long yuan)
    {
        if (yuan == 0) return "零";
        var text = new StringBuilder();
        var gap = false;
        foreach (var (size, name) in new (long, string)[] { (100_000_000, "亿"), (10_000, "万"), (1, "") })
        {
            var section = yuan / size;
            yuan %= size;
            if (section == 0)
            {
                gap |= text.Length > 0;
                continue;
            }
            if (text.Length > 0 && (gap || section < 1000)) text.Append('零');
            text.Append(section >= 10_000 ? WriteWhole(section) : WriteSection((int)section)).Append(name);
            gap = false;
        }
        return text.ToString();
    }

    private static string WriteSection(int section)
    {
        var text = new StringBuilder();
        var gap = false;
        foreach (var (size, name) in new[] { (1000, "仟"), (100, "佰"), (10, "拾"), (1, "") })
        {
            var digit = section / size;
            section %= size;
            if (digit == 0)
            {
                gap |= text.Length > 0;
                continue;
            }
            if (gap) text.Append('零');
            text.Append(Digits[digit]).Append(name);
            gap = false;
        }
        return text.ToString();
    }

    /// <summary>Whether the words are a proper way to write the amount. Where usage allows a 零 to be there or not, both are proper.</summary>
    public static bool IsProper(string words, decimal amount)
    {
        var given = words.Trim().Replace('圆', '元').Replace('正', '整');
        if (given.StartsWith("人民币", StringComparison.Ordinal)) given = given[3..];
        var proper = Write(amount);
        return Loosen(given) == Loosen(proper) || Loosen(given) == Loosen(proper + (proper.EndsWith('角') ? "整" : ""));
    }

    // 零 after 万 before a number of thousands, and after 元 before 角: both ways are taken.
    private static string Loosen(string text)
    {
        var kept = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            if (!(text[i] == '零' && i > 0 && i + 2 < text.Length && ((text[i - 1] is '万' or '亿' && text[i + 2] == '仟') || (text[i - 1] == '元' && text[i + 2] == '角')))) kept.Append(text[i]);
        return kept.ToString();
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Yueheng.Facts;

/// <summary>
/// How people who write contracts in Chinese write numbers, dates and lengths of time, and what contracts and facts want instead:
/// 12万元 → 120000, 百分之八十 → 80%, 2025年3月1日 → 2025-03-01, 30个工作日 → 30 workdays. Only for messages: what is meant is proposed, never taken.
/// </summary>
public static partial class Habits
{
    /// <summary>What the text should have been, whatever it stands for; null when it is no habit known here.</summary>
    public static string? Mended(string text) => AsDate(text) ?? AsInstant(text) ?? AsSpan(text) ?? AsNumber(text);

    /// <summary>“；写作 …” for the end of a message; empty when nothing can be proposed.</summary>
    public static string Remedy(string text) => Mended(text) is { } mended ? $"；写作 {mended}" : "";

    /// <summary>A number or a share: full-width digits, thousands separators, 元, 万, 亿, 百分之, 成, Chinese numerals.</summary>
    public static string? AsNumber(string text)
    {
        if (text.Length is 0 or > 60) return null;
        var plain = Narrow(text).Trim();
        foreach (var prefix in (string[])["人民币", "RMB", "CNY", "¥", "￥"])
            if (plain.StartsWith(prefix, StringComparison.Ordinal)) plain = plain[prefix.Length..].Trim();
        foreach (var (prefix, unit) in (ReadOnlySpan<(string, string)>)[("百分之", "%"), ("千分之", "‰")])
            if (plain.StartsWith(prefix, StringComparison.Ordinal)) return Number(plain[prefix.Length..]) is { } share ? Plain(share) + unit : null;
        if (plain is [.. var tenths, '成'] && Number(tenths) is > 0m and <= 10m and var tenth) return Plain(tenth * 10) + "%";
        var sign = plain is [.., '%' or '‰'] ? plain[^1..] : "";
        var digits = plain[..(plain.Length - sign.Length)];
        foreach (var suffix in (string[])["元整", "圆整", "元", "圆", "分"])
            if (digits.EndsWith(suffix, StringComparison.Ordinal))
            {
                digits = digits[..^suffix.Length];
                break;
            }
        if (Number(digits) is not { } number) return null;
        var mended = (IsWritten(digits) ? digits.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) : Plain(number)) + sign;
        return mended == text ? null : mended;
    }

    /// <summary>A date: 2025年3月1日, 2025/3/1, 2025.3.1, 2025-3-1, 20250301, 二〇二五年三月一日. Null when there is no such day.</summary>
    public static string? AsDate(string text) => text.Length <= 30 && DateForm().Match(Narrow(text).Trim()) is { Success: true } match && DayOf(match) is { } day && day != text ? day : null;

    /// <summary>An instant, taken for Beijing time where no offset is written: 2025年3月1日 9:30, 2025-03-01 09:30:00.</summary>
    public static string? AsInstant(string text)
    {
        if (text.Length > 40 || InstantForm().Match(Narrow(text).Trim()) is not { Success: true } match || DayOf(match) is not { } day) return null;
        int Part(string name) => match.Groups[name].Value is { Length: > 0 } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        if (Part("hour") > 23 || Part("minute") > 59 || Part("second") > 59) return null;
        var offset = match.Groups["offset"].Value is { Length: > 0 } written ? written.ToUpperInvariant() : "+08:00";
        var mended = string.Create(CultureInfo.InvariantCulture, $"{day}T{Part("hour"):00}:{Part("minute"):00}:{Part("second"):00}{offset}");
        return mended == text ? null : mended;
    }

    /// <summary>A length of time: 30个工作日, 2小时, 三个月.</summary>
    public static string? AsSpan(string text)
    {
        if (text.Length > 20 || SpanForm().Match(Narrow(text).Trim()) is not { Success: true } match || Number(match.Groups["count"].Value) is not { } count || count != decimal.Truncate(count)) return null;
        var unit = match.Groups["unit"].Value switch
        {
            "工作日" => "workday",
            "小时" or "时" => "hour",
            "分钟" => "minute",
            "秒" or "秒钟" => "second",
            "周" or "星期" => "week",
            "月" => "month",
            "年" => "year",
            _ => "day",
        };
        return $"{Plain(count)} {unit}{(count == 1 ? "" : "s")}";
    }

    /// <summary>Full-width forms as the ASCII characters that they look like.</summary>
    public static string Narrow(string text) =>
        string.Concat(text.Select(c => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c is '\u3000' ? ' ' : c));

    private static string? DayOf(Match match)
    {
        var (year, month, day) = (Year(match.Groups["year"].Value), Number(match.Groups["month"].Value), Number(match.Groups["day"].Value));
        if (year is null || month is not (>= 1 and <= 12) || day is not (>= 1 and <= 31)) return null;
        var written = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
        return IsoTime.TryReadDay(Encoding.ASCII.GetBytes(written), out _) == IsoTime.Fault.None ? written : null;
    }

    // 二〇二五: digits one by one.
    private static int? Year(string text)
    {
        var year = 0;
        foreach (var c in text)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : Numeral(c);
            if (digit is < 0 or > 9) return null;
            year = year * 10 + digit;
        }
        return year;
    }

    private static bool IsWritten(string digits) => digits.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or ' ');

    private static string Plain(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    // More than any contract is worth.
    private const decimal Beyond = 1_000_000_000_000_000m;

    // Digits with or without separators, then 万 or 亿; or Chinese numerals.
    private static decimal? Number(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return null;
        var scale = 1m;
        var digits = text;
        while (digits.Length > 1 && digits[^1] is '万' or '萬' or '亿' or '千' or '百')
        {
            scale *= digits[^1] switch { '万' or '萬' => 10_000m, '亿' => 100_000_000m, '千' => 1000m, _ => 100m };
            digits = digits[..^1].Trim();
            if (scale > Beyond) return null;
        }
        if (WrittenNumber().IsMatch(digits) && digits.Length <= 18)
            return decimal.Parse(digits.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * scale;
        return Numerals(text);
    }

    private static decimal? Numerals(string text)
    {
        decimal total = 0, section = 0;
        var (digit, fraction, unit) = (-1, false, 0.1m);
        foreach (var c in text)
        {
            if (c == '点' && !fraction)
            {
                fraction = true;
                section += Math.Max(digit, 0);
                digit = -1;
                continue;
            }
            var value = Numeral(c);
            if (value < 0) return null;
            if (fraction)
            {
                if (value > 9) return null;
                section += value * unit;
                unit /= 10;
            }
            else if (value <= 9) digit = value;
            else if (value < 10_000)
            {
                section += (digit < 0 ? 1 : digit) * value;
                digit = -1;
            }
            else
            {
                total = (total + section + Math.Max(digit, 0)) * value;
                if (total > Beyond) return null;
                section = 0;
                digit = -1;
            }
        }
        return total + section + (fraction ? 0 : Math.Max(digit, 0));
    }

    private static int Numeral(char c) => c switch
    {
        '零' or '〇' => 0,
        '一' or '壹' => 1,
        '二' or '贰' or '两' => 2,
        '三' or '叁' => 3,
        '四' or '肆' => 4,
        '五' or '伍' => 5,
        '六' or '陆' => 6,
        '七' or '柒' => 7,
        '八' or '捌' => 8,
        '九' or '玖' => 9,
        '十' or '拾' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => -1,
    };

    // Each names its time-out (texts are short: none): left unsaid, the compiled expression would ask the process for one.
    private const string Day = @"(?:(?<year>[\d〇零一二三四五六七八九]{4})\s*[年/.\-]\s*(?<month>[\d一二三四五六七八九十]{1,2})\s*[月/.\-]\s*(?<day>[\d一二三四五六七八九十]{1,3})\s*[日号]?|(?<year>\d{4})(?<month>\d\d)(?<day>\d\d))";

    [GeneratedRegex($"^{Day}$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex DateForm();

    [GeneratedRegex($@"^{Day}(?:\s*[Tt]\s*|\s*)(?<hour>\d{{1,2}})\s*[:时点]\s*(?:(?<minute>\d{{1,2}})\s*分?\s*)?(?::?\s*(?<second>\d{{1,2}})\s*秒?)?\s*(?<offset>[Zz]|[+-]\d\d:\d\d)?$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex InstantForm();

    [GeneratedRegex(@"^(?<count>[\d零一二两三四五六七八九十百]+)\s*个?\s*(?<unit>工作日|自然日|日历日|日历天|天|日|小时|时|分钟|秒钟|秒|星期|周|月|年)(?:之内|以内|内)?$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex SpanForm();

    [GeneratedRegex(@"^-?(?:\d{1,3}(?:, ?\d{3})+|\d+)(?:\.\d+)?$", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex WrittenNumber();
}

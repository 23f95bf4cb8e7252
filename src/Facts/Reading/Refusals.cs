using System.Globalization;
using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>A fault in words, once the id of the fact is known (null: the line holds none).</summary>
internal delegate string Sentence(string? fact);

/// <summary>Every way in which a line of facts is refused, as a sentence for the person who must mend the file.</summary>
internal static class Refusals
{
    public static Sentence NotUtf8(long place) => _ => $"第 {Whole(place)} 个字节起不是有效的 UTF-8 编码；请把文件另存为 UTF-8（常见的是 GBK）。";
    public static Sentence ForeignEncoding() => _ => "文件开头是 UTF-16 的字节序标记；只接受 UTF-8 编码的文件，请另存为 UTF-8。";
    public static Sentence LineTooLong() => _ => "这一行超过 1 MiB，不予读取；一行只写一个事实，长文作为证据另附。";
    public static Sentence NotJson(long place, string cause) => fact => $"{(fact is null ? "" : Name(fact))}不是合法的 JSON，第 {Whole(place)} 个字节处有误{cause}。";
    public static Sentence NotAnObject() => _ => "一行应是一个 JSON 对象，写在花括号里：{\"id\":\"f1\",…}。";
    public static Sentence TooDeep() => fact => $"{Name(fact)}的嵌套超过 {Whole(LineParser.DeepestNesting)} 层。";
    public static Sentence BrokenEscape(string? field) => fact => $"{Name(fact, field)}中有不成字符的转义（孤立的代理码元），请改写为文字本身。";
    public static Sentence KeyTwice(string key) => fact => $"{Name(fact)}把键“{Shown(key)}”写了两次，只留一个。";
    public static Sentence UnknownKey(string key) => fact =>
        $"{Name(fact)}有不认识的键“{Shown(key)}”；事实只有 id、contract、kind、at、subject、data，导出时另有 recordedAt、by、evidence、seq、hash。";
    public static Sentence KeyAbsent(string key) => fact => $"{Name(fact)}缺少 {key}{Example(key)}。";
    public static Sentence NotText(string key, string given) => fact => $"{Name(fact, key)}应是文字，写的是{given}；文字写在双引号之内。";
    public static Sentence EmptyText(string key) => fact => $"{Name(fact, key)}是空的，须有内容。";
    public static Sentence DataNotAnObject(string given) => fact => $"{Name(fact, "data")}应是一个 JSON 对象，写的是{given}。";
    public static Sentence OtherContract(string given, string contract) => fact => $"{Name(fact)}属于合同“{Shown(given)}”，不属于“{contract}”；须移到那个合同的事实文件里，若确属本合同，contract 写作 {contract}。";
    public static Sentence BadInstant(string field, string given, IsoTime.Fault why) => fact => $"{Name(fact, field)}“{Shown(given)}”{Why(why, given)}{InstantFor(given)}。";
    public static Sentence BadTime(string field, FieldType type, string given, IsoTime.Fault why) => fact =>
        why == IsoTime.Fault.Form || (why == IsoTime.Fault.NoOffset && type == FieldType.Instant && given.Length == IsoTime.DateLength)
            ? $"{Name(fact, field)}“{Shown(given)}”写法不对，应是{Wanted(type)}{TimeFor(type, given)}。"
            : $"{Name(fact, field)}“{Shown(given)}”{Why(why, given)}{TimeFor(type, given)}。";
    public static Sentence WrongType(string field, FieldType type, string given, string? text) => fact => $"{Name(fact, field)}应是{Wanted(type)}，写的是{given}{Instead(type, text)}。";
    public static Sentence NotExact(string field, string given) => fact => $"{Name(fact, field)}的数 {Shown(given)} 不能用十进制数（至多 28 位小数、约 28 位有效数字）精确表示；至多写到分或所需的位数。";
    public static Sentence NotWhole(string field, string given) => fact => $"{Name(fact, field)}应是不小于零的整数，写的是 {Shown(given)}。";
    public static Sentence BeyondExponent(string? field) => fact => $"{Name(fact, field)}中有指数过大的数。";
    public static Sentence AmountAbsent(string field) => fact => $"{Name(fact)}缺少金额 {field}，金额不可省略：在 data 中写 \"{field}\": 0.00 之类。";
    public static Sentence EndsBeforeItBegins(string from, string to) => fact => $"{Name(fact)}的 {from} 晚于 {to}，起不得在止之后；是否写反了。";
    public static Sentence NotEvidence() => fact => $"{Name(fact, "evidence")}应是证据的数组，每一项为对象或文字。";
    public static Sentence NotSequence(string given) => fact => $"{Name(fact, "seq")}应是不小于零的整数，写的是{given}。";
    public static string OtherContent(string fact, int line, string earlierFile, int earlierLine) =>
        $"第 {Whole(line)} 行与{earlierFile}第 {Whole(earlierLine)} 行的编号都是 {Shown(fact)}，内容却不同；另一件事用另一个编号，更正用 fact.retracted 撤回再记。";
    public static string TooMany(int most) => $"错误已满 {Whole(most)} 处，其后的不再检查。";

    private static string Wanted(FieldType type) => type switch
    {
        FieldType.Text => "文字",
        FieldType.YesNo => " true 或 false",
        FieldType.Number => "数",
        FieldType.Whole => "整数",
        FieldType.Amount => "金额（数）",
        FieldType.Date => "日期（如 2025-03-03）",
        FieldType.Instant => "带时区的时刻（如 2025-03-03T09:00:00+08:00）",
        _ => "日期或带时区的时刻（如 2025-03-03 或 2025-03-03T09:00:00+08:00）",
    };

    private static string Why(IsoTime.Fault fault, string given) => fault switch
    {
        IsoTime.Fault.NoOffset => "没有时区，时刻须以 Z 或 +08:00 之类结尾",
        IsoTime.Fault.NoSuchDate => $"不是日历上有的日子：{Month(given)}",
        IsoTime.Fault.NoSuchTime => "不是一天里有的时刻（00:00:00 至 23:59:59；二十四时写作次日零时）",
        IsoTime.Fault.Year => "的年份不在 1900 至 2199 之间",
        _ => "写法不对，应如 2025-03-03T09:00:00+08:00",
    };

    // Only called where the form is right and the month or the day is not.
    private static string Month(string given)
    {
        var (year, month) = (int.Parse(given[..4], CultureInfo.InvariantCulture), int.Parse(given[5..7], CultureInfo.InvariantCulture));
        return month is < 1 or > 12 ? $"没有 {Whole(month)} 月" : $"{Whole(year)} 年 {Whole(month)} 月只有 {Whole(IsoTime.DaysIn(year, month))} 天";
    }

    private static string Example(string key) => key switch
    {
        "id" => "：每个事实有自己的编号",
        "contract" => "：所属合同的编号",
        "kind" => "：发生了何种事，如 incident.reported",
        "at" => "：何时发生，如 2025-03-03T09:00:00+08:00",
        _ => "：何事何物，如 INC-1",
    };

    private static string InstantFor(string given) =>
        Habits.AsInstant(given) is { } mended ? $"；北京时间写作 {mended}"
        : IsoTime.TryReadDay(Encoding.UTF8.GetBytes(given), out _) == IsoTime.Fault.None ? $"；补上时刻，如 {given}T09:00:00+08:00"
        : Habits.AsDate(given) is { } day ? $"；补上时刻，如 {day}T09:00:00+08:00"
        : "";

    private static string TimeFor(FieldType type, string given) =>
        type == FieldType.Instant ? InstantFor(given) : Habits.AsDate(given) is { } day ? $"；写作 {day}" : type != FieldType.Date ? InstantFor(given) : "";

    private static string Instead(FieldType type, string? text) => (type, text) switch
    {
        (_, null) => "",
        (FieldType.YesNo, "是" or "有" or "yes" or "Yes" or "Y" or "y" or "TRUE" or "True" or "true") => "；写作 true，不加引号",
        (FieldType.YesNo, "否" or "无" or "no" or "No" or "N" or "n" or "FALSE" or "False" or "false") => "；写作 false，不加引号",
        (FieldType.Number or FieldType.Whole or FieldType.Amount, var written) when PlainNumber(written) is { } number => $"；写作 {number}，不加引号",
        _ => "",
    };

    // JSON has no percent sign: a share becomes a fraction of one.
    private static string? PlainNumber(string text)
    {
        var number = Habits.AsNumber(text) ?? text;
        var divisor = number is [.., '%'] ? 100m : number is [.., '‰'] ? 1000m : 1m;
        return decimal.TryParse(number.TrimEnd('%', '‰'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? divisor == 1m ? number : (value / divisor).ToString("0.############", CultureInfo.InvariantCulture)
            : null;
    }

    private static string Name(string? fact) => fact is null ? "这个事实" : $"事实 {Shown(fact)} ";

    private static string Name(string? fact, string? field) => field is null ? Name(fact) : $"{Name(fact)}的 {Shown(field)} ";

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As it stands in a sentence on one line: not too long, nothing that a terminal would obey.</summary>
    public static string Shown(string text)
    {
        const int longest = 60;
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= longest) return shown.Append('…').ToString();
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else shown.Append(rune.ToString());
        }
        return shown.ToString();
    }
}

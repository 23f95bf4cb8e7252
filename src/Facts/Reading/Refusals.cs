using System.Globalization;
using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>A fault in words, once the id of the fact is known (null: the line holds none).</summary>
internal delegate string Sentence(string? fact);

/// <summary>Every way in which a line of facts is refused, as a sentence for the person who must mend the file.</summary>
internal static class Refusals
{
    public static Sentence NotUtf8(long place) => _ => $"第 {Whole(place)} 个字节起不是有效的 UTF-8 编码。";
    public static Sentence ForeignEncoding() => _ => "文件开头是 UTF-16 的字节序标记；只接受 UTF-8 编码的文件。";
    public static Sentence LineTooLong() => _ => "这一行超过 1 MiB，不予读取。";
    public static Sentence NotJson(long place) => fact => $"{(fact is null ? "" : Name(fact))}不是合法的 JSON：第 {Whole(place)} 个字节处有误。";
    public static Sentence NotAnObject() => _ => "一行应是一个 JSON 对象（写在花括号里）。";
    public static Sentence TooDeep() => fact => $"{Name(fact)}的嵌套超过 {Whole(LineParser.DeepestNesting)} 层。";
    public static Sentence BrokenEscape(string? field) => fact => $"{Name(fact, field)}中有不成字符的转义（孤立的代理码元）。";
    public static Sentence KeyTwice(string key) => fact => $"{Name(fact)}把键“{Shown(key)}”写了两次。";
    public static Sentence UnknownKey(string key) => fact =>
        $"{Name(fact)}有不认识的键“{Shown(key)}”；事实只有 id、contract、kind、at、subject、data，导出时另有 recordedAt、by、evidence、seq、hash。";
    public static Sentence KeyAbsent(string key) => fact => $"{Name(fact)}缺少 {key}。";
    public static Sentence NotText(string key, string given) => fact => $"{Name(fact, key)}应是文字，写的是{given}。";
    public static Sentence EmptyText(string key) => fact => $"{Name(fact, key)}是空的。";
    public static Sentence DataNotAnObject(string given) => fact => $"{Name(fact, "data")}应是一个 JSON 对象，写的是{given}。";
    public static Sentence OtherContract(string given, string contract) => fact => $"{Name(fact)}属于合同“{Shown(given)}”，不属于“{contract}”。";
    public static Sentence BadInstant(string field, string given, IsoTime.Fault why) => fact => $"{Name(fact, field)}“{Shown(given)}”{Why(why)}。";
    public static Sentence BadTime(string field, FieldType type, string given, IsoTime.Fault why) => fact =>
        why == IsoTime.Fault.Form || (why == IsoTime.Fault.NoOffset && type == FieldType.Instant && given.Length == IsoTime.DateLength)
            ? $"{Name(fact, field)}“{Shown(given)}”写法不对，应是{Wanted(type)}。"
            : $"{Name(fact, field)}“{Shown(given)}”{Why(why)}。";
    public static Sentence WrongType(string field, FieldType type, string given) => fact => $"{Name(fact, field)}应是{Wanted(type)}，写的是{given}。";
    public static Sentence NotExact(string field, string given) => fact => $"{Name(fact, field)}的数 {Shown(given)} 不能用十进制数（至多 28 位小数、约 28 位有效数字）精确表示。";
    public static Sentence NotWhole(string field, string given) => fact => $"{Name(fact, field)}应是不小于零的整数，写的是 {Shown(given)}。";
    public static Sentence BeyondExponent(string? field) => fact => $"{Name(fact, field)}中有指数过大的数。";
    public static Sentence AmountAbsent(string field) => fact => $"{Name(fact)}缺少金额 {field}，金额不可省略。";
    public static Sentence EndsBeforeItBegins(string from, string to) => fact => $"{Name(fact)}的 {from} 晚于 {to}。";
    public static Sentence NotEvidence() => fact => $"{Name(fact, "evidence")}应是证据的数组，每一项为对象或文字。";
    public static Sentence NotSequence(string given) => fact => $"{Name(fact, "seq")}应是不小于零的整数，写的是{given}。";
    public static string OtherContent(string fact, int line, string earlierFile, int earlierLine) =>
        $"第 {Whole(line)} 行与{earlierFile}第 {Whole(earlierLine)} 行的编号都是 {Shown(fact)}，内容却不同。";
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

    private static string Why(IsoTime.Fault fault) => fault switch
    {
        IsoTime.Fault.NoOffset => "没有时区，时刻须以 Z 或 +08:00 之类结尾",
        IsoTime.Fault.NoSuchDate => "不是日历上有的日子",
        IsoTime.Fault.NoSuchTime => "不是一天里有的时刻",
        IsoTime.Fault.Year => "的年份不在 1900 至 2199 之间",
        _ => "写法不对，应如 2025-03-03T09:00:00+08:00",
    };

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

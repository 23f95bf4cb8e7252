namespace Yueheng.Terms.Syntax;

/// <summary>A value or condition: a literal, a name, or one closed operation over other expressions.</summary>
[Doc("表达式：字面量、名称，或一个封闭运算")]
public abstract class Expression : Syntax;

/// <summary>A literal: number, date, instant, duration, true or false. Kept as written; typed when compiled.</summary>
public sealed class Literal : Expression
{
    public required string Text { get; init; }

    /// <summary>A bare scalar that starts with a digit or a minus is a literal; everything else is a name.</summary>
    public static bool LooksLike(string text) =>
        text is "true" or "false" || (text.Length > 0 && char.IsAsciiDigit(text[0])) || (text.Length > 1 && text[0] == '-' && char.IsAsciiDigit(text[1]));
}

/// <summary>A name: a column of the row, of the row outside, a term, or a built-in name.</summary>
public sealed class Name : Expression { public required string Text { get; init; } }

[Operation("text"), Doc("字面文本")]
public sealed class TextLiteral : Expression { [Operand, Doc("文本")] public required string Text { get; init; } }

[Operation("texts"), Doc("字面文本列表")]
public sealed class TextsLiteral : Expression { [Operand, Doc("各文本")] public required IReadOnlyList<string> Texts { get; init; } }

[Operation("missing"), Doc("某类型的缺失值")]
public sealed class MissingLiteral : Expression
{
    [Operand, Words("number", "text", "yes-no", "instant", "date", "duration", "list"), Doc("类型：number 数、text 文本、yes-no 是否、instant 时刻、date 日期、duration 时长、list 列表")] public required string Type { get; init; }
}

[Operation("plus"), Doc("各项相加")]
public sealed class Plus : Expression { [Operand, Doc("各项")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("minus"), Doc("首项减去其余各项")]
public sealed class Minus : Expression { [Operand, Doc("各项")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("times"), Doc("各项相乘")]
public sealed class Times : Expression { [Operand, Doc("各项")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("ratio"), Doc("两数（或两时长）之比，精确分数；除数为零则缺失")]
public sealed class Ratio : Expression { [Operand, Doc("被除数与除数")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("least"), Doc("已有各值中最小者")]
public sealed class Least : Expression { [Operand, Doc("各值")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("greatest"), Doc("已有各值中最大者")]
public sealed class Greatest : Expression { [Operand, Doc("各值")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("latest-of"), Doc("全部具备时取最晚（最大）者，否则缺失")]
public sealed class LatestOf : Expression { [Operand, Doc("各值")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("default"), Doc("依次取第一个不缺失的值")]
public sealed class Default : Expression { [Operand, Doc("各值")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("clamp"), Doc("限制在上下限之间")]
public sealed class Clamp : Expression
{
    [Doc("被限制的值")] public required Expression Of { get; init; }
    [Doc("下限")] public required Expression From { get; init; }
    [Doc("上限")] public required Expression To { get; init; }
}

[Operation("round"), Doc("四舍五入（远离零）到某单位的整数倍")]
public sealed class Round : Expression
{
    [Doc("被舍入的值")] public required Expression Of { get; init; }
    [Spelled(Spelling.Number), Doc("单位，如 0.01")] public required string To { get; init; }
}

[Operation("floor"), Doc("向下取整")]
public sealed class Floor : Expression { [Operand, Doc("值")] public required Expression Of { get; init; } }

[Operation("ceiling"), Doc("向上取整")]
public sealed class Ceiling : Expression { [Operand, Doc("值")] public required Expression Of { get; init; } }

[Operation("units"), Doc("时长或数量中的计费单位数：满（completed）、起（started）、超过（exceeded）")]
public sealed class Units : Expression
{
    [Doc("时长或数量")] public required Expression Of { get; init; }
    [Doc("一个单位的大小")] public required Expression Each { get; init; }
    [Words("completed", "started", "exceeded"), Doc("计数方式：completed 每满一个单位、started 不足一个按一个、exceeded 每超过一个")] public required string Count { get; init; }
}

[Operation("bands"), Doc("分档：取第一个边界全部满足的档")]
public sealed class Bands : Expression
{
    [Doc("被分档的值")] public required Expression Of { get; init; }
    [Doc("各档")] public required IReadOnlyList<Band> Rows { get; init; }
    [Doc("不属任何档时的值")] public Expression? Otherwise { get; init; }
}

[Doc("一档")]
public sealed class Band : Syntax
{
    [Doc("大于（超过）")] public Expression? MoreThan { get; init; }
    [Doc("大于等于（以上）")] public Expression? AtLeast { get; init; }
    [Doc("小于等于（以内）")] public Expression? AtMost { get; init; }
    [Doc("小于（不满）")] public Expression? LessThan { get; init; }
    [Doc("该档的值")] public required Expression Is { get; init; }
}

[Operation("choose"), Doc("按条件取值：第一个成立的情形")]
public sealed class Choose : Expression { [Operand, Doc("各情形")] public required IReadOnlyList<Case> Cases { get; init; } }

[Doc("一个情形：when 与 is，或 otherwise")]
[ExactlyOne(nameof(Is), nameof(Otherwise)), AtMostOne(nameof(When), nameof(Otherwise)), AtLeastOne(nameof(When), nameof(Otherwise))]
public sealed class Case : Syntax
{
    [Doc("条件")] public Expression? When { get; init; }
    [Doc("成立时的值")] public Expression? Is { get; init; }
    [Doc("其余情形的值")] public Expression? Otherwise { get; init; }
}

[Operation("concat"), Doc("连接文本")]
public sealed class Concat : Expression { [Operand, Doc("各部分")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("part"), Doc("取文本在分隔符之前或之后的部分")]
[ExactlyOne(nameof(Before), nameof(After))]
public sealed class Part : Expression
{
    [Doc("文本")] public required Expression Of { get; init; }
    [Doc("取首个分隔符之前的部分（无分隔符则为全文）")] public string? Before { get; init; }
    [Doc("取首个分隔符之后的部分（无分隔符则缺失）")] public string? After { get; init; }
}

[Operation("date-of"), Doc("时刻的当地日期")]
public sealed class DateOf : Expression { [Operand, Doc("时刻")] public required Expression Of { get; init; } }

[Operation("start-of"), Doc("日期的零时")]
public sealed class StartOf : Expression { [Operand, Doc("日期")] public required Expression Of { get; init; } }

[Operation("end-of"), Doc("日期的二十四时")]
public sealed class EndOf : Expression { [Operand, Doc("日期")] public required Expression Of { get; init; } }

[Operation("due"), Doc("期限届满的时刻：日以上单位止于该日二十四时；时分秒自起点起算")]
public sealed class Due : Expression
{
    [Doc("起点：时刻或日期（第 0 日）")] public required Expression From { get; init; }
    [Spelled(Spelling.Span), Doc("期限，如 30 workdays、2 hours；负数向前")] public required string Within { get; init; }
    [Doc("按某工作时间计（仅时分秒）")] public string? On { get; init; }
}

[Operation("shift"), Doc("日期或时刻按日历移动")]
public sealed class Shift : Expression
{
    [Doc("日期或时刻")] public required Expression Of { get; init; }
    [Spelled(Spelling.Span), Doc("跨度，如 2 months、-25 days")] public required string By { get; init; }
}

[Operation("elapsed"), Doc("两时刻之间的时长，不小于零")]
public sealed class Elapsed : Expression
{
    [Doc("起")] public required Expression From { get; init; }
    [Doc("止")] public required Expression To { get; init; }
    [Doc("按某工作时间计")] public string? On { get; init; }
}

[Operation("amount-of"), Doc("时长换算为数")]
public sealed class AmountOf : Expression
{
    [Doc("时长")] public required Expression Of { get; init; }
    [Words("seconds", "minutes", "hours", "days"), Doc("单位：seconds 秒、minutes 分钟、hours 小时、days 日（24 小时）")] public required string In { get; init; }
}

[Operation("days"), Doc("两日期相差的天数")]
public sealed class DaysBetween : Expression
{
    [Doc("起日")] public required Expression From { get; init; }
    [Doc("止日")] public required Expression To { get; init; }
}

[Operation("period-of"), Doc("日期或时刻所属周期的标签")]
public sealed class PeriodOf : Expression
{
    [Doc("日期或时刻")] public required Expression Of { get; init; }
    [Words("day", "week", "month", "quarter", "half-year", "year"), Doc("周期：day 日、week 周、month 月、quarter 季度、half-year 半年、year 年")] public required string Each { get; init; }
}

[Operation("size"), Doc("列表的长度")]
public sealed class Size : Expression { [Operand, Doc("列表")] public required Expression Of { get; init; } }

[Operation("join"), Doc("合并列表（去重、按序）")]
public sealed class Join : Expression { [Operand, Doc("各列表")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("value"), Doc("某值；可在另一时刻或视角下判定")]
public sealed class ValueAt : Expression
{
    [Operand, Doc("值")] public required Expression Of { get; init; }
    [Spelled(Spelling.Name), Doc("视角名")] public string? View { get; init; }
    [Doc("判定时刻")] public Expression? AsOf { get; init; }
    [Doc("假定：被替换的名称与其值")] public IReadOnlyDictionary<string, Expression>? Assuming { get; init; }
}

/// <summary>A date or instant as an instant: a date means its 24:00, or its 00:00 where something begins. Made by rewriting sugar.</summary>
[Unwritten]
public sealed class DueAt : Expression
{
    public required Expression Of { get; init; }
    public bool Begins { get; init; }
}

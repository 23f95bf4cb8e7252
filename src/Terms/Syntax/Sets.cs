namespace Yueheng.Terms.Syntax;

/// <summary>A column to sort by: its name, or <c>{ desc: name }</c>.</summary>
[Doc("次序：列名（升序），或 { desc: 列名 }（降序）；缺失者居后")]
public sealed class OrderKey : Syntax
{
    [Spelled(Spelling.Name), Doc("列名")] public required string Column { get; init; }
    [Doc("降序")] public bool Descending { get; init; }
}

/// <summary>A set: the name of one, or one source with modifiers applied in the order of the documentation.</summary>
[Doc("集合：名称，或一个来源加若干修饰")]
[ExactlyOne(nameof(Facts), nameof(From), nameof(Union), nameof(Rows), nameof(Table), nameof(Periods), nameof(Dates), nameof(Members),
    nameof(Pairs), nameof(Spells), nameof(Runs), nameof(Group), nameof(Fold), nameof(Allocate), nameof(Heaviest))]
public class SetExpression : Syntax
{
    [Unwritten] public string? Named { get; set; }

    [OneOrMany, Spelled(Spelling.Kind), Doc("某些种类的事实；any 为任何种类")] public IReadOnlyList<string>? Facts { get; init; }
    [Doc("另一集合的各行")] public SetExpression? From { get; init; }
    [Doc("各集合相接")] public IReadOnlyList<SetExpression>? Union { get; init; }
    [Doc("字面行")] public LiteralRows? Rows { get; init; }
    [Doc("逐行给出各列的值")] public IReadOnlyList<IReadOnlyDictionary<string, Expression>>? Table { get; init; }
    [Doc("日历周期")] public Periods? Periods { get; init; }
    [Doc("每行按日期展开")] public Dates? Dates { get; init; }
    [Doc("每行按列表成员展开")] public Members? Members { get; init; }
    [Doc("与另一集合逐对匹配")] public Pairs? Pairs { get; init; }
    [Doc("由开、合事件配成的时段")] public Spells? Spells { get; init; }
    [Doc("连续满足条件的行")] public Runs? Runs { get; init; }
    [Doc("分组")] public Group? Group { get; init; }
    [Doc("按序递推，带结转的值")] public Fold? Fold { get; init; }
    [Doc("按序冲抵")] public Allocate? Allocate { get; init; }
    [Doc("同一事件择其重者")] public Heaviest? Heaviest { get; init; }

    [Doc("增加的列")] public IReadOnlyDictionary<string, Expression>? With { get; init; }
    [Doc("保留满足条件的行")] public Expression? Where { get; init; }
    [Doc("排序")] public IReadOnlyList<OrderKey>? Order { get; init; }
    [Spelled(Spelling.Name), Doc("每组取第一行；[] 为全集的第一行")] public IReadOnlyList<string>? First { get; init; }
    [Spelled(Spelling.Name), Doc("每组取最后一行；[] 为全集的最后一行")] public IReadOnlyList<string>? Last { get; init; }
    [Doc("组内编号")] public Numbering? Number { get; init; }
    [Doc("取组内下一行的列")] public Neighbour? Next { get; init; }
    [Doc("取组内上一行的列")] public Neighbour? Previous { get; init; }
    [Doc("各列的中文名称，用于数值的由来和评估报告")] public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

[Doc("字面行")]
public sealed class LiteralRows : Syntax
{
    [Words("number", "text", "yes-no", "instant", "date", "duration"), Doc("列名与类型：number 数、text 文本、yes-no 是否、instant 时刻、date 日期、duration 时长")] public required IReadOnlyDictionary<string, string> Columns { get; init; }
    [Doc("各行")] public required IReadOnlyList<IReadOnlyList<string>> List { get; init; }
}

[Doc("日历周期")]
public sealed class Periods : Syntax
{
    [Words("day", "workday", "non-workday", "week", "month", "quarter", "half-year", "year"), Doc("周期：day 日、workday 工作日、non-workday 非工作日、week 周、month 月、quarter 季度、half-year 半年、year 年")] public required string Each { get; init; }
    [Doc("起（缺省为合同期起）")] public Expression? From { get; init; }
    [Doc("止（缺省为合同期止）")] public Expression? To { get; init; }
    [Words("true", "false"), Doc("true：自起日起算（M1、Q1、H1、Y1），而非按日历；只用于月、季度、半年、年")] public string? Anchored { get; init; }
}

[Doc("按日期展开")]
public sealed class Dates : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Doc("起日")] public required Expression From { get; init; }
    [Doc("止日（含）")] public required Expression To { get; init; }
}

[Doc("按列表成员展开")]
public sealed class Members : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Doc("列表")] public required Expression List { get; init; }
    [Spelled(Spelling.Name), Doc("成员列名")] public required string As { get; init; }
}

[Doc("逐对匹配")]
public sealed class Pairs : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Doc("另一集合")] public required SetExpression With { get; init; }
    [Doc("等值匹配")] public Matching? On { get; init; }
    [Doc("条件")] public Expression? Where { get; init; }
    [Doc("取自另一集合的列")] public IReadOnlyDictionary<string, Expression>? Take { get; init; }
}

[Doc("时段")]
public sealed class Spells : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Spelled(Spelling.Name), Doc("分组列")] public required IReadOnlyList<string> By { get; init; }
    [Doc("开的条件")] public required Expression Opens { get; init; }
    [Doc("合的条件")] public required Expression Closes { get; init; }
}

[Doc("连续段")]
public sealed class Runs : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Spelled(Spelling.Name), Doc("分组列")] public IReadOnlyList<string>? By { get; init; }
    [Doc("次序")] public IReadOnlyList<OrderKey>? Order { get; init; }
    [Doc("条件")] public required Expression While { get; init; }
}

[Doc("分组")]
public sealed class Group : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Spelled(Spelling.Name), Doc("分组列")] public required IReadOnlyList<string> By { get; init; }
}

[Doc("递推")]
public sealed class Fold : Syntax
{
    [Doc("集合")] public required SetExpression Of { get; init; }
    [Spelled(Spelling.Name), Doc("分组列")] public IReadOnlyList<string>? By { get; init; }
    [Doc("次序")] public IReadOnlyList<OrderKey>? Order { get; init; }
    [Doc("结转的值")] public required IReadOnlyDictionary<string, Carry> Carry { get; init; }
}

[Doc("结转的值")]
public sealed class Carry : Syntax
{
    [Doc("初值")] public required Expression Starts { get; init; }
    [Doc("经过一行之后的值（was.x 为此前的值）")] public required Expression Then { get; init; }
}

[Doc("冲抵")]
public sealed class Allocate : Syntax
{
    [Doc("债项")] public required SetExpression Claims { get; init; }
    [Doc("债项的次序")] public IReadOnlyList<OrderKey>? Order { get; init; }
    [Doc("债项的标识")] public required Expression Claim { get; init; }
    [Doc("债项的金额")] public required Expression Amount { get; init; }
    [Doc("款项")] public required SetExpression Pots { get; init; }
    [Doc("款项的标识")] public required Expression Pot { get; init; }
    [Doc("款项可供冲抵的金额")] public required Expression Room { get; init; }
    [Doc("允许冲抵的条件（款项的列；this.x 为债项）")] public Expression? Where { get; init; }
}

[Doc("择其重者")]
public sealed class Heaviest : Syntax
{
    [Doc("候选")] public required SetExpression Of { get; init; }
    [Doc("所涉事件")] public required Expression Events { get; init; }
    [Doc("比较次序")] public required IReadOnlyList<OrderKey> Order { get; init; }
}

[Doc("编号")]
public sealed class Numbering : Syntax
{
    [Spelled(Spelling.Name), Doc("列名")] public required string As { get; init; }
    [Spelled(Spelling.Name), Doc("分组列")] public IReadOnlyList<string>? By { get; init; }
}

[Doc("相邻的行")]
public sealed class Neighbour : Syntax
{
    [Spelled(Spelling.Name), Doc("分组列")] public IReadOnlyList<string>? By { get; init; }
    [Spelled(Spelling.Name), Doc("新列名与相邻行的列")] public required IReadOnlyDictionary<string, string> Take { get; init; }
}

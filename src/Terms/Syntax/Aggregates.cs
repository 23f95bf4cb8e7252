namespace Yueheng.Terms.Syntax;

/// <summary>The equality of columns of the set looked into with values from outside; <c>on: [subject]</c> is short for <c>{ subject: subject }</c>.</summary>
[Doc("等值匹配：[列] 为同名相等；或 { 集合的列: 外部的值 }")]
public sealed class Matching : Syntax { public required IReadOnlyDictionary<string, Expression> Columns { get; init; } }

/// <summary>Looking into a set from outside of it.</summary>
[ExactlyOne(nameof(In), nameof(Facts))]
public abstract class Lookup : Expression
{
    [Doc("集合")] public SetExpression? In { get; init; }
    [OneOrMany, Spelled(Spelling.Kind), Doc("直接取某些种类的事实")] public IReadOnlyList<string>? Facts { get; init; }
    [Doc("等值匹配：集合的列与外部的值")] public Matching? On { get; init; }
    [Doc("条件（this.x 指外部的行）")] public Expression? Where { get; init; }
    [Doc("次序")] public IReadOnlyList<OrderKey>? Order { get; init; }
    [Spelled(Spelling.Name), Doc("视角名")] public string? View { get; init; }
    [Doc("判定时刻")] public Expression? AsOf { get; init; }
    [Doc("假定：被替换的名称与其值")] public IReadOnlyDictionary<string, Expression>? Assuming { get; init; }
}

[Operation("count"), Doc("行数；有 distinct 时为不同值的个数")]
public sealed class Count : Lookup { [Doc("按此值去重")] public Expression? Distinct { get; init; } }

[Operation("sum"), Doc("合计（空集为 0）")]
public sealed class Sum : Lookup { [Doc("被合计的值")] public required Expression Of { get; init; } }

[Operation("smallest"), Doc("最小值")]
public sealed class Smallest : Lookup { [Doc("值")] public required Expression Of { get; init; } }

[Operation("largest"), Doc("最大值")]
public sealed class Largest : Lookup { [Doc("值")] public required Expression Of { get; init; } }

[Operation("mean"), Doc("算术平均（精确）")]
public sealed class Mean : Lookup { [Doc("值")] public required Expression Of { get; init; } }

[Operation("first"), Doc("第一行的值")]
public sealed class First : Lookup { [Doc("值")] public required Expression Of { get; init; } }

[Operation("last"), Doc("最后一行的值")]
public sealed class Last : Lookup { [Doc("值")] public required Expression Of { get; init; } }

[Operation("nth"), Doc("第 k 行的值")]
public sealed class Nth : Lookup
{
    [Doc("值")] public required Expression Of { get; init; }
    [Doc("第几行（从 1 起）")] public required Expression K { get; init; }
}

[Operation("reaches"), Doc("累计达到某数时的那一行的值")]
public sealed class Reaches : Lookup
{
    [Doc("被累计的值")] public required Expression Of { get; init; }
    [Doc("应达到的数")] public required Expression Level { get; init; }
    [Doc("达到时取该行的此值")] public required Expression Give { get; init; }
}

[Operation("collect"), Doc("不同文本的有序列表")]
public sealed class Collect : Lookup { [Doc("文本")] public required Expression Of { get; init; } }

[Operation("exists"), Doc("存在这样的行")]
public sealed class Exists : Lookup;

[Operation("none"), Doc("不存在这样的行")]
public sealed class None : Lookup;

[Operation("covered"), Doc("各区间并集的长度（重叠只计一次）")]
public sealed class Covered : Lookup
{
    [Doc("区间起")] public required Expression From { get; init; }
    [Doc("区间止（缺失则至判定时刻）")] public required Expression To { get; init; }
    [Doc("只计此范围之内：[起, 止]")] public IReadOnlyList<Expression>? Inside { get; init; }
    [Doc("只计某工作时间之内")] public string? Hours { get; init; }
}

namespace Yueheng.Terms.Syntax;

[Operation("is"), Doc("各名称的值等于所列字面量（之一）")]
public sealed class Is : Expression
{
    [Operand, OneOrMany, Doc("名称与字面量")] public required IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; }
}

[Operation("of"), Doc("比较：各界同时成立")]
[AtLeastOne(nameof(AtLeast), nameof(MoreThan), nameof(AtMost), nameof(LessThan), nameof(SameAs), nameof(Present), nameof(Begins), nameof(Has), nameof(In))]
public sealed class Comparison : Expression
{
    [Operand, Doc("被比较的值")] public required Expression Of { get; init; }
    [Doc("大于等于（以上、不少于）")] public Expression? AtLeast { get; init; }
    [Doc("大于（超过）")] public Expression? MoreThan { get; init; }
    [Doc("小于等于（以下、以内）")] public Expression? AtMost { get; init; }
    [Doc("小于（不满、不足）")] public Expression? LessThan { get; init; }
    [Doc("等于")] public Expression? SameAs { get; init; }
    [Words("true", "false"), Doc("具备（true）或缺失（false）")] public string? Present { get; init; }
    [Doc("以该文本开头")] public string? Begins { get; init; }
    [Doc("列表含有")] public Expression? Has { get; init; }
    [Doc("属于列表")] public Expression? In { get; init; }
}

[Operation("workday"), Doc("该日期为工作日")]
public sealed class Workday : Expression { [Operand, Doc("日期")] public required Expression Of { get; init; } }

[Operation("all-of"), Doc("各条件全部成立")]
public sealed class AllOf : Expression { [Operand, Doc("各条件")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("any-of"), Doc("至少一个条件成立")]
public sealed class AnyOf : Expression { [Operand, Doc("各条件")] public required IReadOnlyList<Expression> Parts { get; init; } }

[Operation("not"), Doc("条件不成立")]
public sealed class Not : Expression { [Operand, Doc("条件")] public required Expression Of { get; init; } }

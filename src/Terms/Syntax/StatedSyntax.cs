namespace Yueheng.Terms.Syntax;

/// <summary>
/// Something that the paper states, as it is printed, and how it must agree with other things that the paper states. The judge never reads it:
/// the linter does, and finds what does not add up on the paper itself.
/// </summary>
[Doc("文本所载：数、日期、期限、分档、用语，及其与别处所载的关系")]
[AtMostOne(nameof(Amount), nameof(Date), nameof(Limit), nameof(Says), nameof(Bands), nameof(Vague))]
public sealed class StatedSyntax : Syntax
{
    [Spelled(Spelling.Name), Doc("编号")] public required string Id { get; init; }
    [OneOrMany, Doc("条款")] public IReadOnlyList<string>? Clause { get; init; }
    [Doc("所载何事")] public required string What { get; init; }

    [Spelled(Spelling.Number), Doc("数值（金额写两位小数，比例写 % 或 ‰）")] public string? Amount { get; init; }
    [Doc("大写金额")] public string? Words { get; init; }
    [Spelled(Spelling.Date), Doc("日期")] public string? Date { get; init; }
    [Words("signed", "effective", "start", "end", "due", "within"), Doc("日期的作用：签署、生效、起、止、到期、应在期内")] public string? Role { get; init; }
    [Spelled(Spelling.Limit), Doc("期限，如 15 workdays；unlimited 为无期限，at-once 为立即")] public string? Limit { get; init; }
    [Doc("所管事项：同一事项的数或期限应一致；有 quantity 时为品名，单价应一致")] public string? Subject { get; init; }
    [Doc("用语、名称")] public string? Says { get; init; }
    [Doc("原文的分档")] public IReadOnlyList<StatedBand>? Bands { get; init; }
    [Doc("只有此词而没有数，如“定期”")] public string? Vague { get; init; }
    [Words("true", "false"), Doc("原文留空、没有填写")] public string? Blank { get; init; }

    [Spelled(Spelling.Number), Doc("原文所写的比例（占 of）")] public string? Share { get; init; }
    [Spelled(Spelling.Name), Doc("比例或均分的基数：另一所载之数")] public string? Of { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("应等于这些所载之数的和")] public IReadOnlyList<string>? SumOf { get; init; }
    [Spelled(Spelling.Name), Doc("所属整体：同属一整体的各部分之和应等于整体，比例之和应为 100%")] public string? PartsOf { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("与此所载为同一事，应一致")] public IReadOnlyList<string>? SameAs { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("不应大于此所载（数或期限）")] public IReadOnlyList<string>? Under { get; init; }
    [OneOrMany, Spelled(Spelling.Name), Doc("不应早于此所载的日期")] public IReadOnlyList<string>? Covers { get; init; }
    [Spelled(Spelling.Name), Doc("期限的起点：另一所载之日期")] public string? From { get; init; }
    [Spelled(Spelling.Number), Doc("数量：金额（或 of）应能整除到分")] public string? Quantity { get; init; }
    [OneOrMany, Doc("原文列出的各项；有数值时其个数应等于数值")] public IReadOnlyList<string>? List { get; init; }
    [Spelled(Spelling.Name), Doc("所用之词应列在此所载的清单中")] public string? In { get; init; }
}

[Doc("原文的一档：界为数或期限")]
public sealed class StatedBand : Syntax
{
    [Doc("大于（超过）")] public string? MoreThan { get; init; }
    [Doc("大于等于（以上）")] public string? AtLeast { get; init; }
    [Doc("小于等于（以内）")] public string? AtMost { get; init; }
    [Doc("小于（不满）")] public string? LessThan { get; init; }
    [Doc("该档所写")] public required string Is { get; init; }
}

using System.Runtime.CompilerServices;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;
using Yueheng.Terms.Syntax;

namespace Yueheng.Server.Endpoints;

/// <summary>What can be recorded in a contract, from which forms and templates are made.</summary>
internal static class VocabularyEndpoints
{
    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/vocabulary", Get).Produces<IReadOnlyList<KindAnswer>>().Needs(Permission.ReadFacts);

    private static async Task<IReadOnlyList<KindAnswer>> Get(string contract, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var pack = await shelf.InForce(caller.Contracts, contract, clock.Now, null, cancellation);
        var sight = FactSight.Of(caller, contract, pack?.Contract.Vocabulary);
        var author = caller.AuthorIn(contract);
        return [.. ContractVocabulary.Of(pack).Where(kind => sight.Sees(kind.Kind)).Select(kind => KindAnswer.Of(kind, author))];
    }
}

/// <summary>A kind of fact.</summary>
/// <param name="Group">Of kinds that belong together, in Chinese.</param>
/// <param name="Read">The contract judges by it; of the others it keeps a record.</param>
/// <param name="May">What the caller may do with it.</param>
internal sealed record KindAnswer(string Kind, string Label, string Group, bool Read, IReadOnlyList<FieldAnswer> Fields, Permit May)
{
    public static KindAnswer Of(OfferedKind kind, Author author) => new(
        kind.Kind, kind.Label, kind.Group, kind.IsRead,
        [.. kind.Fields.Select(field => new FieldAnswer(
            field.Name, field.Label, field.Type, field.IsRequired, field.Words.Count == 0 ? null : [.. field.Words.Select(word => new WordAnswer(word.Word, word.Label))], field.Default,
            AuthorityTable.Excuses.FirstOrDefault(excuse => excuse.Field == field.Name && author.SpeaksFor(excuse.Side))?.Why))],
        AuthorityTable.Of(author, kind.Kind));
}

/// <summary>A field inside <c>data</c>.</summary>
/// <param name="Words">Those in use; null: free.</param>
/// <param name="Default">What an absent one is taken for; null: nothing.</param>
/// <param name="Excuse">Why some of its values make a claim of what the caller says; null: none does.</param>
internal sealed record FieldAnswer(string Name, string Label, FieldType Type, bool Required, IReadOnlyList<WordAnswer>? Words, string? Default, string? Excuse);

internal sealed record WordAnswer(string Word, string Label);

/// <summary>A kind of fact as it is offered to people.</summary>
internal sealed record OfferedKind(string Kind, string Label, string Group, bool IsRead, IReadOnlyList<OfferedField> Fields);

/// <inheritdoc cref="FieldAnswer"/>
internal sealed record OfferedField(string Name, string Label, FieldType Type, bool IsRequired, IReadOnlyList<(string Word, string Label)> Words, string? Default);

/// <summary>The common kinds and those of the contract, its own ways of reading them on top.</summary>
internal static class ContractVocabulary
{
    private static readonly ConditionalWeakTable<Pack, IReadOnlyList<OfferedKind>> Known = [];

    private static readonly IReadOnlyList<(string Prefix, string Group)> Groups =
    [
        ("incident.", "事件"), ("outage.", "中断"), ("request.", "请求"), ("deliverable.", "成果"), ("patrol.", "巡检"), ("meeting.", "会议保障"), ("assurance.", "重大活动保障"),
        ("threat.", "安全"), ("vulnerability.", "安全"), ("bulletin.", "安全"), ("operation.", "安全"), ("data.", "数据"), ("backup.", "备份与变更"), ("restore.", "备份与变更"), ("change.", "备份与变更"),
        ("meter.", "计量"), ("availability.", "计量"), ("demand.", "计量"), ("attendance.", "人员"), ("post.", "人员"), ("staff.", "人员"), ("drill.", "演练与培训"), ("training.", "演练与培训"),
        ("complaint.", "评价"), ("praise.", "评价"), ("assist.", "评价"), ("rating.", "评价"), ("ranking.", "评价"), ("finding.", "考核"), ("assessment.", "考核"), ("rectification.", "整改"),
        ("payment.", "款项"), ("invoice.", "款项"), ("funds.", "款项"), ("security.", "担保"), ("audit.", "款项"), ("loss.", "损失与退款"), ("refund.", "损失与退款"), ("account.", "款项"),
        ("acceptance.", "验收"), ("notice.", "通知"), ("force-majeure.", "不可抗力"), ("exit.", "终止与退出"), ("contract.", "终止与退出"), ("successor.", "终止与退出"), ("fact.", "更正"),
    ];

    public static IReadOnlyList<OfferedKind> Of(Pack? pack) => pack is null ? [.. CommonVocabulary.Kinds.Select(kind => Offer(kind.Name, null, null))] : Known.GetValue(pack, Make);

    private static IReadOnlyList<OfferedKind> Make(Pack pack)
    {
        var syntax = pack.Contract.Syntax;
        var words = new FieldWords(syntax);
        var own = syntax.Facts.Keys.Where(kind => kind != "any").ToList();
        return [.. own.Select(kind => Offer(kind, syntax, words)), .. CommonVocabulary.Kinds.Where(kind => !own.Contains(kind.Name)).Select(kind => Offer(kind.Name, syntax, words))];
    }

    private static OfferedKind Offer(string kind, ContractSyntax? syntax, FieldWords? words)
    {
        var common = CommonVocabulary.Find(kind);
        var read = syntax?.Facts.GetValueOrDefault(kind);
        var fields = new List<OfferedField>();
        foreach (var (column, field) in read ?? new Dictionary<string, FieldSyntax>())
            fields.Add(Field(kind, field.Field ?? column, TypeOf(field.Type), field.Default, words!.Of(kind, column), common));
        foreach (var field in common?.Fields ?? [])
            if (fields.All(one => one.Name != field.Name)) fields.Add(new(field.Name, field.Meaning, field.Type, !field.IsOptional && read is null, field.Words, field.Default));
        if (read is not null && syntax!.Facts.GetValueOrDefault("any") is { } any)
            foreach (var (column, field) in any)
                if (fields.All(one => one.Name != (field.Field ?? column))) fields.Add(Field(kind, field.Field ?? column, TypeOf(field.Type), field.Default, words!.Of(kind, column), common));
        return new(kind, common?.Meaning ?? kind, Groups.FirstOrDefault(group => kind.StartsWith(group.Prefix, StringComparison.Ordinal)).Group ?? "本合同自定", read is not null, fields);
    }

    private static OfferedField Field(string kind, string name, FieldType type, string? given, IReadOnlyList<(string Word, string Label)> used, CommonKind? common)
    {
        var known = common?.Fields.FirstOrDefault(field => field.Name == name) ?? CommonVocabulary.OfAny.FirstOrDefault(field => field.Name == name);
        var named = known?.Words ?? [];
        var words = used.Select(word => named.FirstOrDefault(other => other.Word == word.Word) is { Word: not null } meant ? (meant.Word, meant.Meaning) : word).Concat(named.Where(word => used.All(other => other.Word != word.Word)).Select(word => (word.Word, word.Meaning)));
        var isRequired = given is null && (type == FieldType.Amount || known is { IsOptional: false } || known is null && type is not FieldType.YesNo);
        return new(name, known?.Meaning ?? name, type, isRequired, type == FieldType.Text ? [.. words] : [], given);
    }

    private static FieldType TypeOf(string word) => word switch
    {
        "text" => FieldType.Text,
        "yes-no" => FieldType.YesNo,
        "number" => FieldType.Number,
        "whole" => FieldType.Whole,
        "amount" => FieldType.Amount,
        "date" => FieldType.Date,
        "instant" => FieldType.Instant,
        "from" => FieldType.From,
        _ => FieldType.Until,
    };
}

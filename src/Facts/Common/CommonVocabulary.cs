using System.Collections.Frozen;

namespace Yueheng.Facts.Common;

/// <summary>Every common kind of fact: the words in which the rooms that work and the contracts that judge meet.</summary>
/// <example><c>CommonVocabulary.Find("patrol.done")</c> knows the fields patrol, period, site and hidden_danger.</example>
public static class CommonVocabulary
{
    public static IReadOnlyList<CommonKind> Kinds { get; } =
        [.. IncidentKinds.All, .. ServiceKinds.All, .. SecurityKinds.All, .. StaffKinds.All, .. ScoreKinds.All, .. MoneyKinds.All, .. AcceptanceKinds.All, .. MeetingKinds.All];

    /// <summary>Fields that a fact of any kind may have.</summary>
    public static IReadOnlyList<CommonField> OfAny { get; } =
    [
        new("event", FieldType.Text, "所属的事件：同一事件只罚一次的规则据此归并") { IsOptional = true },
        new("domain", FieldType.Text, "所属的评分表") { IsOptional = true, Words = [("hardware", "硬件"), ("software", "软件")] },
    ];

    private static readonly FrozenDictionary<string, CommonKind> ByName = Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>The common kind of that name, or null.</summary>
    public static CommonKind? Find(string kind) => ByName.GetValueOrDefault(kind);
}

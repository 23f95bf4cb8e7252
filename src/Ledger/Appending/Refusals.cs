using System.Globalization;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Appending;

/// <summary>The ledger's own reasons to refuse a fact; those of a line that is no fact are the reader's.</summary>
internal static class Refusals
{
    public static Refused NoFact(string? id, IEnumerable<string> messages) => new(id, RefusalReason.Invalid, [.. messages]);

    public static Refused NoFact(string? id, IReadOnlyList<FactFault> faults) =>
        NoFact(id, faults.Select(fault => fault.Message)) with { Faults = [.. faults.Select(fault => (fault.Field, fault.Message))] };

    public static Refused NotByThem(string id, Verdict verdict) =>
        new(id, verdict.May == Permit.No ? RefusalReason.Forbidden : RefusalReason.NeedsClaim, verdict.Messages) { Fields = verdict.Fields };

    public static Refused Blank() => new(null, RefusalReason.Invalid, ["没有内容；应是一个事实。"]);

    public static Refused OtherContent(string id, long seq) =>
        new(id, RefusalReason.OtherContent, [string.Create(CultureInfo.InvariantCulture, $"编号 {id} 已是第 {seq} 号事实，内容不同；请换一个编号，要更正则先撤回原事实。")]);

    public static Refused OtherEvidence(string id, long seq) =>
        new(id, RefusalReason.OtherContent, [string.Create(CultureInfo.InvariantCulture, $"编号 {id} 已是第 {seq} 号事实，所附证据不同；请换一个编号，要更正则先撤回原事实。")]);

    public static string TooLong(string key, int longest) => string.Create(CultureInfo.InvariantCulture, $"{key} 超过 {longest} 个字节。");

    public static string ZeroCharacter(string key) => $"{key} 中有 U+0000，账本不收。";

    public static string BadEvidence() => "evidence 的每一项应是 {\"sha256\": 64 位小写十六进制, \"name\": 文件名}。";

    public static Refused NotYet(string id) => NoFact(id, ["at 晚于现在一天以上：事实是已经发生的事，尚未发生的不能记录。"]);
}

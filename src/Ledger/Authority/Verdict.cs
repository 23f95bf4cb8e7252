namespace Yueheng.Ledger.Authority;

/// <summary>Whether an author may put one fact on record, as it is and now.</summary>
/// <param name="May">What they may do with it.</param>
/// <param name="Fields">What makes it a claim: names of fields inside <c>data</c>, <c>at</c> for a late entry, <c>kind</c> when the whole of it is one.</param>
/// <param name="Messages">One sentence in Chinese for each reason.</param>
public sealed record Verdict(Permit May, IReadOnlyList<string> Fields, IReadOnlyList<string> Messages)
{
    public static Verdict Recorded { get; } = new(Permit.Record, [], []);

    /// <summary>Judges one fact.</summary>
    /// <param name="saying">What the fact says that may matter.</param>
    /// <param name="severityOnRecord">Of the same subject; null: none.</param>
    /// <param name="lateness">How long ago it happened, in nanoseconds.</param>
    /// <param name="lateLimit">How long ago it may have happened to be recorded without further ado, in nanoseconds.</param>
    public static Verdict Of(Author author, Saying saying, string? severityOnRecord, long lateness, long lateLimit)
    {
        var may = AuthorityTable.Of(author, saying.Kind);
        if (may == Permit.No) return new(Permit.No, ["kind"], [author.IsMachine ? $"这把密钥不能记录 {saying.Kind}。" : $"您的角色不能记录 {saying.Kind}。"]);

        var (fields, messages) = (new List<string>(), new List<string>());
        if (may == Permit.Claim)
        {
            fields.Add("kind");
            messages.Add($"{saying.Kind} 须先提出申请，经对方认可后才成为事实。");
        }
        foreach (var excuse in saying.ExcusesFor(author, severityOnRecord))
        {
            fields.Add(excuse.Field);
            messages.Add($"{excuse.Field}：{excuse.Why}。");
        }
        if (lateness > lateLimit)
        {
            fields.Add("at");
            messages.Add($"发生在{Facts.ChinaTime.WriteDuration(lateness)}之前，超过{Facts.ChinaTime.WriteDuration(lateLimit)}：应作为补录申请，附理由和证据。");
        }
        return fields.Count == 0 ? Recorded : new(Permit.Claim, fields, messages);
    }
}

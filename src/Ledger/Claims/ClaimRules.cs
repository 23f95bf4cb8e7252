using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Claims;

/// <summary>Who may take which step, and when: nobody answers or decides what they, or their own side, proposed.</summary>
internal static class ClaimRules
{
    /// <summary>Those who may agree for their side.</summary>
    public static IReadOnlyList<Role> Answerers { get; } = [Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager];

    /// <summary>Those who may decide a finding.</summary>
    public static IReadOnlyList<Role> Deciders { get; } = [Role.BuyerReviewer, Role.BuyerLeader];

    private static StepRefused No(StepRefusal reason, string message) => new(reason, [message]);

    public static StepRefused? ToAnswer(Claim claim, Author author, long now)
    {
        if (!author.Roles.Any(Answerers.Contains) || author.Side == Side.Neither) return No(StepRefusal.Forbidden, "答复须由甲方的复核或分管领导、乙方的项目经理作出。");
        if (author.Id == claim.By || author.Side == claim.Side) return No(StepRefusal.Forbidden, "自己一方提出的，由对方答复。");
        if (!claim.Others.Contains(author.Side)) return No(StepRefusal.Forbidden, "这一申请不由您一方答复。");
        var state = claim.StateAt(now);
        if (state == ClaimState.Lapsed) return No(StepRefusal.NotNow, "申辩期限已过，由甲方核定。");
        return state != ClaimState.Proposed || !claim.Outstanding.Contains(author.Side) ? No(StepRefusal.NotNow, "这一申请已有答复或已了结。") : null;
    }

    public static StepRefused? ToDecide(Claim claim, Author author, long now)
    {
        if (claim.Type != ClaimType.Finding) return No(StepRefusal.Invalid, "只有拟扣认定需要核定，其他申请由对方答复。");
        if (!author.Roles.Any(Deciders.Contains) || author.Side != Side.Buyer) return No(StepRefusal.Forbidden, "核定由甲方的复核或分管领导作出。");
        if (author.Id == claim.By) return No(StepRefusal.Forbidden, "提出拟扣的人不能核定。");
        return claim.StateAt(now) switch
        {
            ClaimState.Proposed => No(StepRefusal.NotNow, "乙方尚未申辩，申辩期限也未届满。"),
            ClaimState.Answered or ClaimState.Lapsed => null,
            _ => No(StepRefusal.NotNow, "这一拟扣已经了结。"),
        };
    }

    public static StepRefused? ToWithdraw(Claim claim, Author author, long now)
    {
        var isTheirs = author.Id == claim.By || claim.Side != Side.Neither && author.Side == claim.Side;
        if (author.IsMachine || !isTheirs) return No(StepRefusal.Forbidden, "只有提出的一方可以收回。");
        return claim.IsOpenAt(now) ? null : No(StepRefusal.NotNow, "这一申请已经了结，不能收回。");
    }
}

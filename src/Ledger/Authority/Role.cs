namespace Yueheng.Ledger.Authority;

/// <summary>What somebody is in one contract. Somebody may be several things in several contracts.</summary>
public enum Role
{
    /// <summary>经办: the buyer's clerk, who records and proposes.</summary>
    BuyerClerk,
    /// <summary>复核: the buyer's reviewer, who decides findings and confirms statements.</summary>
    BuyerReviewer,
    /// <summary>分管领导: the buyer's leader.</summary>
    BuyerLeader,
    /// <summary>甲方财务: records invoices, payments and securities.</summary>
    BuyerFinance,
    /// <summary>用户单位: those who use what is looked after.</summary>
    UsingUnit,
    /// <summary>项目经理: answers for the provider.</summary>
    ProviderManager,
    /// <summary>工程师.</summary>
    Engineer,
    /// <summary>座席: takes calls and dispatches.</summary>
    DeskAgent,
    /// <summary>监理: watches for the buyer and decides nothing.</summary>
    Supervisor,
    /// <summary>审计: reads, and what is read carries a watermark.</summary>
    Auditor,
}

/// <summary>Whose interest somebody speaks for.</summary>
public enum Side
{
    /// <summary>甲方.</summary>
    Buyer,
    /// <summary>乙方.</summary>
    Provider,
    /// <summary>Supervisor, auditor and using unit: neither party.</summary>
    Neither,
}

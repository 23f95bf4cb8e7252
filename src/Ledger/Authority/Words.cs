namespace Yueheng.Ledger.Authority;

/// <summary>The words that roles and sides have in tables, on the wire and in the database: <c>buyer-clerk</c>, <c>provider</c>.</summary>
public static class Words
{
    private static readonly IReadOnlyList<(Role Role, string Word, string Title, Side Side)> Roles =
    [
        (Role.BuyerClerk, "buyer-clerk", "经办", Authority.Side.Buyer),
        (Role.BuyerReviewer, "buyer-reviewer", "复核", Authority.Side.Buyer),
        (Role.BuyerLeader, "buyer-leader", "分管领导", Authority.Side.Buyer),
        (Role.BuyerFinance, "buyer-finance", "甲方财务", Authority.Side.Buyer),
        (Role.UsingUnit, "using-unit", "用户单位", Authority.Side.Neither),
        (Role.ProviderManager, "provider-manager", "项目经理", Authority.Side.Provider),
        (Role.Engineer, "engineer", "工程师", Authority.Side.Provider),
        (Role.DeskAgent, "desk-agent", "座席", Authority.Side.Provider),
        (Role.Supervisor, "supervisor", "监理", Authority.Side.Neither),
        (Role.Auditor, "auditor", "审计", Authority.Side.Neither),
    ];

    public static string Word(this Role role) => Of(role).Word;

    /// <summary>In Chinese, for people.</summary>
    public static string Title(this Role role) => Of(role).Title;

    public static Side Side(this Role role) => Of(role).Side;

    /// <summary>The role of that word; null: there is none.</summary>
    public static Role? RoleOf(string word) => Roles.FirstOrDefault(entry => entry.Word == word) is { Word: not null } found ? found.Role : null;

    public static string Word(this Side side) => side switch { Authority.Side.Buyer => "buyer", Authority.Side.Provider => "provider", _ => "neither" };

    /// <summary>In Chinese, for people.</summary>
    public static string Title(this Side side) => side switch { Authority.Side.Buyer => "甲方", Authority.Side.Provider => "乙方", _ => "第三方" };

    /// <summary>The side of that word.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static Side SideOf(string word) => word switch
    {
        "buyer" => Authority.Side.Buyer,
        "provider" => Authority.Side.Provider,
        "neither" => Authority.Side.Neither,
        _ => throw new FormatException($"No side: {word}"),
    };

    private static (Role Role, string Word, string Title, Side Side) Of(Role role) => Roles.First(entry => entry.Role == role);
}

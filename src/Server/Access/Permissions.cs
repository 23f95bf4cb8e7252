using System.Collections.Frozen;
using Yueheng.Ledger.Authority;
using static Yueheng.Server.Access.Permission;

namespace Yueheng.Server.Access;

/// <summary>Role × permission, the whole of it. Which kinds of fact a role may record is the ledger's table of authority, not this one.</summary>
public static class Permissions
{
    private static readonly Role[] Everybody = Enum.GetValues<Role>();
    private static readonly Role[] Buyer = [Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.BuyerFinance];
    // An auditor changes nothing.
    private static readonly Role[] Actors = [.. Everybody.Where(role => role != Role.Auditor)];

    private static readonly FrozenDictionary<Permission, FrozenSet<Role>> Table = new Dictionary<Permission, Role[]>
    {
        [ReadFacts] = Everybody,
        [ReadFigures] = Everybody,
        [ReadMoney] = [.. Buyer, Role.ProviderManager, Role.Auditor],
        [Append] = Actors,
        [BulkAppend] = [Role.BuyerClerk, Role.BuyerFinance, Role.ProviderManager, Role.Engineer],
        [ProposeClaim] = Actors,
        [AnswerClaim] = [Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager],
        [DecideClaim] = [Role.BuyerReviewer, Role.BuyerLeader],
        [UploadEvidence] = Actors,
        [ReadEvidence] = Everybody,
        [WithdrawEvidence] = [Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager],
        [IssueStatement] = [Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager],
        [ConfirmStatement] = [Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager],
        // A bundle holds everything, money included.
        [Export] = [.. Buyer, Role.ProviderManager, Role.Auditor],
        [Verify] = [.. Buyer, Role.ProviderManager, Role.Supervisor, Role.Auditor],
        [WhatIf] = [.. Buyer, Role.ProviderManager, Role.Engineer, Role.Supervisor, Role.Auditor],
        [ProposePack] = [Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.ProviderManager],
        [AgreePack] = [Role.BuyerLeader, Role.ProviderManager],
        [WriteNotes] = Actors,
        [ReadNotes] = Actors,
        [ReadOutlook] = [.. Buyer, Role.ProviderManager],
        [ManageContract] = [Role.BuyerLeader, Role.ProviderManager],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    /// <summary>Whether a role may do something.</summary>
    public static bool Has(this Role role, Permission permission) => Table[permission].Contains(role);

    /// <summary>What the roles may do together, in the order of <see cref="Permission"/>.</summary>
    public static IReadOnlySet<Permission> Of(IEnumerable<Role> roles)
    {
        var held = roles.ToHashSet();
        return Enum.GetValues<Permission>().Where(permission => Table[permission].Overlaps(held)).ToHashSet();
    }
}

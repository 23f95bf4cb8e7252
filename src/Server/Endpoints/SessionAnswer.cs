using System.Globalization;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>Who is signed in, and what they see.</summary>
/// <param name="Csrf">For the header X-CSRF-Token of every change.</param>
/// <param name="Clock">The contracts' time now.</param>
/// <param name="ClockRuns">It runs on as true time does.</param>
/// <param name="Demo">The data is made up: every page says so.</param>
/// <param name="Totp">off, on, or must-enrol before anything else.</param>
/// <param name="Password">fine, must-change before anything else, or elsewhere: with the directory or the issuer.</param>
/// <param name="ExpiresAt">When the session ends at the latest; true time.</param>
internal sealed record SessionAnswer(
    SignedInUser User, IReadOnlyList<string> Admins, IReadOnlyList<ContractAccess> Contracts, string Csrf, string Clock, bool ClockRuns, bool Demo, string Totp, string Password, string ExpiresAt);

/// <param name="Side">buyer, provider or neither; over all contracts.</param>
internal sealed record SignedInUser(string Id, string Name, string Title, string Side);

/// <summary>What somebody is and may do in one contract.</summary>
internal sealed record ContractAccess(string Id, string Name, IReadOnlyList<string> Roles, string Side, bool SeesMoney, IReadOnlyList<string> Permissions);

/// <summary>Says who is signed in.</summary>
internal sealed class SessionAnswers(Shelf shelf, BusinessClock clock, HostSettings settings)
{
    public async Task<SessionAnswer> Of(Caller caller, CancellationToken cancellation)
    {
        var session = caller.Session ?? throw new ForbiddenException("机器的密钥没有会话。");
        var names = (await shelf.Contracts(caller.Contracts, cancellation)).ToDictionary(contract => contract.Id, contract => contract.Name, StringComparer.Ordinal);
        var contracts = caller.Contracts.Select(contract => new ContractAccess(
            contract, names.GetValueOrDefault(contract, contract), [.. caller.RolesIn(contract).Order().Select(role => role.Word())], caller.SideIn(contract).Word(), caller.SeesMoney(contract),
            [.. caller.PermissionsIn(contract).Order().Select(permission => permission.Word())])).ToList();
        var sides = contracts.Select(contract => contract.Side).Distinct().ToList();
        return new(
            new(caller.Id, caller.Name, caller.Title, sides is [var only] ? only : "neither"), [.. caller.Admins.Select(admin => admin.Word())], contracts,
            session.Csrf, ChinaTime.Write(clock.Now), true, settings.IsDemo,
            session.HasTotp ? "on" : caller.Admins.Count > 0 ? "must-enrol" : "off", session.MustChange ? "must-change" : session.Source == "password" ? "fine" : "elsewhere",
            session.EndsAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }
}

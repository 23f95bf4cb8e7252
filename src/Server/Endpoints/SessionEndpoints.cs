using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Endpoints;

/// <summary>Signing in and out.</summary>
internal static class SessionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/session", (Caller caller, BusinessClock clock, HostSettings settings) => SessionAnswer.Of(caller, clock, settings)).ForSignedIn(beforeReady: true);
        api.MapDelete("/session", End).Produces(204).ForSignedIn(beforeReady: true);
    }

    private static async Task<IResult> End(Caller caller, HttpContext context, Sessions sessions, AuditLog audit, CancellationToken cancellation)
    {
        if (caller.Session is not { } session) throw ProblemException.Invalid("机器的密钥没有会话。");
        await sessions.End(session, cancellation);
        await audit.Write(caller, "session.ended", cancellation: cancellation);
        SessionCookie.Remove(context);
        return Results.NoContent();
    }
}

/// <summary>Who is signed in, and what they see.</summary>
/// <param name="Csrf">For the header X-CSRF-Token of every change.</param>
/// <param name="Clock">The contracts' time now.</param>
/// <param name="ClockRuns">It runs on as true time does.</param>
/// <param name="Demo">The data is made up: every page says so.</param>
/// <param name="Totp">off, on, or must-enrol before anything else.</param>
/// <param name="Password">fine, must-change before anything else, or elsewhere: with the directory or the issuer.</param>
/// <param name="ExpiresAt">When the session ends at the latest; true time.</param>
internal sealed record SessionAnswer(
    SignedInUser User, IReadOnlyList<string> Admins, IReadOnlyList<ContractAccess> Contracts, string Csrf, string Clock, bool ClockRuns, bool Demo, string Totp, string Password, string ExpiresAt)
{
    public static SessionAnswer Of(Caller caller, BusinessClock clock, HostSettings settings)
    {
        var contracts = caller.Contracts.Select(contract => ContractAccess.Of(caller, contract)).ToList();
        var sides = contracts.Select(contract => contract.Side).Distinct().ToList();
        var session = caller.Session ?? throw ProblemException.Invalid("机器的密钥没有会话。");
        return new(
            new(caller.Id, caller.Name, caller.Title, sides is [var only] ? only : "neither"), [.. caller.Admins.Select(admin => admin.Word())], contracts,
            session.Csrf, ChinaTime.Write(clock.Now), true, settings.IsDemo,
            session.HasTotp ? "on" : caller.Admins.Count > 0 ? "must-enrol" : "off", session.MustChange ? "must-change" : session.Source == "password" ? "fine" : "elsewhere",
            session.EndsAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <param name="Side">buyer, provider or neither; over all contracts.</param>
internal sealed record SignedInUser(string Id, string Name, string Title, string Side);

/// <summary>What somebody is and may do in one contract.</summary>
internal sealed record ContractAccess(string Id, string Name, IReadOnlyList<string> Roles, string Side, bool SeesMoney, IReadOnlyList<string> Permissions)
{
    public static ContractAccess Of(Caller caller, string contract) =>
        new(contract, contract, [.. caller.RolesIn(contract).Order().Select(role => role.Word())], caller.SideIn(contract).Word(), caller.SeesMoney(contract),
            [.. caller.PermissionsIn(contract).Order().Select(permission => permission.Word())]);
}

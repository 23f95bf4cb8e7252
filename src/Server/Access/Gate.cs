using System.Security.Cryptography;
using System.Text;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Access;

/// <summary>
/// Stands before every endpoint: finds out who calls, and lets them on if the endpoint's <see cref="Access"/> allows. An endpoint of the API
/// that says nothing of access is closed to all.
/// </summary>
internal sealed class Gate(RequestDelegate next, Sessions sessions, MachineKeys keys, HostSettings settings)
{
    public const string CsrfHeader = "X-CSRF-Token";

    public async Task InvokeAsync(HttpContext context)
    {
        // What refuses a wrong method or type is no endpoint of ours.
        if (context.GetEndpoint() is not RouteEndpoint endpoint || !context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }
        var access = endpoint.Metadata.GetMetadata<Access>();
        var (caller, isByCookie) = access is Access.Anyone ? default : await Identify(context);
        if (caller is not null) context.Features.Set(caller);
        Check(context, access, caller, isByCookie);
        await next(context);
    }

    private async Task<(Caller?, bool IsByCookie)> Identify(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return (await keys.Find(header["Bearer ".Length..].Trim(), address, context.RequestAborted), false);
        return SessionCookie.Read(context) is { } secret ? (await sessions.Find(secret, address, context.RequestAborted), true) : default;
    }

    private void Check(HttpContext context, Access? access, Caller? caller, bool isByCookie)
    {
        if (access is Access.Anyone) return;
        if (access is null) throw new ForbiddenException("这个地址没有开放。");
        if (caller is null) throw ProblemException.SignInFirst();
        if (isByCookie) RequireToken(context.Request, caller);
        if (access is not Access.SignedIn { BeforeReady: true }) RequireReady(caller);
        switch (access)
        {
            case Access.InContract needed:
                caller.Require((string)context.GetRouteValue("contract")!, needed.Permission);
                break;
            case Access.Administrators admins:
                caller.Require(admins.Any);
                break;
        }
    }

    // A page of somebody else's can send our cookie along, but cannot read the token.
    private static void RequireToken(HttpRequest request, Caller caller)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        var given = Encoding.UTF8.GetBytes(request.Headers[CsrfHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(caller.Session!.Csrf)))
            throw new ForbiddenException($"请求缺少标头 {CsrfHeader} 或其值不对；请刷新页面后重试。", "csrf");
    }

    private void RequireReady(Caller caller)
    {
        if (!settings.IsChecked || caller.Session is not { } session) return;
        if (session.MustChange) throw new ForbiddenException("请先修改初始口令。", "must-change-password");
        if (caller.Admins.Count > 0 && !session.HasTotp) throw new ForbiddenException("管理员须先启用动态口令（TOTP）。", "must-enrol");
    }
}

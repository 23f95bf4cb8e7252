using Microsoft.AspNetCore.Mvc;
using QRCoder;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Endpoints;

/// <summary>Signing in and out, the password, the second factor.</summary>
internal static class SessionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("session");
        session.MapGet("/ways", Ways).Produces<WaysAnswer>().ForAnyone();
        session.MapPost("", Begin).Produces<SessionAnswer>().ForAnyone();
        session.MapGet("", Get).Produces<SessionAnswer>().ForSignedIn(beforeReady: true);
        session.MapDelete("", End).Produces(204).ForSignedIn(beforeReady: true);
        session.MapPost("/password", ChangePassword).Produces<SessionAnswer>().ForSignedIn(beforeReady: true);
        session.MapPost("/totp", OfferTotp).Produces<TotpOffer>().ForSignedIn(beforeReady: true);
        session.MapPut("/totp", EnrolTotp).Produces<SessionAnswer>().ForSignedIn(beforeReady: true);
        session.MapGet("/oauth2", GoToIssuer).Produces(302).ForAnyone();
        session.MapGet("/oauth2/callback", BackFromIssuer).Produces(200, contentType: "text/html").ForAnyone();
    }

    private static WaysAnswer Ways(IServiceProvider parts) =>
        new(true, parts.GetService<LdapDirectory>() is not null, parts.GetService<Issuer>() is { } issuer ? new(issuer.Name) : null);

    private static async Task<SessionAnswer> Begin(SignInBody body, HttpContext context, SignIn signIn, Sessions sessions, SessionAnswers answers, CancellationToken cancellation)
    {
        RefuseOtherSites(context.Request);
        var address = AddressOf(context);
        var secret = await signIn.ByPassword(body.User ?? "", body.Password ?? "", body.Code, address, cancellation);
        SessionCookie.Write(context, secret);
        return await answers.Of((await sessions.Find(secret, address, cancellation))!, cancellation);
    }

    // A form on somebody else's page must not sign anybody in here, as whomever.
    private static void RefuseOtherSites(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") throw new ForbiddenException("只能在本系统的页面上登录。", "csrf");
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static Task<SessionAnswer> Get(Caller caller, SessionAnswers answers, CancellationToken cancellation) => answers.Of(caller, cancellation);

    private static async Task<IResult> End(Caller caller, HttpContext context, Sessions sessions, AuditLog audit, CancellationToken cancellation)
    {
        await sessions.End(SessionOf(caller), cancellation);
        await audit.Write(caller, "session.ended", cancellation: cancellation);
        SessionCookie.Remove(context);
        return Results.NoContent();
    }

    private static LiveSession SessionOf(Caller caller) => caller.Session ?? throw new ForbiddenException("机器的密钥没有会话。");

    private static async Task<SessionAnswer> ChangePassword(ChangePasswordBody body, Caller caller, HttpContext context, People people, SignInLimits limits, Sessions sessions, SessionAnswers answers, AuditLog audit, CancellationToken cancellation)
    {
        var session = SessionOf(caller);
        limits.Count(caller.Address);
        if (await people.Find(caller.Id, cancellation) is not { Source: "password" } who) throw new ForbiddenException("您的口令由统一目录或统一认证管理，请到那里修改。");
        if (!people.IsPassword(who, body.Old ?? "")) throw ProblemException.Invalid("原口令不对。", new ProblemError("old", null, "原口令不对"));
        if (body.New == body.Old) throw ProblemException.Invalid("新口令须与原口令不同。", new ProblemError("new", null, "与原口令相同"));
        if (PasswordRules.Refuse(body.New ?? "", who.Login) is { } why) throw ProblemException.Invalid(why, new ProblemError("new", null, why));
        await people.SetPassword(caller.Id, body.New!, false, cancellation);
        await sessions.EndAll(caller.Id, session, cancellation);
        await audit.Write(caller, "password.changed", cancellation: cancellation);
        return await Again(context, sessions, answers, cancellation);
    }

    private static async Task<TotpOffer> OfferTotp([FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] CodeBody? body, Caller caller, People people, SignIn signIn, SealedSecrets secrets, CancellationToken cancellation)
    {
        SessionOf(caller);
        var who = (await people.Find(caller.Id, cancellation))!;
        // Whoever finds a screen left open must not take the second factor over.
        await signIn.CheckCode(who, body?.Code, caller.Address, cancellation);
        var secret = Totp.NewSecret();
        await people.OfferTotp(caller.Id, secrets.Seal(caller.Id, secret), cancellation);
        var address = Totp.Address(who.Login, secret);
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new(Totp.Text(secret), address, picture.GetGraphic(4));
    }

    private static async Task<SessionAnswer> EnrolTotp(CodeBody body, Caller caller, HttpContext context, People people, SealedSecrets secrets, SignInLimits limits, Sessions sessions, SessionAnswers answers, AuditLog audit, TimeProvider truth, CancellationToken cancellation)
    {
        limits.Count(caller.Address);
        var session = SessionOf(caller);
        if (await people.Find(caller.Id, cancellation) is not { TotpPending: { } offered }) throw ProblemException.Conflict("请先取得新的动态口令密钥。");
        if (secrets.Open(caller.Id, offered) is not { } secret || Totp.Match(secret, body.Code ?? "", truth.GetUtcNow()) is not { } step)
            throw ProblemException.Invalid("动态口令不对；请核对手机时间后再试。", new ProblemError("code", null, "不对"));
        await people.EnrolTotp(caller.Id, step, cancellation);
        await sessions.EndAll(caller.Id, session, cancellation);
        await audit.Write(caller, "totp.enrolled", cancellation: cancellation);
        return await Again(context, sessions, answers, cancellation);
    }

    private static async Task<SessionAnswer> Again(HttpContext context, Sessions sessions, SessionAnswers answers, CancellationToken cancellation) =>
        await answers.Of((await sessions.Find(SessionCookie.Read(context)!, AddressOf(context), cancellation))!, cancellation);

    private const string FlowCookie = "yueheng-sign-in";

    private static IResult GoToIssuer(HttpContext context, IServiceProvider parts)
    {
        var issuer = IssuerOf(parts);
        var (address, cookie) = issuer.Begin(BackTo(context, parts));
        context.Response.Cookies.Append(FlowCookie, cookie, FlowCookieOptions(context));
        return Results.Redirect(address);
    }

    private static async Task<IResult> BackFromIssuer(string? state, string? code, HttpContext context, IServiceProvider parts, SignIn signIn, CancellationToken cancellation)
    {
        var subject = await IssuerOf(parts).End(context.Request.Cookies[FlowCookie], state, code, BackTo(context, parts), cancellation);
        context.Response.Cookies.Delete(FlowCookie, FlowCookieOptions(context));
        SessionCookie.Write(context, await signIn.ByIssuer(subject, AddressOf(context), cancellation));
        // Not a redirect: the browser keeps a strict cookie back on any that began on another site.
        return Results.Content("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><title>约衡</title><a href=\"/\">继续</a></html>", "text/html; charset=utf-8");
    }

    private static Issuer IssuerOf(IServiceProvider parts) => parts.GetService<Issuer>() ?? throw ProblemException.NotFound("统一认证：没有配置");

    private static string BackTo(HttpContext context, IServiceProvider parts)
    {
        var root = parts.GetRequiredService<IssuerSettings>().PublicUrl ?? $"{context.Request.Scheme}://{context.Request.Host}";
        return root.TrimEnd('/') + "/api/session/oauth2/callback";
    }

    // Lax: it has to come along when the issuer sends the browser back.
    private static CookieOptions FlowCookieOptions(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/api/session/oauth2", Secure = context.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(10), IsEssential = true };
}

/// <param name="Code">Six digits, when the answer before was totp-required.</param>
internal sealed record SignInBody(string User, string Password, string? Code);

internal sealed record ChangePasswordBody(string Old, string New);

internal sealed record CodeBody(string? Code);

/// <summary>What somebody's authenticator needs; it counts when a code of it has come back.</summary>
/// <param name="Secret">In Base32, to type.</param>
/// <param name="Uri">What the picture says.</param>
/// <param name="Qr">The picture, SVG.</param>
internal sealed record TotpOffer(string Secret, string Uri, string Qr);

/// <summary>How one may sign in here.</summary>
/// <param name="Oauth2">Null: not.</param>
internal sealed record WaysAnswer(bool Password, bool Ldap, IssuerAnswer? Oauth2);

/// <param name="Name">What the button says.</param>
internal sealed record IssuerAnswer(string Name);

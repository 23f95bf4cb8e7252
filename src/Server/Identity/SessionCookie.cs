namespace Yueheng.Server.Identity;

/// <summary>The cookie that holds a session: out of reach for scripts and for other sites; over https also for other hosts and other paths.</summary>
internal static class SessionCookie
{
    private const string Secure = "__Host-yueheng";
    private const string Plain = "yueheng";

    public static string? Read(HttpContext context) => context.Request.Cookies[NameFor(context)] is { Length: > 0 } secret ? secret : null;

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(NameFor(context), secret, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), Options(context));

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? Secure : Plain;

    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", Secure = context.Request.IsHttps, IsEssential = true };
}

using System.Security.Cryptography;

namespace Yueheng.Server.Web;

/// <summary>
/// What a browser may do with what we send: load from here and nowhere else, run no script that stands in a page, be framed by nobody.
/// Style elements carry a nonce, since the components make theirs while they run; style attributes are let through, they only look.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NonceItem = "csp-nonce";

    /// <summary>The nonce of this answer, for the page that is about to be written.</summary>
    public static string NonceOf(HttpContext context) => (string)(context.Items[NonceItem] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)));

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // A document that stands alone, such as the print of a statement, brings its own.
            headers.XFrameOptions = headers.ContentSecurityPolicy.ToString().Contains("frame-ancestors 'self'", StringComparison.Ordinal) ? "SAMEORIGIN" : "DENY";
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = OfConsole(context.Items[NonceItem] as string);
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            // What the API says is for the one who asked.
            if (context.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static string OfConsole(string? nonce) =>
        $"default-src 'self'; script-src 'self'; style-src 'self'{(nonce is null ? "" : $" 'nonce-{nonce}'")}; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

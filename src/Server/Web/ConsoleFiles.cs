using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Yueheng.Server.Web;

/// <summary>
/// The built console: files as they were built, the compressed form where there is one and the browser takes it; for every other address
/// that a person may have typed or kept, the page that finds its way by itself.
/// </summary>
internal sealed class ConsoleFiles
{
    private const string NoncePlace = "__CSP_NONCE__";
    private const string Hashed = "/assets/";
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly (string Name, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly RequestDelegate _next;
    private readonly FrozenDictionary<string, byte[]> _files;
    private readonly string? _page;

    public ConsoleFiles(RequestDelegate next, HostSettings settings)
    {
        _next = next;
        var folder = settings.Console;
        // A few megabytes, kept: what is built anew beside us changes nothing here, and no path of a request ever reaches the file system.
        _files = folder is null
            ? FrozenDictionary<string, byte[]>.Empty
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToFrozenDictionary(file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
        _page = _files.TryGetValue("/index.html", out var page) ? Encoding.UTF8.GetString(page) : null;
    }

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (context.GetEndpoint() is not null || path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal)) return _next(context);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return _next(context);
        if (path is not "/" and not "/index.html" && _files.TryGetValue(path, out var file)) return Send(context, path, file);
        // A name with an extension is a file that is not there, not a page.
        return Path.HasExtension(path) && path != "/index.html" ? _next(context) : SendPage(context);
    }

    private Task Send(HttpContext context, string path, byte[] file)
    {
        var response = context.Response;
        response.ContentType = Types.TryGetContentType(path, out var type) ? type + (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("javascript", StringComparison.Ordinal) ? "; charset=utf-8" : "") : "application/octet-stream";
        // A hashed name never stands for anything else.
        response.Headers.CacheControl = path.StartsWith(Hashed, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        foreach (var (name, extension) in Encodings)
            if (accepted.Contains(name, StringComparison.OrdinalIgnoreCase) && _files.TryGetValue(path + extension, out var compressed))
            {
                response.Headers.ContentEncoding = name;
                file = compressed;
                break;
            }
        response.ContentLength = file.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(file, context.RequestAborted).AsTask();
    }

    private Task SendPage(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (_page is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync("<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>约衡</title><p>控制台尚未构建；接口在 /api，说明在 /openapi/v1.json。</p></html>", context.RequestAborted);
        }
        return context.Response.WriteAsync(_page.Replace(NoncePlace, SecurityHeaders.NonceOf(context), StringComparison.Ordinal), context.RequestAborted);
    }
}

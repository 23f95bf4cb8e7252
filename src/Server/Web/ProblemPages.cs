using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace Yueheng.Server.Web;

/// <summary>Whatever goes wrong under <c>/api</c> is answered as a problem (RFC 9457) with a sentence in Chinese.</summary>
internal sealed partial class ProblemPages(RequestDelegate next, ILogger<ProblemPages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null } && context.Request.Path.StartsWithSegments("/api"))
                await Write(context, Problem.Of(context.Response.StatusCode));
        }
        catch (Exception broken)
        {
            if (context.RequestAborted.IsCancellationRequested) return;
            var problem = Of(broken);
            if (problem.Status >= 500 && broken is not ProblemException) Broke(log, broken, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "", Activity.Current?.TraceId.ToString() ?? "");
            // Half an answer is no answer: the wire breaks, so that nobody takes it for a whole one.
            if (context.Response.HasStarted) context.Abort();
            else await Write(context, problem);
        }
    }

    private static Problem Of(Exception broken) => broken switch
    {
        ProblemException problem => Problem.Of(problem),
        _ when Endpoints.StatementProblems.Of(broken) is { } refused => Problem.Of(refused),
        // Whoever may not see a contract learns nothing of it.
        UnauthorizedAccessException => Problem.Of(404, null, "没有这个合同。"),
        BadHttpRequestException { InnerException: JsonException json } => Problem.Of(400, "bad-json", "请求的内容不是所要的 JSON。", [new(json.Path, (int?)json.LineNumber + 1, "格式不对")]),
        BadHttpRequestException bad => Problem.Of(bad.StatusCode),
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException } or PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" } => Problem.Of(503),
        TimeoutException => Problem.Of(503),
        _ => Problem.Of(500),
    };

    private static async Task Write(HttpContext context, Problem problem)
    {
        context.Response.Clear();
        context.Response.StatusCode = problem.Status!.Value;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.Extensions.TryGetValue("retryAfter", out var seconds)) context.Response.Headers.RetryAfter = seconds?.ToString();
        else if (problem.Status == 503) context.Response.Headers.RetryAfter = "2";
        await context.Response.WriteAsJsonAsync(problem, Json.Plain, "application/problem+json; charset=utf-8");
    }

    [LoggerMessage(1, LogLevel.Error, "A request failed: {Method} {Endpoint}, trace {Trace}")]
    private static partial void Broke(ILogger log, Exception broken, string method, string endpoint, string trace);
}

using Microsoft.AspNetCore.Mvc;

namespace Yueheng.Server;

/// <summary>Ends a request with a problem (RFC 9457).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="word">What kind of problem: <c>type</c> is <c>/problems/</c> and this.</param>
/// <param name="detail">One or more sentences in Chinese for the person who asked.</param>
/// <example><c>throw new ProblemException(422, "invalid-fact", "事实缺少 at。") { Errors = [new("at", null, "缺少")] };</c></example>
public class ProblemException(int status, string word, string detail) : Exception(detail)
{
    public int Status { get; } = status;
    public string Word { get; } = word;

    /// <summary>The faults one by one, where there are several or each has a place.</summary>
    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>Further members of the problem's object, by name: <c>fields</c>, <c>claim</c>, <c>retryAfter</c>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    public static ProblemException NotFound(string what) => new(404, "not-found", $"没有{what}。");
    public static ProblemException Invalid(string detail, params ProblemError[] errors) => new(422, "invalid", detail) { Errors = errors };
    public static ProblemException Conflict(string detail) => new(409, "conflict", detail);
    internal static ProblemException SignInFirst() => new(401, "sign-in-first", "请先登录。");
}

/// <summary>The caller may not do this.</summary>
public sealed class ForbiddenException : ProblemException
{
    public ForbiddenException(string detail, string word = "forbidden") : base(403, word, detail) { }
    private ForbiddenException(int status, string word, string detail) : base(status, word, detail) { }

    /// <summary>Whoever may not see a contract learns nothing of it, not even that it exists.</summary>
    internal static ForbiddenException NotThere(string contract) => new(404, "not-found", $"没有合同“{contract}”。");
}

/// <summary>One fault.</summary>
/// <param name="Field">The key, parameter or column at fault.</param>
/// <param name="Line">Of a file or a stream, from 1.</param>
/// <param name="Message">In Chinese.</param>
public sealed record ProblemError(string? Field, int? Line, string Message);

/// <summary>The problem as it is written (application/problem+json); what the endpoints declare.</summary>
public sealed class Problem : ProblemDetails
{
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    internal static readonly IReadOnlyDictionary<int, (string Word, string Title, string Detail)> Plain = new Dictionary<int, (string, string, string)>
    {
        [400] = ("bad-request", "请求有误", "请求的格式不对。"),
        [401] = ("sign-in-first", "未登录", "请先登录。"),
        [403] = ("forbidden", "没有权限", "您没有此项权限。"),
        [404] = ("not-found", "没有找到", "没有这个地址。"),
        [405] = ("method-not-allowed", "方法不允许", "这个地址不接受这种请求方法。"),
        [406] = ("not-acceptable", "格式不支持", "不能以所要的格式回答。"),
        [408] = ("timeout", "超时", "请求没有按时传完。"),
        [409] = ("conflict", "冲突", "与已有的内容冲突。"),
        [411] = ("length-required", "缺少长度", "请求没有写明长度。"),
        [413] = ("too-large", "内容过大", "请求的内容超过上限。"),
        [414] = ("uri-too-long", "地址过长", "请求的地址过长。"),
        [415] = ("media-type", "类型不支持", "不支持这种内容类型（Content-Type）。"),
        [422] = ("invalid", "内容有误", "请求的内容不合规则。"),
        [429] = ("too-many", "请求过多", "请求过于频繁，请稍后再试。"),
        [431] = ("headers-too-large", "标头过大", "请求的标头过大。"),
        [500] = ("internal", "内部错误", "服务器内部出错，已记入日志。"),
        [503] = ("unavailable", "暂不可用", "数据库暂时不可用，请稍后重试；同一内容重复提交只记录一次。"),
    };

    internal static Problem Of(ProblemException problem)
    {
        var written = Of(problem.Status, problem.Word, problem.Message, problem.Errors.Count == 0 ? null : problem.Errors);
        foreach (var (name, value) in problem.Members) written.Extensions[name] = value;
        return written;
    }

    internal static Problem Of(int status, string? word = null, string? detail = null, IReadOnlyList<ProblemError>? errors = null)
    {
        var plain = Plain.GetValueOrDefault(status, ("problem", "出错", "请求没有完成。"));
        return new() { Type = "/problems/" + (word ?? plain.Item1), Title = plain.Item2, Status = status, Detail = detail ?? plain.Item3, Errors = errors };
    }
}

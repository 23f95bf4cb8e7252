using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Yueheng.Server.Identity;

/// <summary>An organisation's single sign-on by OAuth 2. Section <c>OAuth2</c> of the settings, or <c>OAuth2__Authorize</c> and so on in the environment.</summary>
/// <param name="Name">What its button says.</param>
/// <param name="Authorize">Where the browser is sent.</param>
/// <param name="Token">Where this server exchanges the code.</param>
/// <param name="UserInfo">Where this server asks who it was.</param>
/// <param name="Subject">The member of that answer which names the user for good: <c>sub</c>.</param>
/// <param name="PublicUrl">How browsers reach this server, where a proxy hides it; null: as the request says.</param>
internal sealed record IssuerSettings(string Name, Uri Authorize, Uri Token, Uri UserInfo, string ClientId, string? ClientSecret, string Scope, string Subject, string? PublicUrl)
{
    /// <summary>Null: there is no issuer.</summary>
    public static IssuerSettings? Of(IConfiguration settings)
    {
        var section = settings.GetSection("OAuth2");
        return section["Authorize"] is { Length: > 0 } authorize
            ? new(section["Name"] ?? "统一认证", new(authorize), new(Needed("Token")), new(Needed("UserInfo")), Needed("ClientId"), section["ClientSecret"], section["Scope"] ?? "openid", section["Subject"] ?? "sub", section["PublicUrl"])
            : null;

        string Needed(string key) => section[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"设置 OAuth2 缺少 {key}。");
    }
}

/// <summary>
/// The code flow with PKCE (RFC 6749, RFC 7636). What the flow must remember lies sealed in a cookie of its own, so that the browser may
/// come back to another node.
/// </summary>
/// <param name="truth">True time.</param>
internal sealed class Issuer(IssuerSettings settings, SealedSecrets secrets, TimeProvider truth, ILogger<Issuer> log) : IDisposable
{
    private const string Purpose = "oauth2";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(15), MaxResponseContentBufferSize = 1 << 20 };

    private sealed record Flow(string State, string Verifier, long Until);

    public string Name => settings.Name;

    /// <summary>Begins a flow.</summary>
    /// <param name="back">Where the issuer sends the browser back to.</param>
    /// <returns>Where to send the browser, and what its cookie shall hold.</returns>
    public (string Address, string Cookie) Begin(string back)
    {
        var flow = new Flow(Sessions.Secret(), Sessions.Secret(), (truth.GetUtcNow() + Patience).ToUnixTimeSeconds());
        var address = QueryHelpers.AddQueryString(settings.Authorize.ToString(), new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = back,
            ["scope"] = settings.Scope,
            ["state"] = flow.State,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(flow.Verifier))),
            ["code_challenge_method"] = "S256",
        });
        return (address, Base64Url.EncodeToString(secrets.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(flow))));
    }

    /// <summary>Ends a flow: who it was, by the issuer's word.</summary>
    /// <exception cref="ProblemException">The flow is not one that this browser began, or the issuer does not vouch.</exception>
    public async Task<string> End(string? cookie, string? state, string? code, string back, CancellationToken cancellation)
    {
        if (Read(cookie) is not { } flow || flow.Until < truth.GetUtcNow().ToUnixTimeSeconds() || string.IsNullOrEmpty(code)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(flow.State), Encoding.UTF8.GetBytes(state ?? "")))
            throw new ProblemException(401, "sign-in-refused", "统一认证没有完成或已过期，请重新登录。");
        try
        {
            var token = await Exchange(flow, code, back, cancellation);
            using var ask = new HttpRequestMessage(HttpMethod.Get, settings.UserInfo) { Headers = { Authorization = new("Bearer", token) } };
            using var answer = await Send(ask, cancellation);
            return Member(answer.RootElement, settings.Subject);
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException or TaskCanceledException { InnerException: TimeoutException })
        {
            IssuerLog.NoWord(log, broken);
            throw new ProblemException(502, "issuer-away", "统一认证服务没有给出有效的应答，请稍后再试。");
        }
    }

    private Flow? Read(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie) || cookie.Length > 4096 || !Base64Url.IsValid(cookie)) return null;
        return secrets.Open(Purpose, Base64Url.DecodeFromChars(cookie)) is { } text ? JsonSerializer.Deserialize<Flow>(text) : null;
    }

    private async Task<string> Exchange(Flow flow, string code, string back, CancellationToken cancellation)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = back, ["client_id"] = settings.ClientId, ["code_verifier"] = flow.Verifier };
        if (settings.ClientSecret is { } secret) form["client_secret"] = secret;
        using var ask = new HttpRequestMessage(HttpMethod.Post, settings.Token) { Content = new FormUrlEncodedContent(form) };
        using var answer = await Send(ask, cancellation);
        return Member(answer.RootElement, "access_token");
    }

    private async Task<JsonDocument> Send(HttpRequestMessage ask, CancellationToken cancellation)
    {
        ask.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await _http.SendAsync(ask, cancellation);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
    }

    private static string Member(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ToString() is { Length: > 0 } text ? text : throw new JsonException($"The issuer's answer has no {name}.");

    public void Dispose() => _http.Dispose();
}

internal static partial class IssuerLog
{
    [LoggerMessage(11, LogLevel.Warning, "The issuer gives no valid answer")]
    public static partial void NoWord(ILogger log, Exception broken);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Yueheng.Ledger.Authority;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Identity;

/// <summary>Single sign-on against an issuer of our own, which keeps to the code flow with PKCE and forgives nothing.</summary>
public sealed class OAuth2Tests(ServerFixture fixture) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, (string Challenge, string Back)> _codes = new();
    private WebApplication _issuer = null!;
    private TestNode _node = null!;
    private string _subject = "employee-7";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _issuer = builder.Build();
        _issuer.Urls.Add("http://127.0.0.1:0");
        _issuer.MapGet("/authorize", (string client_id, string redirect_uri, string state, string code_challenge, string code_challenge_method, string response_type) =>
        {
            if ((client_id, code_challenge_method, response_type) != ("yueheng", "S256", "code")) return Results.BadRequest();
            var code = Guid.NewGuid().ToString("n");
            _codes[code] = (code_challenge, redirect_uri);
            return Results.Redirect(QueryHelpers.AddQueryString(redirect_uri, new Dictionary<string, string?> { ["code"] = code, ["state"] = state }));
        });
        _issuer.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var isGood = _codes.TryRemove(form["code"].ToString(), out var held) && form["client_secret"] == "s3cret" && form["redirect_uri"] == held.Back
                && System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == held.Challenge;
            return isGood ? Results.Json(new { access_token = "t-" + form["code"], token_type = "Bearer" }) : Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        });
        _issuer.MapGet("/userinfo", (HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Bearer t-", StringComparison.Ordinal) ? Results.Json(new { sub = _subject }) : Results.Unauthorized());
        await _issuer.StartAsync();
        var root = _issuer.Urls.First();
        _node = await fixture.Start(options => options.AppSettings = $$$"""{"OAuth2":{"Name":"政务统一认证","Authorize":"{{{root}}}/authorize","Token":"{{{root}}}/token","UserInfo":"{{{root}}}/userinfo","ClientId":"yueheng","ClientSecret":"s3cret"}}""");
        var id = await _node.Person([Role.BuyerClerk], [TestNode.Contract]);
        await _node.Execute("update server.users set source = 'oauth2', external = 'employee-7' where id = $1", id);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    // A browser: keeps cookies, follows where it is sent.
    private async Task<(string Callback, string FlowCookie)> GoToIssuer()
    {
        var start = await _node.Anonymous.Get("/api/session/oauth2");
        start.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var there = await browser.GetAsync(start.Headers.Location, Cancellation);
        there.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        return (there.Headers.Location!.PathAndQuery, start.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    private async Task<HttpResponseMessage> ComeBack(string callback, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, callback);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await _node.Anonymous.SendAsync(request, Cancellation);
    }

    [Fact]
    public async Task Whom_the_issuer_vouches_for_comes_in()
    {
        (await (await _node.Anonymous.Get("/api/session/ways")).Json()).GetProperty("oauth2").Text("name").ShouldBe("政务统一认证");
        var (callback, cookie) = await GoToIssuer();
        var back = await ComeBack(callback, cookie);
        back.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var session = back.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("yueheng=", StringComparison.Ordinal)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Cookie", session } } };
        var answer = await (await _node.Anonymous.SendAsync(request, Cancellation)).Json();
        answer.Text("password").ShouldBe("elsewhere");
        answer.GetProperty("user").Text("side").ShouldBe("buyer");
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_is_refused()
    {
        var (callback, cookie) = await GoToIssuer();
        var (_, other) = await GoToIssuer();
        (await (await ComeBack(callback, null)).Problem(401)).ShouldBe("sign-in-refused");
        (await (await ComeBack(callback, other)).Problem(401)).ShouldBe("sign-in-refused");
        (await (await ComeBack(callback.Replace("state=", "state=x", StringComparison.Ordinal), cookie)).Problem(401)).ShouldBe("sign-in-refused");
        (await (await ComeBack(callback, "yueheng-sign-in=" + cookie.Split('=')[1][..^4] + "AAAA")).Problem(401)).ShouldBe("sign-in-refused");
        (await (await ComeBack("/api/session/oauth2/callback?error=access_denied", cookie)).Problem(401)).ShouldBe("sign-in-refused");
        // A code serves once.
        (await ComeBack(callback, cookie)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await (await ComeBack(callback, cookie)).Problem(502)).ShouldBe("issuer-away");
    }

    [Fact]
    public async Task Whom_the_issuer_knows_and_we_do_not_stays_out()
    {
        _subject = "somebody-else";
        var (callback, cookie) = await GoToIssuer();
        (await (await ComeBack(callback, cookie)).Problem(401)).ShouldBe("sign-in-refused");
    }
}

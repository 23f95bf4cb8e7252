using System.Net.Http.Headers;
using System.Text;
using Yueheng.Ledger.Authority;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Web;

/// <summary>What goes out beside the answers, the console's files, and what is refused before any endpoint.</summary>
public sealed class HeadersTests(ConsoleNode held) : IClassFixture<ConsoleNode>
{
    private readonly TestNode _node = held.Node;

    [Theory]
    [InlineData("/")]
    [InlineData("/contracts/security-operations/settlement?trace=x.y")]
    [InlineData("/assets/index-AbCd1234.js")]
    [InlineData("/api/session")]
    [InlineData("/api/nothing")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_says_what_a_browser_may_do_with_it(string path)
    {
        var headers = (await _node.Anonymous.Get(path)).Headers;
        var policy = headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        var script = policy.Split(';').Single(part => part.TrimStart().StartsWith("script-src ", StringComparison.Ordinal));
        script.ShouldNotContain("unsafe");
        policy.Split(';').Single(part => part.TrimStart().StartsWith("style-src ", StringComparison.Ordinal)).ShouldNotContain("unsafe");
        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task The_page_carries_the_nonce_of_its_own_answer()
    {
        var answers = new[] { await _node.Anonymous.Get("/"), await _node.Anonymous.Get("/some/page") };
        var nonces = new List<string>();
        foreach (var answer in answers)
        {
            var nonce = answer.Headers.GetValues("Content-Security-Policy").Single().Split("'nonce-")[1].Split('\'')[0];
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain($"content=\"{nonce}\"");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            nonces.Add(nonce);
        }
        nonces.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_hashed_file_is_kept_for_ever_and_sent_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-AbCd1234.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br"), new StringWithQualityHeaderValue("gzip") } } };
        var answer = await _node.Anonymous.SendAsync(request, Cancellation);
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        answer.Content.Headers.ContentType!.ToString().ShouldStartWith("text/javascript");
        (await (await _node.Anonymous.Get("/assets/index-AbCd1234.js")).Content.ReadAsStringAsync(Cancellation)).ShouldBe("plain");
    }

    [Theory]
    [InlineData("/assets/absent.js")]
    [InlineData("/../appsettings.json")]
    [InlineData("/..%2f..%2fetc/passwd.txt")]
    [InlineData("/assets/%2e%2e/%2e%2e/appsettings.json")]
    public async Task What_is_no_file_of_the_console_is_not_found(string path) =>
        (await _node.Anonymous.Get(path)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

    [Fact]
    public async Task What_goes_wrong_is_told_as_a_problem_in_Chinese()
    {
        var engineer = await _node.As(Role.Engineer);
        (await (await engineer.Get("/api/nothing")).Problem(404)).ShouldBe("not-found");
        (await (await engineer.Put("/api/contracts", new { })).Problem(405)).ShouldBe("method-not-allowed");
        (await (await _node.Anonymous.PostAsync("/api/session", new StringContent("<user/>", Encoding.UTF8, "application/xml"), Cancellation)).Problem(415)).ShouldBe("media-type");
        (await (await _node.Anonymous.PostAsync("/api/session", new StringContent("{\"user\":", Encoding.UTF8, "application/json"), Cancellation)).Problem(400)).ShouldBe("bad-json");
        // Asks before it sends: whoever sends regardless may find the wire cut.
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = new StringContent(new string(' ', 5 << 20), Encoding.UTF8, "application/json"), Headers = { ExpectContinue = true } };
        (await (await _node.Anonymous.SendAsync(large, Cancellation)).Problem(413)).ShouldBe("too-large");
        (await (await engineer.Get($"/api/contracts/{TestNode.Contract}/assessment?asOf=yesterday")).Problem(422)).ShouldBe("invalid");
    }

    [Fact]
    public async Task Another_sites_form_signs_nobody_in()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = new StringContent("{}", Encoding.UTF8, "application/json"), Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        (await (await _node.Anonymous.SendAsync(request, Cancellation)).Problem(403)).ShouldBe("csrf");
    }

    [Fact]
    public async Task Health_is_told_to_anybody()
    {
        (await (await _node.Anonymous.Get("/healthz")).Json()).Text("state").ShouldBe("alive");
        (await (await _node.Anonymous.Get("/readyz")).Json()).Text("state").ShouldBe("ready");
    }
}

/// <summary>A node that serves a small console.</summary>
public sealed class ConsoleNode(ServerFixture fixture) : IAsyncLifetime
{
    public TestNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = fixture.Folder();
        Directory.CreateDirectory(Path.Combine(folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "<!doctype html><meta name=\"csp-nonce\" content=\"__CSP_NONCE__\">");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "index-AbCd1234.js"), "plain");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "index-AbCd1234.js.br"), "brotli");
        Node = await fixture.Start(options => options.Console = folder);
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}

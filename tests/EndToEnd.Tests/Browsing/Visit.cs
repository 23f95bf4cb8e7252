using System.Collections.Concurrent;

namespace Yueheng.EndToEnd.Tests.Browsing;

/// <summary>A browser window of somebody's, which notes whatever goes wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly Demonstration _at;
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _troubles = new();

    private Visit(Demonstration at, IBrowserContext context, IPage page)
    {
        (_at, _context, Page) = (at, context, page);
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning" && !IsOfNobody(said.Text, said.Location)) _troubles.Enqueue($"console {said.Type}: {said.Text} ({said.Location})");
        };
        page.PageError += (_, error) => _troubles.Enqueue($"error: {error}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(at.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                _troubles.Enqueue($"elsewhere: {request.Url}");
        };
        // A page that is left drops what it was still waiting for.
        context.RequestFailed += (_, request) => { if (request.Failure != "net::ERR_ABORTED") _troubles.Enqueue($"failed: {request.Method} {request.Url} {request.Failure}"); };
        context.Response += (_, response) => { if (response.Status >= 400 && !(response.Status == 401 && IsSession(response.Url))) _troubles.Enqueue($"{response.Status}: {response.Request.Method} {response.Url}"); };
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far: messages of the console, failed requests, requests to anywhere else.</summary>
    public IReadOnlyCollection<string> Troubles => _troubles;

    internal static async Task<Visit> Open(Demonstration at, int width, int height)
    {
        var context = await at.Browser.NewContextAsync(new() { BaseURL = at.Address.ToString(), Locale = "zh-CN", TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(15_000);
        return new Visit(at, context, await context.NewPageAsync());
    }

    // Whoever is not signed in learns it by a 401, which the browser itself notes.
    private static bool IsOfNobody(string text, string location) => text.Contains("401", StringComparison.Ordinal) && IsSession(location);

    private static bool IsSession(string url) => url.Contains("/api/session", StringComparison.Ordinal);

    /// <summary>Another window of the same person's.</summary>
    public async Task<Visit> Beside() => new(_at, _context, await _context.NewPageAsync());

    /// <summary>Signs in by the form.</summary>
    public async Task SignIn(string login, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Name(login, password);
        await Expect(Page.Locator(".shell")).ToBeVisibleAsync();
    }

    /// <summary>Gives name and password on the page that asks for them.</summary>
    public async Task Name(string login, string password)
    {
        await Page.GetByLabel("用户名").FillAsync(login);
        await Page.GetByLabel("口令", new() { Exact = true }).FillAsync(password);
        await Page.Locator("button[type=submit]").ClickAsync();
    }

    /// <summary>Leaves by the menu of the user.</summary>
    public async Task SignOut()
    {
        await Page.Locator(".user").ClickAsync();
        await Page.GetByText("退出登录").ClickAsync();
        await Expect(Page.GetByLabel("用户名")).ToBeVisibleAsync();
    }

    /// <summary>Goes to an address of the console and waits until it shows what it has.</summary>
    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Settled();
    }

    /// <summary>Waits until nothing on the page is still on its way.</summary>
    public async Task Settled()
    {
        await Expect(Page.Locator("h1").First).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Page.WaitForFunctionAsync("() => !document.querySelector('.ant-skeleton, .ant-spin-spinning, .ant-btn-loading, [aria-busy=true], [role=status][aria-label^=正在]')", null, new() { Timeout = 30_000 });
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>By how much the page, or its main part, is wider than its window.</summary>
    public Task<int> Overhang() => Page.EvaluateAsync<int>("() => Math.max(...[document.documentElement, document.body, document.querySelector('main')].filter(Boolean).map(one => one.scrollWidth - one.clientWidth))");

    /// <summary>The page as somebody sees it who scrolls through it: the main part at its whole length.</summary>
    public async Task Picture(string name, int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await Expect(Page.Locator(".ant-message-notice")).ToHaveCountAsync(0);
        await Page.EvaluateAsync("() => document.querySelector('main')?.scrollTo(0, 0)");
        var more = await Page.EvaluateAsync<int>("() => { const main = document.querySelector('main'); return main ? main.scrollHeight - main.clientHeight : 0; }");
        // Very long pages repeat themselves.
        await Page.SetViewportSizeAsync(width, height + Math.Min(more, 2400));
        await Page.EvaluateAsync("() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 400))");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(_at.Screenshots, $"{name}-{width}.png") });
        await Page.SetViewportSizeAsync(width, height);
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}

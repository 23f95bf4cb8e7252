[assembly: AssemblyFixture(typeof(Yueheng.EndToEnd.Tests.Serving.Demonstration))]
// Two cores carry a server, a database and a browser: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Yueheng.EndToEnd.Tests.Serving;

/// <summary>
/// A server with its demonstration data and a browser, for all tests. They share what is recorded: each that changes something takes a
/// contract, a subject or a day of its own.
/// </summary>
public sealed class Demonstration : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
        "--disable-default-apps", "--disable-extensions", "--disable-sync", "--metrics-recording-only", "--no-first-run", "--no-pings", "--lang=zh-CN",
    ];

    private readonly DataFolder _data = new();
    private ServerProcess _server = null!;
    private IPlaywright _playwright = null!;

    public Uri Address => _server.Address;
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Pictures of pages, for people to look at.</summary>
    public string Screenshots { get; } = Repository.Artifacts("screenshots");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Repository.Home, "artifacts", "web", "index.html"))) throw new InvalidOperationException("The console is not built: run .ci/web.");
        _server = await ServerProcess.Start(_data.Path);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.CloseAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _data.Dispose();
    }

    public string PasswordOf(string login) => _server.Passwords[login];

    /// <summary>A browser window without a session: cookies of its own, nobody signed in.</summary>
    public Task<Visit> Visit(int width = 1440, int height = 900) => Browsing.Visit.Open(this, width, height);

    /// <summary>A window in which somebody has signed in by the form.</summary>
    public async Task<Visit> SignIn(string login)
    {
        var visit = await Visit();
        await visit.SignIn(login, PasswordOf(login));
        return visit;
    }
}

namespace Yueheng.Server;

/// <summary>What a node is started with.</summary>
/// <param name="Home">The installation's folder: <c>contracts</c>, <c>calendars</c>, and the built console.</param>
/// <param name="Data">The data directory: evidence, keys, caches; and the private cluster when there is one.</param>
public sealed record HostSettings(string Home, string Data)
{
    /// <summary>Addresses to listen on; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8080"];

    /// <summary>Every page says that its data is made up.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The built console; null: only the API is served.</summary>
    public string? Console { get; init; }

    /// <summary>False only in the test which shows that the database holds back what the program forgets to check.</summary>
    internal bool IsChecked { get; init; } = true;

    internal string Calendars => Path.Combine(Home, "calendars");
    internal string Caches => Path.Combine(Data, "cache");
}

namespace Yueheng.EndToEnd.Tests.Serving;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>What the server takes contracts, calendars and the console from: the repository, unless the environment names another.</summary>
    public static string Home { get; } = Environment.GetEnvironmentVariable("YUEHENG_HOME") is { Length: > 0 } home ? home : Root;

    /// <summary>The program as the solution builds it.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "yueheng.dll");

    /// <summary>A folder under <c>artifacts</c>, made where it is missing.</summary>
    public static string Artifacts(string name) => Directory.CreateDirectory(Path.Combine(Root, "artifacts", name)).FullName;

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Yueheng.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

/// <summary>A folder for a data directory, which the database's user may pass through; removed with all that is in it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("end-to-end-");

    public DataFolder() => File.SetUnixFileMode(_root.FullName, _root.UnixFileMode | UnixFileMode.OtherExecute);

    public string Path => System.IO.Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(true);
}

namespace Yueheng.Contracts.Tests.Schemas;

/// <summary>Files of the repository that these tests hold against the code.</summary>
internal static class SourceTree
{
    public static readonly string Root = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The sample contracts, by folder.</summary>
    public static IEnumerable<string> Contracts => Directory.GetDirectories(At("contracts")).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Yueheng.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Yueheng.slnx above {AppContext.BaseDirectory}");
        return folder.FullName;
    }
}

namespace Yueheng.Terms.Tests;

/// <summary>Where the sample contracts and calendars lie.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();
    public static readonly string Contracts = Path.Combine(Root, "contracts");
    public static readonly string Calendars = Path.Combine(Root, "calendars");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Yueheng.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Yueheng.slnx above {AppContext.BaseDirectory}");
        return folder.FullName;
    }
}

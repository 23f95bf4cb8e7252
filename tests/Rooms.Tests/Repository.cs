namespace Yueheng.Rooms.Tests;

/// <summary>Where the sources lie that these tests read.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    /// <summary>A tree of the same shape as the repository that breaks every rule of <see cref="RoomMap"/>; never built.</summary>
    public static readonly string WrongTree = Path.Combine(Root, "tests", "Rooms.Tests", "Fixtures");

    /// <summary>A built assembly that these tests reference, by its name without extension.</summary>
    public static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Yueheng.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No Yueheng.slnx above {AppContext.BaseDirectory}");
        return folder.FullName;
    }
}

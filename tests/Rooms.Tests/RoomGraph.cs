using System.Xml.Linq;

namespace Yueheng.Rooms.Tests;

/// <summary>The project files of a tree, held against <see cref="RoomMap"/>.</summary>
internal static class RoomGraph
{
    /// <summary>Everything under <c>src/</c> of <paramref name="root"/> that leaves the one direction, a sentence each.</summary>
    public static IReadOnlyList<string> Findings(string root)
    {
        var sources = Path.Combine(root, "src");
        var findings = new List<string>();
        foreach (var file in Directory.EnumerateFiles(sources, "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            findings.AddRange(FindingsOf(sources, file));
        foreach (var file in SharedFiles(root, sources))
            findings.AddRange(Items(file, "ProjectReference", "Reference", "Compile")
                .Select(item => $"{Name(sources, file)}: {item.Name.LocalName} belongs in the project that needs it"));
        return findings;
    }

    private static IEnumerable<string> FindingsOf(string sources, string file)
    {
        var name = Name(sources, file);
        var room = Path.GetFileNameWithoutExtension(file);
        if (name != $"{room}/{room}.csproj") yield return $"{name}: a room is one project, named as its folder under src/";
        if (!RoomMap.MaySee.TryGetValue(room, out var maySee))
        {
            yield return $"{name}: the room {room} is not in RoomMap; say there what it may see";
            yield break;
        }

        foreach (var item in Items(file, "ProjectReference"))
        {
            var seen = Name(sources, Target(file, item));
            var seenRoom = Path.GetFileNameWithoutExtension(seen);
            if (seen != $"{seenRoom}/{seenRoom}.csproj") yield return $"{name}: references {seen}, which is no room";
            else if (!maySee.Contains(seenRoom)) yield return $"{name}: {room} may not see {seenRoom}";
        }
        foreach (var item in Items(file, "Reference"))
            yield return $"{name}: references the built assembly {Included(item)}; reference its project or package";
        foreach (var item in Items(file, "Compile", "EmbeddedResource"))
        {
            if (Included(item) is { Length: > 0 } && !Target(file, item).StartsWith(Path.GetDirectoryName(file) + "/", StringComparison.Ordinal))
                yield return $"{name}: takes {Name(sources, Target(file, item))}, a file of another room";
        }
    }

    /// <summary>The packages that a room names, those of the props files that it imports included.</summary>
    public static IReadOnlyList<string> PackagesOf(string root, string room)
    {
        var file = Path.Combine(root, "src", room, room + ".csproj");
        var imported = XDocument.Load(file).Descendants("Import").Attributes("Project").Select(attribute => Resolve(file, attribute.Value));
        return [.. imported.Prepend(file).SelectMany(each => Items(each, "PackageReference")).Select(Included).Order(StringComparer.Ordinal)];
    }

    /// <summary>Files whose content MSBuild adds to every project, or that a project may import.</summary>
    private static IEnumerable<string> SharedFiles(string root, string sources) =>
        new[] { "*.props", "*.targets" }.SelectMany(pattern => Directory.EnumerateFiles(root, pattern)
            .Concat(Directory.EnumerateFiles(sources, pattern, SearchOption.AllDirectories)));

    private static IEnumerable<XElement> Items(string file, params string[] kinds) =>
        XDocument.Load(file).Descendants().Where(element => element.Parent?.Name.LocalName == "ItemGroup" && kinds.Contains(element.Name.LocalName));

    private static string Included(XElement item) => item.Attribute("Include")?.Value ?? "";

    private static string Target(string file, XElement item) => Resolve(file, Included(item));

    private static string Resolve(string file, string path) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path.Replace('\\', '/')));

    private static string Name(string sources, string file) => Path.GetRelativePath(sources, file).Replace('\\', '/');
}

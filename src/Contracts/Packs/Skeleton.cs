using System.Reflection;
using System.Text;

namespace Yueheng.Contracts.Packs;

/// <summary>A small commented contract folder to begin with: it can be judged as it is, and its example holds.</summary>
public static class Skeleton
{
    private const string Root = "Skeleton/";
    private const string IdPlace = "\"contract\":\"CONTRACT\"";

    /// <summary>Writes the skeleton into a folder that does not exist yet, or is empty; the folder's name becomes the contract's id.</summary>
    /// <returns>The files written, relative to the folder.</returns>
    /// <exception cref="IOException">The folder holds something already, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"文件夹“{folder}”不是空的");
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var assembly = Assembly.GetExecutingAssembly();
        var written = new List<string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var file = name[Root.Length..];
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, reader.ReadToEnd().Replace(IdPlace, $"\"contract\":\"{id}\"", StringComparison.Ordinal), new UTF8Encoding(false));
            written.Add(file);
        }
        return written;
    }
}

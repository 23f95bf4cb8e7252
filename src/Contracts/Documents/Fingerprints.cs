using System.Security.Cryptography;
using System.Text;

namespace Yueheng.Contracts.Documents;

/// <summary>
/// SHA-256 of what was judged. A folder's is that of the lines <c>sha256sum</c> prints for its files in ordinal order, so that anyone
/// can recompute it with that tool alone: <c>sha256sum *.yaml | sha256sum</c>.
/// </summary>
public static class Fingerprints
{
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The YAML files that lie directly in the folder.</summary>
    public static string OfFolder(string folder) => OfLines(Directory.GetFiles(folder, "*.yaml").Select(file => (Path.GetFileName(file), OfFile(file))));

    /// <summary>The same of files that do not lie on disk, given by their names.</summary>
    public static string OfFiles(IEnumerable<(string Name, byte[] Content)> files) => OfLines(files.Select(file => (file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content)))));

    private static string OfLines(IEnumerable<(string Name, string Hash)> files) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Hash}  {file.Name}\n")))));
}

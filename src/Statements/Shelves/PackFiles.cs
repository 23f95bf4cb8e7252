using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Documents;

namespace Yueheng.Statements.Shelves;

/// <summary>The files of a contract folder, by their path in it: from a folder, from an uploaded zip, from the shelf.</summary>
internal sealed partial class PackFiles
{
    private const int MostFiles = 500;
    private const int LargestZip = 20 << 20;
    private const int LargestTotal = 40 << 20;

    private PackFiles(SortedDictionary<string, byte[]> files) => Files = files;

    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>SHA-256 of the YAML files at its root, as <see cref="Fingerprints.OfFolder"/> makes it.</summary>
    public string Sha256 => Fingerprints.OfFiles(Files.Where(file => !file.Key.Contains('/') && file.Key.EndsWith(".yaml", StringComparison.Ordinal)).Select(file => (file.Key, file.Value)));

    public static PackFiles Of(IEnumerable<(string Path, byte[] Content)> files)
    {
        var sorted = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, content) in files) sorted[path] = content;
        return new PackFiles(sorted);
    }

    public static PackFiles OfFolder(string folder) =>
        Of(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file))));

    /// <summary>Reads an uploaded zip; one folder around everything is taken off.</summary>
    /// <exception cref="PackRefusedException">It is no zip, too large, or names a file outside itself.</exception>
    public static async Task<PackFiles> OfZip(Stream stream, CancellationToken cancellation)
    {
        var bytes = await Bounded(stream, LargestZip, "压缩包", cancellation);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read, false, Encoding.UTF8);
            if (zip.Entries.Count > MostFiles) throw Refuse("", $"压缩包中有 {zip.Entries.Count} 个文件，超过上限 {MostFiles}。");
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            var left = LargestTotal;
            foreach (var entry in zip.Entries)
            {
                if (entry.FullName.EndsWith('/')) continue;
                if (IsBad(entry)) throw Refuse(entry.FullName, "文件名不合规：须是压缩包之内的相对路径，且不是链接。");
                await using var content = await entry.OpenAsync(cancellation);
                var read = await Bounded(content, left, "压缩包展开后", cancellation);
                left -= read.Length;
                if (!files.TryAdd(entry.FullName, read)) throw Refuse(entry.FullName, "压缩包中有两个同名文件。");
            }
            return new PackFiles(WithoutOuterFolder(files));
        }
        catch (InvalidDataException)
        {
            throw Refuse("", "不是可以读取的 zip 压缩包。");
        }
    }

    private static bool IsBad(ZipArchiveEntry entry)
    {
        const int link = 0xA;
        var name = entry.FullName;
        return name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl) || name.Split('/').Any(part => part is "" or "." or "..")
            || (entry.ExternalAttributes >>> 28) == link;
    }

    private static SortedDictionary<string, byte[]> WithoutOuterFolder(SortedDictionary<string, byte[]> files)
    {
        if (files.ContainsKey("contract.yaml")) return files;
        var outer = files.Keys.Select(path => path.Split('/')[0]).Distinct().ToList();
        if (outer is not [var only] || !files.ContainsKey(only + "/contract.yaml")) throw Refuse("contract.yaml", "压缩包中没有 contract.yaml：请压缩整个合同文件夹。");
        return new(files.ToDictionary(file => file.Key[(only.Length + 1)..], file => file.Value), StringComparer.Ordinal);
    }

    private static async Task<byte[]> Bounded(Stream stream, int most, string what, CancellationToken cancellation)
    {
        var kept = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (kept.Length + read > most) throw Refuse("", $"{what}超过上限 {most >> 20} MiB。");
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    private static PackRefusedException Refuse(string file, string message) => new([new PackFault(file, 0, message)]);

    /// <summary>Lays the files out as a folder of the contract's name, since a pack is read from disk and named by its folder.</summary>
    /// <returns>The folder.</returns>
    public string LayOut(string root, string contract)
    {
        var folder = Path.Combine(root, contract);
        foreach (var (path, content) in Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
        return folder;
    }

    /// <summary>Whether a text can be a contract's id, and so a folder's name.</summary>
    public static bool IsId(string contract) => Id().IsMatch(contract);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex Id();
}

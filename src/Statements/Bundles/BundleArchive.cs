using System.IO.Compression;
using System.Security.Cryptography;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Statements.Bundles;

/// <summary>
/// A zip that a stranger made, read with care: no member leads out of it, none stands in it twice, and all together unpack to no more
/// than a bundle of its size can hold.
/// </summary>
internal sealed class BundleArchive : IDisposable
{
    private const int MostMembers = 100_000;
    private const int LargestText = 64 << 20;
    private const long AlwaysAllowed = 1L << 30;
    private const int MostTimesItsSize = 60;
    private const int SymbolicLink = 0xA;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private long _left;

    /// <exception cref="BundleUnusableException">It is no zip, or one that no bundle is.</exception>
    public BundleArchive(Stream file)
    {
        try
        {
            _zip = BoundedZip.Open(file);
        }
        catch (InvalidDataException broken)
        {
            throw new BundleUnusableException($"不是可以读取的 zip 文件：{broken.Message}");
        }
        _left = AlwaysAllowed + MostTimesItsSize * file.Length;
        if (_zip.Entries.Count > MostMembers) throw new BundleUnusableException($"包内文件超过 {MostMembers} 个。");
        foreach (var entry in _zip.Entries)
        {
            if (IsBad(entry)) throw new BundleUnusableException($"包内有不合规的文件名“{Shown(entry.FullName)}”：须是包内的相对路径，且不是文件夹或链接。");
            if (!_entries.TryAdd(entry.FullName, entry)) throw new BundleUnusableException($"包内有两个同名文件“{Shown(entry.FullName)}”。");
        }
    }

    private static bool IsBad(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        return name.Length is 0 or > 400 || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl) || name.Split('/').Any(part => part is "" or "." or "..")
            || (entry.ExternalAttributes >>> 28) == SymbolicLink;
    }

    private static string Shown(string name) => new([.. name.Take(100).Select(character => char.IsControl(character) ? '?' : character)]);

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public bool Has(string path) => _entries.ContainsKey(path);

    /// <summary>A member's bytes; null: there is none.</summary>
    /// <exception cref="BundleUnusableException">It is larger than such a member can be.</exception>
    public async Task<byte[]?> Bytes(string path, CancellationToken cancellation)
    {
        if (!Has(path)) return null;
        var bytes = new MemoryStream();
        await Copy(path, bytes, LargestText, cancellation);
        return bytes.ToArray();
    }

    /// <summary>Copies a member out and hashes it on the way.</summary>
    /// <returns>What the manifest should say of it; null: there is none.</returns>
    /// <exception cref="BundleUnusableException">It is larger than allowed, or does not unpack.</exception>
    public async Task<ManifestMember?> Copy(string path, Stream output, long most, CancellationToken cancellation)
    {
        if (!_entries.TryGetValue(path, out var entry)) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var size = 0L;
        try
        {
            await using var content = await entry.OpenAsync(cancellation);
            while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                // Whatever the directory of the zip says of its size.
                if ((size += read) > most || (_left -= read) < 0) throw new BundleUnusableException($"包内文件 {Shown(path)} 展开后过大。");
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch (InvalidDataException broken)
        {
            throw new BundleUnusableException($"包内文件 {Shown(path)} 不能解压：{broken.Message}");
        }
        return new(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public void Dispose() => _zip.Dispose();
}

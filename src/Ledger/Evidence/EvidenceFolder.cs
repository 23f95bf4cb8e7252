using System.Security.Cryptography;
using System.Text;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// Where the files of evidence lie, encrypted: <c>evidence/CONTRACT/ab/HASH.RANDOM</c> in the data directory, <c>ab</c> the first two
/// digits of the hash. Nodes that work on one database share this folder. Opened once at start.
/// </summary>
public sealed class EvidenceFolder
{
    /// <summary>What a file may have at most unless said otherwise, bytes.</summary>
    public const long UsualLimit = 200L << 20;

    private EvidenceFolder(string path, MasterKey master, long largest) => (Path, Master, Largest) = (path, master, largest);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Wraps the keys of its files.</summary>
    public MasterKey Master { get; }

    /// <summary>The size of the largest file taken, bytes.</summary>
    public long Largest { get; }

    /// <param name="data">The data directory.</param>
    /// <param name="largest">The size of the largest file to take, bytes.</param>
    public static EvidenceFolder Open(string data, MasterKey master, long largest = UsualLimit)
    {
        Directory.CreateDirectory(data);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(data), Files);
        Durable.MakeFolder(path);
        Durable.MakeFolder(System.IO.Path.Combine(path, Arriving));
        return new(path, master, largest);
    }

    /// <summary>The folders of the data directory.</summary>
    internal const string Keys = "keys", Files = "evidence";

    private const string Arriving = ".arriving";

    internal string NewArrival() => System.IO.Path.Combine(Path, Arriving, Guid.NewGuid().ToString("N"));

    /// <summary>A place for a file of a contract that no other file has, made so that the file can be moved there; relative to the folder.</summary>
    internal string NewPlace(string contract, string sha256)
    {
        var folder = Path;
        foreach (var step in (string[])[FolderOf(contract), sha256[..2]])
        {
            folder = System.IO.Path.Combine(folder, step);
            Durable.MakeFolder(folder);
        }
        return System.IO.Path.Combine(FolderOf(contract), sha256[..2], $"{sha256}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
    }

    internal string Full(string place) => System.IO.Path.Combine(Path, place);

    /// <summary>Removes what uploads left behind that were cut off.</summary>
    /// <param name="before">Only what was begun earlier: another node may be taking a file in right now.</param>
    public void RemoveUnfinished(DateTimeOffset before)
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Path, Arriving)))
            if (File.GetLastWriteTimeUtc(file) < before.UtcDateTime) File.Delete(file);
    }

    // Ids of contracts are plain words as a rule; any other becomes one, so that none leads out of the folder.
    private static string FolderOf(string contract) =>
        contract.Length <= 64 && char.IsAsciiLetterOrDigit(contract[0]) && contract.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-')
            ? contract
            : "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(contract)))[..32];
}

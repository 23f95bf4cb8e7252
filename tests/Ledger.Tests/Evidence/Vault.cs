using System.IO.Compression;
using System.Text;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Tests.Evidence;

/// <summary>A vault on a folder of its own, and files to put into it.</summary>
public sealed class Vault : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("evidence-").FullName;
    private readonly Bench _bench;

    private Vault(Bench bench, long largest)
    {
        _bench = bench;
        Folder = EvidenceFolder.Open(_data, MasterKey.Open(_data), largest);
    }

    public static async Task<Vault> Open(PostgresFixture postgres, long largest = EvidenceFolder.UsualLimit) => new(await postgres.Fresh(), largest);

    public Bench Bench => _bench;
    public string Data => _data;
    public EvidenceFolder Folder { get; }
    public EvidenceVault Of(params string[] contracts) => new(_bench.Database, Folder, _bench.Clock, contracts);

    public Task<Handing> Store(string name, byte[] content, string contract = Bench.Contract) => Of(contract).Store(contract, name, new MemoryStream(content), "u-engineer");

    public async Task<EvidenceFile> Stored(string name, byte[] content, string contract = Bench.Contract) => (await Store(name, content, contract)).ShouldBeOfType<Stored>().File;

    public async Task<byte[]> Read(string sha256, string contract = Bench.Contract)
    {
        var (_, content) = (await Of(contract).Open(contract, sha256)).ShouldNotBeNull();
        await using var stream = content.ShouldNotBeNull();
        var plain = new MemoryStream();
        await stream.CopyToAsync(plain);
        return plain.ToArray();
    }

    /// <summary>All files on disk, the keys left out.</summary>
    public string[] Files => Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories);

    /// <summary>A text of so many bytes that holds nothing to be found.</summary>
    public static byte[] Text(int length) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, length / 8 + 1).Select(number => $"a{number % 1000:D3}bcd\n"))[..length]);

    public static byte[] Zip(params (string Name, string Content)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, true))
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        return bytes.ToArray();
    }

    public static byte[] Word(string paragraph, params (string, string)[] more) =>
        Zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", $"<w:document xmlns:w=\"w\"><w:p>{paragraph}</w:p></w:document>"), .. more]);

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        Directory.Delete(_data, true);
    }
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Evidence;
using Yueheng.Statements.Bundles;

namespace Yueheng.Statements.Tests.Bundles;

/// <summary>A contract with everything that a bundle can hold, exported once; its members, to be altered and packed again.</summary>
public sealed class Exported : IAsyncLifetime
{
    public const string Contract = "leased-line";
    private readonly PostgresFixture _postgres;
    private readonly string _data = Directory.CreateTempSubdirectory("bundles-").FullName;

    public Exported(PostgresFixture postgres) => _postgres = postgres;

    public Node Node { get; private set; } = null!;
    public SigningKey Key { get; private set; } = null!;

    /// <summary>As it was exported, with files.</summary>
    public byte[] Bundle { get; private set; } = null!;

    /// <summary>A checkpoint that somebody was given before the export.</summary>
    public Checkpoint Earlier { get; private set; } = null!;

    public EvidenceFile Kept { get; private set; } = null!;
    public EvidenceFile Withdrawn { get; private set; } = null!;

    public BundleMaker Maker => new(Node.Database, Node.Clock, Node.Shelf, Node.Judgements, Node.Book, EvidenceFolder.Open(_data, MasterKey.Open(_data)), Key);

    public async ValueTask InitializeAsync()
    {
        Node = await _postgres.Fresh();
        Key = SigningKey.Open(_data);
        await PublicKeys.Enter(Node.Database, Key, Node.Clock);
        await Node.Install(Contract, withFacts: true);
        var vault = new EvidenceVault(Node.Database, EvidenceFolder.Open(_data, MasterKey.Open(_data)), Node.Clock, [Contract]);
        Kept = ((Stored)await vault.Store(Contract, "测量记录.txt", new MemoryStream("45 Mbps"u8.ToArray()), "u-engineer")).File;
        Withdrawn = ((Stored)await vault.Store(Contract, "误传.txt", new MemoryStream("x"u8.ToArray()), "u-engineer")).File;
        await vault.Withdraw(Contract, Withdrawn.Sha256, "u-manager", "误传");
        var line = Node.Line(Contract, "with-evidence", "note.made", "2025-12-07T09:00:00+08:00", "N-1")[..^1] + $$""","evidence":[{"name":"测量记录.txt","sha256":"{{Kept.Sha256}}"}]}""";
        (await Node.Ledger(Contract).Append(Contract, null, Encoding.UTF8.GetBytes(line), "u-engineer")).ShouldBeOfType<Receipt>();
        var asOf = Node.Instant("2025-12-01T00:00:00+08:00");
        await Node.Book.Issue([Contract], Contract, new(2025, 7, 1), new(2025, 9, 30), asOf, "u-clerk");
        Earlier = await new CheckpointBook(Node.Database, Key, Node.Clock, [Contract]).Sign(Contract, CheckpointReason.Statement, "2025-001");
        await Propose();
        await Node.Record(Contract, "after", "note.made", "2025-12-07T10:00:00+08:00", "N-2");
        Bundle = await Export();
    }

    private async Task Propose()
    {
        var author = new Author("u-manager", [Role.ProviderManager]);
        (await Node.Ledger(Contract).Claims.Propose(Contract, null, author, new Proposal(ClaimType.Retraction, [], "with-evidence", "重复记录", []))).ShouldBeOfType<StepTaken>();
    }

    public async Task<byte[]> Export(bool withFiles = true)
    {
        var bytes = new MemoryStream();
        await Maker.Write([Contract], Contract, new("u-auditor", WithFiles: withFiles), bytes);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        Directory.Delete(_data, true);
    }

    public static Task<BundleReport> Verify(byte[] bundle, BundleTrust? trust = null) => BundleCheck.Verify(new MemoryStream(bundle), trust ?? BundleTrust.Nothing);

    public BundleTrust Trusting => new([Key.PublicKey], []);
}

/// <summary>A bundle taken apart.</summary>
public sealed class Unpacked
{
    public SortedDictionary<string, byte[]> Members { get; } = new(StringComparer.Ordinal);

    public Unpacked(byte[] bundle)
    {
        using var zip = new ZipArchive(new MemoryStream(bundle));
        foreach (var entry in zip.Entries)
        {
            var bytes = new MemoryStream();
            using var content = entry.Open();
            content.CopyTo(bytes);
            Members.Add(entry.FullName, bytes.ToArray());
        }
    }

    public string this[string path]
    {
        get => Encoding.UTF8.GetString(Members[path]);
        set => Members[path] = Encoding.UTF8.GetBytes(value);
    }

    public void Replace(string path, string old, string fresh)
    {
        this[path].ShouldContain(old);
        var at = this[path].IndexOf(old, StringComparison.Ordinal);
        this[path] = this[path][..at] + fresh + this[path][(at + old.Length)..];
    }

    public string[] Lines(string path) => this[path].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void SetLines(string path, IEnumerable<string> lines) => this[path] = string.Concat(lines.Select(line => line + "\n"));

    public string Only(string folder, string end) => Members.Keys.First(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(end, StringComparison.Ordinal));

    /// <summary>Writes the manifest anew, as somebody would who alters a member and knows the form.</summary>
    public Unpacked WithManifest()
    {
        var manifest = JsonNode.Parse(this["manifest.json"])!;
        manifest["members"] = new JsonArray([.. Members.Where(member => member.Key is not ("manifest.json" or "manifest.sig.json")).Select(member =>
            new JsonObject { ["path"] = member.Key, ["size"] = member.Value.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(member.Value)) })]);
        foreach (var kind in (string[])["terms", "calendars"])
            foreach (var folder in manifest[kind]!.AsArray())
                folder!["sha256"] = Yueheng.Contracts.Documents.Fingerprints.OfFiles(Members.Where(member => member.Key.StartsWith($"{folder["folder"]}/", StringComparison.Ordinal)
                    && member.Key.EndsWith(".yaml", StringComparison.Ordinal) && !member.Key[((string)folder["folder"]!).Length..].TrimStart('/').Contains('/')).Select(member => (Path.GetFileName(member.Key), member.Value)));
        this["manifest.json"] = manifest.ToJsonString();
        return this;
    }

    public Unpacked SignedBy(SigningKey key)
    {
        this["manifest.sig.json"] = new JsonObject { ["algorithm"] = key.Algorithm, ["key"] = key.Id, ["signature"] = Convert.ToHexStringLower(key.Sign(Members["manifest.json"])) }.ToJsonString();
        return this;
    }

    public byte[] Pack()
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, true))
            foreach (var (path, content) in Members)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        return bytes.ToArray();
    }
}

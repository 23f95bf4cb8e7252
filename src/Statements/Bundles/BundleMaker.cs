using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yueheng.Contracts.Documents;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Reading;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Statements.Bundles;

/// <summary>What to put into a bundle.</summary>
/// <param name="By">Who has it made; it says so.</param>
/// <param name="AsOf">The instant to judge at; null: now.</param>
/// <param name="WithFiles">The files of evidence, too.</param>
public sealed record BundleWanted(string By, long? AsOf = null, bool WithFiles = false);

/// <summary>
/// Makes bundles: everything of one contract in a zip that can be verified by anybody, offline, without this installation.
/// </summary>
/// <example><c>await bundles.Write([contract], contract, new("u-auditor"), file)</c></example>
public sealed class BundleMaker(LedgerDatabase database, TimeProvider clock, Shelf shelf, Judgements judgements, StatementBook statements, EvidenceFolder evidence, SigningKey key)
{
    /// <summary>Signs the heads and writes the bundle.</summary>
    /// <param name="visible">The contracts that the caller may see.</param>
    /// <param name="output">A file; left open.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    /// <exception cref="ContractUnknownException">It has no text agreed to by both parties.</exception>
    public async Task Write(IReadOnlyCollection<string> visible, string contract, BundleWanted wanted, Stream output, CancellationToken cancellation = default)
    {
        var ledger = new FactLedger(database, clock, visible);
        // To the whole second, upwards, as every other judgement of now.
        var asOf = wanted.AsOf ?? (clock.Now() + ChinaTime.Second - 1) / ChinaTime.Second * ChinaTime.Second;
        var versions = (await shelf.Versions(visible, contract, cancellation)).Where(version => version.IsAgreed()).ToList();
        if (Shelf.InForce(versions, asOf, null) is not { } judged) throw new ContractUnknownException(contract);
        var book = new CheckpointBook(database, key, clock, visible);
        var checkpoint = await book.Sign(contract, CheckpointReason.Asked, "export", cancellation);

        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        var members = new Members(zip, clock.GetUtcNow());
        await members.Add(Manifest.Facts, stream => Facts(ledger, contract, checkpoint.Facts.Seq, stream, cancellation));
        await members.Add(Manifest.Claims, stream => ledger.Claims.Write(contract, stream, cancellation: cancellation));
        await members.Add(Manifest.Checkpoints, CheckpointFile.Write((await book.All(contract, cancellation)).Where(one => one.Number <= checkpoint.Number)));
        await members.Add(Manifest.Keys, CheckpointFile.Write(await PublicKeys.All(database, cancellation)));
        await Evidence(visible, contract, wanted.WithFiles, members, cancellation);
        var terms = await Terms(versions, members, cancellation);
        var calendars = await Calendars(versions, members, cancellation);
        await Statements(visible, contract, checkpoint.Facts.Seq, versions, members, cancellation);
        var figures = await judgements.AsPinned(visible, contract, judged.Version, checkpoint.Facts.Seq, asOf, cancellation);
        await members.Add(Manifest.Figures, figures.Assessment(true).ToArray());

        var manifest = JsonSerializer.SerializeToUtf8Bytes(new Manifest(Manifest.Version, contract, judged.Name, CanonicalJson.Utc(clock.Now()), wanted.By, CanonicalJson.Utc(asOf), judged.Version, checkpoint.Number,
            wanted.WithFiles, terms, calendars, members.All), Manifest.Json);
        await members.Add(Manifest.Path, manifest);
        await members.Add(Manifest.SignaturePath, JsonSerializer.SerializeToUtf8Bytes(new ManifestSignature(key.Algorithm, key.Id, Convert.ToHexStringLower(key.Sign(manifest))), Manifest.Json));
    }

    private static async Task Facts(FactLedger ledger, string contract, long upTo, Stream output, CancellationToken cancellation)
    {
        const int enough = 1 << 16;
        var bytes = new ArrayBufferWriter<byte>(enough * 2);
        await foreach (var fact in ledger.Read(contract, FactsWanted.All, cancellation))
        {
            if (fact.Seq > upTo) break;
            fact.WriteLine(bytes);
            if (bytes.WrittenCount < enough) continue;
            await output.WriteAsync(bytes.WrittenMemory, cancellation);
            bytes.ResetWrittenCount();
        }
        await output.WriteAsync(bytes.WrittenMemory, cancellation);
    }

    private async Task Evidence(IReadOnlyCollection<string> visible, string contract, bool withFiles, Members members, CancellationToken cancellation)
    {
        var vault = new EvidenceVault(database, evidence, clock, visible);
        var files = await vault.List(contract, cancellation);
        await members.Add(Manifest.Evidence, JsonSerializer.SerializeToUtf8Bytes(files.Select(file => new ListedEvidence(file.Sha256, file.Name, file.Size, file.Type, CanonicalJson.Utc(file.RecordedAt), file.By,
            file.Withdrawal is { } gone ? new(CanonicalJson.Utc(gone.RecordedAt), gone.By, gone.Reason) : null)), Manifest.Json));
        foreach (var file in withFiles ? files.Where(file => file.Withdrawal is null) : [])
        {
            if (await vault.Open(contract, file.Sha256, cancellation) is not (_, { } content)) continue;
            await using (content) await members.Add($"{Manifest.EvidenceFolder}/{file.Sha256}", stream => content.CopyToAsync(stream, cancellation), CompressionLevel.NoCompression);
        }
    }

    private async Task<IReadOnlyList<ManifestText>> Terms(IReadOnlyList<PackVersion> versions, Members members, CancellationToken cancellation)
    {
        var texts = new List<ManifestText>();
        foreach (var version in versions)
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{Manifest.TermsFolder}/{version.Version}/{version.Contract}");
            foreach (var (path, content) in await shelf.FilesOf(version, cancellation)) await members.Add($"{folder}/{path}", content);
            texts.Add(new(version.Version, version.Kind == PackKind.Original ? "original" : "amendment", CanonicalJson.Utc(version.InForce), version.Sha256, folder));
        }
        return texts;
    }

    private async Task<IReadOnlyList<ManifestCalendar>> Calendars(IReadOnlyList<PackVersion> versions, Members members, CancellationToken cancellation)
    {
        var calendars = new List<ManifestCalendar>();
        foreach (var version in versions)
        {
            var name = (await shelf.Read(version, cancellation)).Contract.Syntax.Contract.Calendar;
            if (calendars.Any(calendar => calendar.Name == name)) continue;
            var folder = $"{Manifest.CalendarFolder}/{name}";
            var files = Directory.GetFiles(shelf.CalendarFolder(name), "*.yaml").Order(StringComparer.Ordinal).Select(file => (Name: Path.GetFileName(file), Content: File.ReadAllBytes(file))).ToList();
            foreach (var file in files) await members.Add($"{folder}/{file.Name}", file.Content);
            calendars.Add(new(name, Fingerprints.OfFiles(files), folder));
        }
        return calendars;
    }

    private async Task Statements(IReadOnlyCollection<string> visible, string contract, long upTo, IReadOnlyList<PackVersion> versions, Members members, CancellationToken cancellation)
    {
        // Not those that were issued since we began, on facts or by a text that are not in the bundle.
        var issued = (await statements.All(visible, contract, cancellation)).Where(one => one.LedgerSeq <= upTo && versions.Any(version => version.Version == one.PackVersion)).ToList();
        await members.Add(Manifest.Statements, JsonSerializer.SerializeToUtf8Bytes(issued.Select(Listed), Manifest.Json));
        foreach (var one in issued)
        {
            await members.Add($"{Manifest.StatementFolder}/{one.Number}.json", Encoding.UTF8.GetBytes((await statements.Figures(visible, contract, one.Number, cancellation))!));
            await members.Add($"{Manifest.StatementFolder}/{one.Number}.html", (await statements.Print(visible, contract, one.Number, cancellation))!);
        }
    }

    private static ListedStatement Listed(IssuedStatement one) => new(
        one.Number, Date(one.From), Date(one.Through), CanonicalJson.Utc(one.AsOf), CanonicalJson.Utc(one.IssuedAt), one.By, one.PackVersion, one.TermsSha256, one.Calendar, one.CalendarSha256, one.LedgerSeq, one.LedgerHash,
        one.FiguresSha256, one.PrintSha256, Word(one.State),
        [.. one.Stands.Select(stand => new ListedStand(stand.Side, Word(stand.What), stand.By, CanonicalJson.Utc(stand.At), stand.Address, stand.Reason))],
        one.Seal is { } seal ? new(seal.Way, seal.Sha256, Date(seal.PaperDate), seal.Fact, seal.By, CanonicalJson.Utc(seal.At)) : null);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>The members of a zip as they are written, with their hashes.</summary>
    private sealed class Members(ZipArchive zip, DateTimeOffset at)
    {
        private readonly List<ManifestMember> _all = [];

        public IReadOnlyList<ManifestMember> All => _all;

        public Task Add(string path, byte[] content) => Add(path, stream => stream.WriteAsync(content).AsTask());

        public async Task Add(string path, Func<Stream, Task> write, CompressionLevel level = CompressionLevel.Optimal)
        {
            var entry = zip.CreateEntry(path, level);
            entry.LastWriteTime = at;
            await using var stream = entry.Open();
            using var hash = SHA256.Create();
            var crypto = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true);
            var counted = new CountingStream(crypto);
            await write(counted);
            await crypto.FlushFinalBlockAsync();
            _all.Add(new(path, counted.Count, Convert.ToHexStringLower(hash.Hash!)));
        }
    }

    /// <summary>Passes on what is written to it, and counts.</summary>
    private sealed class CountingStream(Stream output) : Stream
    {
        public long Count { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            output.Write(buffer);
            Count += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return output.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => output.Flush();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

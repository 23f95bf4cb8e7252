using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Yueheng.Contracts.Documents;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Statements.Bundles;

/// <summary>
/// Verifies a bundle: signatures, both chains, evidence, texts and calendars, and every figure, judged again. Needs nothing but the bundle.
/// What is specific is looked at before what is general, so that the first thing that differs is named as what it is.
/// </summary>
/// <example><c>var report = await BundleCheck.Verify(File.OpenRead("export.zip"), BundleTrust.Nothing);</c></example>
public sealed partial class BundleCheck
{
    private const long LargestLines = 16L << 30, LargestFile = 4L << 30;

    private readonly BundleArchive _archive;
    private readonly Manifest _manifest;
    private readonly byte[] _manifestBytes;
    private readonly BundleTrust _trust;
    private readonly string _folder;
    private readonly List<string> _notes = [];
    private readonly HashSet<string> _seen = [];

    private IReadOnlyList<PublicKey> _keys = [];
    private IReadOnlyList<Checkpoint> _checkpoints = [];
    private IReadOnlyList<ListedEvidence> _evidence = [];
    private IReadOnlyList<ListedStatement> _statements = [];
    private FactLines _facts = FactLines.None;
    private long _claims;
    private int _files, _figures;
    private string? _signer;

    private BundleCheck(BundleArchive archive, Manifest manifest, byte[] manifestBytes, BundleTrust trust, string folder) =>
        (_archive, _manifest, _manifestBytes, _trust, _folder) = (archive, manifest, manifestBytes, trust, folder);

    /// <param name="bundle">Can be read from any place; left open.</param>
    /// <param name="trust">What the reader holds.</param>
    /// <exception cref="BundleUnusableException">The file is no bundle.</exception>
    public static async Task<BundleReport> Verify(Stream bundle, BundleTrust trust, CancellationToken cancellation = default)
    {
        using var archive = new BundleArchive(bundle);
        if (await archive.Bytes(Manifest.Path, cancellation) is not { } bytes) throw new BundleUnusableException("包内没有 manifest.json：这不是约衡的导出包。");
        if (Parse<Manifest>(bytes) is not { } manifest) throw new BundleUnusableException("manifest.json 不能读取。");
        if (manifest.Bundle != Manifest.Version) throw new BundleUnusableException($"导出包的版式是 {manifest.Bundle}，本程序只认 {Manifest.Version}；请使用更新的程序。");
        if (!Shelves.PackFiles.IsId(manifest.Contract)) throw new BundleUnusableException("manifest.json 中的合同编号不合规。");
        var folder = Directory.CreateTempSubdirectory("yueheng-verify-").FullName;
        try
        {
            var check = new BundleCheck(archive, manifest, bytes, trust, folder);
            return check.Report(await check.First(cancellation));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private BundleReport Report(BundleDifference? first) => new(
        _manifest.Contract, _manifest.Name, _manifest.MadeAt, _manifest.By, _facts.Count, _claims, _checkpoints.Count, _evidence.Count, _files, _figures, _statements.Count, _facts.Head, _signer, first, _notes);

    private async Task<BundleDifference?> First(CancellationToken cancellation) =>
        await Keys(cancellation)
        ?? await Checkpoints(cancellation)
        ?? await Facts(cancellation)
        ?? await Claims(cancellation)
        ?? await Evidence(cancellation)
        ?? await Texts(cancellation)
        ?? await Calendars(cancellation)
        ?? await StatementsOnList(cancellation)
        ?? await Figures(cancellation)
        ?? Leftovers()
        ?? await Signature(cancellation)
        ?? Trust();

    private async Task<BundleDifference?> Keys(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.Keys, cancellation) is not { } bytes) return Gone(BundlePart.Keys, Manifest.Keys);
        if (CheckpointFile.ReadKeys(bytes) is not { } keys) return new(BundlePart.Keys, Manifest.Keys, "公钥列表不能读取，或某个编号不是其公钥的散列值。");
        _keys = keys;
        return AsListed(BundlePart.Keys, Manifest.Keys, bytes);
    }

    private async Task<BundleDifference?> Checkpoints(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.Checkpoints, cancellation) is not { } bytes) return Gone(BundlePart.Checkpoints, Manifest.Checkpoints);
        if (CheckpointFile.Read(bytes) is not { } checkpoints) return new(BundlePart.Checkpoints, Manifest.Checkpoints, "检查点列表不能读取。");
        _checkpoints = checkpoints;
        if (CheckpointCheck.First(_manifest.Contract, checkpoints, _keys) is { } fault) return new(BundlePart.Checkpoints, $"{Manifest.Checkpoints}#{fault.Number}", fault.Message);
        if (checkpoints.Count < _manifest.Checkpoint) return new(BundlePart.Checkpoints, Manifest.Checkpoints, string.Create(CultureInfo.InvariantCulture, $"清单写明有第 {_manifest.Checkpoint} 号检查点，列表只到第 {checkpoints.Count} 号：末尾的检查点被删除。"));
        return AsListed(BundlePart.Checkpoints, Manifest.Checkpoints, bytes);
    }

    private async Task<BundleDifference?> Facts(CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, "facts");
        ManifestMember? member;
        Verification chain;
        await using (var file = File.Create(path))
        {
            if ((member = await _archive.Copy(Manifest.Facts, file, LargestLines, cancellation)) is null) return Gone(BundlePart.Facts, Manifest.Facts);
            file.Position = 0;
            chain = await Export.Verify(_manifest.Contract, file, Anchors(checkpoint => checkpoint.Facts), cancellation);
        }
        _facts = await FactLines.Of(path, chain.Count, chain.Head, cancellation);
        return chain.First is { } found ? new(BundlePart.Facts, Place(Manifest.Facts, found), found.Message) : AsListed(BundlePart.Facts, member);
    }

    // The heads that were signed, and those that the reader holds.
    private IReadOnlyList<Anchor> Anchors(Func<Checkpoint, Anchor> head) => [.. _checkpoints.Concat(_trust.Checkpoints.Where(held => held.Contract == _manifest.Contract)).Select(head)];

    private async Task<BundleDifference?> Claims(CancellationToken cancellation)
    {
        var path = Path.Combine(_folder, "claims");
        await using var file = File.Create(path);
        if (await _archive.Copy(Manifest.Claims, file, LargestLines, cancellation) is not { } member) return Gone(BundlePart.Claims, Manifest.Claims);
        file.Position = 0;
        var chain = await ClaimExport.Verify(_manifest.Contract, file, Anchors(checkpoint => checkpoint.Claims), cancellation);
        _claims = chain.Count;
        return chain.First is { } found ? new(BundlePart.Claims, Place(Manifest.Claims, found), found.Message) : AsListed(BundlePart.Claims, member);
    }

    private static string Place(string member, Finding found) => string.Create(CultureInfo.InvariantCulture, $"{member}#{found.Seq}");

    private async Task<BundleDifference?> Evidence(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.Evidence, cancellation) is not { } bytes) return Gone(BundlePart.Evidence, Manifest.Evidence);
        if (Parse<ListedEvidence[]>(bytes) is not { } listed || listed.Any(file => !IsHash(file?.Sha256))) return new(BundlePart.Evidence, Manifest.Evidence, "证据列表不能读取。");
        _evidence = listed;
        foreach (var file in listed)
        {
            var path = $"{Manifest.EvidenceFolder}/{file.Sha256}";
            if (file.Withdrawn is { } gone)
            {
                _notes.Add($"证据 {file.Name}（{file.Sha256[..16]}…）已于 {gone.At} 由 {gone.By} 撤回销毁，理由：{gone.Reason}。");
                if (_archive.Has(path)) return new(BundlePart.Evidence, path, $"证据 {file.Name} 已撤回，包内却有其文件。");
                continue;
            }
            if (!_manifest.Files) continue;
            if (await _archive.Copy(path, Stream.Null, LargestFile, cancellation) is not { } copied) return Gone(BundlePart.Evidence, path);
            if (copied.Sha256 != file.Sha256) return new(BundlePart.Evidence, path, $"证据 {file.Name} 的内容与其散列值不符：文件被改动。");
            _files++;
            if (AsListed(BundlePart.Evidence, copied) is { } other) return other;
        }
        if (!_manifest.Files && listed.Length > 0) _notes.Add("包内不含证据文件，只核对了证据列表。");
        var known = listed.Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        if (_facts.Evidence.Count(hash => !known.Contains(hash)) is > 0 and var unknown) _notes.Add($"事实引用的证据中有 {unknown} 个只有散列值，文件从未存入。");
        return AsListed(BundlePart.Evidence, Manifest.Evidence, bytes);
    }

    private async Task<BundleDifference?> Texts(CancellationToken cancellation)
    {
        foreach (var text in _manifest.Terms)
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{Manifest.TermsFolder}/{text.Version}/{_manifest.Contract}");
            if (text.Folder != folder) return new(BundlePart.Manifest, Manifest.Path, $"第 {text.Version} 版合同文件的位置不对。");
            if (await Folder(BundlePart.Terms, folder, text.Sha256, cancellation) is { } difference) return difference;
        }
        return null;
    }

    private async Task<BundleDifference?> Calendars(CancellationToken cancellation)
    {
        foreach (var calendar in _manifest.Calendars)
        {
            var folder = $"{Manifest.CalendarFolder}/{calendar.Name}";
            if (calendar.Folder != folder || !Shelves.PackFiles.IsId(calendar.Name)) return new(BundlePart.Manifest, Manifest.Path, $"日历 {calendar.Name} 的位置不对。");
            if (await Folder(BundlePart.Calendar, folder, calendar.Sha256, cancellation) is { } difference) return difference;
        }
        return null;
    }

    // Lays a folder out on disk, where it is judged by, and compares it member by member and as a whole.
    private async Task<BundleDifference?> Folder(BundlePart what, string folder, string sha256, CancellationToken cancellation)
    {
        var paths = _manifest.Members.Select(member => member.Path).Concat(_archive.Names).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (await _archive.Bytes(path, cancellation) is not { } bytes) return Gone(what, path);
            if (AsListed(what, path, bytes) is { } difference) return difference;
            var laid = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(laid)!);
            await File.WriteAllBytesAsync(laid, bytes, cancellation);
        }
        var laidFolder = Path.Combine(_folder, folder);
        return Directory.Exists(laidFolder) && Fingerprints.OfFolder(laidFolder) == sha256 ? null : new(what, folder, $"文件夹 {folder} 的散列值与清单所记不同。");
    }

    private BundleDifference? Leftovers()
    {
        foreach (var path in _archive.Names.Order(StringComparer.Ordinal))
            if (path is not (Manifest.Path or Manifest.SignaturePath) && !_seen.Contains(path))
                return new(BundlePart.Manifest, path, _manifest.Find(path) is null ? $"包内多出文件 {path}，清单中没有。" : $"清单中的文件 {path} 不属于导出包的任何部分。");
        return _manifest.Members.FirstOrDefault(member => !_archive.Has(member.Path)) is { } gone ? Gone(BundlePart.Manifest, gone.Path) : null;
    }

    private async Task<BundleDifference?> Signature(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.SignaturePath, cancellation) is not { } bytes) return Gone(BundlePart.Signature, Manifest.SignaturePath);
        if (Parse<ManifestSignature>(bytes) is not { } signature || _keys.FirstOrDefault(key => key.Id == signature.Key) is not { } key)
            return new(BundlePart.Signature, Manifest.SignaturePath, "清单的签名不能读取，或其公钥不在密钥列表中。");
        if (key.Algorithm != signature.Algorithm || !Signatures.Verify(key.Algorithm, key.Der, _manifestBytes, Hex(signature.Signature)))
            return new(BundlePart.Signature, Manifest.SignaturePath, "清单的签名与清单不符：清单或签名被改动。");
        _signer = key.Id;
        return null;
    }

    private BundleDifference? Trust()
    {
        if (_trust.IsNothing)
        {
            _notes.Add($"未给出公钥或先前的检查点，本结果只说明包内前后一致、由密钥 {_signer![..16]}… 签署；换一把密钥重新签过的包须用 --key 或 --checkpoint 才能识破。请与所持的公钥或纸面上的链头核对。");
            return null;
        }
        foreach (var held in _trust.Checkpoints)
        {
            if (held.Contract != _manifest.Contract) return new(BundlePart.Trust, Manifest.Checkpoints, $"所持的检查点属于合同 {held.Contract}。");
            if (_checkpoints.FirstOrDefault(one => one.Number == held.Number) is not { } here) return new(BundlePart.Trust, Manifest.Checkpoints, string.Create(CultureInfo.InvariantCulture, $"所持的第 {held.Number} 号检查点在包内没有。"));
            if (here.Print() != held.Print()) return new(BundlePart.Trust, string.Create(CultureInfo.InvariantCulture, $"{Manifest.Checkpoints}#{held.Number}"), string.Create(CultureInfo.InvariantCulture, $"第 {held.Number} 号检查点与所持的不同：账本被重写并重新签过。"));
        }
        var trusted = PublicKey.TrustedFrom([.. _trust.Keys.Select(Signatures.IdOf), .. _trust.Checkpoints.Select(held => held.Key)], _keys);
        // A checkpoint names the one before by its hash, so one that is trusted vouches for all before it.
        if (_checkpoints.Count > 0 && !trusted.Contains(_checkpoints[^1].Key)) return new(BundlePart.Trust, Manifest.Checkpoints, $"最后的检查点由您所信任的密钥之外的密钥（{_checkpoints[^1].Key[..16]}…）签署。");
        return trusted.Contains(_signer!) ? null : new(BundlePart.Trust, Manifest.SignaturePath, $"清单由您所信任的密钥之外的密钥（{_signer![..16]}…）签署。");
    }

    private BundleDifference? AsListed(BundlePart what, string path, byte[] bytes) => AsListed(what, new(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));

    private BundleDifference? AsListed(BundlePart what, ManifestMember found)
    {
        _seen.Add(found.Path);
        return _manifest.Find(found.Path) is not { } listed ? new(BundlePart.Manifest, found.Path, $"包内多出文件 {found.Path}，清单中没有。")
            : listed == found ? null
            : new(what, found.Path, $"{found.Path} 与清单所记的散列值不同：文件被改动。");
    }

    private static BundleDifference Gone(BundlePart what, string path) => new(what, path, $"包内缺少 {path}。");

    private static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    private static byte[] Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static T? Parse<T>(byte[] json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Manifest.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

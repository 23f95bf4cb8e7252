using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;

namespace Yueheng.Statements.Bundles;

public sealed partial class BundleCheck
{
    private readonly Dictionary<int, Pack> _texts = [];

    private async Task<BundleDifference?> StatementsOnList(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.Statements, cancellation) is not { } bytes) return Gone(BundlePart.Statements, Manifest.Statements);
        if (Parse<ListedStatement[]>(bytes) is not { } listed || listed.Any(one => one is null)) return new(BundlePart.Statements, Manifest.Statements, "评估单列表不能读取。");
        _statements = listed;
        foreach (var one in listed)
            if (await OfStatement(one, cancellation) is { } difference) return difference;
        return AsListed(BundlePart.Statements, Manifest.Statements, bytes);
    }

    private async Task<BundleDifference?> OfStatement(ListedStatement one, CancellationToken cancellation)
    {
        var (figures, print) = ($"{Manifest.StatementFolder}/{one.Number}.json", $"{Manifest.StatementFolder}/{one.Number}.html");
        BundleDifference Differs(string message) => new(BundlePart.Statements, $"{Manifest.Statements}#{one.Number}", $"评估单 {one.Number}：{message}");
        if (await _archive.Bytes(figures, cancellation) is not { } bytes) return Gone(BundlePart.Statements, figures);
        if (await _archive.Bytes(print, cancellation) is not { } printed) return Gone(BundlePart.Statements, print);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != one.FiguresSha256) return new(BundlePart.Statements, figures, $"评估单 {one.Number} 的数值与签发时的散列值不符。");
        if (Convert.ToHexStringLower(SHA256.HashData(printed)) != one.PrintSha256) return new(BundlePart.Statements, print, $"评估单 {one.Number} 的文本与签发时的散列值不符。");
        if (_facts.HashAt(one.LedgerSeq) != one.LedgerHash) return Differs(string.Create(CultureInfo.InvariantCulture, $"所记的链头（第 {one.LedgerSeq} 号）与事实链不符。"));
        if (_manifest.Terms.FirstOrDefault(text => text.Version == one.Version) is not { } text || text.Sha256 != one.TermsSha256) return Differs($"所依的第 {one.Version} 版合同文件不在包内，或散列值不同。");
        if (!IsoTime.TryParse(one.AsOf, out var asOf)) return Differs("判定时刻不能读取。");
        if (AsListed(BundlePart.Statements, figures, bytes) is { } other) return other;
        if (AsListed(BundlePart.Statements, print, printed) is { } another) return another;
        if (_manifest.Calendars.All(calendar => calendar.Name != one.Calendar || calendar.Sha256 != one.CalendarSha256))
        {
            _notes.Add($"评估单 {one.Number} 签发后日历“{one.Calendar}”有更新，其数值未重算。");
            return null;
        }
        return await Recompute(BundlePart.Statements, figures, bytes, one.Version, one.LedgerSeq, asOf);
    }

    private async Task<BundleDifference?> Figures(CancellationToken cancellation)
    {
        if (await _archive.Bytes(Manifest.Figures, cancellation) is not { } bytes) return Gone(BundlePart.Figures, Manifest.Figures);
        if (!IsoTime.TryParse(_manifest.AsOf, out var asOf)) return new(BundlePart.Manifest, Manifest.Path, "判定时刻不能读取。");
        return await Recompute(BundlePart.Figures, Manifest.Figures, bytes, _manifest.Judged, _facts.Count, asOf) ?? AsListed(BundlePart.Figures, Manifest.Figures, bytes);
    }

    /// <summary>Judges again, and compares figure by figure in the order of their addresses.</summary>
    private async Task<BundleDifference?> Recompute(BundlePart what, string member, byte[] written, int version, long seq, long asOf)
    {
        BundleDifference Differs(string where, string message) => new(what, where, $"{member}：{message}");
        if (Figures(written) is not { } figures) return Differs(member, "不是一组数值。");
        if (figures.Contract != _manifest.Contract || !IsoTime.TryParse(figures.AsOf, out var writtenAsOf) || writtenAsOf != asOf) return Differs(member, "合同或判定时刻与清单不同。");
        if (Text(version, out var why) is not { } pack) return new(BundlePart.Terms, $"{Manifest.TermsFolder}/{version}", $"第 {version} 版合同文件不能读取：{why}");
        await using var lines = _facts.UpTo(seq);
        var reading = FactReader.Read(lines, Manifest.Facts, pack.Id, pack.Contract.Vocabulary);
        if (reading.Facts is not { } facts) return new(BundlePart.Facts, Manifest.Facts, $"事实不能按第 {version} 版合同文件读取：{reading.Faults[0].Message}");
        FiguresByAddress judged;
        try
        {
            judged = (await Judgements.Judge(new PackVersion(pack.Id, version, PackKind.Original, "", 0, "", [], "", 0, []), pack, facts, LedgerPoint.Nothing, asOf)).Figures;
        }
        catch (CannotJudgeException refused)
        {
            return Differs(member, $"重算失败：{refused.Message}");
        }
        _figures += judged.Count;
        foreach (var address in figures.Figures.Keys.Concat(judged.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var (said, computed) = (figures.Figures.GetValueOrDefault(address), judged.TryGetValue(address, out var figure) ? figure.Text : null);
            if (said == computed) continue;
            return Differs($"{member}#{address}", said is null ? $"缺少数值 {address}，重算得 {computed}。" : computed is null ? $"多出数值 {address}（{said}），重算没有。" : $"数值 {address} 写的是 {said}，重算得 {computed}。");
        }
        return null;
    }

    private Pack? Text(int version, out string why)
    {
        why = "包内没有这一版";
        if (_texts.TryGetValue(version, out var known)) return known;
        var folder = Path.Combine(_folder, Manifest.TermsFolder, version.ToString(CultureInfo.InvariantCulture), _manifest.Contract);
        if (!Directory.Exists(folder)) return null;
        var (pack, refusals) = new PackReader(Path.Combine(_folder, Manifest.CalendarFolder)).Read(folder, true);
        if (pack is null) why = refusals[0].Message;
        else _texts[version] = pack;
        return pack;
    }

    private sealed record WrittenFigures(string Contract, string AsOf, Dictionary<string, string> Figures);

    private static WrittenFigures? Figures(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<WrittenFigures>(json, Manifest.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

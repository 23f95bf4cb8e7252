using System.Globalization;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Verifying;

/// <summary>
/// Goes along a chain, recomputes every link and stops judging at the first that is not as it was recorded; that one is then looked at
/// beside all the others, since a fact that does not fit its place may have come from another.
/// </summary>
/// <param name="noun">What a row is called: 事实, or 申请步骤.</param>
internal sealed class ChainCheck(string contract, IReadOnlyList<Anchor> anchors, string noun = "事实")
{
    // What is kept of every row, to find where one that does not fit came from.
    private readonly List<(long Seq, byte[]? Previous, byte[] Hash)> _rows = [];
    private ChainRow? _last;        // the last good one
    private ChainRow? _bad;         // the first that does not fit
    private ChainRow? _afterBad;

    /// <summary>Takes the next row.</summary>
    public void Add(ChainRow row)
    {
        _rows.Add((row.Seq, row.Previous, row.Hash));
        if (_bad is not null) _afterBad ??= row;
        else if (Fits(row)) _last = row;
        else _bad = row;
    }

    private long Expected => (_last?.Seq ?? 0) + 1;

    private ReadOnlySpan<byte> LastHash => _last is null ? Link.Genesis : _last.Hash;

    private bool Fits(ChainRow row) =>
        row.Disagreement is null && row.Seq == Expected && (row.Previous is null || LastHash.SequenceEqual(row.Previous))
        && row.RecordedAt >= (_last?.RecordedAt ?? long.MinValue) && row.IsHashOf(Expected, LastHash);

    /// <summary>The end of the rows.</summary>
    /// <param name="headSeq">Where the head says that the chain ends; null when nobody says.</param>
    /// <param name="headHash">The hash that the head names.</param>
    public Verification Finish(long? headSeq, byte[]? headHash)
    {
        var finding = _bad is not null ? Explain(_bad) : null;
        if (headSeq is { } end && (finding is null || finding.Seq > end)) finding = BesideHead(end, headHash!) ?? finding;
        foreach (var anchor in anchors.OrderBy(anchor => anchor.Seq))
            if (finding is null || finding.Seq > anchor.Seq) finding = BesideAnchor(anchor) ?? finding;
        return new(contract, _rows.Count, Convert.ToHexStringLower(_rows.Count == 0 ? Link.Genesis : _rows[^1].Hash), finding);
    }

    private Finding? BesideHead(long end, byte[] hash)
    {
        if (_rows.FindIndex(row => row.Seq > end) is >= 0 and var beyond)
            return new(Alteration.Inserted, _rows[beyond].Seq, beyond == _rows.Count - 1 ? (_bad ?? _last)!.Id : null, $"第 {Say(_rows[beyond].Seq)} 号{noun}在链头（第 {Say(end)} 号）之后，未经账本记录。");
        if (_bad is null && Expected <= end) return Missing(Expected, null, $"链头指向第 {Say(end)} 号，最后的{noun}却是第 {Say(Expected - 1)} 号");
        if (_bad is not null || LastHash.SequenceEqual(hash)) return null;
        return end == 0
            ? new(Alteration.Head, 0, null, $"链头被改动：没有{noun}，却有散列值。")
            : new(Alteration.Differs, end, _last?.Id, $"第 {Say(end)} 号{noun} {_last?.Id} 的散列值与链头所记不同：该{noun}连同散列值一起被改写，或链头被改动。");
    }

    private Finding? BesideAnchor(Anchor anchor)
    {
        if (anchor.Seq == 0) return null;
        var at = RowAt(anchor.Seq);
        if (at < 0) return Missing(_rows.Count + 1, null, $"存证写明有第 {Say(anchor.Seq)} 号");
        return Convert.ToHexStringLower(_rows[at].Hash) == anchor.Hash
            ? null
            : new(Alteration.Differs, anchor.Seq, null, $"第 {Say(anchor.Seq)} 号的散列值与存证不同：截至该号的{noun}中有被改写的。");
    }

    private int RowAt(long seq) => seq <= _rows.Count && _rows[(int)seq - 1].Seq == seq ? (int)seq - 1 : _rows.FindIndex(row => row.Seq == seq);

    private Finding Explain(ChainRow row)
    {
        var here = Expected;
        if (row.Seq > here)
            return RowAt(here) >= 0
                ? Moved(here, row, row.Seq)
                : Missing(here, row, $"其后是第 {Say(row.Seq)} 号 {row.Id}");
        if (row.Seq < here) return Inserted(here, row, $"编号 {Say(row.Seq)} 出现了两次");

        if (row.Disagreement is null && OriginOf(row) is { } origin)
        {
            // Whole in itself, so the link it names as the one before is no more.
            if (origin == here && _last is null) return new(Alteration.Differs, here, row.Id, $"第 {Say(here)} 号{noun} {row.Id} 不从链的起点开始：它被重写过。");
            if (origin == here && row.Previous is not null && !LastHash.SequenceEqual(row.Previous))
                return new(Alteration.Differs, here - 1, _last!.Id, $"第 {Say(here - 1)} 号{noun} {_last.Id} 连同散列值被改写：第 {Say(here)} 号记着它原来的散列值。");
            if (origin == here - 1 && _last is not null && row.Previous is not null) return Inserted(here - 1, _last, $"其后的 {row.Id} 原是第 {Say(origin)} 号");
            if (origin == here + 1 && !(_afterBad is { } next && OriginOf(next) == here)) return Missing(here, null, $"现在占据此号的 {row.Id} 原是第 {Say(origin)} 号");
            if (origin != here) return Moved(here, row, origin);
        }
        else if (_afterBad is { Disagreement: null } next && OriginOf(next) == here) return Inserted(here, row, $"其后的 {next.Id} 原是第 {Say(here)} 号");
        return new(Alteration.Differs, here, row.Id, $"第 {Say(here)} 号{noun} {row.Id} 被改动：{What(row)}。");
    }

    // The number under which the row was recorded: where its content gives its own hash, or the hash that stands elsewhere.
    private long? OriginOf(ChainRow row)
    {
        if (row.Previous is not null && row.IsHashOf(row.Seq, row.Previous)) return row.Seq;
        for (long seq = 1; seq <= _rows.Count + 1; seq++)
        {
            if (row.Previous is not null)
            {
                if (row.IsHashOf(seq, row.Previous)) return seq;
            }
            else if (seq > 1 && row.IsHashOf(seq, _rows[(int)seq - 2].Hash) || seq <= _rows.Count && row.IsHashOf(seq, _rows[(int)seq - 1].Hash)) return seq;
            if (seq > _rows.Count || seq == row.Seq) continue;
            var (_, previous, hash) = _rows[(int)seq - 1];
            if (row.IsHashOf(seq, previous ?? (seq == 1 ? Link.Genesis : _rows[(int)seq - 2].Hash), hash)) return seq;
        }
        return null;
    }

    private string What(ChainRow row)
    {
        if (row.Disagreement is { } why) return why;
        if (row.RecordedAt < (_last?.RecordedAt ?? long.MinValue)) return "记录时间早于前一号";
        var hash = row.Content(row.Seq, LastHash);
        if (_afterBad?.Previous is { } named && named.AsSpan().SequenceEqual(hash)) return "散列值被改，内容未改";
        if (row.Previous is not null && row.IsHashOf(row.Seq, LastHash)) return "所记的前一散列值被改，内容未改";
        return "内容、记录人、记录时间、证据与散列值不符";
    }

    private Finding Missing(long seq, ChainRow? next, string why) => new(Alteration.Missing, seq, next?.Id, $"第 {Say(seq)} 号{noun}缺失：{why}。");

    private Finding Inserted(long seq, ChainRow row, string why) => new(Alteration.Inserted, seq, row.Id, $"第 {Say(seq)} 号处的{noun} {row.Id} 是插入的：{why}。");

    private Finding Moved(long seq, ChainRow row, long origin) => new(Alteration.Reordered, seq, row.Id, $"顺序被改动：第 {Say(seq)} 号处的{noun} {row.Id} 原是第 {Say(origin)} 号。");

    private static string Say(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Yueheng.Facts.Reading;

/// <summary>
/// Turns blocks of lines into facts. Each hand that reads has its own parser with its own tables of texts, so that hands never wait
/// for each other. This half cuts lines; the envelope and <c>data</c> have a file each.
/// </summary>
internal sealed partial class LineParser
{
    public const int DeepestNesting = 64;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = DeepestNesting };

    private readonly ReadingPlan _plan;
    private readonly int _hand;
    private readonly int _mostFaults;
    private readonly TextTable _kinds;      // the declared ones first, so that their numbers are those of the vocabulary
    private readonly TextTable _subjects = new(1024);
    private readonly TextTable _texts = new();
    private byte[] _keyScratch = new byte[256];
    private byte[] _textScratch = new byte[256];
    private byte[] _digitScratch = new byte[256];

    private readonly ConcurrentBag<ParsedBlock> _free = [];

    // Of the line being read.
    private readonly List<(string? Field, Sentence Sentence, int Place)> _faults = [];
    private ParsedBlock _parsed = null!;
    private int _line;
    private string? _id;
    // Where the reader stands in the line, in bytes: what is found wrong next is shown there.
    private int _place;
    // Where the piece begins that a reader of its own goes through.
    private int _base;

    /// <param name="mostFaults">A block is read no further once it has so many.</param>
    public LineParser(ReadingPlan plan, int hand, int mostFaults)
    {
        _plan = plan;
        _hand = hand;
        _mostFaults = mostFaults;
        _kinds = new TextTable(plan.Vocabulary.KindCount + 16);
        for (var kind = 0; kind < plan.Vocabulary.KindCount; kind++) _kinds.FindOrAdd(plan.Vocabulary.KindName(kind), out _);
    }

    public ParsedBlock Parse(LineBlock block)
    {
        if (!_free.TryTake(out var parsed)) parsed = new ParsedBlock { Hand = _hand, Subjects = _subjects };
        parsed.Begin(block);
        _parsed = parsed;
        _line = block.FirstLine;
        if (block.IsForeign) Refuse(Refusals.ForeignEncoding(), []);

        var bytes = block.Bytes;
        var isUtf8 = Utf8.IsValid(bytes);
        while (!bytes.IsEmpty && parsed.Faults.Count < _mostFaults)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line is [.., (byte)'\r']) line = line[..^1];
            if (line.Length > LineBlocks.LongestLine) Refuse(Refusals.LineTooLong(), line);
            else if (!isUtf8 && !Utf8.IsValid(line))
            {
                _place = ValidLength(line);
                Refuse(Refusals.NotUtf8(_place + 1), line);
            }
            else if (line.IndexOfAnyExcept(" \t\r"u8) >= 0) ParseLine(line);
            _line++;
        }

        if (block.DroppedLine > 0 && parsed.Faults.Count < _mostFaults)
        {
            _line = block.DroppedLine;
            // What was read of it still stands behind the whole lines.
            Refuse(Refusals.LineTooLong(), block.Buffer.AsSpan(block.Length, Math.Min(LineBlocks.LongestLine, block.Buffer.Length - block.Length)));
        }
        parsed.SubjectCount = _subjects.Count;
        return parsed;
    }

    /// <summary>A block whose facts are gathered, to be filled again.</summary>
    public void GiveBack(ParsedBlock parsed) => _free.Add(parsed);

    private void ParseLine(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Strict);
        _openKeys.Clear();
        (_place, _base) = (0, 0);
        try
        {
            ReadFact(line, ref reader);
        }
        catch (JsonException broken)
        {
            _place = _base + (int)(broken.BytePositionInLine ?? 0);
            AddFault(null, reader.CurrentDepth >= DeepestNesting - 1 ? Refusals.TooDeep() : Refusals.NotJson(_place + 1, BrokenJson.Cause(line, _place)));
        }

        if (_faults.Count > 0) TellFaults(line);
        _id = null;
    }

    private void Refuse(Sentence sentence, ReadOnlySpan<byte> line)
    {
        AddFault(null, sentence);
        TellFaults(line);
        _place = 0;
    }

    private void AddFault(string? field, Sentence sentence)
    {
        if (_faults.Count < _mostFaults) _faults.Add((field, sentence, _place));
    }

    // Only at the end of a line, since the id may stand behind what was found wrong before it.
    private void TellFaults(ReadOnlySpan<byte> line)
    {
        foreach (var (field, sentence, place) in _faults)
            if (_parsed.Faults.Count < _mostFaults)
                _parsed.Faults.Add(new FactFault(_parsed.File, _line, _id, field, sentence(_id)) { Excerpt = line.IsEmpty ? null : LineExcerpt.Of(line, place) });
        _faults.Clear();
    }

    private static int ValidLength(ReadOnlySpan<byte> line)
    {
        Utf8.ToUtf16(line, new char[line.Length], out var read, out _, replaceInvalidSequences: false);
        return read;
    }

    /// <summary>The bytes of a string or a key with its escapes resolved; valid until the next text is read into the same scratch.</summary>
    private ReadOnlySpan<byte> TextOf(ref Utf8JsonReader reader, ref byte[] scratch, scoped ReadOnlySpan<byte> under)
    {
        var written = reader.ValueSpan;
        if (!reader.ValueIsEscaped) return written;
        if (scratch.Length < written.Length) scratch = new byte[written.Length * 2];
        try
        {
            return scratch.AsSpan(0, reader.CopyString(scratch));
        }
        catch (InvalidOperationException)
        {
            At(ref reader);
            AddFault(FieldName(under), Refusals.BrokenEscape(FieldName(under)));
            return written;
        }
    }

    private void At(ref Utf8JsonReader reader) => _place = _base + (int)reader.TokenStartIndex;

    private static string? FieldName(scoped ReadOnlySpan<byte> key) => key.IsEmpty ? null : Encoding.UTF8.GetString(key);

    /// <summary>What was written instead of what was wanted, in words.</summary>
    private static string Given(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "一个对象",
        JsonTokenType.StartArray => "一个数组",
        JsonTokenType.String => $"文字“{Refusals.Shown(Encoding.UTF8.GetString(reader.ValueSpan))}”",
        _ => " " + Refusals.Shown(Encoding.UTF8.GetString(reader.ValueSpan)),
    };
}

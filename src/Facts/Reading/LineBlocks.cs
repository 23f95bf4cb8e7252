using System.Buffers;

namespace Yueheng.Facts.Reading;

/// <summary>Some whole lines of a file, in a buffer from the pool.</summary>
internal sealed class LineBlock
{
    /// <summary>Blocks count from 0 through all files.</summary>
    public required int Number { get; init; }
    public required string File { get; init; }
    public required byte[] Buffer { get; init; }
    public int Start { get; set; }
    public int Length { get; set; }
    /// <summary>The line at <see cref="Start"/>, from 1.</summary>
    public int FirstLine { get; set; }
    /// <summary>A line after the others that is too long to be read and whose bytes were dropped; 0: none.</summary>
    public int DroppedLine { get; set; }
    /// <summary>The file begins as no UTF-8 file does, and is read no further.</summary>
    public bool IsForeign { get; set; }

    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, Length - Start);
}

/// <summary>
/// Cuts files into blocks of whole lines, one caller at a time. Memory is bounded whatever the file holds:
/// a line that fills a buffer without ending is dropped up to its end.
/// </summary>
internal sealed class LineBlocks(IReadOnlyList<FactFile> files, IProgress<long>? progress, CancellationToken cancellation)
{
    /// <summary>1 MiB: a longer line is refused.</summary>
    public const int LongestLine = 1 << 20;

    // Room for one longest line and much more, so that a line cut at the end of a block always fits the next.
    public const int BlockSize = 2 << 20;

    private readonly Lock _turn = new();
    private byte[] _carry = [];     // the beginning of a line that the block before could not end
    private int _carried;
    private int _file;
    private int _line = 1;
    private int _number;
    private long _bytes;
    private bool _atStart = true;
    private bool _dropping;
    private bool _stopped;

    /// <summary>The next block; null at the end of the last file.</summary>
    /// <exception cref="IOException">Whatever the stream throws.</exception>
    /// <exception cref="OperationCanceledException"/>
    public LineBlock? Next()
    {
        lock (_turn)
        {
            while (!_stopped && _file < files.Count)
            {
                cancellation.ThrowIfCancellationRequested();
                var block = new LineBlock { Number = _number, File = files[_file].Name, Buffer = ArrayPool<byte>.Shared.Rent(BlockSize) };
                var isLast = Fill(block);
                progress?.Report(_bytes);
                if (isLast) NextFile();
                if (block.Length > block.Start || block.DroppedLine > 0 || block.IsForeign)
                {
                    _number++;
                    return block;
                }
                ArrayPool<byte>.Shared.Return(block.Buffer);
            }
            return null;
        }
    }

    /// <summary>Hands out no more blocks; those handed out are always a beginning of the input.</summary>
    public void Stop()
    {
        lock (_turn) _stopped = true;
    }

    private void NextFile()
    {
        _file++;
        _line = 1;
        _carried = 0;
        _atStart = true;
        _dropping = false;
    }

    // True at the end of the file.
    private bool Fill(LineBlock block)
    {
        var buffer = block.Buffer;
        var length = 0;
        var isEnd = false;
        if (_dropping && !DropToLineEnd(buffer, out length)) return true;
        if (_carried > 0)
        {
            _carry.AsSpan(0, _carried).CopyTo(buffer);
            length = _carried;
            _carried = 0;
        }
        while (length < BlockSize && !isEnd) isEnd = ReadInto(buffer.AsSpan(0, BlockSize), ref length);

        block.FirstLine = _line;
        if (_atStart)
        {
            _atStart = false;
            var start = buffer.AsSpan(0, length);
            if (start.StartsWith("\uFEFF"u8)) block.Start = 3;
            if (start is [0xfe, 0xff, ..] or [0xff, 0xfe, ..])
            {
                block.IsForeign = true;
                return true;
            }
        }

        block.Length = length;
        if (isEnd) return true;
        block.Length = Math.Max(block.Start, buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1);
        _line += buffer.AsSpan(0, block.Length).Count((byte)'\n');
        var rest = buffer.AsSpan(block.Length, length - block.Length);
        if (rest.Length <= LongestLine + 1)
        {
            if (_carry.Length == 0) _carry = new byte[LongestLine + 1];
            rest.CopyTo(_carry);
            _carried = rest.Length;
            return false;
        }
        block.DroppedLine = _line;
        _dropping = true;
        return false;
    }

    private bool DropToLineEnd(byte[] buffer, out int length)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            length = 0;
            if (ReadInto(buffer.AsSpan(0, BlockSize), ref length)) return false;
            var end = buffer.AsSpan(0, length).IndexOf((byte)'\n');
            if (end < 0) continue;
            buffer.AsSpan(end + 1, length - end - 1).CopyTo(buffer);
            length -= end + 1;
            _line++;
            _dropping = false;
            return true;
        }
    }

    // True at the end of the file.
    private bool ReadInto(Span<byte> buffer, ref int length)
    {
        var read = files[_file].Content.Read(buffer[length..]);
        length += read;
        _bytes += read;
        return read == 0;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Yueheng.Facts;

namespace Yueheng.Ledger.Appending;

/// <summary>Cuts a stream into lines, a bounded part of it in memory.</summary>
internal static class Lines
{
    // Stands for a line that is too long: the reader refuses it by its length, and its own bytes are gone.
    private static readonly byte[] TooLong = new byte[FactLineReader.LongestLine + 1];

    /// <summary>Every line without its end, a byte order mark at the start left out; the last one even when it does not end.</summary>
    public static async IAsyncEnumerable<byte[]> Of(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 17, leaveOpen: true));
        try
        {
            var isFirst = true;
            var isDropping = false;
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    yield return isDropping ? TooLong : Line(buffer.Slice(0, end), ref isFirst);
                    isDropping = false;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }
                if (read.IsCompleted)
                {
                    if (isDropping) yield return TooLong;
                    else if (!buffer.IsEmpty) yield return Line(buffer, ref isFirst);
                    yield break;
                }
                // One byte more than the longest line may be its carriage return.
                if (buffer.Length > FactLineReader.LongestLine + 1 || isDropping)
                {
                    isDropping = true;
                    isFirst = false;
                    buffer = buffer.Slice(buffer.End);
                }
                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static byte[] Line(in ReadOnlySequence<byte> bytes, ref bool isFirst)
    {
        var line = bytes.ToArray();
        if (isFirst && line.AsSpan().StartsWith("\uFEFF"u8)) line = line[3..];
        isFirst = false;
        return line;
    }
}

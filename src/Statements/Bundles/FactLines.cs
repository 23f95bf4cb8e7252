using System.Text.Json;

namespace Yueheng.Statements.Bundles;

/// <summary>The facts of a bundle as they lie on disk, line by line: a statement is judged on the beginning of them.</summary>
internal sealed class FactLines
{
    private readonly string _path;
    private readonly List<(long End, string Hash)> _lines = [];

    private FactLines(string path, long count, string head) => (_path, Count, Head) = (path, count, head);

    public static FactLines None { get; } = new("", 0, new string('0', 64));

    public long Count { get; }

    /// <summary>The hash of the last.</summary>
    public string Head { get; }

    /// <summary>The hashes of files that facts name.</summary>
    public HashSet<string> Evidence { get; } = [];

    public static async Task<FactLines> Of(string path, long count, string head, CancellationToken cancellation)
    {
        var lines = new FactLines(path, count, head);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        var (buffer, line, at) = (new byte[1 << 16], new MemoryStream(), 0L);
        while (await file.ReadAsync(buffer, cancellation) is > 0 and var read)
            for (var from = 0; from < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', from, read - from);
                var length = (end < 0 ? read : end + 1) - from;
                line.Write(buffer, from, length);
                (from, at) = (from + length, at + length);
                if (end < 0) continue;
                lines.Add(line.GetBuffer().AsMemory(0, (int)line.Length), at);
                line.SetLength(0);
            }
        if (line.Length > 0) lines.Add(line.GetBuffer().AsMemory(0, (int)line.Length), at);
        return lines;
    }

    private void Add(ReadOnlyMemory<byte> line, long end)
    {
        if (line.Span.Trim(" \t\r\n"u8).IsEmpty) return;
        var hash = "";
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 70 });
            if (document.RootElement.TryGetProperty("hash", out var written) && written.ValueKind == JsonValueKind.String) hash = written.GetString()!;
            if (document.RootElement.TryGetProperty("evidence", out var evidence) && evidence.ValueKind == JsonValueKind.Array)
                foreach (var file in evidence.EnumerateArray())
                    if (file.ValueKind == JsonValueKind.Object && file.TryGetProperty("sha256", out var sha256) && sha256.ValueKind == JsonValueKind.String) Evidence.Add(sha256.GetString()!);
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            // No fact; the check of the chain says so.
        }
        _lines.Add((end, hash));
    }

    /// <summary>The hash of a fact by its number; null: there is none.</summary>
    public string? HashAt(long seq) => seq >= 1 && seq <= _lines.Count ? _lines[(int)seq - 1].Hash : seq == 0 ? new string('0', 64) : null;

    /// <summary>The lines up to a number, to be read once.</summary>
    public Stream UpTo(long seq) => new Beginning(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), seq == 0 ? 0 : _lines[(int)seq - 1].End);

    /// <summary>So many bytes of a file.</summary>
    private sealed class Beginning(Stream file, long left) : Stream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

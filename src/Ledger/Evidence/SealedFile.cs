using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// How evidence lies on disk: <c>YHSEAL01</c>, then chunks of 64 KiB, each encrypted by AES-256-GCM under the file's own key and followed
/// by its tag of sixteen bytes. The nonce of a chunk is its number and whether it is the last, so that chunks exchanged, left out, or
/// missing at the end do not open.
/// </summary>
internal static class SealedFile
{
    internal const int KeyLength = 32;
    internal const int Chunk = 1 << 16;
    internal const int TagLength = 16;
    internal static ReadOnlySpan<byte> Magic => "YHSEAL01"u8;

    internal static void NonceOf(long number, bool isLast, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..11], number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
    }

    /// <summary>How many bytes the plain file has, by the length of the sealed one; null when no sealed file has this length.</summary>
    internal static long? PlainLength(long length)
    {
        var (whole, rest) = Math.DivRem(length - Magic.Length, Chunk + TagLength);
        if (length < Magic.Length + TagLength) return null;
        return rest == 0 ? whole * Chunk : rest > TagLength || whole == 0 ? whole * Chunk + rest - TagLength : null;
    }
}

/// <summary>Seals what is written to it. <see cref="Finish"/> writes the last chunk; without it the file does not open.</summary>
internal sealed class SealingStream(Stream output, byte[] key) : IDisposable
{
    private readonly AesGcm _cipher = new(key, SealedFile.TagLength);
    private readonly byte[] _plain = new byte[SealedFile.Chunk];
    private readonly byte[] _sealed = new byte[SealedFile.Chunk + SealedFile.TagLength];
    private int _held;
    private long _number;

    public async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
        {
            // A full chunk waits until it is known whether another follows.
            if (_held == SealedFile.Chunk) await Seal(false, cancellation);
            var taken = Math.Min(bytes.Length, SealedFile.Chunk - _held);
            bytes[..taken].CopyTo(_plain.AsMemory(_held));
            _held += taken;
            bytes = bytes[taken..];
        }
    }

    public Task Finish(CancellationToken cancellation) => Seal(true, cancellation);

    private async Task Seal(bool isLast, CancellationToken cancellation)
    {
        if (_number == 0) await output.WriteAsync(SealedFile.Magic.ToArray(), cancellation);
        Encrypt(isLast);
        await output.WriteAsync(_sealed.AsMemory(0, _held + SealedFile.TagLength), cancellation);
        (_held, _number) = (0, _number + 1);
    }

    private void Encrypt(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[12];
        SealedFile.NonceOf(_number, isLast, nonce);
        _cipher.Encrypt(nonce, _plain.AsSpan(0, _held), _sealed.AsSpan(0, _held), _sealed.AsSpan(_held, SealedFile.TagLength), SealedFile.Magic);
    }

    public void Dispose()
    {
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }
}

/// <summary>Reads a sealed file from any place; every chunk is proven before a byte of it is given out.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly Stream _sealed;
    private readonly AesGcm _cipher;
    private readonly byte[] _plain = new byte[SealedFile.Chunk];
    private readonly byte[] _chunk = new byte[SealedFile.Chunk + SealedFile.TagLength];
    private readonly long _length;
    private long _open = -1;         // the chunk that _plain holds
    private int _openLength;

    /// <exception cref="EvidenceDamagedException">It is no sealed file.</exception>
    public UnsealingStream(Stream file, byte[] key)
    {
        _sealed = file;
        Span<byte> magic = stackalloc byte[SealedFile.Magic.Length];
        if (SealedFile.PlainLength(file.Length) is not { } length || file.ReadAtLeast(magic, magic.Length, false) < magic.Length || !magic.SequenceEqual(SealedFile.Magic))
            throw new EvidenceDamagedException("加密文件的格式不对或长度不对。");
        _length = length;
        _cipher = new AesGcm(key, SealedFile.TagLength);
    }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= _length || buffer.IsEmpty) return 0;
        var number = Position / SealedFile.Chunk;
        if (number != _open) Open(number);
        var from = (int)(Position % SealedFile.Chunk);
        var taken = Math.Min(buffer.Length, _openLength - from);
        _plain.AsSpan(from, taken).CopyTo(buffer);
        Position += taken;
        return taken;
    }

    private void Open(long number)
    {
        var last = Math.Max(0, (_length - 1) / SealedFile.Chunk);
        _openLength = (int)Math.Min(SealedFile.Chunk, _length - number * SealedFile.Chunk);
        _sealed.Position = SealedFile.Magic.Length + number * (SealedFile.Chunk + SealedFile.TagLength);
        var chunk = _chunk.AsSpan(0, _openLength + SealedFile.TagLength);
        _open = -1;
        try
        {
            _sealed.ReadExactly(chunk);
            Span<byte> nonce = stackalloc byte[12];
            SealedFile.NonceOf(number, number == last, nonce);
            _cipher.Decrypt(nonce, chunk[.._openLength], chunk[_openLength..], _plain.AsSpan(0, _openLength), SealedFile.Magic);
        }
        catch (Exception broken) when (broken is CryptographicException or EndOfStreamException)
        {
            throw new EvidenceDamagedException($"加密文件从第 {number * SealedFile.Chunk} 字节起被改动或不完整。");
        }
        _open = number;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sealed.Dispose();
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => _length;
    public override long Position { get; set; }
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A file of evidence does not open, or is not what was stored. The message, in Chinese, says how.</summary>
public sealed class EvidenceDamagedException(string message) : Exception(message);

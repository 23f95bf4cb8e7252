using System.Buffers.Binary;
using System.IO.Compression;

namespace Yueheng.Ledger.Evidence;

/// <summary>
/// Opens archives that strangers made. The directory of an archive is read into memory whole, so it is looked at before: how long it is,
/// whatever number of entries it claims. What an entry unpacks to is for the reader to bound.
/// </summary>
public static class BoundedZip
{
    private const int EndLength = 22, LongestComment = ushort.MaxValue, LocatorLength = 20;
    private const long LongestDirectory = 8 << 20;

    /// <param name="file">Can be read from any place; left open.</param>
    /// <exception cref="InvalidDataException">It is no archive, or its directory is longer than 8 MiB.</exception>
    public static ZipArchive Open(Stream file)
    {
        if (file.Length - StartOfDirectory(file) is < 0 or > LongestDirectory + LongestComment) throw new InvalidDataException("压缩包的目录不对或过长。");
        try
        {
            file.Position = 0;
            var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries;
            return zip;
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException or EndOfStreamException or OverflowException)
        {
            throw new InvalidDataException("压缩包的格式不对。", broken);
        }
    }

    private static long StartOfDirectory(Stream file)
    {
        var tail = Read(file, Math.Max(0, file.Length - EndLength - LongestComment), (int)Math.Min(file.Length, EndLength + LongestComment));
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndLength) throw new InvalidDataException("不是压缩包，或不完整。");
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (start != uint.MaxValue && entries != ushort.MaxValue) return start;

        // The longer form: a locator stands just before, and names the place of the other end record.
        var locator = Read(file, file.Length - tail.Length + end - LocatorLength, LocatorLength);
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8)) throw new InvalidDataException("压缩包的目录不对。");
        var place = BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8));
        var other = Read(file, place, 56);
        if (!other.AsSpan().StartsWith("PK\u0006\u0006"u8)) throw new InvalidDataException("压缩包的目录不对。");
        return BinaryPrimitives.ReadInt64LittleEndian(other.AsSpan(48));
    }

    private static byte[] Read(Stream file, long from, int length)
    {
        if (from < 0 || from + length > file.Length) throw new InvalidDataException("压缩包不完整。");
        var bytes = new byte[length];
        file.Position = from;
        file.ReadExactly(bytes);
        return bytes;
    }
}

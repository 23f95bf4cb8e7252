using System.IO.Compression;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>Looks at an uploaded workbook before anything reads it: a small file may unpack to no end, carry programs, or reach for other files.</summary>
internal static class WorkbookGuard
{
    public const long LargestFile = 20 << 20;
    private const long LargestUnpacked = 100 << 20;
    private const int MostParts = 1000;

    /// <exception cref="WorkbookRefusedException">It is not to be read.</exception>
    public static void Check(Stream file)
    {
        if (file.Length > LargestFile) throw new WorkbookRefusedException($"文件超过 {LargestFile >> 20} MB，请分批补录。");
        try
        {
            file.Position = 0;
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostParts) throw new WorkbookRefusedException("文件的组成部分过多，不予读取。");
            var unpacked = 0L;
            var buffer = new byte[1 << 16];
            foreach (var part in zip.Entries)
            {
                if (part.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) throw new WorkbookRefusedException("文件带有宏，请另存为不带宏的 xlsx。");
                if (part.FullName.Contains("externalLinks/", StringComparison.OrdinalIgnoreCase)) throw new WorkbookRefusedException("文件引用了其他文件，请改为数值后另存。");
                // What a part says of its length is only what it says: it is unpacked and counted.
                using var content = part.Open();
                for (int read; (read = content.Read(buffer)) > 0;)
                    if ((unpacked += read) > LargestUnpacked) throw new WorkbookRefusedException("文件展开后过大，不予读取。");
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            throw new WorkbookRefusedException("不是 xlsx 文件，或已损坏；旧式 xls 请另存为 xlsx。");
        }
        file.Position = 0;
    }
}

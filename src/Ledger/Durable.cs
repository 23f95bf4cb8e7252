using System.Runtime.InteropServices;

namespace Yueheng.Ledger;

/// <summary>Files that are there, whole, after the power went: written beside, flushed, renamed, and the folder flushed too.</summary>
internal static class Durable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int DirectoryOnly = 0x10000;      // O_DIRECTORY on Linux; O_RDONLY is 0

    /// <summary>A new file that only its owner reads.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static FileStream Create(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnersOnly, BufferSize = 0, Options = FileOptions.Asynchronous });

    /// <summary>Puts a flushed file in its place.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to);
        FlushFolder(Path.GetDirectoryName(to)!);
    }

    public static void Remove(string path)
    {
        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a small secret unless it is there already: two nodes that start together end with one.</summary>
    public static void WriteOnce(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path)) return;
        var half = $"{path}.{Guid.NewGuid():N}";
        using (var file = Create(half))
        {
            file.Write(content);
            file.Flush(true);
        }
        // A link is made only where nothing stands, whoever else is just doing the same.
        if (Link(half, path) != 0 && !File.Exists(path)) throw new IOException($"{path}: cannot be written ({Marshal.GetLastPInvokeErrorMessage()})");
        Remove(half);
    }

    /// <summary>A folder that only its owner enters.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path)) return;
        Directory.CreateDirectory(path, OwnersOnly | UnixFileMode.UserExecute);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Whether others than the owner may read the file.</summary>
    public static bool IsOpenToOthers(string path) =>
        (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;

    public static void FlushFolder(string path)
    {
        var folder = Open(path, DirectoryOnly);
        if (folder < 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Flush(folder) != 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int file);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}

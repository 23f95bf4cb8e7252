namespace Yueheng.Ledger.Clusters;

/// <summary>A file that one process at a time holds locked. The kernel lets go of it when the process ends, however it ends.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    /// <exception cref="ClusterRefusedException">Another process holds it.</exception>
    public static ClusterLock Take(string path)
    {
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held)
        {
            throw new ClusterRefusedException($"另一个进程正在使用这个数据目录（{path} 已被锁定）；请先停止它，或换一个数据目录。", held);
        }
    }

    public void Dispose() => _file.Dispose();
}

using System.Diagnostics;

namespace Yueheng.Ledger.Clusters;

/// <summary>
/// What a killed predecessor left behind: server processes that still run in the data folder, and a <c>postmaster.pid</c> that names a
/// process long gone, or by now somebody else's. Whoever calls holds the <see cref="ClusterLock"/>, so none of it is being used.
/// </summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until nothing runs in the folder, then removes the stale file.</summary>
    /// <exception cref="ClusterRefusedException">Something runs there and does not end.</exception>
    public static void Clear(string data)
    {
        var pidFile = Path.Combine(data, "postmaster.pid");
        var waited = Stopwatch.StartNew();
        for (var asked = false; ; Thread.Sleep(20))
        {
            var (running, isCertain) = RunningIn(data);
            if (running.Count == 0)
            {
                // Only when we could look into every process: PostgreSQL's own check by shared memory is in this file.
                if (isCertain) File.Delete(pidFile);
                return;
            }
            // The postmaster first; its children end with it. Nobody's children end by themselves once the postmaster is dead.
            if (!asked && PostmasterOf(pidFile) is { } postmaster && running.Contains(postmaster))
            {
                UnprivilegedUser.Signal(postmaster, UnprivilegedUser.Interrupt);
                asked = true;
            }
            if (waited.Elapsed > Patience)
                throw new ClusterRefusedException($"数据目录 {data} 里还有 PostgreSQL 进程在运行（{string.Join(", ", running)}），等待 {Patience.TotalSeconds:0} 秒仍未结束。请结束它们后再试。");
        }
    }

    private static int? PostmasterOf(string pidFile)
    {
        try
        {
            return int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var id) ? id : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Every server process works in the data folder.
    private static (List<int> Running, bool IsCertain) RunningIn(string data)
    {
        var running = new List<int>();
        var isCertain = true;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            try
            {
                if (!File.ReadAllText(Path.Combine(folder, "comm")).StartsWith("postgres", StringComparison.Ordinal)) continue;
                if (new FileInfo(Path.Combine(folder, "cwd")).LinkTarget == data) running.Add(id);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Ended while we looked.
            }
            catch (Exception unseen) when (unseen is UnauthorizedAccessException or IOException)
            {
                isCertain &= !Directory.Exists(folder);
            }
        }
        return (running, isCertain);
    }
}

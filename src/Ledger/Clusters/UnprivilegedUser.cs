using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Yueheng.Ledger.Clusters;

/// <summary>Whom the cluster runs as. PostgreSQL refuses to run as root, so root runs it as the system user <c>postgres</c>; anyone else as himself.</summary>
internal sealed class UnprivilegedUser
{
    private const string Name = "postgres";

    private readonly bool _isOther;

    private UnprivilegedUser(bool isOther) => _isOther = isOther;

    /// <exception cref="ClusterRefusedException">We are root and there is no such user, or the tools to become it are missing.</exception>
    public static UnprivilegedUser Choose()
    {
        foreach (var tool in (string[])["setpriv", "setsid"])
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin").Any(folder => File.Exists(Path.Combine(folder, tool))))
                throw new ClusterRefusedException($"缺少命令 {tool}（软件包 util-linux），无法启动 PostgreSQL。");
        if (!Environment.IsPrivilegedProcess) return new(false);
        if (!File.ReadLines("/etc/passwd").Any(line => line.StartsWith(Name + ":", StringComparison.Ordinal)))
            throw new ClusterRefusedException($"正以 root 身份运行，而系统中没有用户 {Name}；PostgreSQL 不以 root 运行。请安装 postgresql-15（会建立该用户），或以普通用户启动。");
        return new(true);
    }

    /// <summary>Makes a folder that only this user enters (and root), or sees that the one there is such a folder.</summary>
    /// <exception cref="ClusterRefusedException">What is there is somebody else's, or the user cannot reach it.</exception>
    public void MakeFolder(string folder)
    {
        // Only what we just made changes hands: what was there, a link planted under a predictable name say, is left as it is and refused.
        if (!Directory.Exists(folder))
        {
            Run("mkdir", ["-m", "700", "--", folder], asUser: false);
            if (_isOther) Run("chown", ["-h", $"{Name}:{Name}", "--", folder], asUser: false);
        }
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var isOurs = new DirectoryInfo(folder).LinkTarget is null && (File.GetUnixFileMode(folder) & others) == 0
            && TryRun("test", ["-O", folder, "-a", "-x", folder, "-a", "-w", folder], asUser: true, out _);
        if (!isOurs)
            throw new ClusterRefusedException($"运行 PostgreSQL 的用户{(_isOther ? " " + Name : "")}不能使用目录 {folder}：该目录须归其所有、权限为 0700，各级上级目录须允许通过（chmod o+x）。");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ClusterRefusedException">It failed; the message holds what it said.</exception>
    public void Run(string program, IReadOnlyList<string> arguments, bool asUser = true)
    {
        if (!TryRun(program, arguments, asUser, out var said)) throw new ClusterRefusedException($"{Path.GetFileName(program)} 失败：{said.Trim()}");
    }

    private bool TryRun(string program, IReadOnlyList<string> arguments, bool asUser, out string said)
    {
        var start = new ProcessStartInfo { FileName = asUser ? "setpriv" : program, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        if (asUser) foreach (var word in Become().Append(program)) start.ArgumentList.Add(word);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        said = errors + output.Result;
        return process.ExitCode == 0;
    }

    private IEnumerable<string> Become() => _isOther ? ["--reuid", Name, "--regid", Name, "--init-groups", "--"] : ["--"];

    /// <summary>
    /// Starts a program that ends with the calling thread, even when our process is killed: the kernel then sends it an interrupt, which
    /// PostgreSQL takes as "shut down now". Its words go to a file, since a pipe that it holds would hang whoever reads ours; a session
    /// of its own keeps the terminal's Ctrl+C from it, so that we stop first and it last.
    /// </summary>
    public Process StartAttached(string program, IReadOnlyList<string> arguments, string log)
    {
        var start = new ProcessStartInfo { FileName = "/bin/sh", WorkingDirectory = "/" };
        string[] words = ["-c", "log=$1; shift; exec setsid setpriv --pdeathsig INT \"$@\" </dev/null >>\"$log\" 2>&1", "sh", log, .. Become(), program, .. arguments];
        foreach (var word in words) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);

    public const int Interrupt = 2, Quit = 3;

    /// <summary>Sends a signal; a process that has ended meanwhile is none the worse.</summary>
    public static void Signal(int process, int signal) => _ = Kill(process, signal);
}

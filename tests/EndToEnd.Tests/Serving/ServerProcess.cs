using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Yueheng.EndToEnd.Tests.Serving;

/// <summary>The program as an operator runs it: <c>yueheng serve</c> on a data directory of its own, on a free loopback port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The server has ended:\n" + Said));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>All that it has printed.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Whoever it has made and their passwords, by login: it says them once, when it sets a fresh directory up.</summary>
    public IReadOnlyDictionary<string, string> Passwords =>
        _said.Select(line => line.Split('│', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 5 && cells[1] is not ("" or "用户名")).ToDictionary(cells => cells[1], cells => cells[3]);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="data">Its data directory.</param>
    public static async Task<ServerProcess> Start(string data)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[Repository.Program, "serve", "--data", data, "--urls", "http://127.0.0.1:0", "--clock", "2025-12-08T08:30:00+08:00"]) start.ArgumentList.Add(word);
        start.Environment["YUEHENG_HOME"] = Repository.Home;
        start.Environment.Remove("YUEHENG_DATABASE");
        var server = new ServerProcess(new Process { StartInfo = start });
        server.Address = await server._address.Task.WaitAsync(Patience);
        return server;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        _said.Enqueue(line);
        if (line.StartsWith("约衡已启动：", StringComparison.Ordinal)) _address.TrySetResult(new Uri(line["约衡已启动：".Length..].Split('（')[0]));
    }

    /// <summary>The postmaster of its private cluster; null: none runs at this moment.</summary>
    public static int? PostmasterOf(string data)
    {
        try
        {
            return int.Parse(File.ReadLines(Path.Combine(data, "cluster", "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        }
        catch (Exception none) when (none is IOException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL: it does not get to say a word.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an operator ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(patience.Token);
        }
        _process.Dispose();
    }
}

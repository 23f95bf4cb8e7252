using System.Diagnostics;
using System.Text;

namespace Yueheng.Cli.Tests;

/// <summary>What came of a call of the program.</summary>
public sealed record Ran(int Code, string Output, string Errors)
{
    /// <summary>Bad input: these problems, one a line, exit code 2 and nothing on standard output.</summary>
    public void IsRefused(params string[] problems)
    {
        Output.ShouldBe("");
        Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(problems);
        Code.ShouldBe(2, Errors);
    }

    /// <summary>Exit code 0 and nothing on standard error.</summary>
    public Ran IsWell()
    {
        Errors.ShouldBe("");
        Code.ShouldBe(0);
        return this;
    }
}

/// <summary>Runs the built program as a process of its own, as scripts do.</summary>
public static class Yueheng
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs the program; the repository is its home, a temporary folder its current one unless the call says otherwise.</summary>
    public static Ran Run(params string[] arguments) => RunIn(null, "", [], arguments);

    public static Ran RunIn(string? folder, string input, (string Name, string? Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = folder ?? Repository.Root,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "yueheng.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["YUEHENG_HOME"] = Repository.Root;
        // One gibibyte: a contract that asks for more than any machine has shall not take this one with it.
        start.Environment["DOTNET_GCHeapHardLimit"] = "40000000";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program refused its input without reading it to the end.
        }
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException($"yueheng {string.Join(' ', arguments)} did not end within {Patience}");
        }
        return new Ran(process.ExitCode, output.Result, errors.Result);
    }
}

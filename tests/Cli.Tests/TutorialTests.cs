using System.Diagnostics;
using System.Text;
using Yueheng.Contracts.Tests.Documentation;

namespace Yueheng.Cli.Tests;

/// <summary>The first contract of docs/terms.md, done as it is told: files are written, commands run, and what they print stands in the document.</summary>
public sealed class TutorialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_commands_of_the_first_contract_print_stands_in_the_document()
    {
        var fences = LanguageDocument.Fences(LanguageDocument.Section("The first contract in ten minutes"));
        foreach (var fence in fences)
            if (fence.Kind == "console") Transcript(fence.Text).ShouldBe(fence.Text);
            else _folder.Write(fence.Role, fence.Text);
        fences.Count(fence => fence.Kind == "console").ShouldBeGreaterThan(3);
    }

    // The commands of a block, each with what it prints; messages of both kinds, as on a terminal.
    private string Transcript(string block)
    {
        var transcript = new StringBuilder();
        foreach (var line in block.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)))
        {
            transcript.Append(line).Append('\n');
            var words = line.Split(' ');
            if (words[1] == "./yueheng")
            {
                var ran = RunIn(_folder.Path, "", [], words[2..]);
                transcript.Append(ran.Errors).Append(ran.Output);
            }
            else
            {
                using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line[2..]]) { WorkingDirectory = _folder.Path })!;
                shell.WaitForExit();
                shell.ExitCode.ShouldBe(0, line);
            }
        }
        return transcript.ToString();
    }
}

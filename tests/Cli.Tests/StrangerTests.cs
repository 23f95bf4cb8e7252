using System.Runtime.CompilerServices;

namespace Yueheng.Cli.Tests;

/// <summary>
/// Packs as somebody writes them on the first day, by the habits of paper and of a Chinese keyboard. What check and assess say of each, with line, excerpt
/// and remedy, is the approved text beside it; <c>YUEHENG_APPROVE=1</c> writes the texts anew, to be read before they are kept.
/// </summary>
public class StrangerTests
{
    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Strangers");

    public static TheoryData<string> Packs => [.. Directory.GetDirectories(Folder()).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Packs))]
    public void A_first_pack_is_answered_with_line_excerpt_and_remedy(string name)
    {
        var said = Said(name);
        var approved = Path.Combine(Folder(), name, "said.txt");
        if (Environment.GetEnvironmentVariable("YUEHENG_APPROVE") == "1") File.WriteAllText(approved, said);
        said.ShouldBe(File.ReadAllText(approved));
    }

    [Theory, MemberData(nameof(Packs))]
    public void No_word_of_a_parser_gets_through(string name) =>
        Said(name).Split('\n').Where(line => !line.StartsWith(' ') && line.Length > 0 && !line.Any(c => c > '\u2e80')).ShouldBeEmpty();

    private static string Said(string name)
    {
        var here = Folder();
        var check = RunIn(here, "", [], "check", name);
        var said = $"检查（{check.Code}）\n{check.Errors}{check.Output}";
        if (!File.Exists(Path.Combine(here, name, "facts.jsonl"))) return said;
        var assess = RunIn(here, "", [], "assess", name, "--facts", $"{name}/facts.jsonl", "--as-of", "2025-12-31T00:00:00+08:00");
        return said + $"评判（{assess.Code}）\n{assess.Errors}{assess.Output}";
    }
}

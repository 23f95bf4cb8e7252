using System.Text;
using Yueheng.Contracts.Packs;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Refusals;

/// <param name="Title">What is wrong with the pack.</param>
/// <param name="File">The file that is changed.</param>
/// <param name="Changes">Texts and what takes their place; <c>@all</c> is the whole file.</param>
/// <param name="Reading">Another reading to judge by.</param>
/// <param name="Expected">The refusals, in their order.</param>
/// <param name="Lines">The entry as it is written, without the refusals.</param>
internal sealed record RefusalEntry(string Title, string File, IReadOnlyList<(string Old, string New)> Changes, string? Reading, IReadOnlyList<string> Expected, IReadOnlyList<string> Lines);

/// <summary>
/// A table of bad packs. An entry begins with <c># title</c>; <c>@ file</c> names the file (contract.yaml), <c>? I-1=alt</c> a reading, <c>-</c> and <c>+</c> what is
/// replaced by what, <c>=</c> the refusals.
/// </summary>
internal static class RefusalTable
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "Contracts.Tests", "Refusals");

    public static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal);

    public static IReadOnlyList<RefusalEntry> Read(string table)
    {
        var entries = new List<RefusalEntry>();
        foreach (var block in File.ReadAllText(Path.Combine(Folder, table)).Split("\n# ").Skip(1))
        {
            var lines = block.TrimEnd().Split('\n');
            var changes = new List<(string Old, string New)>();
            var wasNew = true;
            foreach (var line in lines.Skip(1).Where(line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("+ ", StringComparison.Ordinal) || line is "+" or "-"))
            {
                var text = line.Length < 2 ? "" : line[2..];
                if (line[0] == '-')
                {
                    if (wasNew) changes.Add((text, ""));
                    else changes[^1] = (changes[^1].Old + "\n" + text, "");
                }
                else changes[^1] = (changes[^1].Old, wasNew ? changes[^1].New + "\n" + text : text);
                wasNew = line[0] == '+';
            }
            entries.Add(new RefusalEntry(
                lines[0],
                lines.FirstOrDefault(line => line.StartsWith("@ ", StringComparison.Ordinal))?[2..] ?? "contract.yaml",
                changes,
                lines.FirstOrDefault(line => line.StartsWith("? ", StringComparison.Ordinal))?[2..],
                [.. lines.Where(line => line.StartsWith("= ", StringComparison.Ordinal)).Select(line => line[2..])],
                [.. lines.Where(line => !line.StartsWith("= ", StringComparison.Ordinal))]));
        }
        return entries;
    }

    public static void Write(string table, IReadOnlyList<RefusalEntry> entries, Func<RefusalEntry, IReadOnlyList<string>> said)
    {
        var path = Path.Combine(Folder, table);
        var text = new StringBuilder(File.ReadLines(path).First() + "\n");
        foreach (var entry in entries)
            text.Append("\n# ").AppendJoin('\n', entry.Lines.Concat(said(entry).Select(refusal => "= " + refusal))).Append('\n');
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>What the reader says of the good pack with these changes, files named as in the pack.</summary>
    public static IReadOnlyList<string> Said(RefusalEntry entry)
    {
        using var folder = new TemporaryFolder();
        var good = Path.Combine(Folder, "good");
        foreach (var file in Directory.GetFiles(good, "*", SearchOption.AllDirectories)) folder.Write(Path.GetRelativePath(good, file), File.ReadAllText(file));
        var changed = Path.Combine(folder.Path, entry.File);
        foreach (var (old, replaced) in entry.Changes)
        {
            var text = File.Exists(changed) ? File.ReadAllText(changed) : "";
            if (old != "@all") text.ShouldContain(old, customMessage: $"{entry.Title}: the good pack does not hold what is to be changed");
            File.WriteAllText(changed, old == "@all" ? replaced : text.Replace(old, replaced, StringComparison.Ordinal));
        }
        IReadOnlyList<Reading> readings = [.. (entry.Reading ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(reading => Reading.Parse(reading)!)];
        var (pack, refusals) = ReadOrCrash(new PackReader(Path.Combine(folder.Path, "calendars")), folder.Path, readings);
        (pack is null).ShouldBe(refusals.Count > 0, entry.Title);
        var here = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path);
        return [.. refusals.Select(refusal => refusal.ToString().Replace(here + "/", "", StringComparison.Ordinal).Replace(folder.Path + "/", "", StringComparison.Ordinal).ReplaceLineEndings(" "))];
    }

    // One pack that crashes the reader shall not hide what is said of the others.
    private static (Pack? Pack, IReadOnlyList<Refusal> Refusals) ReadOrCrash(PackReader reader, string folder, IReadOnlyList<Reading> readings)
    {
        try
        {
            return reader.Read(folder, true, readings);
        }
        catch (Exception crash)
        {
            return (null, [new Refusal(Position.Nowhere, null, $"CRASHES: {crash.GetType().Name}")]);
        }
    }
}

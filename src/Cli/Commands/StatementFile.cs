using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Cli.Commands;

/// <summary>Writes the statement of performance (履约评估报告) of a judgement to a file, with everything that it takes beside the judgement itself.</summary>
internal static class StatementFile
{
    /// <summary>False when the file could not be written, or a reading could not be judged; why is said on standard error.</summary>
    public static bool Write(string path, Pack pack, Judgement judgement, FactSet facts, string factsFile, string factsHash, IReadOnlyList<Reading> readings)
    {
        // What the other readings are worth is told against the contract's own; under others it would compare apples with pears.
        IReadOnlyList<Refusal> refusals = [];
        var worths = readings.Count > 0 ? [] : ReadingWorth.All(Place.Reader, pack, judgement, facts, FactsAgain.From(factsFile, pack), out refusals);
        foreach (var refusal in refusals) Console.Error.WriteLine(Excerpt.Of(refusal));
        var statement = StatementBuilder.Build(new StatementSource(pack, judgement, facts, Hashes(pack, factsFile, factsHash), readings, worths, PaperLint.Of(pack.Contract)));
        if (statement.Settlement.Gap != 0m)
            Console.Error.WriteLine($"注意：{pack.Id} 的 summary.waterfall 各步合计与净额相差 {statement.Settlement.Gap.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)} 元");
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            using var output = new StreamWriter(path, false, new System.Text.UTF8Encoding(false), 1 << 16);
            StatementWriter.Write(output, statement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: 不能写入：{error.Message}");
            return false;
        }
        return refusals.Count == 0;
    }

    private static List<Fingerprint> Hashes(Pack pack, string factsFile, string factsHash)
    {
        var hashes = new List<Fingerprint> { new("合同文件", Fingerprints.OfFolder(pack.Folder)) };
        var calendar = pack.Contract.Syntax.Contract.Calendar;
        hashes.Add(new Fingerprint($"日历（{calendar}）", Fingerprints.OfFolder(Path.Combine(Place.Home, "calendars", calendar))));
        hashes.Add(new Fingerprint(factsFile == "-" ? "事实（标准输入）" : "事实文件", factsHash));
        return hashes;
    }
}

using System.CommandLine;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng check CONTRACT... [--json|--sarif]</c>: whether the packs can be judged, what is doubtful in them, and what does not add up on the paper.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var contracts = new Argument<string[]>("CONTRACT") { Description = "合同编号或文件夹；缺省为全部", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var sarif = new Option<bool>("--sarif") { Description = "输出 SARIF 2.1.0" };
        var command = new Command("check", "检查合同包能否评判、有无疏漏，以及合同文本自身的缺陷") { contracts, json, sarif };
        command.SetAction(result => Run(result.GetValue(contracts) is { Length: > 0 } given ? given : Place.AllContracts(), result.GetValue(json), result.GetValue(sarif)));
        return command;
    }

    private static int Run(IReadOnlyList<string> contracts, bool json, bool sarif)
    {
        if (json && sarif)
        {
            Console.Error.WriteLine("--json 与 --sarif 只能取一");
            return Exit.Refused;
        }
        var reports = contracts.Select(Read).ToList();
        foreach (var refusal in reports.SelectMany(report => report.Refusals)) Console.Error.WriteLine(Excerpt.Of(refusal));
        if (json || sarif)
        {
            using var output = Console.OpenStandardOutput();
            if (json) ReportJson.Write(output, reports);
            else ReportSarif.Write(output, reports);
            output.WriteByte((byte)'\n');
        }
        else
            foreach (var report in reports.Where(report => report.Refusals.Count == 0)) Show(report);
        return reports.Any(report => report.Refusals.Count > 0 || Errors(report) > 0) ? Exit.Faulty : Exit.Good;
    }

    // The one finding that is found beside refusals and yet stops every judgement.
    private const string NeverJudged = "figure-twice";

    // Warnings and hints leave the pack usable, and so does whatever is wrong with the paper.
    private static int Errors(Report report) => report.Findings.Count(finding => finding is { About: About.Pack, Grade: Grade.High });

    private static Report Read(string contract)
    {
        var (pack, refusals) = Place.Reader.Read(Place.FolderOf(contract), true);
        if (pack is null) return Report.OfRefused(contract, refusals);
        return PackReader.RefusedReadings(pack) is { Count: > 0 } refused ? Report.OfRefused(contract, refused) : Report.Of(pack);
    }

    private static void Show(Report report)
    {
        Console.WriteLine(report.Findings.Any(finding => finding.Kind == NeverJudged) ? $"{report.Contract}：不能评判"
            : Errors(report) is > 0 and var errors ? $"{report.Contract}：可以评判，但有 {errors} 处错误须改正" : $"{report.Contract}：可以评判");
        ShowPart("合同包", report.Findings.Where(finding => finding.About == About.Pack).ToList(), report.Notes, "错误", "警告");
        ShowPart("合同文本", report.Findings.Where(finding => finding.About == About.Paper).ToList(), [], "严重", "一般");
    }

    private static void ShowPart(string part, IReadOnlyList<Finding> findings, IReadOnlyList<Note> notes, string high, string middle)
    {
        int Count(Grade grade) => findings.Count(finding => finding.Grade == grade);
        if (findings.Count + notes.Count == 0) return;
        Console.WriteLine($"{part}：{high} {Count(Grade.High)}，{middle} {Count(Grade.Middle)}，提示 {Count(Grade.Low) + notes.Count}");
        // What is found on the paper quotes its figures; what is found in the pack is shown where it stands.
        foreach (var finding in findings) Console.WriteLine(finding + (finding.About == About.Pack ? Excerpt.At(finding.Position) : ""));
        foreach (var note in notes) Console.WriteLine(note + Excerpt.At(note.Position));
    }
}

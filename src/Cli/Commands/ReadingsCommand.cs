using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Yueheng.Contracts.Packs;
using Yueheng.Terms;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng readings CONTRACT --facts FILE --as-of INSTANT</c>: what each disputed reading is worth, in points and yuan, on these facts.</summary>
internal static class ReadingsCommand
{
    public static Command Make()
    {
        var contract = Inputs.Contract();
        var facts = Inputs.Facts(true);
        var asOf = Inputs.AsOf(true);
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var command = new Command("readings", "逐一改用其他读法，列出得分与净额之差") { contract, facts, asOf, json };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(facts)!, result.GetValue(asOf)!, result.GetValue(json)));
        return command;
    }

    private static int Run(string contract, string facts, string asOfText, bool json)
    {
        if (!Place.ReadInstant(asOfText, "--as-of", out var asOf)) return Exit.Refused;
        if (Place.ReadPack(contract, true) is not { } pack) return Exit.Refused;
        if (Place.ReadFacts(facts, pack) is not { } read) return Exit.Refused;
        if (Inputs.Judge(pack, read, asOf) is not { } used) return Exit.Refused;
        var worths = ReadingWorth.All(Place.Reader, pack, used, read, FactsAgain.From(facts, pack), out var refusals);
        foreach (var refusal in refusals) Console.Error.WriteLine(Excerpt.Of(refusal));
        if (json) ReadingsJson.Write(worths);
        else Show(pack, worths);
        return refusals.Count == 0 ? Exit.Good : Exit.Refused;
    }

    private static void Show(Pack pack, IReadOnlyList<ReadingWorth> worths)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"{pack.Contract.Syntax.Contract.Name}：各读法之差（与所取读法相比）");
        foreach (var heading in (string[])["解释", "读法", "问题与另一读法", "得分差", "净额差（元）", "变动数值"]) table.AddColumn(heading);
        // What changes most comes first; what changes nothing on these facts is named below the table.
        foreach (var worth in worths.Where(worth => worth.Untold is not null || worth.Changed.Count > 0)
            .OrderByDescending(worth => Math.Abs(worth.Net ?? 0m)).ThenByDescending(worth => Math.Abs(worth.Points ?? 0m)).ThenByDescending(worth => worth.Changed.Count))
            table.AddRow(worth.Interpretation, worth.Alternative ?? "—", Markup.Escape($"{pack.Contract.Syntax.Interpretations![worth.Interpretation].Asks}：{Explained(worth)}"),
                worth.Points is { } points ? Signed(points, "0.####") : "—", worth.Net is { } net ? Signed(net, "0.00") : "—",
                worth.Untold is null ? worth.Changed.Count.ToString(CultureInfo.InvariantCulture) : "—");
        Tables.Write(table);
        if (worths.Where(worth => worth is { NotRunnable: null, Untold: null, Changed.Count: 0 }).Select(worth => $"{worth.Interpretation}={worth.Alternative}").ToList() is { Count: > 0 } same)
            Console.WriteLine($"在这些事实上没有变化（{same.Count}）：{string.Join("、", same)}");
        foreach (var worth in worths.Where(worth => worth.NotRunnable is not null)) Console.WriteLine($"不能运行：{worth.Interpretation} {worth.Label}。{worth.NotRunnable}");
    }

    private static string Explained(ReadingWorth worth) =>
        worth.Untold is { } untold ? $"{worth.Label}。在这些事实上不能计算：{untold}" : worth.Label;

    private static string Signed(decimal value, string format) => (value > 0 ? "+" : "") + value.ToString(format, CultureInfo.InvariantCulture);
}

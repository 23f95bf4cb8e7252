using System.CommandLine;
using Spectre.Console;
using Yueheng.Contracts.Packs;
using Yueheng.Terms;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng samples</c>: judges the recorded sample year of every contract, prints one table and one trace, and writes a statement for each under <c>out/</c>.</summary>
internal static class SamplesCommand
{
    private const string Unscored = "—";

    public static Command Make()
    {
        var command = new Command("samples", "评判各示例合同的示例年度，列一张表和一个数值的由来，并各写一份履约评估报告");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        var table = new Table().Border(TableBorder.Rounded).Title("各示例合同一个服务年度的评判");
        foreach (var heading in (string[])["合同", "判定时刻", "得分", "档次", "应付", "违约金", "义务迟延", "义务缺失", "时钟违约", "净额（元）"])
            table.AddColumn(new TableColumn(heading) { NoWrap = true });
        foreach (var column in table.Columns.Skip(2)) column.RightAligned();
        (Pack Pack, Judgement Judgement)? shown = null;
        var good = true;
        var statements = new List<string>();
        foreach (var folder in Place.AllContracts())
        {
            var facts = Path.Combine(folder, "sample.jsonl");
            if (!File.Exists(facts)) continue;
            if (Place.ReadPack(folder, true) is not { } pack
                || pack.Contract.Syntax.Sample is not { } sample || !Place.ReadInstant(sample.AsOf, "sample.as-of", out var asOf)
                || Place.ReadFacts(facts, pack, true, out var hash) is not { } read || Inputs.Judge(pack, read, asOf) is not { } judgement)
            {
                good = false;
                continue;
            }
            var duties = judgement.Duties().ToList();
            table.AddRow([
                pack.Id, Facts.ChinaTime.WriteDate(Facts.ChinaTime.DayOf(asOf)),
                judgement.Summary("score") ?? Unscored, judgement.Summary("tier") ?? Unscored, judgement.Summary("payable") ?? Unscored, judgement.Summary("damages") ?? Unscored,
                Count(duties, "late"), Count(duties, "missing"), judgement.CountClocks("breached").ToString(System.Globalization.CultureInfo.InvariantCulture),
                judgement.Summary("net") ?? Unscored]);
            shown ??= (pack, judgement);
            var statement = Path.Combine(Place.Home, "out", pack.Id + ".html");
            if (StatementFile.Write(statement, pack, judgement, read, facts, hash!, [])) statements.Add(statement);
            else good = false;
        }
        Tables.Write(table);
        Console.WriteLine("应付、违约金与净额各按该合同自己的结算条款：有的应付已减去已付，有的净额含对方的责任；各数的由来用 explain 看。");
        foreach (var statement in statements) Console.WriteLine($"履约评估报告：{Path.GetRelativePath(Directory.GetCurrentDirectory(), statement)}");
        if (shown is { } first) ShowOneTrace(first.Pack, first.Judgement);
        return good ? Exit.Good : Exit.Refused;
    }

    private static string Count(IReadOnlyList<DutyOccurrence> duties, string state) =>
        duties.Count(duty => duty.State == state).ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The first clock that was breached: what a duty officer would ask about first.
    private static void ShowOneTrace(Pack pack, Judgement judgement)
    {
        foreach (var (address, figure) in judgement.ByAddress())
        {
            if (!address.StartsWith("clock/", StringComparison.Ordinal) || figure.Text != "breached") continue;
            Console.WriteLine();
            Console.WriteLine($"{pack.Contract.Syntax.Contract.Name}（{pack.Id}）的一个数值及其由来：");
            TraceText.Write(Console.Out, pack, address, figure, judgement.Explain(figure));
            Console.WriteLine();
            Console.WriteLine($"任一数值：./yueheng explain {pack.Id} --facts contracts/{pack.Id}/sample.jsonl --as-of {pack.Contract.Syntax.Sample!.AsOf} 地址");
            return;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Yueheng.Contracts.Simulation.Outlooks;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng outlook CONTRACT [--years 200] [--grade fair] [--seed 1] [--json]</c>: what signing this contract would come to.</summary>
internal static class OutlookCommand
{
    private const int MostYears = 100_000;

    public static Command Make()
    {
        var contract = Inputs.Contract();
        var years = new Option<int>("--years") { Description = "模拟的年数（缺省 200）", DefaultValueFactory = _ => 200 };
        var grade = SimulationInputs.Grade();
        var seed = SimulationInputs.Seed();
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var command = new Command("outlook", "签约之前的展望：模拟许多年度，列出得分、款项与各项扣罚的分布") { contract, years, grade, seed, json };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(years), result.GetValue(grade)!, result.GetValue(seed), result.GetValue(json)));
        return command;
    }

    private static int Run(string contract, int years, string gradeText, long seed, bool json)
    {
        if (years is < 1 or > MostYears)
        {
            Console.Error.WriteLine($"--years: “{years}”应在 1 与 {MostYears} 之间");
            return Exit.Refused;
        }
        if (!SimulationInputs.ReadGrade(gradeText, out var grade)) return Exit.Refused;
        if (Place.ReadPack(contract, false) is not { } pack) return Exit.Refused;
        return SimulationInputs.Judging(pack, () =>
        {
            var outlook = Outlook.Over(pack.Id, pack.Contract, grade, seed, years, Console.IsErrorRedirected ? null : done => Console.Error.Write($"\r模拟与评判 {done}/{years} 年"));
            if (!Console.IsErrorRedirected) Console.Error.Write("\r\u001b[K");
            foreach (var year in outlook.Unjudged) Console.Error.WriteLine($"种子 {year.Seed} 的年度（第 {year.Seed - seed + 1} 年）不能评判，未计入：{year.Message}");
            if (json) OutlookJson.Write(outlook);
            else Show(pack.Contract.Syntax.Contract.Name, gradeText, seed, outlook);
            return Exit.Good;
        });
    }

    private static void Show(string name, string grade, long seed, Outlook outlook)
    {
        var figures = TableOf($"{name}：{outlook.Years} 个模拟年度（{grade}，种子 {seed} 起{(outlook.Unjudged.Count > 0 ? $"；另有 {outlook.Unjudged.Count} 年不能评判" : "")}）", "数值", "平均", "中位", "10%", "90%", "最低", "最高");
        foreach (var (label, lie, format) in ((string, Distribution?, string)[])[("得分", outlook.Score, "0.##"), ("应付（元）", outlook.Payable, "F2"), ("扣减与不付（元）", outlook.Withheld, "F2"), ("违约金（元）", outlook.Damages, "F2"), ("净额（元）", outlook.Net, "F2")])
            if (lie is not null) figures.AddRow([label, .. new[] { lie.Mean, lie.Median, lie.Tenth, lie.Ninetieth, lie.Smallest, lie.Largest }.Select(value => Text(value, format))]);
        Tables.Write(figures);
        if (outlook.Tiers.Count > 0)
            Console.WriteLine("档次：" + string.Join("，", outlook.Tiers.Select(tier => $"{tier.Tier} {Share(tier.Years, outlook.Years)}")));
        var charges = TableOf("各项扣罚", "数值", "出现", "出现时平均", "最重");
        foreach (var charge in outlook.Charges)
            charges.AddRow([Markup.Escape(charge.Name), Share(charge.Years, outlook.Years), Text(charge.Mean, "0.##"), Text(charge.Worst, "0.##")]);
        Tables.Write(charges);
    }

    private static Table TableOf(string title, params string[] headings)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title));
        foreach (var heading in headings) table.AddColumn(new TableColumn(heading) { NoWrap = true });
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        return table;
    }

    private static string Text(decimal value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    private static string Share(int years, int all) => (years * 100m / all).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}

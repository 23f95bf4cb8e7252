using System.Buffers;
using System.CommandLine;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Simulation;
using Yueheng.Terms;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng simulate CONTRACT --seed N --grade good|fair|poor [--years N --out DIR]</c>: plausible service years, as facts.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var contract = Inputs.Contract();
        var seed = SimulationInputs.Seed();
        var grade = SimulationInputs.Grade();
        var years = new Option<int?>("--years") { Description = "年数，各年互不相干，种子依次加一；须与 --out 一同给出" };
        var output = new Option<string?>("--out") { Description = "目录：每年一个文件" };
        var command = new Command("simulate", "模拟一个服务年度，把事实写到标准输出（JSON 行）") { contract, seed, grade, years, output };
        command.SetAction(result => Run(result.GetValue(contract)!, result.GetValue(seed), result.GetValue(grade)!, result.GetValue(years), result.GetValue(output)));
        return command;
    }

    private static int Run(string contract, long seed, string gradeText, int? years, string? folder)
    {
        if (years is null != folder is null)
        {
            Console.Error.WriteLine("--years 与 --out 须一同给出");
            return Exit.Refused;
        }
        if (years is < 1)
        {
            Console.Error.WriteLine($"--years: “{years}”应为正整数");
            return Exit.Refused;
        }
        if (!SimulationInputs.ReadGrade(gradeText, out var grade)) return Exit.Refused;
        if (Place.ReadPack(contract, false) is not { } pack) return Exit.Refused;
        return SimulationInputs.Judging(pack, () =>
        {
            var simulator = new Simulator(pack.Id, pack.Contract);
            if (folder is not null) return WriteFiles(pack, simulator, seed, grade, years!.Value, folder);
            var bytes = Bytes(simulator.Year(seed, grade));
            using var output = Console.OpenStandardOutput();
            output.Write(bytes.WrittenSpan);
            return Exit.Good;
        });
    }

    private static int WriteFiles(Pack pack, Simulator simulator, long seed, Grade grade, int years, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            for (var place = 0; place < years; place++)
            {
                var file = Path.Combine(folder, $"{pack.Id}-{grade.ToString().ToLowerInvariant()}-{seed + place}.jsonl");
                File.WriteAllBytes(file, Bytes(simulator.Year(seed + place, grade)).WrittenSpan);
                Console.Error.WriteLine(file);
            }
            return Exit.Good;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{folder}: 不能写入：{error.Message}");
            return Exit.Refused;
        }
    }

    private static ArrayBufferWriter<byte> Bytes(SimulatedYear year)
    {
        var output = new ArrayBufferWriter<byte>(1 << 16);
        year.Write(output);
        return output;
    }
}

/// <summary>Options that the commands of simulation share.</summary>
internal static class SimulationInputs
{
    public static Option<long> Seed() => new("--seed") { Description = "种子：同一种子得同一年度（缺省 1）", DefaultValueFactory = _ => 1 };
    public static Option<string> Grade() => new("--grade") { Description = "服务水平：good、fair 或 poor（缺省 fair）", DefaultValueFactory = _ => "fair" };

    /// <summary>A contract that cannot be judged cannot be simulated either: one message.</summary>
    public static int Judging(Pack pack, Func<int> simulate)
    {
        try
        {
            return simulate();
        }
        catch (Exception error) when ((error is AggregateException several ? several.InnerExceptions[0] : error) is CannotJudgeException why)
        {
            Console.Error.WriteLine($"{pack.Id}: {why.Message}");
            return Exit.Refused;
        }
    }

    public static bool ReadGrade(string text, out Grade grade)
    {
        Grade? known = text switch { "good" => Contracts.Simulation.Grade.Good, "fair" => Contracts.Simulation.Grade.Fair, "poor" => Contracts.Simulation.Grade.Poor, _ => null };
        grade = known ?? default;
        if (known is null) Console.Error.WriteLine($"--grade: “{text}”应为 good、fair 或 poor");
        return known is not null;
    }
}

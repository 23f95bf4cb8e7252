using System.CommandLine;
using Yueheng.Contracts.Examples;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng test [CONTRACT...]</c>: runs the examples of contract folders.</summary>
internal static class TestCommand
{
    public static Command Make()
    {
        var contracts = new Argument<string[]>("CONTRACT") { Description = "合同编号或文件夹；缺省为全部", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("test", "运行合同文件夹中的示例") { contracts };
        command.SetAction(result => Run(result.GetValue(contracts) is { Length: > 0 } given ? given : Place.AllContracts()));
        return command;
    }

    private static int Run(IReadOnlyList<string> contracts)
    {
        int passed = 0, failed = 0;
        foreach (var contract in contracts)
        {
            if (Place.ReadPack(contract, true) is not { } pack)
            {
                failed++;
                continue;
            }
            foreach (var result in ExampleRunner.Run(pack, Place.Reader))
            {
                Console.WriteLine($"{(result.Problems.Count == 0 ? "通过" : "不符")}  {result.File}  {result.Name}");
                foreach (var problem in result.Problems) Console.WriteLine("      " + Excerpt.Of(problem).Replace("\n", "\n      ", StringComparison.Ordinal));
                if (result.Problems.Count == 0) passed++;
                else failed++;
            }
        }
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? Exit.Good : Exit.Faulty;
    }
}

using System.CommandLine;
using Yueheng.Contracts.Linting;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng check CONTRACT...</c>: whether the packs can be judged.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var contracts = new Argument<string[]>("CONTRACT") { Description = "合同编号或文件夹；缺省为全部", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("check", "检查合同包能否评判") { contracts };
        command.SetAction(result => Run(result.GetValue(contracts) is { Length: > 0 } given ? given : Place.AllContracts()));
        return command;
    }

    private static int Run(IReadOnlyList<string> contracts)
    {
        var faulty = false;
        foreach (var contract in contracts)
        {
            var pack = Place.ReadPack(contract, true);
            faulty |= pack is null;
            if (pack is null) continue;
            Console.WriteLine($"{pack.Id}：可以评判");
            foreach (var note in VocabularyNotes.Of(pack.Contract.Syntax)) Console.WriteLine(note);
        }
        return faulty ? Exit.Faulty : Exit.Good;
    }
}

using System.CommandLine;
using Yueheng.Contracts.Packs;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng new FOLDER</c>: a commented skeleton of a contract folder.</summary>
internal static class NewCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "新合同的文件夹；其名即合同编号（字母、数字、-）" };
        var command = new Command("new", "写一个带注释的合同包骨架") { folder };
        command.SetAction(result => Run(result.GetValue(folder)!));
        return command;
    }

    private static int Run(string folder)
    {
        try
        {
            foreach (var file in Skeleton.Write(folder)) Console.WriteLine(Path.Combine(folder, file));
            return Exit.Good;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(error.Message);
            return Exit.Refused;
        }
    }
}

using System.CommandLine;
using Yueheng.Contracts.Schemas;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng schema [--write DIR]</c>: the JSON Schemas of contracts and facts, for editors; without a folder on standard output, as one object by file name.</summary>
internal static class SchemaCommand
{
    public static Command Make()
    {
        var write = new Option<string?>("--write") { Description = "写入此文件夹，每种文件一份；缺省输出到标准输出" };
        var command = new Command("schema", "生成合同与事实的 JSON Schema") { write };
        command.SetAction(result => Run(result.GetValue(write)));
        return command;
    }

    private static int Run(string? folder)
    {
        if (folder is null)
        {
            Console.Write("{\n" + string.Join(",\n", SchemaFile.All.Select(schema => $"\"{schema.Name}\": {schema.Text.TrimEnd()}")) + "\n}\n");
            return Exit.Good;
        }
        Directory.CreateDirectory(folder);
        foreach (var schema in SchemaFile.All) File.WriteAllText(Path.Combine(folder, schema.Name), schema.Text);
        return Exit.Good;
    }
}

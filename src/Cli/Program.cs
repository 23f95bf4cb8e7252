using System.CommandLine;
using Yueheng.Cli.Commands;

Console.OutputEncoding = new System.Text.UTF8Encoding(false);
var root = new RootCommand("约衡：按合同评判运维履约")
{
    CheckCommand.Make(),
    AssessCommand.Make(),
    ExplainCommand.Make(),
    DutiesCommand.Make(),
    TestCommand.Make(),
    ReadingsCommand.Make(),
    SamplesCommand.Make(),
    SchemaCommand.Make(),
};
return root.Parse(args).Invoke();

using System.CommandLine;
using Yueheng.Cli.Commands;

Console.OutputEncoding = new System.Text.UTF8Encoding(false);
var root = new RootCommand("约衡：按合同评判运维履约")
{
    NewCommand.Make(),
    CheckCommand.Make(),
    AssessCommand.Make(),
    ExplainCommand.Make(),
    DutiesCommand.Make(),
    TestCommand.Make(),
    ReadingsCommand.Make(),
    SamplesCommand.Make(),
    SimulateCommand.Make(),
    OutlookCommand.Make(),
    SchemaCommand.Make(),
    ServeCommand.Make(),
    VerifyCommand.Make(),
    BackupCommand.Make(),
    RestoreCommand.Make(),
    RotateKeyCommand.Make(),
    OpenApiCommand.Make(),
};
CommandWords.Use(root);
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0) return parsed.Invoke();
foreach (var error in parsed.Errors) Console.Error.WriteLine(CommandWords.OfError(error.Message));
return Exit.Refused;

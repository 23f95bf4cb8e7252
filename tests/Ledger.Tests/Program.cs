using Xunit.Runner.InProc.SystemConsole;
using Yueheng.Ledger.Tests.Crashes;

return args is [AppendingProcess.Word, ..] ? await AppendingProcess.Run(args[1..]) : await ConsoleRunner.Run(args);

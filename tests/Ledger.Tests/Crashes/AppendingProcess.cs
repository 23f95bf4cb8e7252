using System.Diagnostics;
using System.Text;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Clusters;

namespace Yueheng.Ledger.Tests.Crashes;

/// <summary>
/// What this program is when a test starts it to kill it: it appends without end and says each receipt once it has it, or it holds a
/// cluster and does nothing.
/// </summary>
internal static class AppendingProcess
{
    public const string Word = "as-a-child";

    public static Process Append(string connectionString, string prefix) => Start("append", connectionString, prefix);

    public static Process HoldCluster(string folder) => Start("hold", folder);

    private static Process Start(params string[] words)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Run as "dotnet tests.dll" or as the program itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(AppendingProcess).Assembly.Location);
        foreach (var word in words.Prepend(Word)) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    public static async Task<int> Run(string[] words)
    {
        if (words is ["hold", var folder])
        {
            await using var cluster = await PrivateCluster.Start(folder);
            Console.WriteLine(cluster.ProcessId);
            await Task.Delay(Timeout.Infinite);
        }
        if (words is not ["append", var connectionString, var prefix]) return 2;
        await using var database = await LedgerDatabase.Open(connectionString, "", TimeProvider.System);
        var ledger = new FactLedger(database, TimeProvider.System, [Bench.Contract]);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async hand =>
        {
            for (var number = 0; ; number++)
            {
                var receipt = (Receipt)await ledger.Append(Bench.Contract, null, Encoding.UTF8.GetBytes(Bench.Line($"{prefix}-{hand}-{number}")), "child");
                Console.WriteLine($"{receipt.Id} {receipt.Seq} {receipt.Hash}");
            }
        }));
        return 0;
    }
}

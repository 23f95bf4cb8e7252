using System.CommandLine;
using Npgsql;
using Yueheng.Ledger.Backups;
using Yueheng.Ledger.Clusters;

namespace Yueheng.Cli.Commands;

/// <summary>What the commands share that work on an installation rather than on a contract folder.</summary>
internal static class Installation
{
    public static Option<string> Data() => new("--data") { Description = "数据目录", Required = true };

    /// <summary>YUEHENG_DATABASE; null: a private cluster in the data directory.</summary>
    public static string? Database => Environment.GetEnvironmentVariable("YUEHENG_DATABASE");

    public static string? MasterKey => Environment.GetEnvironmentVariable("YUEHENG_MASTER_KEY");

    /// <summary>Says on standard error why something cannot be done.</summary>
    public static async Task<int> Refusing(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception refused) when (refused is BackupRefusedException or ClusterRefusedException or Ledger.Evidence.KeyRefusedException or Ledger.Migrations.MigrationRefusedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Exit.Refused;
        }
        catch (NpgsqlException broken)
        {
            await Console.Error.WriteLineAsync($"数据库：{broken.Message}");
            return Exit.Refused;
        }
    }
}

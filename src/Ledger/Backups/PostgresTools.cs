using System.Diagnostics;
using Npgsql;
using Yueheng.Ledger.Clusters;

namespace Yueheng.Ledger.Backups;

/// <summary>Runs <c>pg_dump</c> and <c>pg_restore</c>. What they need to connect goes by the environment: an argument is seen by every user of the machine.</summary>
internal static class PostgresTools
{
    /// <exception cref="BackupRefusedException">The program is missing or failed; the message holds what it said.</exception>
    public static async Task Run(string program, string connectionString, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var path = Path.Combine(PostgresPrograms.Find(null), program);
        if (!File.Exists(path)) throw new BackupRefusedException($"没有找到 {program}；请安装 PostgreSQL 的客户端程序（postgresql-client）。");
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("PGHOST", connection.Host), ("PGPORT", connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("PGUSER", connection.Username),
            ("PGPASSWORD", connection.Password), ("PGDATABASE", connection.Database), ("PGSSLROOTCERT", connection.RootCertificate), ("PGSSLMODE", SslMode(connection.SslMode)), ("PGCONNECT_TIMEOUT", "30")])
            if (!string.IsNullOrEmpty(value)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        await output;
        if (process.ExitCode != 0) throw new BackupRefusedException($"{program} 失败：{errors.Trim()}");
    }

    private static string SslMode(SslMode mode) => mode switch
    {
        Npgsql.SslMode.Disable => "disable",
        Npgsql.SslMode.Allow => "allow",
        Npgsql.SslMode.Require => "require",
        Npgsql.SslMode.VerifyCA => "verify-ca",
        Npgsql.SslMode.VerifyFull => "verify-full",
        _ => "prefer",
    };
}

/// <summary>A backup cannot be made, or cannot be restored. The message, in Chinese, says why and what to do.</summary>
public sealed class BackupRefusedException(string message) : Exception(message);

using System.CommandLine;
using System.Globalization;
using Yueheng.Ledger.Backups;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng restore BACKUP --data DIR [--keys FILE | --without-keys]</c>: puts a backup in place of nothing, and verifies it.</summary>
internal static class RestoreCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("BACKUP") { Description = "备份目录" };
        var data = Installation.Data();
        var keys = new Option<string?>("--keys") { Description = "密钥文件；缺省为 BACKUP.keys" };
        var without = new Option<bool>("--without-keys") { Description = "不恢复密钥：证据将不能读取（主密钥由 YUEHENG_MASTER_KEY 给出时除外）" };
        var command = new Command("restore", "恢复备份到空的数据目录和空的数据库，并核验") { folder, data, keys, without };
        command.SetAction((result, cancellation) => Run(result.GetValue(folder)!, result.GetValue(data)!, result.GetValue(keys), result.GetValue(without), cancellation));
        return command;
    }

    private static Task<int> Run(string folder, string data, string? keys, bool without, CancellationToken cancellation) => Installation.Refusing(async () =>
    {
        if (without && keys is not null)
        {
            await Console.Error.WriteLineAsync("--keys 与 --without-keys 只能取一");
            return Exit.Refused;
        }
        var file = without ? null : keys ?? Path.TrimEndingDirectorySeparator(folder) + ".keys";
        var restored = await Restore.From(folder, file, data, Installation.Database, TimeProvider.System, Installation.MasterKey, cancellation);
        foreach (var contract in restored.Contracts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contract.Contract}  事实 {contract.Facts} 件，申请步骤 {contract.Claims} 个，链头 {contract.Head}"));
        foreach (var difference in restored.Differences) Console.WriteLine($"不同  {difference}");
        Console.WriteLine(restored.Differences.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"已恢复并核验一致：{restored.Contracts.Count} 份合同，{restored.Evidence} 件证据：{data}")
            : string.Create(CultureInfo.InvariantCulture, $"已恢复，核验有 {restored.Differences.Count} 处不同：{data}"));
        if (without && string.IsNullOrEmpty(Installation.MasterKey)) Console.WriteLine("未恢复密钥：证据不能读取，签名将用新的密钥。");
        return restored.Differences.Count == 0 ? Exit.Good : Exit.Faulty;
    });
}

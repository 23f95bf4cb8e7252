using System.CommandLine;
using System.Globalization;
using Yueheng.Ledger.Backups;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng backup --data DIR OUT [--keys FILE]</c>: copies an installation while it runs, its keys apart.</summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        var data = Installation.Data();
        var folder = new Argument<string>("OUT") { Description = "备份写入此目录：新的，或空的" };
        var keys = new Option<string?>("--keys") { Description = "密钥写入此文件；缺省为 OUT.keys。请与备份分开保管" };
        var command = new Command("backup", "备份：数据库、加密的证据，密钥另存；服务不必停止。数据库由 YUEHENG_DATABASE 指定，缺省为数据目录中的") { folder, data, keys };
        command.SetAction((result, cancellation) => Run(result.GetValue(data)!, result.GetValue(folder)!, result.GetValue(keys), cancellation));
        return command;
    }

    private static Task<int> Run(string data, string folder, string? keys, CancellationToken cancellation) => Installation.Refusing(async () =>
    {
        var made = await Backup.Make(data, Installation.Database, folder, keys ?? Path.TrimEndingDirectorySeparator(folder) + ".keys", TimeProvider.System, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"已备份 {made.Contracts} 份合同、{made.Evidence} 件证据，共 {made.Bytes} 字节：{folder}"));
        Console.WriteLine(made.Keys is { } file ? $"密钥另存于 {file}：只有它能打开证据，请与备份分开保管。" : "数据目录中没有密钥：证据由 YUEHENG_MASTER_KEY 打开。");
        return Exit.Good;
    });
}

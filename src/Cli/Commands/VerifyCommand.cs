using System.CommandLine;
using System.Globalization;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Statements.Bundles;

namespace Yueheng.Cli.Commands;

/// <summary><c>yueheng verify BUNDLE [--key PUBLIC.pem]... [--checkpoint FILE]... [--json]</c>: recomputes an export, offline.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var bundle = new Argument<string>("BUNDLE") { Description = "导出包（zip）" };
        var keys = new Option<string[]>("--key") { Description = "所信任的公钥（PEM）；可多次", AllowMultipleArgumentsPerToken = false };
        var checkpoints = new Option<string[]>("--checkpoint") { Description = "先前得到的检查点（JSON）；可多次", AllowMultipleArgumentsPerToken = false };
        var json = new Option<bool>("--json") { Description = "输出 JSON" };
        var command = new Command("verify", "离线核验导出包：重算两条链、签名、证据散列值和全部数值，指出第一处不同") { bundle, keys, checkpoints, json };
        command.SetAction((result, cancellation) => Run(result.GetValue(bundle)!, result.GetValue(keys) ?? [], result.GetValue(checkpoints) ?? [], result.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> Run(string bundle, string[] keyFiles, string[] checkpointFiles, bool json, CancellationToken cancellation)
    {
        if (Trust(keyFiles, checkpointFiles) is not { } trust) return Exit.Refused;
        if (!File.Exists(bundle))
        {
            await Console.Error.WriteLineAsync($"{bundle}: 没有这个文件");
            return Exit.Refused;
        }
        BundleReport report;
        try
        {
            await using var file = File.OpenRead(bundle);
            report = await BundleCheck.Verify(file, trust, cancellation);
        }
        catch (Exception error) when (error is BundleUnusableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{bundle}: {error.Message}");
            return Exit.Refused;
        }
        if (json) WriteJson(report);
        else Write(report);
        return report.IsWhole ? Exit.Good : Exit.Faulty;
    }

    private static BundleTrust? Trust(string[] keyFiles, string[] checkpointFiles)
    {
        var keys = new List<byte[]>();
        foreach (var file in keyFiles)
            if (Read(file) is not { } bytes) return null;
            else if (Signatures.ReadPem(System.Text.Encoding.UTF8.GetString(bytes)) is { } key) keys.Add(key);
            else return Refuse(file, "不是 PEM 格式的公钥（-----BEGIN PUBLIC KEY-----）");
        var checkpoints = new List<Checkpoint>();
        foreach (var file in checkpointFiles)
            if (Read(file) is not { } bytes) return null;
            else if (CheckpointFile.Read(bytes) is { Count: > 0 } held) checkpoints.AddRange(held);
            else return Refuse(file, "不是检查点文件");
        return new(keys, checkpoints);

        static BundleTrust? Refuse(string file, string why)
        {
            Console.Error.WriteLine($"{file}: {why}");
            return null;
        }
    }

    private static byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{file}: 不能读取：{error.Message}");
            return null;
        }
    }

    private static void Write(BundleReport report)
    {
        Console.WriteLine($"合同      {report.Contract}  {report.Name}");
        Console.WriteLine($"导出      {report.MadeAt}，由 {report.By}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"事实      {report.Facts} 件，链头 {report.Head}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"申请步骤  {report.Claims} 个"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"检查点    {report.Checkpoints} 个"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"证据      {report.Evidence} 件，其中核对了文件 {report.Files} 个"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"评估单    {report.Statements} 份"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"数值      重算 {report.Figures} 个"));
        if (report.Key is { } key) Console.WriteLine($"签名密钥  {key}");
        foreach (var note in report.Notes) Console.WriteLine($"注意      {note}");
        Console.WriteLine(report.First is { } first ? $"不同      {first.Where}：{first.Message}" : "结论      与所记一致");
    }

    private static void WriteJson(BundleReport report) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("contract", report.Contract);
        writer.WriteString("madeAt", report.MadeAt);
        writer.WriteString("by", report.By);
        writer.WriteBoolean("whole", report.IsWhole);
        foreach (var (name, count) in (ReadOnlySpan<(string, long)>)[("facts", report.Facts), ("claims", report.Claims), ("checkpoints", report.Checkpoints), ("evidence", report.Evidence), ("files", report.Files), ("statements", report.Statements), ("figures", report.Figures)])
            writer.WriteNumber(name, count);
        writer.WriteString("head", report.Head);
        if (report.Key is { } key) writer.WriteString("key", key);
        if (report.First is { } first)
        {
            writer.WriteStartObject("first");
            writer.WriteString("part", first.What.ToString().ToLowerInvariant());
            writer.WriteString("where", first.Where);
            writer.WriteString("message", first.Message);
            writer.WriteEndObject();
        }
        writer.WriteStartArray("notes");
        foreach (var note in report.Notes) writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}

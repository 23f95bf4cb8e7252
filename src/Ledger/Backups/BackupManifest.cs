using System.Text.Encodings.Web;
using System.Text.Json;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Backups;

/// <summary>What a backup holds: <c>manifest.json</c> in its folder.</summary>
/// <param name="Backup">The version of this form: 1.</param>
/// <param name="MadeAt">True time, UTC.</param>
/// <param name="Files">All files of the folder but this one.</param>
/// <param name="Heads">The ends of both chains of each contract, as they stand in the dump: what a restore is proven by.</param>
/// <param name="Master">Which master key opens the evidence; null: there is none.</param>
/// <param name="Withdrawn">Evidence that was withdrawn while the backup was made: in the dump it is still there.</param>
internal sealed record BackupManifest(int Backup, string MadeAt, IReadOnlyList<BackupFile> Files, IReadOnlyList<BackupHead> Heads, string? Master, IReadOnlyList<BackupWithdrawal> Withdrawn)
{
    public const int Version = 1;
    public const string Name = "manifest.json", Dump = "database.dump", Settings = "appsettings.json";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="BackupRefusedException">There is none, or it cannot be read.</exception>
    public static async Task<BackupManifest> Read(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) throw new BackupRefusedException($"{folder} 不是完整的备份：没有 {Name}。");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(path, cancellation), Json)!;
            return manifest.Backup == Version ? manifest : throw new BackupRefusedException($"备份的版式是 {manifest.Backup}，本程序只认 {Version}；请使用更新的程序。");
        }
        catch (JsonException)
        {
            throw new BackupRefusedException($"{path} 不能读取。");
        }
    }
}

internal sealed record BackupFile(string Path, long Size, string Sha256);

internal sealed record BackupHead(string Contract, Anchor Facts, Anchor Claims);

internal sealed record BackupWithdrawal(string Contract, string Sha256, Withdrawal Record);

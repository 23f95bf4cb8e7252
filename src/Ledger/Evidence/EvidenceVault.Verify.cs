using System.Security.Cryptography;

namespace Yueheng.Ledger.Evidence;

public sealed partial class EvidenceVault
{
    /// <summary>Opens every file of a contract and recomputes its hash.</summary>
    /// <returns>Those that are not what was stored, each with one sentence in Chinese; withdrawn ones are none.</returns>
    public async Task<IReadOnlyList<(EvidenceFile File, string Message)>> Verify(string contract, CancellationToken cancellation = default)
    {
        var damaged = new List<(EvidenceFile, string)>();
        foreach (var row in await Rows(contract, null, cancellation))
            if (row.File.Withdrawal is null && await Damage(row, cancellation) is { } message) damaged.Add((row.File, message));
        return damaged;
    }

    private async Task<string?> Damage(Row row, CancellationToken cancellation)
    {
        try
        {
            await using var plain = Unseal(row);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(plain, cancellation)) == row.File.Sha256 ? null : "文件内容与散列值不符。";
        }
        catch (Exception broken) when (broken is EvidenceDamagedException or KeyRefusedException)
        {
            return broken.Message;
        }
    }
}

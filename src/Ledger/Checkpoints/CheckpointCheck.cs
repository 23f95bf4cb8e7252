using System.Globalization;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>One checkpoint that is not what was signed.</summary>
/// <param name="Number">As it stands.</param>
/// <param name="Message">One sentence in Chinese.</param>
public sealed record CheckpointFault(long Number, string Message);

/// <summary>Looks at the checkpoints of a contract by themselves: their order, their signatures, and that each names the one before.</summary>
public static class CheckpointCheck
{
    /// <summary>The first that is not what was signed; null: all are.</summary>
    /// <param name="contract">The contract that they should be of.</param>
    /// <param name="checkpoints">All, in order.</param>
    /// <param name="keys">The keys by which they may be signed.</param>
    public static CheckpointFault? First(string contract, IReadOnlyList<Checkpoint> checkpoints, IReadOnlyCollection<PublicKey> keys)
    {
        var previous = Checkpoint.Genesis;
        for (var at = 0; at < checkpoints.Count; at++)
        {
            var checkpoint = checkpoints[at];
            var name = string.Create(CultureInfo.InvariantCulture, $"第 {at + 1} 号检查点");
            if (checkpoint.Number != at + 1) return new(at + 1, string.Create(CultureInfo.InvariantCulture, $"{name}缺失：此处是第 {checkpoint.Number} 号。"));
            if (checkpoint.Contract != contract) return new(at + 1, $"{name}是另一份合同的（{checkpoint.Contract}）。");
            if (keys.FirstOrDefault(key => key.Id == checkpoint.Key) is not { } key) return new(at + 1, $"{name}的签名公钥（{Short(checkpoint.Key)}）不在密钥列表中。");
            if (key.Algorithm != checkpoint.Algorithm || !Signatures.Verify(key.Algorithm, key.Der, checkpoint.Signed(), checkpoint.Signature))
                return new(at + 1, $"{name}的签名与内容不符：内容或签名被改动。");
            if (checkpoint.Previous != previous) return new(at + 1, $"{name}所记的前一检查点不是现在的前一号：有检查点被替换或删除。");
            previous = checkpoint.Print();
        }
        return null;
    }

    private static string Short(string id) => id.Length > 16 ? id[..16] + "…" : id;
}

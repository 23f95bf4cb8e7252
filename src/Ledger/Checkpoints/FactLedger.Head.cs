using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger;

public sealed partial class FactLedger
{
    /// <summary>The last fact of a contract: its number, and its hash as sixty-four hex digits; of none, nought and zeros.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<Anchor> HeadOf(string contract, CancellationToken cancellation = default)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, [contract], cancellation);
        await using var command = sight.Command("select seq, hash from ledger.heads where contract = $1", contract);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1))) : new(0, Checkpoints.Checkpoint.Genesis);
    }
}

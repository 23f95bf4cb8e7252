using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>The signed heads of contracts, as one caller may see them.</summary>
/// <param name="key">Signs; its public half was entered by <see cref="PublicKeys.Enter"/>.</param>
/// <example><c>await new CheckpointBook(database, key, clock, [contract]).Sign(contract, CheckpointReason.Statement, "2025-003")</c></example>
public sealed class CheckpointBook(LedgerDatabase database, SigningKey key, TimeProvider clock, IReadOnlyCollection<string> visible)
{
    /// <summary>Signs the heads of a contract's chains as they stand.</summary>
    /// <param name="about">What for.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<Checkpoint> Sign(string contract, CheckpointReason reason, string about = "", CancellationToken cancellation = default)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, visible, cancellation);
        await Lock(sight, contract, cancellation);
        var checkpoint = await Enter(sight, contract, reason, about, cancellation);
        await sight.Commit();
        return checkpoint;
    }

    /// <summary>Signs once a day, of the days that begin at midnight in China.</summary>
    /// <returns>Null: it was done today.</returns>
    public async Task<Checkpoint?> SignDaily(string contract, CancellationToken cancellation = default)
    {
        MustSee(contract);
        await using var sight = await Sight.Open(database, visible, cancellation);
        await Lock(sight, contract, cancellation);
        await using (var command = sight.Command("select max(signed_at) from ledger.checkpoints where contract = $1 and reason = $2", contract, Checkpoint.Word(CheckpointReason.Daily)))
            if (await command.ExecuteScalarAsync(cancellation) is long last && Facts.ChinaTime.DayOf(last) >= Facts.ChinaTime.DayOf(Now())) return null;
        var checkpoint = await Enter(sight, contract, CheckpointReason.Daily, "", cancellation);
        await sight.Commit();
        return checkpoint;
    }

    /// <summary>All of them, from the first on.</summary>
    public Task<IReadOnlyList<Checkpoint>> All(string contract, CancellationToken cancellation = default)
    {
        MustSee(contract);
        return Of(database, contract, cancellation);
    }

    /// <summary>The same for whoever needs no key to look: nothing is signed here.</summary>
    internal static async Task<IReadOnlyList<Checkpoint>> Of(LedgerDatabase database, string contract, CancellationToken cancellation)
    {
        await using var sight = await Sight.Open(database, [contract], cancellation);
        return await Read(sight, contract, "order by number", cancellation);
    }

    // Numbers have no gaps: one at a time a contract.
    private static Task Lock(Sight sight, string contract, CancellationToken cancellation) =>
        sight.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", ["checkpoints of " + contract], cancellation);

    private async Task<Checkpoint> Enter(Sight sight, string contract, CheckpointReason reason, string about, CancellationToken cancellation)
    {
        // Claims first: a step in a claim that adds facts moves both heads together, and a claim's head is never ahead of what it says of facts.
        var claims = await HeadOf(sight, "ledger.claim_heads", contract, cancellation);
        var facts = await HeadOf(sight, "ledger.heads", contract, cancellation);
        var last = (await Read(sight, contract, "order by number desc limit 1", cancellation)).FirstOrDefault();
        var signedAt = Math.Max(Now(), last?.SignedAt ?? 0);
        var bare = new Checkpoint(contract, (last?.Number ?? 0) + 1, facts, claims, signedAt, reason, about, last?.Print() ?? Checkpoint.Genesis, key.Algorithm, key.Id, []);
        var signed = bare with { Signature = key.Sign(bare.Signed()) };
        await sight.Execute("insert into ledger.checkpoints values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        [
            contract, signed.Number, facts.Seq, Convert.FromHexString(facts.Hash), claims.Seq, Convert.FromHexString(claims.Hash), signedAt,
            Checkpoint.Word(reason), about, Convert.FromHexString(signed.Previous), signed.Algorithm, signed.Key, signed.Signature,
        ], cancellation);
        return signed;
    }

    private static async Task<Anchor> HeadOf(Sight sight, string table, string contract, CancellationToken cancellation)
    {
        await using var command = sight.Command($"select seq, hash from {table} where contract = $1", contract);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1))) : new(0, Checkpoint.Genesis);
    }

    private static async Task<IReadOnlyList<Checkpoint>> Read(Sight sight, string contract, string order, CancellationToken cancellation)
    {
        await using var command = sight.Command($"select contract, number, seq, hash, claims_seq, claims_hash, signed_at, reason, about, previous, algorithm, key, signature from ledger.checkpoints where contract = $1 {order}", contract);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var all = new List<Checkpoint>();
        while (await reader.ReadAsync(cancellation))
            all.Add(new(
                reader.GetString(0), reader.GetInt64(1), new(reader.GetInt64(2), Hex(3)), new(reader.GetInt64(4), Hex(5)), reader.GetInt64(6),
                Checkpoint.ReasonOf(reader.GetString(7)) ?? CheckpointReason.Asked, reader.GetString(8), Hex(9), reader.GetString(10), reader.GetString(11), reader.GetFieldValue<byte[]>(12)));
        return all;

        string Hex(int column) => Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(column));
    }

    private long Now() => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private void MustSee(string contract)
    {
        if (!visible.Contains(contract)) throw new UnauthorizedAccessException($"Contract {contract} is not among those that the caller may see.");
    }
}

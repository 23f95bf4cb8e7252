using System.Text;
using Npgsql;

namespace Yueheng.Ledger.Checkpoints;

/// <summary>A public key of the installation.</summary>
/// <param name="Id">SHA-256 of the key.</param>
/// <param name="Der">SubjectPublicKeyInfo.</param>
/// <param name="MadeAt">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Previous">The key that it took over from; null: it is the first, or the old one was lost.</param>
/// <param name="Endorsement">That key's signature over <see cref="Endorsed"/>: who trusts the old one may trust this one.</param>
public sealed record PublicKey(string Id, string Algorithm, byte[] Der, long MadeAt, string? Previous, byte[]? Endorsement)
{
    /// <summary>What the previous key signs of this one.</summary>
    public static byte[] Endorsed(string id) => Encoding.ASCII.GetBytes($"yueheng signing key {id}");

    /// <summary>The ids of the keys that somebody may trust who trusts these: each endorsed by one that he trusts already.</summary>
    public static IReadOnlySet<string> TrustedFrom(IEnumerable<string> roots, IReadOnlyCollection<PublicKey> keys)
    {
        var trusted = roots.ToHashSet(StringComparer.Ordinal);
        for (var count = -1; count != trusted.Count;)
        {
            count = trusted.Count;
            foreach (var key in keys)
                if (key is { Previous: { } previous, Endorsement: { } signature } && trusted.Contains(previous) && keys.FirstOrDefault(other => other.Id == previous) is { } old
                    && Signatures.Verify(old.Algorithm, old.Der, Endorsed(key.Id), signature)) trusted.Add(key.Id);
        }
        return trusted;
    }
}

/// <summary>The public keys of an installation, old ones too.</summary>
public static class PublicKeys
{
    public static async Task<IReadOnlyList<PublicKey>> All(LedgerDatabase database, CancellationToken cancellation = default)
    {
        await using var command = database.App.CreateCommand("select id, algorithm, public_key, made_at, previous, endorsement from ledger.signing_keys order by made_at, id");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var keys = new List<PublicKey>();
        while (await reader.ReadAsync(cancellation))
            keys.Add(new(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5)));
        return keys;
    }

    /// <summary>Enters the key that signs from now on; once it is there, this does nothing.</summary>
    /// <param name="old">The key before, where it is at hand.</param>
    public static async Task Enter(LedgerDatabase database, SigningKey key, TimeProvider clock, SigningKey? old = null, CancellationToken cancellation = default)
    {
        await using var command = database.Owner.CreateCommand("insert into ledger.signing_keys values ($1, $2, $3, $4, $5, $6) on conflict do nothing");
        foreach (var value in (object[])[key.Id, key.Algorithm, key.PublicKey, (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100, (object?)old?.Id ?? DBNull.Value, (object?)old?.Sign(PublicKey.Endorsed(key.Id)) ?? DBNull.Value])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

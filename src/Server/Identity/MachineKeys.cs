using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;

namespace Yueheng.Server.Identity;

/// <summary>Keys of machines: <c>Authorization: Bearer yk_…</c>. The database holds their hashes; a key is shown once, when it is made.</summary>
/// <param name="truth">True time.</param>
internal sealed class MachineKeys(LedgerDatabase database, TimeProvider truth, HostSettings settings)
{
    public const string Prefix = "yk_";

    /// <summary>The machine that a key belongs to; null: none that holds.</summary>
    public async Task<Caller?> Find(string key, string address, CancellationToken cancellation)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        await using var command = database.App.CreateCommand("select id, name, contracts, permissions, kinds from server.key($1, $2)");
        command.Parameters.Add(new() { Value = Sessions.Hash(key) });
        command.Parameters.Add(new() { Value = truth.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var contracts = reader.GetFieldValue<string[]>(2).ToDictionary(contract => contract, IReadOnlySet<Role> (_) => new HashSet<Role>(), StringComparer.Ordinal);
        var scope = reader.GetFieldValue<string[]>(3).Select(word => Wording.Read<Permission>(word)).OfType<Permission>().ToHashSet();
        return new Caller(reader.GetString(0), reader.GetString(1), "机器", null, contracts, scope, reader.GetFieldValue<string[]>(4), settings.IsChecked) { Address = address };
    }
}

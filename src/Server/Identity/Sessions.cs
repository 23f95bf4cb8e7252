using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;

namespace Yueheng.Server.Identity;

/// <summary>A session that holds: whose it is, and what the caller has still to do before anything else.</summary>
/// <param name="Token">SHA-256 of what the cookie holds.</param>
/// <param name="Csrf">What a change must carry in <c>X-CSRF-Token</c>.</param>
internal sealed record LiveSession(byte[] Token, string Csrf, DateTimeOffset EndsAt, string Source, bool MustChange, bool HasTotp);

/// <summary>
/// Sessions lie in the database: any node knows them, and one that is ended is ended everywhere. The cookie holds 256 random bits, the
/// database their hash. A session ends when it was idle for too long, and in any case after twelve hours.
/// </summary>
/// <param name="truth">True time.</param>
internal sealed class Sessions(LedgerDatabase database, TimeProvider truth, HostSettings settings)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Starts a session.</summary>
    /// <returns>What the cookie shall hold.</returns>
    public async Task<string> Start(string user, string address, CancellationToken cancellation)
    {
        var secret = Secret();
        var now = truth.GetUtcNow();
        await using var command = database.App.CreateCommand("select server.start_session($1, $2, $3, $4, $5, $6)");
        foreach (var value in (object[])[Hash(secret), user, Secret(), now, now + Longest, address]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
        return secret;
    }

    /// <summary>The caller whose session a cookie names; null: none that holds.</summary>
    public async Task<Caller?> Find(string secret, string address, CancellationToken cancellation)
    {
        var token = Hash(secret);
        await using var command = database.App.CreateCommand("select user_id, name, title, admin, source, csrf, ends_at, must_change, has_totp, contracts, roles from server.session($1, $2, $3)");
        foreach (var value in (object[])[token, truth.GetUtcNow(), Idle]) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var roles = reader.GetFieldValue<string[]>(9).Zip(reader.GetFieldValue<string[]>(10))
            .GroupBy(grant => grant.First, grant => Words.RoleOf(grant.Second), StringComparer.Ordinal)
            .ToDictionary(grants => grants.Key, IReadOnlySet<Role> (grants) => grants.OfType<Role>().ToHashSet(), StringComparer.Ordinal);
        var admin = reader.IsDBNull(3) ? null : Wording.Read<Admin>(reader.GetString(3));
        return new Caller(reader.GetString(0), reader.GetString(1), reader.GetString(2), admin, roles, isChecked: settings.IsChecked)
        {
            Address = address,
            Session = new(token, reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetString(4), reader.GetBoolean(7), reader.GetBoolean(8)),
        };
    }

    public Task End(LiveSession session, CancellationToken cancellation) => Call("select server.end_session($1)", cancellation, session.Token);

    /// <summary>Ends all sessions of a user, or all but one.</summary>
    public Task EndAll(string user, LiveSession? but, CancellationToken cancellation) => Call("select server.end_sessions($1, $2)", cancellation, user, (object?)but?.Token ?? DBNull.Value);

    private async Task Call(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = database.App.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value is DBNull ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea } : new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>256 random bits.</summary>
    internal static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    internal static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

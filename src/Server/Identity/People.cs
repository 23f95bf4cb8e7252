using System.Text;
using Microsoft.AspNetCore.Identity;
using Yueheng.Ledger;

namespace Yueheng.Server.Identity;

/// <summary>What a sign-in is held against.</summary>
internal sealed record Credentials(
    string Id, string Login, string Source, string? External, string? Admin, bool IsDisabled, string? Password, DateTimeOffset? LockedUntil, byte[]? TotpSecret, byte[]? TotpPending, long TotpStep);

/// <summary>Passwords and locks of those who may come in.</summary>
/// <param name="truth">True time.</param>
internal sealed class People(LedgerDatabase database, TimeProvider truth)
{
    private const int MostFailures = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    private static readonly object Nobody = new();
    private static readonly PasswordHasher<object> Hasher = new();

    // Somebody who is not there takes as long to refuse as somebody who is.
    private static readonly Lazy<string> NobodysPassword = new(() => Hash(Sessions.Secret()));

    public static string Hash(string password) => Hasher.HashPassword(Nobody, Normal(password));

    // The same characters typed on another machine are the same password.
    private static string Normal(string password) => password.Normalize(NormalizationForm.FormKC);

    /// <summary>Somebody by login, or by id.</summary>
    public async Task<Credentials?> Find(string login, CancellationToken cancellation)
    {
        await using var command = database.App.CreateCommand("select id, login, source, external, admin, disabled, password, locked_until, totp_secret, totp_pending, totp_step from server.credentials($1)");
        command.Parameters.Add(new() { Value = login.Trim().ToLowerInvariant().Replace('\0', ' ') });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return new(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), Text(3), Text(4), reader.GetBoolean(5), Text(6),
            reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7), Bytes(8), Bytes(9), reader.GetInt64(10));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        byte[]? Bytes(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
    }

    /// <summary>The user whom an issuer or a directory means by a name; null: nobody who may come in.</summary>
    public async Task<string?> FindBy(string source, string whom, CancellationToken cancellation)
    {
        await using var command = Command("select server.user_of($1, $2)", source, whom);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>Whether the password is theirs. Of nobody's and of a locked one it is not, in the same time.</summary>
    public bool IsPassword(Credentials? who, string password) =>
        Hasher.VerifyHashedPassword(Nobody, who?.Password ?? NobodysPassword.Value, Normal(password)) != PasswordVerificationResult.Failed && who?.Password is not null;

    /// <summary>Until when somebody is locked out; null: they are not.</summary>
    public DateTimeOffset? LockOf(Credentials who) => who.LockedUntil > truth.GetUtcNow() ? who.LockedUntil : null;

    /// <summary>Counts a failure.</summary>
    /// <returns>Until when they are locked out by it; null: they are not.</returns>
    public async Task<DateTimeOffset?> NoteFailure(string user, CancellationToken cancellation)
    {
        var now = truth.GetUtcNow();
        await using var command = Command("select server.note_failure($1, $2, $3, $4)", user, now, MostFailures, LockedFor);
        return await command.ExecuteScalarAsync(cancellation) is DateTime until && until > now ? until : null;
    }

    public Task NoteSuccess(string user, CancellationToken cancellation) => Execute("select server.note_success($1)", cancellation, user);

    /// <param name="mustChange">An initial password, to be changed before anything else.</param>
    public Task SetPassword(string user, string password, bool mustChange, CancellationToken cancellation) =>
        Execute("select server.set_password($1, $2, $3, $4)", cancellation, user, Hash(password), truth.GetUtcNow(), mustChange);

    public async Task<bool> UseTotp(string user, long step, CancellationToken cancellation)
    {
        await using var command = Command("select server.use_totp($1, $2)", user, step);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    public Task OfferTotp(string user, byte[] sealedSecret, CancellationToken cancellation) => Execute("select server.offer_totp($1, $2)", cancellation, user, sealedSecret);

    public Task EnrolTotp(string user, long step, CancellationToken cancellation) => Execute("select server.enrol_totp($1, $2)", cancellation, user, step);

    public Task ForgetTotp(string user, CancellationToken cancellation) => Execute("select server.forget_totp($1)", cancellation, user);

    private Npgsql.NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.App.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private async Task Execute(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

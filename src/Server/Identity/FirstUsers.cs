using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;

namespace Yueheng.Server.Identity;

/// <summary>Somebody who was made when the installation was set up; the password is told once and kept nowhere.</summary>
/// <param name="MustChange">It is an initial password.</param>
public sealed record FirstUser(string Login, string Title, string Password, bool MustChange);

/// <summary>Those who are there before anybody has made users: as the owner of the tables, since there is no administrator to do it yet.</summary>
internal sealed class FirstUsers(LedgerDatabase database, TimeProvider truth)
{
    /// <summary>The three administrators.</summary>
    /// <param name="password">Null: one each, to be changed at once.</param>
    public async Task<IReadOnlyList<FirstUser>> Administrators(string? password, CancellationToken cancellation)
    {
        var made = new List<FirstUser>();
        foreach (var admin in Enum.GetValues<Admin>())
        {
            var user = new FirstUser(admin.Word(), admin.Title(), password ?? PasswordRules.Make(), password is null);
            await Add(user, admin, cancellation);
            made.Add(user);
        }
        return made;
    }

    /// <summary>One user a role, in that role in every contract.</summary>
    public async Task<IReadOnlyList<FirstUser>> OnePerRole(string password, IReadOnlyCollection<string> contracts, CancellationToken cancellation)
    {
        var made = new List<FirstUser>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var user = new FirstUser(role.Word(), role.Title(), password, false);
            await Add(user, null, cancellation);
            await using var grants = database.Owner.CreateCommand("insert into server.grants select contract, $1, $2, 'u-system-admin', $3 from unnest($4) as contract");
            foreach (var value in (object[])[IdOf(role), role.Word(), truth.GetUtcNow(), contracts.ToArray()]) grants.Parameters.Add(new() { Value = value });
            await grants.ExecuteNonQueryAsync(cancellation);
            made.Add(user);
        }
        return made;
    }

    /// <summary>The id of the user of a role.</summary>
    public static string IdOf(Role role) => "u-" + role.Word();

    private async Task Add(FirstUser user, Admin? admin, CancellationToken cancellation)
    {
        var now = truth.GetUtcNow();
        await using var command = database.Owner.CreateCommand(
            "insert into server.users (id, login, name, title, admin, created_at, password, password_at, must_change) values ($1, $2, $3, $3, $4, $5, $6, $5, $7)");
        foreach (var value in (object[])["u-" + user.Login, user.Login, user.Title, (object?)admin?.Word() ?? DBNull.Value, now, People.Hash(user.Password), user.MustChange]) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

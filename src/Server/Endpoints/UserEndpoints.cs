using System.Text.RegularExpressions;
using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Endpoints;

/// <summary>Users, who are the system administrator's, and their roles, which are the security administrator's.</summary>
internal static partial class UserEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("administration");
        users.MapGet("", List).Produces<IReadOnlyList<UserAnswer>>().ForAdmins(Admin.SystemAdmin, Admin.SecurityAdmin);
        users.MapPost("", Add).Produces<NewUserAnswer>(201).ForAdmins(Admin.SystemAdmin);
        users.MapPatch("/{id}", Change).Produces<UserAnswer>().ForAdmins(Admin.SystemAdmin);
        users.MapPost("/{id}/password-reset", ResetPassword).Produces<NewUserAnswer>().ForAdmins(Admin.SystemAdmin);
        users.MapPut("/{id}/roles", SetRoles).Produces<UserAnswer>().ForAdmins(Admin.SecurityAdmin);
        api.MapGet("/known-contracts", KnownContracts).WithTags("administration").Produces<IReadOnlyList<KnownContract>>().ForAdmins(Admin.SystemAdmin, Admin.SecurityAdmin);
    }

    private static async Task<IReadOnlyList<UserAnswer>> List(Caller caller, LedgerDatabase database, CancellationToken cancellation)
    {
        await using var sight = await Sight.Of(database, caller, cancellation);
        return await Read(sight, null, cancellation);
    }

    private static async Task<IReadOnlyList<UserAnswer>> Read(Sight sight, string? only, CancellationToken cancellation)
    {
        var grants = (await sight.Rows("select user_id, contract, role from server.grants where $1::text is null or user_id = $1 order by user_id, contract, role",
            reader => (User: reader.GetString(0), Contract: reader.GetString(1), Role: reader.GetString(2)), cancellation, only)).ToLookup(grant => grant.User);
        return await sight.Rows(
            "select id, login, name, title, admin, source, external, disabled, created_at, must_change, locked_until from server.users where $1::text is null or id = $1 order by id",
            reader => new UserAnswer(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Text(reader, 4), reader.GetString(5), Text(reader, 6), reader.GetBoolean(7),
                TrueTime.Write(reader.GetFieldValue<DateTimeOffset>(8)), reader.GetBoolean(9), reader.IsDBNull(10) ? null : TrueTime.Write(reader.GetFieldValue<DateTimeOffset>(10)),
                [.. grants[reader.GetString(0)].GroupBy(grant => grant.Contract).Select(roles => new RolesAnswer(roles.Key, [.. roles.Select(grant => grant.Role)]))]),
            cancellation, only);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static async Task<UserAnswer> ReadOne(Sight sight, string id, CancellationToken cancellation) =>
        await Read(sight, id, cancellation) is [var user] ? user : throw ProblemException.NotFound("这个用户");

    private static async Task<IResult> Add(NewUserBody body, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation)
    {
        var login = (body.Login ?? "").Trim().ToLowerInvariant();
        if (!Login().IsMatch(login)) throw ProblemException.Invalid("用户名应由小写字母、数字、点、连字符组成，以字母开头，2 至 40 个字符，且不以 u- 开头。", new ProblemError("login", null, "写法不对"));
        if (string.IsNullOrWhiteSpace(body.Name)) throw ProblemException.Invalid("请填写称呼。", new ProblemError("name", null, "缺少"));
        var source = body.Source ?? "password";
        if (source is not ("password" or "ldap" or "oauth2")) throw ProblemException.Invalid("source 应为 password、ldap 或 oauth2。", new ProblemError("source", null, "不认识"));
        if (source != "password" && string.IsNullOrWhiteSpace(body.External)) throw ProblemException.Invalid("目录或统一认证的用户须写明其在那里的标识（external）。", new ProblemError("external", null, "缺少"));
        // Never one that somebody had before: facts name their author by it.
        var id = $"u-{login.Replace('.', '-')}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";
        var password = source == "password" ? PasswordRules.Make() : null;
        await using var sight = await Sight.Of(database, caller, cancellation);
        try
        {
            await sight.Execute("select server.add_user($1, $2, $3, $4, $5, $6, $7, $8, $9)", cancellation,
                id, login, body.Name.Trim(), (body.Title ?? "").Trim(), source, source == "password" ? null : body.External!.Trim(), password is null ? null : People.Hash(password), password is not null, truth.GetUtcNow());
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw ProblemException.Conflict("已有这个用户名，或已有与该外部标识对应的用户。");
        }
        await audit.Write(sight, caller, "user.added", null, id, new { source }, cancellation);
        await sight.Commit();
        return Results.Created($"/api/users/{id}", new NewUserAnswer(id, login, password));
    }

    private static async Task<UserAnswer> Change(string id, ChangeUserBody body, Caller caller, LedgerDatabase database, AuditLog audit, CancellationToken cancellation)
    {
        if (id == caller.Id && body.Disabled == true) throw ProblemException.Conflict("不能停用自己。");
        if (body.Name is { } name && string.IsNullOrWhiteSpace(name)) throw ProblemException.Invalid("称呼不能为空。", new ProblemError("name", null, "为空"));
        await using var sight = await Sight.Of(database, caller, cancellation);
        if (await sight.Scalar<bool>("select server.change_user($1, $2, $3, $4)", cancellation, id, body.Disabled, body.Name?.Trim(), body.Title?.Trim()) is false) throw ProblemException.NotFound("这个用户");
        await audit.Write(sight, caller, body.Disabled switch { true => "user.disabled", false => "user.enabled", _ => "user.changed" }, null, id, null, cancellation);
        var user = await ReadOne(sight, id, cancellation);
        await sight.Commit();
        return user;
    }

    private static async Task<NewUserAnswer> ResetPassword(string id, Caller caller, LedgerDatabase database, People people, Sessions sessions, AuditLog audit, CancellationToken cancellation)
    {
        UserAnswer user;
        await using (var sight = await Sight.Of(database, caller, cancellation)) user = await ReadOne(sight, id, cancellation);
        if (user.Source != "password") throw ProblemException.Conflict("该用户的口令由统一目录或统一认证管理。");
        // Whoever could reset the others' passwords could do the others' parts.
        if (user.Admin is not null && id != caller.Id) throw new ForbiddenException("管理员之间不能互相重置口令，否则一人即可代行他人的职责。");
        var password = PasswordRules.Make();
        await audit.Write(caller, "password.reset", null, id, cancellation: cancellation);
        await people.SetPassword(id, password, true, cancellation);
        if (user.Admin is null) await people.ForgetTotp(id, cancellation);
        await sessions.EndAll(id, null, cancellation);
        return new(id, user.Login, password);
    }

    private static async Task<UserAnswer> SetRoles(string id, SetRolesBody body, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation)
    {
        if (!ContractId().IsMatch(body.Contract ?? "")) throw ProblemException.Invalid("合同编号应由字母、数字、点、连字符、下划线组成。", new ProblemError("contract", null, "写法不对"));
        var roles = (body.Roles ?? []).Distinct().ToArray();
        foreach (var word in roles)
            if (Words.RoleOf(word) is null) throw ProblemException.Invalid($"没有角色“{word}”。", new ProblemError("roles", null, $"没有角色“{word}”"));
        // Who speaks for both parties speaks for neither.
        if (roles.Select(word => Words.RoleOf(word)!.Value.Side()).Where(side => side != Side.Neither).Distinct().Count() > 1)
            throw ProblemException.Conflict("一个人在同一合同中不能兼任甲乙双方的角色。");
        await using var sight = await Sight.Of(database, caller, cancellation);
        var before = await ReadOne(sight, id, cancellation);
        if (before.Admin is not null) throw ProblemException.Conflict("管理员不担任合同中的任何角色。");
        await sight.Scalar<bool>("select server.set_roles($1, $2, $3, $4)", cancellation, id, body.Contract, roles, truth.GetUtcNow());
        var had = before.Roles.FirstOrDefault(held => held.Contract == body.Contract)?.Roles ?? [];
        await audit.Write(sight, caller, "roles.changed", body.Contract, id, new { granted = roles.Except(had).Order(), revoked = had.Except(roles).Order() }, cancellation);
        var user = await ReadOne(sight, id, cancellation);
        await sight.Commit();
        return user;
    }

    private static async Task<IReadOnlyList<KnownContract>> KnownContracts(Caller caller, LedgerDatabase database, CancellationToken cancellation)
    {
        await using var sight = await Sight.Of(database, caller, cancellation);
        return await sight.Rows("select contract, name from server.known_contracts()", reader => new KnownContract(reader.GetString(0), reader.GetString(1)), cancellation);
    }

    [GeneratedRegex("^(?!u-)[a-z][a-z0-9.-]{1,39}$")]
    private static partial Regex Login();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    internal static partial Regex ContractId();
}

/// <summary>A user.</summary>
/// <param name="Admin">Which administrator; null: none.</param>
/// <param name="Source">password, ldap or oauth2.</param>
/// <param name="External">Whom the directory or the issuer means by it.</param>
/// <param name="LockedUntil">True time.</param>
internal sealed record UserAnswer(
    string Id, string Login, string Name, string Title, string? Admin, string Source, string? External, bool Disabled, string CreatedAt, bool MustChangePassword, string? LockedUntil, IReadOnlyList<RolesAnswer> Roles);

internal sealed record RolesAnswer(string Contract, IReadOnlyList<string> Roles);

/// <param name="Name">What to call them on the screen; a function is better than a person's name.</param>
/// <param name="Source">password (when absent), ldap or oauth2.</param>
internal sealed record NewUserBody(string Login, string Name, string? Title, string? Source, string? External);

/// <param name="Password">The initial one, shown this once; null for a user of the directory or the issuer.</param>
internal sealed record NewUserAnswer(string Id, string Login, string? Password);

/// <summary>What is absent stays as it is.</summary>
internal sealed record ChangeUserBody(bool? Disabled, string? Name, string? Title);

/// <param name="Roles">All that the user shall have in this contract from now on.</param>
internal sealed record SetRolesBody(string Contract, IReadOnlyList<string> Roles);

internal sealed record KnownContract(string Id, string Name);

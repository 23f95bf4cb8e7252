using System.Text.RegularExpressions;
using Yueheng.Ledger;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;

namespace Yueheng.Server.Endpoints;

/// <summary>Keys of machines: made by the system administrator, let in by the security administrator, revoked by either.</summary>
internal static partial class KeyEndpoints
{
    // What a machine may be given: it reads and records, it decides nothing.
    private static readonly Permission[] ForMachines =
        [Permission.ReadFacts, Permission.ReadFigures, Permission.ReadMoney, Permission.Append, Permission.BulkAppend, Permission.UploadEvidence, Permission.ReadEvidence, Permission.Export, Permission.Verify, Permission.WhatIf];

    public static void Map(RouteGroupBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("administration");
        keys.MapGet("", List).Produces<IReadOnlyList<MachineKeyAnswer>>().ForAdmins(Admin.SystemAdmin, Admin.SecurityAdmin);
        keys.MapPost("", Add).Produces<NewMachineKeyAnswer>(201).ForAdmins(Admin.SystemAdmin);
        keys.MapPut("/{id}/approval", Approve).Produces(204).ForAdmins(Admin.SecurityAdmin);
        keys.MapDelete("/{id}", Revoke).Produces(204).ForAdmins(Admin.SystemAdmin, Admin.SecurityAdmin);
    }

    private static async Task<IReadOnlyList<MachineKeyAnswer>> List(Caller caller, LedgerDatabase database, TimeProvider truth, CancellationToken cancellation)
    {
        await using var sight = await Sight.Of(database, caller, cancellation);
        var now = truth.GetUtcNow();
        return await sight.Rows("select id, name, contracts, permissions, kinds, by, made_at, ends_at, approved_by, approved_at, revoked_at, used_at from server.keys order by made_at, id", reader =>
        {
            string? At(int column) => reader.IsDBNull(column) ? null : TrueTime.Write(reader.GetFieldValue<DateTimeOffset>(column));
            var state = !reader.IsDBNull(10) ? "revoked" : !reader.IsDBNull(7) && reader.GetFieldValue<DateTimeOffset>(7) <= now ? "expired" : reader.IsDBNull(9) ? "waiting" : "active";
            return new MachineKeyAnswer(
                reader.GetString(0), reader.GetString(1), state, reader.GetFieldValue<string[]>(2), reader.GetFieldValue<string[]>(3), reader.GetFieldValue<string[]>(4), reader.GetString(5), At(6)!, At(7),
                reader.IsDBNull(8) ? null : reader.GetString(8), At(9), At(10), At(11));
        }, cancellation);
    }

    private static async Task<IResult> Add(NewMachineKeyBody body, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation)
    {
        var errors = new List<ProblemError>();
        if (string.IsNullOrWhiteSpace(body.Name)) errors.Add(new("name", null, "缺少用途说明"));
        var contracts = (body.Contracts ?? []).Distinct().ToArray();
        if (contracts.Length == 0 || contracts.Any(contract => !UserEndpoints.ContractId().IsMatch(contract))) errors.Add(new("contracts", null, "应列出至少一个合同编号"));
        var permissions = (body.Permissions ?? []).Distinct().ToArray();
        if (permissions.Length == 0) errors.Add(new("permissions", null, "应列出至少一项权限"));
        foreach (var word in permissions)
            if (Wording.Read<Permission>(word) is not { } permission || !ForMachines.Contains(permission)) errors.Add(new("permissions", null, $"机器不能有权限“{word}”；可选：{string.Join("、", ForMachines.Select(one => one.Word()))}"));
        var kinds = (body.Kinds ?? []).Distinct().ToArray();
        foreach (var kind in kinds)
            if (!Kind().IsMatch(kind)) errors.Add(new("kinds", null, $"“{kind}”应是事实种类、以 .* 结尾的一组种类，或 *"));
        var now = truth.GetUtcNow();
        DateTimeOffset? ends = BusinessClock.ReadInstant(body.EndsAt, "endsAt") is { } end ? DateTimeOffset.UnixEpoch.AddTicks(end / 100) : null;
        if (ends <= now) errors.Add(new("endsAt", null, "应在此刻之后"));
        if (errors.Count > 0) throw ProblemException.Invalid("密钥的内容有误。", [.. errors]);

        var key = MachineKeys.Prefix + Sessions.Secret();
        var id = "k-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
        await using var sight = await Sight.Of(database, caller, cancellation);
        await sight.Execute("select server.add_key($1, $2, $3, $4, $5, $6, $7, $8)", cancellation, id, Sessions.Hash(key), body.Name.Trim(), contracts, permissions, kinds, now, ends is null ? null : ends.Value);
        await audit.Write(sight, caller, "key.made", null, id, new { contracts, permissions, kinds }, cancellation);
        await sight.Commit();
        return Results.Created($"/api/keys/{id}", new NewMachineKeyAnswer(id, key));
    }

    private static Task<IResult> Approve(string id, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation) =>
        Decide("select server.approve_key($1, $2)", "key.approved", id, caller, database, audit, truth, cancellation);

    private static Task<IResult> Revoke(string id, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation) =>
        Decide("select server.revoke_key($1, $2)", "key.revoked", id, caller, database, audit, truth, cancellation);

    private static async Task<IResult> Decide(string sql, string action, string id, Caller caller, LedgerDatabase database, AuditLog audit, TimeProvider truth, CancellationToken cancellation)
    {
        await using var sight = await Sight.Of(database, caller, cancellation);
        if (!await sight.Scalar<bool>(sql, cancellation, id, truth.GetUtcNow())) throw ProblemException.NotFound("这个密钥，或它已批准、已吊销");
        await audit.Write(sight, caller, action, null, id, null, cancellation);
        await sight.Commit();
        return Results.NoContent();
    }

    [GeneratedRegex(@"^(\*|[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*(\.\*)?)$")]
    private static partial Regex Kind();
}

/// <summary>A key, without the key.</summary>
/// <param name="State">waiting (for the security administrator), active, expired or revoked.</param>
/// <param name="Kinds">Kinds that it may record: <c>meter.read</c>, <c>incident.*</c>, <c>*</c>; none: it records nothing.</param>
internal sealed record MachineKeyAnswer(
    string Id, string Name, string State, IReadOnlyList<string> Contracts, IReadOnlyList<string> Permissions, IReadOnlyList<string> Kinds, string By, string MadeAt, string? EndsAt,
    string? ApprovedBy, string? ApprovedAt, string? RevokedAt, string? UsedAt);

internal sealed record NewMachineKeyBody(string Name, IReadOnlyList<string> Contracts, IReadOnlyList<string> Permissions, IReadOnlyList<string>? Kinds, string? EndsAt);

/// <param name="Key">For <c>Authorization: Bearer</c>; shown this once. It opens nothing until the security administrator lets it in.</param>
internal sealed record NewMachineKeyAnswer(string Id, string Key);

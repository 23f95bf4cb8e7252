using System.Text.Json;
using Npgsql;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;

namespace Yueheng.Server.Endpoints;

/// <summary>The audit log, for the audit administrator alone.</summary>
internal static class AuditEndpoints
{
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("administration");
        audit.MapGet("", List).Produces<AuditPage>().ForAdmins(Admin.AuditAdmin);
        audit.MapPost("/verification", Verify).Produces<AuditVerification>().ForAdmins(Admin.AuditAdmin);
    }

    private static async Task<AuditPage> List(long? before, long? after, string? action, string? contract, string? actor, int? limit, Caller caller, LedgerDatabase database, CancellationToken cancellation)
    {
        var most = Math.Clamp(limit ?? 100, 1, Most);
        await using var sight = await Sight.Of(database, caller, cancellation);
        // The newest first; with "after" the oldest first, to follow on.
        var lines = await sight.Rows(
            $"""
            select seq, at, actor, action, contract, about, detail, address, hash from server.audit
            where ($1::bigint is null or seq < $1) and ($2::bigint is null or seq > $2) and ($3::text is null or action = $3 or action like $3 || '.%')
                and ($4::text is null or contract = $4) and ($5::text is null or actor = $5)
            order by seq {(after is null ? "desc" : "asc")} limit {most + 1}
            """,
            reader => new AuditLine(
                reader.GetInt64(0), ChinaTime.Write(reader.GetInt64(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4) is { Length: > 0 } of ? of : null, reader.GetString(5),
                reader.GetString(6) is { Length: > 0 } detail ? JsonSerializer.Deserialize<JsonElement>(detail) : null, reader.GetString(7), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(8))),
            cancellation, before, after, string.IsNullOrEmpty(action) ? null : action, string.IsNullOrEmpty(contract) ? null : contract, string.IsNullOrEmpty(actor) ? null : actor);
        return new([.. lines.Take(most)], lines.Count > most ? lines[most - 1].Seq : null);
    }

    private static async Task<AuditVerification> Verify(Caller caller, AuditLog audit, CancellationToken cancellation)
    {
        var verification = await audit.Verify(caller, cancellation);
        try
        {
            await audit.Write(caller, "audit.verified", null, "", new { verification.Count, verification.Whole }, cancellation);
        }
        catch (PostgresException) when (!verification.Whole)
        {
            // What was done to the log may keep it from being written; that must not keep anybody from hearing of it.
        }
        return verification;
    }
}

/// <param name="Next">For <c>before</c> (or <c>after</c>) of the next page; null: this is the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? Next);

/// <param name="At">True time.</param>
/// <param name="Actor">Who; empty: nobody who is known here.</param>
/// <param name="About">What it was done to.</param>
internal sealed record AuditLine(long Seq, string At, string Actor, string Action, string? Contract, string About, JsonElement? Detail, string Address, string Hash);

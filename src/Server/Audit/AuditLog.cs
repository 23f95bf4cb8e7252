using System.Text.Json;
using Yueheng.Ledger;
using Yueheng.Server.Access;

namespace Yueheng.Server.Audit;

/// <summary>
/// Who came in, who read an export or a piece of evidence, who changed a right, who confirmed what: a hash chain of lines in true time,
/// which nobody can change and only the audit administrator reads.
/// </summary>
/// <param name="truth">True time.</param>
/// <example><c>await audit.Write(caller, "export.read", contract, about: $"facts 1 to {head}")</c></example>
public sealed partial class AuditLog(LedgerDatabase database, TimeProvider truth)
{
    internal const string Sql = "select server.audit_write($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>Adds a line; it is on disk when this returns.</summary>
    /// <param name="action">Thing and verb: <c>session.started</c>, <c>export.read</c>, <c>roles.changed</c>.</param>
    /// <param name="contract">Null: of none.</param>
    /// <param name="about">What it was done to: a user, a file's hash, a statement's number. Nothing secret, nobody's name.</param>
    /// <param name="detail">Written as JSON.</param>
    public Task Write(Caller caller, string action, string? contract = null, string about = "", object? detail = null, CancellationToken cancellation = default) =>
        Write(caller.Id, caller.Address, action, contract, about, detail, cancellation);

    /// <summary>The same for somebody who has not come in.</summary>
    internal async Task Write(string actor, string address, string action, string? contract, string about, object? detail, CancellationToken cancellation)
    {
        await using var command = database.App.CreateCommand(Sql);
        foreach (var value in Values(actor, address, action, contract, about, detail)) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The same in a transaction of the caller's, so that neither is there without the other.</summary>
    internal Task Write(Sight sight, Caller caller, string action, string? contract, string about, object? detail, CancellationToken cancellation) =>
        sight.Execute(Sql, cancellation, Values(caller.Id, caller.Address, action, contract, about, detail));

    private object[] Values(string actor, string address, string action, string? contract, string about, object? detail) =>
    [
        (truth.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100, actor, action, contract ?? "", Bounded(about),
        detail is null ? "" : JsonSerializer.Serialize(detail, Json.Plain), address,
    ];

    // What somebody typed may be as long as they like; the log keeps the beginning.
    private static string Bounded(string about) => (about.Length <= 500 ? about : about[..500]).Replace('\0', ' ');
}

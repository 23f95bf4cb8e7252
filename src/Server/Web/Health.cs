using Npgsql;
using Yueheng.Ledger;

namespace Yueheng.Server.Web;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it can do its work, since the database answers and everything is migrated.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(WebApplication app)
    {
        app.MapGet("/healthz", () => new HealthAnswer("alive")).WithTags("health");
        app.MapGet("/readyz", Ready).Produces<HealthAnswer>().Produces<HealthAnswer>(503).WithTags("health");
    }

    // A node is built on a migrated database only, so what is left to ask is whether the database is there.
    private static async Task<IResult> Ready(LedgerDatabase database, CancellationToken cancellation)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(Patience);
        try
        {
            await using var ask = database.App.CreateCommand("select count(*) from server.installation");
            await ask.ExecuteScalarAsync(soon.Token);
            return Results.Ok(new HealthAnswer("ready"));
        }
        catch (Exception away) when (away is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return Results.Json(new HealthAnswer("database-away"), Json.Plain, statusCode: 503);
        }
    }
}

/// <param name="State">alive, ready or database-away.</param>
internal sealed record HealthAnswer(string State);

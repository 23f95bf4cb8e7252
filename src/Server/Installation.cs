using System.Globalization;
using Npgsql;
using Yueheng.Ledger;
using Yueheng.Server.Clock;

namespace Yueheng.Server;

/// <summary>Settings of the whole installation, which all its nodes share: they lie in the database.</summary>
internal sealed class Installation(LedgerDatabase database)
{
    private const string ClockOffset = "clock-offset", Demo = "demo";
    // One node at a time sets an installation up: any number that nobody else uses ("yueheng2" in ASCII).
    private const long Lock = 0x79756568656E6732;

    /// <summary>Sets an empty installation up, once, however many nodes start together.</summary>
    /// <param name="setUp">Runs if nobody is there yet.</param>
    /// <returns>Whether it ran now.</returns>
    public async Task<bool> SetUpOnce(Func<Task> setUp, CancellationToken cancellation)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(cancellation);
        await using (var wait = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection) { CommandTimeout = 0 }) await wait.ExecuteNonQueryAsync(cancellation);
        try
        {
            await using var done = new NpgsqlCommand("select exists (select from server.installation where name = 'set-up')", connection);
            if (await done.ExecuteScalarAsync(cancellation) is true) return false;
            await setUp();
            await Set("set-up", "done", cancellation);
            return true;
        }
        finally
        {
            await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Lock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>The business clock: the one that was set before, else from the instant given, else true time. It is set once.</summary>
    /// <param name="start">Where it starts.</param>
    public async Task<BusinessClock> Clock(DateTimeOffset? start, TimeProvider truth, CancellationToken cancellation)
    {
        if (await Get(ClockOffset, cancellation) is not { } kept)
        {
            if (start is not { } begin) return new(truth, TimeSpan.Zero);
            kept = (begin - truth.GetUtcNow()).Ticks.ToString(CultureInfo.InvariantCulture);
            await Set(ClockOffset, kept, cancellation);
        }
        return new(truth, TimeSpan.FromTicks(long.Parse((await Get(ClockOffset, cancellation))!, CultureInfo.InvariantCulture)));
    }

    public async Task<bool> IsDemo(CancellationToken cancellation) => await Get(Demo, cancellation) is not null;

    public Task MarkDemo(CancellationToken cancellation) => Set(Demo, "yes", cancellation);

    private async Task<string?> Get(string name, CancellationToken cancellation)
    {
        await using var command = database.Owner.CreateCommand("select value from server.installation where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private async Task Set(string name, string value, CancellationToken cancellation)
    {
        await using var command = database.Owner.CreateCommand("insert into server.installation values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

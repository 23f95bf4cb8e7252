using Npgsql;
using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Server.Clock;

namespace Yueheng.Server.Signing;

/// <summary>Enters the key that signs from now on, and signs the heads of all contracts once a day of business time.</summary>
internal sealed partial class DailyCheckpoints(LedgerDatabase database, HostSettings settings, SigningKey key, BusinessClock clock, TimeProvider truth, ILogger<DailyCheckpoints> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything is signed: a checkpoint names its key.
        await PublicKeys.Enter(database, key, clock, SigningKey.PutAside(settings.Data), cancellationToken);
        SigningKey.RemovePutAside(settings.Data);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, truth);
        do
        {
            try
            {
                await SignAll(stoppingToken);
            }
            catch (Exception broken) when (broken is NpgsqlException or TimeoutException)
            {
                Broke(log, broken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Signs the heads of all contracts that were not signed today.</summary>
    internal async Task SignAll(CancellationToken cancellation)
    {
        var contracts = new List<string>();
        await using (var command = database.Owner.CreateCommand("select contract from ledger.heads union select contract from ledger.claim_heads order by 1"))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) contracts.Add(reader.GetString(0));
        foreach (var contract in contracts) await new CheckpointBook(database, key, clock, [contract]).SignDaily(contract, cancellation);
    }

    [LoggerMessage(1, LogLevel.Warning, "Heads could not be signed; tried again in a few minutes")]
    private static partial void Broke(ILogger log, Exception broken);
}

using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Clock;
using Yueheng.Server.Endpoints;
using Yueheng.Server.Signing;
using Yueheng.Statements.Bundles;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Statements.Watching;

namespace Yueheng.Server;

/// <summary>What the rooms keep for all requests of a node. Made when first asked for: a node that only describes itself has no database.</summary>
internal static class RoomParts
{
    public static void Add(IServiceCollection parts, HostSettings settings, BusinessClock clock)
    {
        parts.AddSingleton(_ => MasterKeyOf(settings));
        parts.AddSingleton(_ => SigningKeyOf(settings));
        parts.AddHostedService<DailyCheckpoints>();
        parts.AddSingleton(services =>
        {
            var folder = EvidenceFolder.Open(settings.Data, services.GetRequiredService<MasterKey>());
            // What uploads left that were cut off; none takes a day.
            folder.RemoveUnfinished(services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-1));
            return folder;
        });
        parts.AddSingleton(services => new Shelf(services.GetRequiredService<LedgerDatabase>(), clock, settings.Calendars, Path.Combine(settings.Caches, "packs")));
        parts.AddSingleton(services => new Judgements(services.GetRequiredService<LedgerDatabase>(), clock, services.GetRequiredService<Shelf>()));
        parts.AddSingleton<Worths>();
        parts.AddSingleton(services => new StatementBook(
            services.GetRequiredService<LedgerDatabase>(), clock, services.GetRequiredService<Shelf>(), services.GetRequiredService<Judgements>(), services.GetRequiredService<Worths>()));
        parts.AddSingleton<LedgerWatch>();
        parts.AddSingleton(services => Endpoints.SealServer.Of(services.GetRequiredService<IConfiguration>()));
        parts.AddSingleton<VaultOf>(services => caller => new EvidenceVault(services.GetRequiredService<LedgerDatabase>(), services.GetRequiredService<EvidenceFolder>(), clock, caller.Contracts));
        parts.AddSingleton(services => new BundleMaker(
            services.GetRequiredService<LedgerDatabase>(), clock, services.GetRequiredService<Shelf>(), services.GetRequiredService<Judgements>(), services.GetRequiredService<StatementBook>(),
            services.GetRequiredService<EvidenceFolder>(), services.GetRequiredService<SigningKey>()));
    }

    public static MasterKey MasterKeyOf(HostSettings settings) => MasterKey.Open(settings.Data, Environment.GetEnvironmentVariable("YUEHENG_MASTER_KEY"));

    public static SigningKey SigningKeyOf(HostSettings settings) =>
        SigningKey.Open(settings.Data, Environment.GetEnvironmentVariable("YUEHENG_SIGNATURE") is { Length: > 0 } algorithm ? algorithm : Signatures.Ecdsa);
}

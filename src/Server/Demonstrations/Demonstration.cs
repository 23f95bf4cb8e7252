using Yueheng.Ledger;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Demonstrations;

/// <summary>
/// What a fresh installation shows when it is not asked to be empty: the sample contracts, a year of made-up facts and dealings up to now, and one
/// user a role. The same seeds give the same facts.
/// </summary>
/// <param name="truth">True time.</param>
internal sealed class Demonstration(LedgerDatabase database, HostSettings settings, BusinessClock clock, TimeProvider truth)
{
    private const string By = "u-system-admin";

    public async Task<IReadOnlyList<FirstUser>> SetUp(CancellationToken cancellation)
    {
        var shelf = new Shelf(database, clock, settings.Calendars, Path.Combine(settings.Caches, "packs"));
        var contracts = Contracts();
        foreach (var folder in contracts) await shelf.Install(folder, By, cancellation);
        var ids = contracts.Select(folder => Path.GetFileName(folder)).ToList();
        var password = "Demo-" + PasswordRules.Make();
        var users = new FirstUsers(database, truth);
        var made = (await users.OnePerRole(password, ids, cancellation)).Concat(await users.Administrators(password, cancellation)).ToList();
        var (evidence, key) = (EvidenceFolder.Open(settings.Data, RoomParts.MasterKeyOf(settings)), RoomParts.SigningKeyOf(settings));
        await PublicKeys.Enter(database, key, clock, null, cancellation);
        await PastYears.Live(database, shelf, evidence, key, clock, ids, cancellation);
        await new Installation(database).MarkDemo(cancellation);
        return made;
    }

    private IReadOnlyList<string> Contracts() =>
        Path.Combine(settings.Home, "contracts") is var folder && Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Where(at => File.Exists(Path.Combine(at, "contract.yaml"))).Order(StringComparer.Ordinal)]
            : [];
}

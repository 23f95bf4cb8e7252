using System.Security.Cryptography;
using System.Text;
using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Demonstrations;

/// <summary>
/// The year so far, as if this ledger had been there: each fact recorded soon after it happened by one who may, and in between what the
/// parties did about some of them (<see cref="Dealings"/>).
/// </summary>
internal static class PastYears
{
    // Most are served fairly; somebody who looks at all of them sees good and poor ones too.
    private static readonly Grade[] Grades = [Grade.Fair, Grade.Good, Grade.Fair, Grade.Poor, Grade.Fair];

    private static readonly Role[] Recorders =
        [Role.DeskAgent, Role.Engineer, Role.ProviderManager, Role.BuyerClerk, Role.BuyerFinance, Role.UsingUnit, Role.Supervisor, Role.BuyerReviewer, Role.BuyerLeader];

    /// <summary>Lives through the years of all contracts, side by side.</summary>
    public static Task Live(LedgerDatabase database, Shelf shelf, EvidenceFolder folder, SigningKey key, BusinessClock clock, IReadOnlyList<string> contracts, CancellationToken cancellation) =>
        Task.WhenAll(contracts.Select((contract, place) => Task.Run(() => Live(database, shelf, folder, key, clock, contract, place, cancellation), cancellation)));

    private static async Task Live(LedgerDatabase database, Shelf shelf, EvidenceFolder folder, SigningKey key, BusinessClock clock, string contract, int place, CancellationToken cancellation)
    {
        var now = clock.Now;
        var pack = (await shelf.InForce([contract], contract, now, cancellation: cancellation))!;
        var year = new Simulator(contract, pack.Contract).Year(place + 1, Grades[place % Grades.Length]);
        var then = new ThenClock();
        var judgements = new Judgements(database, then, shelf);
        var parts = new DealingParts(
            contract, pack.Contract.Vocabulary, new FactLedger(database, then, [contract]), new EvidenceVault(database, folder, then, [contract]),
            new StatementBook(database, then, shelf, judgements, new Worths(shelf, judgements)), new CheckpointBook(database, key, then, [contract]));
        var dealings = Dealings.Of(parts, [.. year.Facts.Where(fact => fact.At <= now)], year.Facts.FirstOrDefault(fact => fact.Kind == "finding.recorded"), now, place, pack);
        var recorded = year.Facts.Where(fact => fact.At <= now && !dealings.HeldBack.Contains(fact.Id)).Select(fact => (At: Math.Min(RecordedAt(fact), now), Act: (Func<Task>)(() => Record(parts, fact, cancellation))));
        foreach (var (at, act) in recorded.Concat(dealings.Acts).Where(act => act.At <= now).OrderBy(act => act.At))
        {
            then.Now = at;
            await act();
        }
    }

    // Typed in within a few hours, by a person; the same every time, like the year.
    private static long RecordedAt(SimulatedFact fact) => fact.At + (SHA256.HashData(Encoding.UTF8.GetBytes(fact.Id))[0] % 180 + 2) * ChinaTime.Minute;

    private static async Task Record(DealingParts parts, SimulatedFact fact, CancellationToken cancellation)
    {
        var answer = await parts.Ledger.Append(parts.Contract, parts.Vocabulary, parts.Line(fact, fact.Id, fact.Data), FirstUsers.IdOf(RecorderOf(fact.Kind)), cancellation);
        if (answer is not Receipt) throw new InvalidOperationException($"{parts.Contract} {fact.Id}: {(answer as Refused)?.Messages[0]}");
    }

    private static Role RecorderOf(string kind) => Recorders.Cast<Role?>().FirstOrDefault(role => AuthorityTable.Of(role!.Value, kind) == Permit.Record) ?? Role.BuyerReviewer;
}

/// <summary>A clock that stands where it is put.</summary>
internal sealed class ThenClock : TimeProvider
{
    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long Now { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Now / 100);
}

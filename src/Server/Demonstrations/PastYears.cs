using System.Buffers;
using System.Text;
using Yueheng.Contracts.Simulation;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Server.Clock;
using Yueheng.Server.Identity;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Demonstrations;

/// <summary>The facts of the years so far, as if this ledger had been there: each recorded soon after it happened, by one who may.</summary>
internal static class PastYears
{
    // Most are served fairly; somebody who looks at all of them sees good and poor ones too.
    private static readonly Grade[] Grades = [Grade.Fair, Grade.Good, Grade.Fair, Grade.Poor, Grade.Fair];

    private static readonly Role[] Recorders =
        [Role.DeskAgent, Role.Engineer, Role.ProviderManager, Role.BuyerClerk, Role.BuyerFinance, Role.UsingUnit, Role.Supervisor, Role.BuyerReviewer, Role.BuyerLeader];

    public static Task Append(LedgerDatabase database, Shelf shelf, BusinessClock clock, IReadOnlyList<string> contracts, CancellationToken cancellation) =>
        Task.WhenAll(contracts.Select((contract, place) => Task.Run(() => Append(database, shelf, clock, contract, place, cancellation), cancellation)));

    private static async Task Append(LedgerDatabase database, Shelf shelf, BusinessClock clock, string contract, int place, CancellationToken cancellation)
    {
        var now = clock.Now;
        var pack = (await shelf.InForce([contract], contract, now, cancellation: cancellation))!;
        var year = new Simulator(contract, pack.Contract).Year(place + 1, Grades[place % Grades.Length]);
        var then = new ThenClock();
        var ledger = new FactLedger(database, then, [contract]);
        var buffer = new ArrayBufferWriter<byte>(1024);
        foreach (var fact in year.Facts)
        {
            if (fact.At > now) break;
            // Typed in within a few hours, by a person; deterministic, like the year.
            var recordedAt = fact.At + (Math.Abs(Spread(fact.Id)) % 180 + 2) * ChinaTime.Minute;
            if (recordedAt > now) recordedAt = now;
            then.Now = recordedAt;
            buffer.ResetWrittenCount();
            FactWriter.Write(buffer, contract, fact.Id, fact.Kind, fact.At, fact.Subject, [.. fact.Data]);
            var answer = await ledger.Append(contract, pack.Contract.Vocabulary, buffer.WrittenSpan.TrimEnd((byte)'\n').ToArray(), FirstUsers.IdOf(RecorderOf(fact.Kind)), cancellation);
            if (answer is not Receipt) throw new InvalidOperationException($"{contract} {fact.Id}: {(answer as Refused)?.Messages[0]}");
        }
    }

    private static int Spread(string id) => BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    private static Role RecorderOf(string kind) => Recorders.Cast<Role?>().FirstOrDefault(role => AuthorityTable.Of(role!.Value, kind) == Permit.Record) ?? Role.BuyerReviewer;
}

/// <summary>A clock that stands where it is put.</summary>
internal sealed class ThenClock : TimeProvider
{
    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long Now { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Now / 100);
}

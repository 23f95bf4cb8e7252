using System.Collections.Concurrent;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;

namespace Yueheng.Statements.Judging;

/// <summary>
/// What the contracts say, at any instant and as known at any moment. Judged once for a link of the chain and an instant, and kept as long
/// as there is room. Every question looks at the chain's head first, so that what another node recorded is judged here at once.
/// </summary>
/// <param name="clock">The contracts' own time: the instant that is judged when none is named.</param>
/// <param name="room">How many facts and figures may be kept in memory, of all contracts together.</param>
public sealed class Judgements(LedgerDatabase database, TimeProvider clock, Shelf shelf, int room = Judgements.UsualRoom)
{
    private const int UsualRoom = 1_000_000;

    // A judgement of now is good for so long while nothing is recorded: nobody sees a clock tick by the second.
    private const long Fresh = ChinaTime.Minute;

    // Chains of thousands of terms are judged by the command, on the stack of its main thread; here they have as much.
    private const int Stack = 16 << 20;

    private readonly ConcurrentDictionary<string, OfContract> _contracts = new(StringComparer.Ordinal);
    private readonly Kept<Key, Judged> _kept = new(room, judged => judged.Weight);

    private readonly record struct Key(string Contract, int Version, long Seq, long AsOf);

    private sealed class OfContract
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public Judged? Latest { get; set; }
        public Dictionary<int, FactsOnRecord> ByVersion { get; } = [];
    }

    /// <summary>A contract judged.</summary>
    /// <param name="visible">The contracts that the caller may see; the database itself shows no others.</param>
    /// <param name="asOf">The instant judged; null: now.</param>
    /// <param name="recorded">What was known then; null: all that is known.</param>
    /// <exception cref="ContractUnknownException">There is no such contract, or the caller may not see it, or it has no text agreed to by both parties.</exception>
    /// <exception cref="UnreadableFactsException">The facts cannot be read by the text in force.</exception>
    /// <exception cref="CannotJudgeException">The text in force cannot be judged on these facts.</exception>
    public async Task<Judged> At(IReadOnlyCollection<string> visible, string contract, long? asOf = null, long? recorded = null, CancellationToken cancellation = default)
    {
        var (versions, head) = await Standing(visible, contract, recorded, cancellation);
        var now = Now();
        if (Shelf.InForce(versions, asOf ?? now, recorded) is not { } version) throw new ContractUnknownException(contract);
        var isLive = asOf is null && recorded is null;
        var of = _contracts.GetOrAdd(contract, _ => new OfContract());
        if (Known() is { } known) return known;

        await of.Turn.WaitAsync(cancellation);
        try
        {
            // Somebody may have judged it while we waited, or even more than we asked for.
            if (Known() is { } waited) return waited;
            var instant = asOf ?? Now();
            var pack = await shelf.Read(version, cancellation);
            var facts = await FactsOf(of, version, pack).UpTo(head.Seq, cancellation);
            var judged = await Judge(version, pack, facts, head, instant);
            // Of what is judged as of now the last is enough: with the next fact nobody asks for it again.
            if (isLive) of.Latest = judged;
            else _kept.Keep(Of(instant), judged);
            return judged;
        }
        finally
        {
            of.Turn.Release();
        }

        Key Of(long instant) => new(contract, version.Version, head.Seq, instant);

        Judged? Known() => isLive ? Latest() : of.Latest is { } latest && latest.AsOf == (asOf ?? now) && latest.Head.Seq == head.Seq && latest.Version.Version == version.Version ? latest : _kept.Find(Of(asOf ?? now));

        // Asked anew after waiting: whoever went first may have judged at a later instant than the one at which we came.
        Judged? Latest() => of.Latest is { } latest && latest.Version.Version == version.Version && latest.Head.Seq >= head.Seq && Now() - latest.AsOf is >= 0 and < Fresh ? latest : null;
    }

    /// <summary>A contract judged by a given version of its text, on the facts up to a given link, at a given instant: what a statement pins.</summary>
    /// <inheritdoc cref="At"/>
    public async Task<Judged> AsPinned(IReadOnlyCollection<string> visible, string contract, int version, long seq, long asOf, CancellationToken cancellation = default)
    {
        LedgerPoint head;
        PackVersion pinned;
        await using (var sight = await Sight.Open(database, visible, cancellation))
        {
            pinned = (await Shelf.Versions(sight, contract, cancellation)).FirstOrDefault(one => one.Version == version) ?? throw new ContractUnknownException(contract);
            await using var command = sight.Command("select seq, hash, recorded_at from ledger.facts where contract = $1 and seq = $2", contract, seq);
            head = await Point(command, cancellation);
        }
        if (head.Seq != seq) throw new ContractUnknownException(contract);
        var key = new Key(contract, version, seq, asOf);
        if (_kept.Find(key) is { } known) return known;
        var of = _contracts.GetOrAdd(contract, _ => new OfContract());
        await of.Turn.WaitAsync(cancellation);
        try
        {
            var pack = await shelf.Read(pinned, cancellation);
            var judged = await Judge(pinned, pack, await FactsOf(of, pinned, pack).UpTo(seq, cancellation), head, asOf);
            _kept.Keep(key, judged);
            return judged;
        }
        finally
        {
            of.Turn.Release();
        }
    }

    /// <summary>The text in force at an instant, without judging.</summary>
    /// <inheritdoc cref="At"/>
    public async Task<Pack> Text(IReadOnlyCollection<string> visible, string contract, long? asOf = null, CancellationToken cancellation = default) =>
        await shelf.InForce(visible, contract, asOf ?? clock.Now(), null, cancellation) ?? throw new ContractUnknownException(contract);

    /// <summary>The same with further facts that never happened; nothing of it is kept.</summary>
    /// <param name="hypothetical">Lines as the ledger takes them.</param>
    /// <exception cref="FactsRefusedException">One of them is no fact of this contract, or its id is taken.</exception>
    public async Task<Judged> WithHypothetical(Judged judged, IReadOnlyList<byte[]> hypothetical, CancellationToken cancellation = default)
    {
        var reader = new FactLineReader(judged.Contract, judged.Pack.Contract.Vocabulary, "what-if");
        var more = new List<Fact>();
        var faults = new List<FactFault>();
        for (var at = 0; at < hypothetical.Count; at++)
        {
            var (fact, wrong) = reader.Read(hypothetical[at], at + 1);
            faults.AddRange(wrong);
            if (fact is not null && (judged.Facts.ById(fact.Id) is not null || more.Any(other => other.Id == fact.Id))) faults.Add(new FactFault("what-if", at + 1, fact.Id, "id", $"编号“{fact.Id}”已有事实。"));
            else if (fact is not null) more.Add(fact);
        }
        if (faults.Count > 0) throw new FactsRefusedException(faults);
        cancellation.ThrowIfCancellationRequested();
        return await Judge(judged.Version, judged.Pack, judged.Facts.With(more), judged.Head, judged.AsOf);
    }

    /// <summary>The facts of a judgement read by another vocabulary.</summary>
    internal Task<FactReading> Reread(Judged judged, Vocabulary vocabulary, CancellationToken cancellation) =>
        new FactsOnRecord(database, clock, judged.Pack).Reread(vocabulary, judged.Head.Seq, cancellation);

    // To the whole second, so that people can read it and ask again; upwards, so that what was recorded just now is in it.
    private long Now() => (clock.Now() + ChinaTime.Second - 1) / ChinaTime.Second * ChinaTime.Second;

    private FactsOnRecord FactsOf(OfContract of, PackVersion version, Pack pack)
    {
        if (of.ByVersion.TryGetValue(version.Version, out var facts)) return facts;
        // The version in force and one that somebody looks back at: more are read again when they are asked for.
        if (of.ByVersion.Count >= 2) of.ByVersion.Remove(of.ByVersion.Keys.Min());
        return of.ByVersion[version.Version] = new FactsOnRecord(database, clock, pack);
    }

    private async Task<(IReadOnlyList<PackVersion> Versions, LedgerPoint Head)> Standing(IReadOnlyCollection<string> visible, string contract, long? recorded, CancellationToken cancellation)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        var versions = await Shelf.Versions(sight, contract, cancellation);
        return (versions, await Head(sight, contract, recorded, cancellation));
    }

    private static async Task<LedgerPoint> Head(Sight sight, string contract, long? recorded, CancellationToken cancellation)
    {
        // Numbers and times of recording rise together, so what was known at a moment is all up to one number.
        await using var command = recorded is { } until
            ? sight.Command("select seq, hash, recorded_at from ledger.facts where contract = $1 and recorded_at <= $2 order by seq desc limit 1", contract, until)
            : sight.Command("select seq, hash, recorded_at from ledger.heads where contract = $1", contract);
        return await Point(command, cancellation);
    }

    private static async Task<LedgerPoint> Point(Npgsql.NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new(reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)), reader.GetInt64(2)) : LedgerPoint.Nothing;
    }

    internal static Task<Judged> Judge(PackVersion version, Pack pack, FactSet facts, LedgerPoint head, long asOf)
    {
        var done = new TaskCompletionSource<Judged>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(new Judged(version, pack, facts, head, Terms.Judge.Contract(pack.Contract, facts, asOf)));
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }, Stack) { IsBackground = true, Name = "judging" }.Start();
        return done.Task;
    }
}

/// <summary>There is no such contract for the one who asks.</summary>
public sealed class ContractUnknownException(string contract) : Exception($"Contract {contract} is not known here.")
{
    public string Contract { get; } = contract;
}

/// <summary>Facts that somebody made up for a question are no facts of the contract.</summary>
public sealed class FactsRefusedException(IReadOnlyList<FactFault> faults) : Exception(string.Join('\n', faults.Select(fault => fault.Message)))
{
    public IReadOnlyList<FactFault> Faults { get; } = faults;
}

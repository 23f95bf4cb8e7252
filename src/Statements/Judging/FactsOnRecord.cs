using System.Buffers;
using System.IO.Pipelines;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Reading;

namespace Yueheng.Statements.Judging;

/// <summary>
/// The facts of one contract as one version of its text reads them, kept in memory and continued as the ledger grows. A fact's line is its
/// number in the ledger, so a set up to some number is what was known when that number was the last.
/// </summary>
internal sealed class FactsOnRecord(LedgerDatabase database, TimeProvider clock, Pack pack)
{
    // Beyond this many new facts reading all again, with two hands, is quicker than one by one.
    private const int ManyNew = 5000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private FactSet _facts = FactSet.Empty(pack.Contract.Vocabulary);
    private long _seq;

    /// <summary>The facts numbered up to <paramref name="seq"/>.</summary>
    /// <exception cref="UnreadableFactsException">Some of them cannot be read by this text.</exception>
    public async Task<FactSet> UpTo(long seq, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (seq > _seq)
            {
                _facts = _seq == 0 || seq - _seq > ManyNew ? await ReadAll(seq, cancellation) : await ReadOn(seq, cancellation);
                _seq = seq;
            }
            return seq == _seq ? _facts : Before(seq);
        }
        finally
        {
            _turn.Release();
        }
    }

    private FactSet Before(long seq)
    {
        var builder = new FactSetBuilder(pack.Contract.Vocabulary);
        foreach (var fact in _facts.All)
            if (fact.Line <= seq) builder.Add(fact);
        return builder.Build();
    }

    private async Task<FactSet> ReadOn(long seq, CancellationToken cancellation)
    {
        var reader = new FactLineReader(pack.Id, pack.Contract.Vocabulary, "ledger");
        var more = new List<Fact>();
        await foreach (var recorded in Ledger().Read(pack.Id, new FactsWanted(_seq), cancellation))
        {
            if (recorded.Seq > seq) break;
            var (fact, faults) = reader.Read(recorded.Fact, (int)recorded.Seq);
            if (fact is null) throw new UnreadableFactsException(pack.Id, faults);
            more.Add(fact);
        }
        return _facts.With(more);
    }

    private async Task<FactSet> ReadAll(long seq, CancellationToken cancellation)
    {
        var reading = await Reread(pack.Contract.Vocabulary, seq, cancellation);
        return reading.Facts ?? throw new UnreadableFactsException(pack.Id, reading.Faults);
    }

    /// <summary>Reads the facts up to a number by another vocabulary: for a reading that reads fields which the text itself does not.</summary>
    public Task<FactReading> Reread(Vocabulary vocabulary, long seq, CancellationToken cancellation) => Read(Ledger(), pack.Id, vocabulary, seq, cancellation);

    private FactLedger Ledger() => new(database, clock, [pack.Id]);

    private static async Task<FactReading> Read(FactLedger ledger, string contract, Vocabulary vocabulary, long seq, CancellationToken cancellation)
    {
        const int enough = 1 << 18;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 8 << 20, resumeWriterThreshold: 4 << 20, useSynchronizationContext: false));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = Task.Run(Write, both.Token);
        try
        {
            // Reading is work for a processor, and waits for the writer like for a disk: it has a thread of its own.
            return await Task.Factory.StartNew(() =>
            {
                using var stream = pipe.Reader.AsStream();
                return FactReader.Read(stream, "ledger", contract, vocabulary, both.Token);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            await both.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await Task.WhenAny(writing);
        }

        async Task Write()
        {
            Exception? broken = null;
            try
            {
                var pending = 0;
                await foreach (var fact in ledger.Read(contract, FactsWanted.All, both.Token))
                {
                    if (fact.Seq > seq) break;
                    pipe.Writer.Write(fact.Fact);
                    pipe.Writer.Write("\n"u8);
                    if ((pending += fact.Fact.Length) < enough) continue;
                    pending = 0;
                    await pipe.Writer.FlushAsync(both.Token);
                }
            }
            catch (Exception error)
            {
                broken = error;
            }
            await pipe.Writer.CompleteAsync(broken);
        }
    }

    /// <summary>Why the facts of a contract, as far as there are any, could not be read by a text.</summary>
    public static async Task<IReadOnlyList<FactFault>> Faults(LedgerDatabase database, TimeProvider clock, Pack pack, CancellationToken cancellation) =>
        (await Read(new FactLedger(database, clock, [pack.Id]), pack.Id, pack.Contract.Vocabulary, long.MaxValue, cancellation)).Faults;
}

/// <summary>Facts on record cannot be read by the text in force: another text, or corrections, are needed before anything can be judged.</summary>
public sealed class UnreadableFactsException(string contract, IReadOnlyList<FactFault> faults) : Exception($"{contract}: {string.Join('\n', faults.Select(fault => fault.Message))}")
{
    public IReadOnlyList<FactFault> Faults { get; } = faults;
}

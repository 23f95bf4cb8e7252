using System.Collections.Concurrent;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Statements.Shelves;
using Yueheng.Terms;

namespace Yueheng.Statements.Judging;

/// <summary>
/// What each other reading of a contract would change. That is one judgement for every alternative, so it is done in the background, one
/// contract after the other, and kept for the link of the chain that it was done for.
/// </summary>
public sealed class Worths(Shelf shelf, Judgements judgements)
{
    // What another reading is worth does not move by the minute; only a new fact makes it stale at once.
    private const long Fresh = ChinaTime.Hour;
    private readonly ConcurrentDictionary<string, Work> _work = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _lane = new(1, 1);

    /// <summary>How far the work on one judgement has come.</summary>
    /// <param name="Done">Of <paramref name="Total"/> alternatives.</param>
    /// <param name="Result">Null while it is under way.</param>
    public sealed record Standing(int Done, int Total, IReadOnlyList<ReadingWorth>? Result);

    private sealed class Work(Judged judged) : IProgress<int>
    {
        public Judged Judged => judged;
        public CancellationTokenSource Ended { get; } = new();
        public Task<IReadOnlyList<ReadingWorth>> Task { get; set; } = null!;
        public int Done { get; private set; }

        public void Report(int value) => Done = value - 1;

        public bool Serves(Judged wanted) =>
            !Task.IsFaulted && !Task.IsCanceled && wanted.Version.Version == judged.Version.Version && wanted.Head.Seq == judged.Head.Seq && Math.Abs(wanted.AsOf - judged.AsOf) < Fresh;
    }

    /// <summary>What is known by now; work that nobody has begun begins, and work on an older link of the same chain ends.</summary>
    public Standing Of(Judged judged)
    {
        var total = CountOf(judged.Pack);
        var work = _work.AddOrUpdate(judged.Contract, _ => Begin(judged), (_, standing) =>
        {
            if (standing.Serves(judged)) return standing;
            standing.Ended.Cancel();
            return Begin(judged);
        });
        return work.Task.IsCompletedSuccessfully ? new(total, total, work.Task.Result) : new(work.Done, total, null);
    }

    /// <summary>The worths for a judgement, when they are there.</summary>
    public Task<IReadOnlyList<ReadingWorth>> For(Judged judged, CancellationToken cancellation = default) =>
        _work.TryGetValue(judged.Contract, out var work) && work.Judged.AsOf == judged.AsOf && work.Serves(judged) ? work.Task.WaitAsync(cancellation) : Compute(judged, null, cancellation);

    private static int CountOf(Pack pack) => (pack.Contract.Syntax.Interpretations ?? new Dictionary<string, Terms.Syntax.InterpretationSyntax>()).Values.Where(one => one.NotRunnable is null).Sum(one => one.Alternatives?.Count ?? 0);

    private Work Begin(Judged judged)
    {
        var work = new Work(judged);
        work.Task = InLane();
        return work;

        async Task<IReadOnlyList<ReadingWorth>> InLane()
        {
            await _lane.WaitAsync(work.Ended.Token);
            try
            {
                return await Compute(judged, work, work.Ended.Token);
            }
            finally
            {
                _lane.Release();
            }
        }
    }

    private Task<IReadOnlyList<ReadingWorth>> Compute(Judged judged, IProgress<int>? progress, CancellationToken cancellation) => Task.Factory.StartNew(() =>
    {
        // Its own judgement: that of the others is not kept waiting for so long.
        var used = Judge.Contract(judged.Pack.Contract, judged.Facts, judged.AsOf);
        return ReadingWorth.All(shelf.Reader, judged.Pack, used, judged.Facts, vocabulary => judgements.Reread(judged, vocabulary, cancellation).GetAwaiter().GetResult(), out _, progress, cancellation);
    }, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

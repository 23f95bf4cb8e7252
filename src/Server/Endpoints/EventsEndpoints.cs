using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Yueheng.Contracts.Documents;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;
using Yueheng.Statements.Watching;

namespace Yueheng.Server.Endpoints;

/// <summary>What is recorded, as it is recorded, by whatever node: server-sent events.</summary>
internal static class EventsEndpoints
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    // After that the browser connects anew, and whoever may no longer see a contract sees no more of it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/events", OfOne).Produces<EventAnswer>(200, "text/event-stream").Needs(Permission.ReadFacts);

    public static void MapAll(RouteGroupBuilder api) =>
        api.MapGet("/events", OfAll).Produces<EventAnswer>(200, "text/event-stream").ForSignedIn();

    private static IResult OfOne(string contract, Caller caller, LedgerWatch watch, Shelf shelf, BusinessClock clock, HttpContext context) =>
        Stream([contract], caller, watch, shelf, clock, context);

    private static IResult OfAll(Caller caller, LedgerWatch watch, Shelf shelf, BusinessClock clock, HttpContext context) =>
        Stream(caller.Contracts.Where(contract => caller.May(contract, Permission.ReadFacts)), caller, watch, shelf, clock, context);

    private static IResult Stream(IEnumerable<string> contracts, Caller caller, LedgerWatch watch, Shelf shelf, BusinessClock clock, HttpContext context)
    {
        // A proxy that gathers what it passes on would keep it for minutes.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var mine = contracts.Where(caller.Contracts.Contains).ToHashSet(StringComparer.Ordinal);
        return TypedResults.ServerSentEvents(Events(mine, caller, watch, shelf, clock, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<EventAnswer>> Events(IReadOnlySet<string> mine, Caller caller, LedgerWatch watch, Shelf shelf, BusinessClock clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var notices = watch.Listen(end.Token).GetAsyncEnumerator(end.Token);
        var next = notices.MoveNextAsync().AsTask();
        var until = Task.Delay(Longest, end.Token);
        yield return new(new(""), "ready");
        while (!until.IsCompleted)
        {
            var beat = Task.Delay(Beat, end.Token);
            if (await Task.WhenAny(next, beat, until) != next)
            {
                if (cancellation.IsCancellationRequested) break;
                yield return new(new(""), "beat");
                continue;
            }
            if (next.IsCanceled || !await next) break;
            var notice = notices.Current;
            next = notices.MoveNextAsync().AsTask();
            if (notice.Event == Notice.Resync.Event)
                foreach (var contract in mine) yield return new(new(contract), "fact");
            else if (mine.Contains(notice.Contract)) yield return new(await Answer(notice, caller, shelf, clock, end.Token), notice.Event);
        }
        await end.CancelAsync();
        await Task.WhenAny(next);
    }

    // That something was recorded is told to all; that it was a payment, to those who see money.
    private static async Task<EventAnswer> Answer(Notice notice, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        if (notice is not { Event: "fact", Kind: { } kind } || caller.SeesMoney(notice.Contract)) return new(notice.Contract, notice.Seq, notice.Kind, notice.Id);
        var pack = await shelf.InForce(caller.Contracts, notice.Contract, clock.Now, null, cancellation);
        var hidden = pack is null || MoneyMask.Of(pack.Contract.Syntax).IsMoneyKind(kind);
        return new(notice.Contract, notice.Seq, hidden ? null : kind, hidden ? null : notice.Id);
    }
}

/// <summary>The event's name says what was recorded: fact, claim, statement, pack. With fewer members: look again at the contract.</summary>
/// <param name="Contract">Empty for ready and beat.</param>
/// <param name="Seq">The head of the chain after it.</param>
/// <param name="Kind">Of a single fact.</param>
/// <param name="Id">Of a fact; the number of a claim or a statement; the version of a pack.</param>
internal sealed record EventAnswer(string Contract, long? Seq = null, string? Kind = null, string? Id = null);

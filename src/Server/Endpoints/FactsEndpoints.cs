using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Reading;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>Facts recorded, one by one or as a stream of lines, and read.</summary>
internal static class FactsEndpoints
{
    private const string Lines = "application/x-ndjson";
    private const int MostOnPage = 500;

    public static void Map(RouteGroupBuilder contract)
    {
        // A stream is as long as it is; a single fact is held to the longest line.
        contract.MapPost("/facts", Record).Accepts<JsonElement>("application/json", Lines).Produces<ReceiptAnswer>(201).Produces<ReceiptAnswer>().Produces<LineResult>(200, Lines)
            .ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).WithMetadata(new DisableRequestSizeLimitAttribute()).Needs(Permission.Append);
        contract.MapGet("/facts", Read).Produces<FactPage>().Produces<FactAnswer>(200, Lines).Needs(Permission.ReadFacts);
    }

    private static async Task<IResult> Record(string contract, HttpContext context, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type);
        var isStream = type?.MediaType == Lines;
        if (!isStream && type?.MediaType != "application/json") throw new ProblemException(415, "media-type", $"请以 application/json 提交一个事实，或以 {Lines} 提交多行。");
        if (isStream) caller.Require(contract, Permission.BulkAppend);
        var vocabulary = await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation);
        if (isStream) return new StreamedLines(ledgerOf(caller).RecordLines(contract, vocabulary, context.Request.Body, caller.AuthorIn(contract), cancellation));

        var line = await ReadOne(context.Request.Body, cancellation);
        return await ledgerOf(caller).Record(contract, vocabulary, line, caller.AuthorIn(contract), cancellation) switch
        {
            Receipt { IsNew: true } receipt => Results.Created((string?)null, ReceiptAnswer.Of(receipt)),
            Receipt receipt => Results.Ok(ReceiptAnswer.Of(receipt)),
            Refused refused => throw FactProblems.Of(refused, contract),
            _ => throw new InvalidOperationException("No such answer."),
        };
    }

    // Written over several lines for people, it is one line for the ledger: inside a text of JSON no line feed may stand.
    private static async Task<byte[]> ReadOne(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[FactLineReader.LongestLine + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (length == bytes.Length) throw new ProblemException(413, "too-large", "一个事实超过 1 MiB；长文请作为证据另附。");
        var line = bytes[..length];
        foreach (ref var character in line.AsSpan())
            if (character is (byte)'\n' or (byte)'\r') character = (byte)' ';
        return line;
    }

    private sealed class StreamedLines(IAsyncEnumerable<LineAnswer> answers) : IResult
    {
        private const int Enough = 1 << 16;

        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = Lines;
            // Whoever sends slowly may wait for the first answers before sending on.
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var output = context.Response.BodyWriter;
            await using var lines = answers.GetAsyncEnumerator(context.RequestAborted);
            var written = 0;
            while (true)
            {
                var next = lines.MoveNextAsync();
                if (written > 0 && (!next.IsCompleted || written > Enough))
                {
                    await output.FlushAsync(context.RequestAborted);
                    written = 0;
                }
                if (!await next) break;
                written += Write(output, LineResult.Of(lines.Current));
            }
            await output.FlushAsync(context.RequestAborted);
        }

        private static int Write(PipeWriter output, LineResult result)
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(result, Json.Plain);
            output.Write(line);
            output.Write("\n"u8);
            return line.Length + 1;
        }
    }

    private static async Task<IResult> Read(
        string contract, HttpContext context, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation,
        [FromQuery] long? after, [FromQuery] long? before, [FromQuery] string? kind, [FromQuery] string? subject, [FromQuery] string? id, [FromQuery] string? from, [FromQuery] string? to,
        [FromQuery] string? text, [FromQuery] string? recorded, [FromQuery] int? limit)
    {
        var recordedUpTo = BusinessClock.ReadInstant(recorded, "recorded");
        var wanted = FactSight.Of(caller, contract, await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation)).Narrow(new FactsWanted(
            after ?? 0, Given(kind), Given(subject), recordedUpTo, before, Given(id), BusinessClock.ReadInstant(from, "from"), BusinessClock.ReadInstant(to, "to"), Given(text)));
        var ledger = ledgerOf(caller);
        if (!context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "application/json"))
            return Results.Stream(output => ledger.Write(contract, limit is { } most ? wanted with { Most = Math.Max(1, most) } : wanted, output, cancellation), Lines);

        var size = Math.Clamp(limit ?? 100, 1, MostOnPage);
        var marks = await ledger.Claims.Marks(contract, recordedUpTo, cancellation);
        var facts = new List<FactAnswer>();
        // One more than wanted says that more follows.
        await foreach (var fact in ledger.Read(contract, wanted with { NewestFirst = true, Most = size + 1 }, cancellation)) facts.Add(FactAnswer.Of(fact, marks.Of(fact)));
        return Results.Ok(facts.Count > size ? new FactPage(facts[..size], facts[size - 1].Seq) : new FactPage(facts, null));
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

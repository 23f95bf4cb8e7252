using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger;

public sealed partial class FactLedger
{
    // Large enough that a commit costs little beside it, small enough that others wait for the head for a blink only.
    private const int LinesInBatch = 5000;
    private const int BytesInBatch = 8 << 20;

    // A sender who pauses waits no longer than this for what was sent to be on record.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>One line read, its answer still open when it is a fact.</summary>
    private readonly record struct ReadLine(int Number, Submission? Fact, Refused? Refused);

    /// <summary>
    /// Records the facts of a stream of JSON lines, in their order, and answers each line that is not blank. A bad line stops none of the
    /// others. Facts are recorded in batches, each whole or not at all; an answer comes when its batch is on disk. A batch ends, too, where the
    /// stream pauses.
    /// </summary>
    /// <param name="lines">UTF-8; read to its end and left open.</param>
    /// <param name="by">Who records them.</param>
    /// <inheritdoc cref="Append(string, Vocabulary?, byte[], string, CancellationToken)"/>
    /// <exception cref="NpgsqlException">The wire broke: lines answered are recorded, of the others it is not known. Send them all again.</exception>
    public IAsyncEnumerable<LineAnswer> AppendLines(string contract, Vocabulary? vocabulary, Stream lines, string by, CancellationToken cancellation = default) =>
        AppendLines(contract, vocabulary, lines, by, null, cancellation);

    /// <summary>Records those of them that their author may record, as <see cref="Record"/> does for one.</summary>
    /// <inheritdoc cref="AppendLines(string, Vocabulary?, Stream, string, CancellationToken)"/>
    public IAsyncEnumerable<LineAnswer> RecordLines(string contract, Vocabulary? vocabulary, Stream lines, Author author, CancellationToken cancellation = default) =>
        AppendLines(contract, vocabulary, lines, author.Id, author, cancellation);

    private async IAsyncEnumerable<LineAnswer> AppendLines(string contract, Vocabulary? vocabulary, Stream lines, string by, Author? author, [EnumeratorCancellation] CancellationToken cancellation)
    {
        MustSee(contract);
        MustBeSomebody(by);
        await using var source = Lines.Of(lines, cancellation).GetAsyncEnumerator(cancellation);
        var number = 0;
        Task<bool>? pending = null;
        // While the database takes one batch in, the next is read.
        var next = Task.Run(ReadBatch, cancellation);
        try
        {
            while (await next is { Count: > 0 } batch)
            {
                next = Task.Run(ReadBatch, cancellation);
                foreach (var answer in await AppendBatch(contract, batch, by, author, cancellation)) yield return answer;
            }
        }
        finally
        {
            // The stream is not ours to read once we have returned.
            await Task.WhenAny(next);
        }

        async Task<List<ReadLine>> ReadBatch()
        {
            var reader = new FactLineReader(contract, vocabulary ?? Anything, "facts");
            var batch = new List<ReadLine>(LinesInBatch);
            for (var bytes = 0; batch.Count < LinesInBatch && bytes < BytesInBatch && await HasNext(batch.Count > 0); bytes += source.Current.Length)
            {
                var (fact, refused) = Submission.Read(reader, source.Current, ++number, author is not null);
                if (fact is not null || refused is not null) batch.Add(new(number, fact, refused));
            }
            return batch;
        }

        // Whether there is another line for this batch: at the end there is none, and for a pause it waits a little only.
        async ValueTask<bool> HasNext(bool isBegun)
        {
            if (pending is null)
            {
                var moving = source.MoveNextAsync();
                if (moving.IsCompletedSuccessfully) return moving.Result;
                pending = moving.AsTask();
            }
            if (isBegun && await Task.WhenAny(pending, Task.Delay(Patience, cancellation)) != pending) return false;
            var hasNext = await pending;
            pending = null;
            return hasNext;
        }
    }

    private async Task<LineAnswer[]> AppendBatch(string contract, List<ReadLine> batch, string by, Author? author, CancellationToken cancellation)
    {
        if (batch.All(line => line.Fact is null)) return [.. batch.Select(line => new LineAnswer(line.Number, line.Refused!))];
        var (connection, transaction) = await Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            var answers = await Place(connection, contract, batch, by, author, cancellation);
            if (answers.Any(answer => answer.Answer is Receipt { IsNew: true })) await transaction.CommitAsync(CancellationToken.None);
            return answers;
        }
    }

    /// <summary>Puts facts at the end of the chain as they are, in a transaction that the caller commits only if none is refused.</summary>
    internal Task<LineAnswer[]> Place(NpgsqlConnection connection, string contract, IReadOnlyList<Submission> facts, string by, CancellationToken cancellation) =>
        Place(connection, contract, [.. facts.Select((fact, at) => new ReadLine(at + 1, fact, null))], by, null, cancellation);

    /// <summary>Puts facts at the end of the chain, in a transaction that the caller commits or not.</summary>
    private async Task<LineAnswer[]> Place(NpgsqlConnection connection, string contract, List<ReadLine> batch, string by, Author? author, CancellationToken cancellation)
    {
        var answers = new LineAnswer[batch.Count];
        var facts = batch.Where(line => line.Fact is not null).Select(line => line.Fact!).ToArray();
        var (head, standing, admission) = await LockHead(connection, contract, facts, author, cancellation);
        var recordedAt = Math.Max(Now(), head.RecordedAt);
        var (seq, previous) = (head.Seq, head.Hash);
        var bytes = new ArrayBufferWriter<byte>(4096);
        // Rows are hashed while the server takes in those before them.
        await using (var stage = await Stage(connection, cancellation))
        {
            for (var at = 0; at < batch.Count; at++)
            {
                var (number, fact, refused) = batch[at];
                if (fact is null) answers[at] = new(number, refused!);
                else if (standing.TryGetValue(fact.Id, out var first)) answers[at] = new(number, fact.Beside(first));
                else if (admission?.Refusal(fact, recordedAt) is { } objection) answers[at] = new(number, objection);
                else
                {
                    seq++;
                    bytes.ResetWrittenCount();
                    Link.Write(seq, recordedAt, by, Encoding.UTF8.GetBytes(fact.Evidence), previous, fact.Fact, bytes);
                    var hash = SHA256.HashData(bytes.WrittenSpan);
                    await Write(stage, seq, fact, previous, hash, cancellation);
                    standing.Add(fact.Id, new(seq, fact.Fact, fact.Evidence, recordedAt, hash));
                    answers[at] = new(number, new Receipt(fact.Id, seq, Convert.ToHexStringLower(hash), recordedAt, IsNew: true));
                    previous = hash;
                }
            }
            await stage.CompleteAsync(cancellation);
        }
        if (seq > head.Seq) await TakeFromStage(connection, contract, recordedAt, by, head.Seq, seq, cancellation);
        return answers;
    }

    // PostgreSQL takes no COPY into a table with row-level security, hence the stage. It is temporary: nothing of it is logged.
    private static async Task<NpgsqlBinaryImporter> Stage(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using (var make = new NpgsqlCommand("""
            set local client_min_messages = warning;
            create temporary table if not exists staged_facts
                (seq bigint, id text, kind text, subject text, at bigint, evidence text, fact text, previous bytea, hash bytea) on commit delete rows
            """, connection))
            await make.ExecuteNonQueryAsync(cancellation);
        return await connection.BeginBinaryImportAsync("copy pg_temp.staged_facts from stdin (format binary)", cancellation);
    }

    private static async Task Write(NpgsqlBinaryImporter stage, long seq, Submission fact, byte[] previous, byte[] hash, CancellationToken cancellation)
    {
        await stage.StartRowAsync(cancellation);
        await stage.WriteAsync(seq, NpgsqlDbType.Bigint, cancellation);
        await stage.WriteAsync(fact.Id, NpgsqlDbType.Text, cancellation);
        await stage.WriteAsync(fact.Kind, NpgsqlDbType.Text, cancellation);
        await stage.WriteAsync(fact.Subject, NpgsqlDbType.Text, cancellation);
        await stage.WriteAsync(fact.At, NpgsqlDbType.Bigint, cancellation);
        await stage.WriteAsync(fact.Evidence, NpgsqlDbType.Text, cancellation);
        await stage.WriteAsync(fact.Fact, NpgsqlDbType.Text, cancellation);
        await stage.WriteAsync(previous, NpgsqlDbType.Bytea, cancellation);
        await stage.WriteAsync(hash, NpgsqlDbType.Bytea, cancellation);
    }

    private static async Task TakeFromStage(NpgsqlConnection connection, string contract, long recordedAt, string by, long after, long to, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(Insert + " select $1, seq, id, kind, subject, at, $2, $3, evidence, fact, previous, hash from pg_temp.staged_facts where seq > $4")
                {
                    Parameters = { new() { Value = contract }, new() { Value = recordedAt }, new() { Value = by }, new() { Value = after } },
                },
                new("select ledger.advance_head($1, $2)") { Parameters = { new() { Value = contract }, new() { Value = to } } },
                Signal.Facts(contract, to),
            },
            Timeout = 0,
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

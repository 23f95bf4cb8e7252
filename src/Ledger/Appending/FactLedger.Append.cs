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
    /// <summary>The end of a contract's chain, locked until the transaction ends.</summary>
    private readonly record struct Head(long Seq, byte[] Hash, long RecordedAt);

    private const string Insert = "insert into ledger.facts (contract, seq, id, kind, subject, at, recorded_at, by, evidence, fact, previous, hash)";

    /// <summary>Records one fact. When the receipt is there, the fact is on disk.</summary>
    /// <param name="contract">The contract's id.</param>
    /// <param name="vocabulary">What the contract reads; null: only the envelope is judged.</param>
    /// <param name="line">The fact as JSON, without a line feed.</param>
    /// <param name="by">Who records it.</param>
    /// <returns>A <see cref="Receipt"/>, that of the first time for the same fact again, or why it is <see cref="Refused"/>.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    /// <exception cref="NpgsqlException">The wire broke: whether the fact is recorded is not known. Send it again; the same id is recorded once.</exception>
    /// <remarks>It trusts its caller: who may say what, how late, and in which words is looked at by <see cref="Record"/>.</remarks>
    public Task<Answer> Append(string contract, Vocabulary? vocabulary, byte[] line, string by, CancellationToken cancellation = default) =>
        Append(contract, vocabulary, line, by, null, cancellation);

    /// <summary>Records one fact if its author may: by the tables of <see cref="AuthorityTable"/>, not too late, and in texts that name no person.</summary>
    /// <returns>As <see cref="Append(string, Vocabulary?, byte[], string, CancellationToken)"/>; the same fact again gets its first receipt whoever sends it, however late.</returns>
    /// <inheritdoc cref="Append(string, Vocabulary?, byte[], string, CancellationToken)"/>
    public Task<Answer> Record(string contract, Vocabulary? vocabulary, byte[] line, Author author, CancellationToken cancellation = default) =>
        Append(contract, vocabulary, line, author.Id, author, cancellation);

    private async Task<Answer> Append(string contract, Vocabulary? vocabulary, byte[] line, string by, Author? author, CancellationToken cancellation)
    {
        MustSee(contract);
        MustBeSomebody(by);
        var (fact, refused) = line.AsSpan().Contains((byte)'\n')
            ? (null, Refusals.NoFact(null, ["应是一行 JSON，其中不能换行。"]))
            : Submission.Read(new FactLineReader(contract, vocabulary ?? Anything, "fact"), line, 1, author is not null);
        if (fact is null) return refused ?? Refusals.Blank();

        var (connection, transaction) = await Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            var (head, standing, admission) = await LockHead(connection, contract, [fact], author, cancellation);
            if (standing.TryGetValue(fact.Id, out var first)) return fact.Beside(first);

            var (seq, recordedAt) = (head.Seq + 1, Math.Max(Now(), head.RecordedAt));
            if (admission?.Refusal(fact, recordedAt) is { } objection) return objection;
            var hash = Link.Hash(seq, recordedAt, by, Encoding.UTF8.GetBytes(fact.Evidence), head.Hash, fact.Fact);
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new(Insert + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
                    {
                        Parameters =
                        {
                            new() { Value = contract }, new() { Value = seq }, new() { Value = fact.Id }, new() { Value = fact.Kind }, new() { Value = fact.Subject },
                            new() { Value = fact.At }, new() { Value = recordedAt }, new() { Value = by }, new() { Value = fact.Evidence },
                            new() { Value = fact.Fact, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = head.Hash }, new() { Value = hash },
                        },
                    },
                    new("select ledger.advance_head($1, $2)") { Parameters = { new() { Value = contract }, new() { Value = seq } } },
                    Signal.Facts(contract, seq, fact.Kind, fact.Id),
                },
            };
            await batch.ExecuteNonQueryAsync(cancellation);
            // Past this point nobody may give up: the commit is under way.
            await transaction.CommitAsync(CancellationToken.None);
            return new Receipt(fact.Id, seq, Convert.ToHexStringLower(hash), recordedAt, IsNew: true);
        }
    }

    // Each statement of the batch sees what was committed before it began: the second, all that was appended before the lock was ours.
    private static async Task<(Head Head, Dictionary<string, Standing> Standing, Admission? Admission)> LockHead(
        NpgsqlConnection connection, string contract, IReadOnlyList<Submission> facts, Author? author, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select seq, hash, recorded_at from ledger.lock_head($1)") { Parameters = { new() { Value = contract } } },
                new("select id, seq, fact, evidence, recorded_at, hash from ledger.standing($1, $2)") { Parameters = { new() { Value = contract }, new() { Value = facts.Select(fact => fact.Id).Distinct().ToArray() } } },
            },
            // Others may hold the head for as long as their batch takes.
            Timeout = 0,
        };
        if (author is not null)
            foreach (var question in Admission.Questions(contract, author, facts)) batch.BatchCommands.Add(question);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var head = new Head(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2));
        await reader.NextResultAsync(cancellation);
        var standing = new Dictionary<string, Standing>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            standing.Add(reader.GetString(0), new(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetString(3), reader.GetInt64(4), reader.GetFieldValue<byte[]>(5)));
        if (author is null) return (head, standing, null);
        await reader.NextResultAsync(cancellation);
        return (head, standing, await Admission.Read(reader, author, cancellation));
    }
}

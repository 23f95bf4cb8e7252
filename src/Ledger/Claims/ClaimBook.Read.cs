using Npgsql;
using System.Buffers;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Claims;

public sealed partial class ClaimBook
{
    private const string Noun = "申请步骤";

    /// <summary>The claims of a contract in the order of their numbers. Of those that propose very many facts these are left out.</summary>
    /// <param name="recordedUpTo">Only what was known then; nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public Task<IReadOnlyList<Claim>> List(string contract, long? recordedUpTo = null, CancellationToken cancellation = default) =>
        Reading(contract, connection => All(connection, contract, recordedUpTo ?? long.MaxValue, cancellation), cancellation);

    /// <summary>One claim with all that it proposes; null: there is none of that number.</summary>
    /// <inheritdoc cref="List"/>
    public Task<Claim?> Find(string contract, long number, CancellationToken cancellation = default) =>
        Reading(contract, async connection => await Events(connection, contract, number, cancellation) is { Count: > 0 } events ? Claim.Of(events) : null, cancellation);

    /// <summary>The limits of time that hold now.</summary>
    /// <inheritdoc cref="List"/>
    public Task<Settings> SettingsOf(string contract, CancellationToken cancellation = default) =>
        Reading(contract, connection => Settings.InForce(connection, contract, cancellation), cancellation);

    /// <summary>The last step of the contract's claims: its number, and its hash as sixty-four hex digits; of none, nought and zeros.</summary>
    /// <inheritdoc cref="List"/>
    public Task<Anchor> HeadOf(string contract, CancellationToken cancellation = default) =>
        Reading(contract, async connection =>
        {
            var (seq, hash) = await ReadHead(connection, contract, cancellation);
            return new Anchor(seq, Convert.ToHexStringLower(hash));
        }, cancellation);

    /// <summary>Writes every step as JSON lines that <see cref="ClaimExport"/> verifies.</summary>
    /// <inheritdoc cref="List"/>
    public async Task Write(string contract, Stream output, long? recordedUpTo = null, CancellationToken cancellation = default)
    {
        _ledger.MustSee(contract);
        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            var bytes = new ArrayBufferWriter<byte>(1 << 12);
            await foreach (var row in Rows(AllEvents(connection, contract, recordedUpTo ?? long.MaxValue), cancellation))
            {
                bytes.ResetWrittenCount();
                row.WriteLine(bytes);
                await output.WriteAsync(bytes.WrittenMemory, cancellation);
            }
        }
    }

    /// <summary>Recomputes the chain of a contract's claims from the database: every link, and the head.</summary>
    /// <param name="anchors">Heads that somebody holds outside the database: only they show a chain that was rewritten whole.</param>
    /// <inheritdoc cref="List"/>
    public async Task<Verification> Verify(string contract, IReadOnlyList<Anchor>? anchors = null, CancellationToken cancellation = default)
    {
        _ledger.MustSee(contract);
        // One moment for head and steps, while others go on.
        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await using (connection)
        await using (transaction)
        {
            var (seq, hash) = await ReadHead(connection, contract, cancellation);
            var check = new ChainCheck(contract, anchors ?? [], Noun);
            await foreach (var row in Rows(AllEvents(connection, contract, long.MaxValue), cancellation)) check.Add(ClaimExport.Row(row, row.Previous));
            return check.Finish(seq, hash);
        }
    }

    private async Task<T> Reading<T>(string contract, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        _ledger.MustSee(contract);
        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
            return await read(connection);
    }

    private static async Task<(long Seq, byte[] Hash)> ReadHead(NpgsqlConnection connection, string contract, CancellationToken cancellation)
    {
        await using var head = new NpgsqlCommand("select seq, hash from ledger.claim_heads where contract = $1", connection) { Parameters = { new() { Value = contract } } };
        await using var reader = await head.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, Link.Genesis.ToArray());
    }

    private static NpgsqlCommand AllEvents(NpgsqlConnection connection, string contract, long recordedUpTo, string columns = ClaimEvent.Columns) =>
        new($"select {columns} from ledger.claim_events where contract = $1 and recorded_at <= $2 order by seq", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = contract }, new() { Value = recordedUpTo } },
        };

    private static async Task<IReadOnlyList<Claim>> All(NpgsqlConnection connection, string contract, long recordedUpTo, CancellationToken cancellation)
    {
        // A batch of thousands of facts is no part of a list.
        const string brief = "contract, seq, claim, type, step, side, by, recorded_at, content, case when length(facts) < 65536 then facts else '' end, previous, hash";
        var byClaim = new SortedDictionary<long, List<ClaimEvent>>();
        await foreach (var row in Rows(AllEvents(connection, contract, recordedUpTo, brief), cancellation))
        {
            if (!byClaim.TryGetValue(row.Claim, out var events)) byClaim.Add(row.Claim, events = []);
            events.Add(row);
        }
        return [.. byClaim.Values.Select(Claim.Of)];
    }
}

using Npgsql;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims;

public sealed partial class ClaimBook
{
    /// <summary>What the record says of the contract's facts beside them.</summary>
    /// <inheritdoc cref="List"/>
    public Task<FactMarks> Marks(string contract, long? recordedUpTo = null, CancellationToken cancellation = default) =>
        Reading(contract, connection => ReadMarks(connection, contract, recordedUpTo ?? long.MaxValue, cancellation), cancellation);

    /// <summary>What a statement says of the record beside its figures.</summary>
    /// <param name="from">The period's first instant; nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="to">The instant at which it has ended.</param>
    /// <inheritdoc cref="List"/>
    public Task<RecordCounts> Counts(string contract, long from, long to, long? recordedUpTo = null, CancellationToken cancellation = default) =>
        Reading(contract, async connection =>
        {
            var upTo = recordedUpTo ?? long.MaxValue;
            var marks = await ReadMarks(connection, contract, upTo, cancellation);
            var (late, retractions, corrections) = (0, 0, 0);
            await using var command = new NpgsqlCommand("""
                select id, kind, at, recorded_at from ledger.facts
                where contract = $1 and at >= $2 and at < $3 and recorded_at <= $4 and (recorded_at - at > $5 or kind = $6)
                """, connection)
            {
                CommandTimeout = 0,
                Parameters = { new() { Value = contract }, new() { Value = from }, new() { Value = to }, new() { Value = upTo }, new() { Value = marks.ShortestLimit }, new() { Value = Vocabulary.Retraction } },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var (id, kind) = (reader.GetString(0), reader.GetString(1));
                var mark = marks.Of(id, kind, reader.GetInt64(2), reader.GetInt64(3));
                if (mark.IsLate) late++;
                if (kind != Vocabulary.Retraction) continue;
                retractions++;
                if (marks.Claims.Any(claim => claim.Number == mark.Claim && claim.Type != ClaimType.Retraction)) corrections++;
            }
            var now = Math.Min(upTo, _ledger.Now());
            return new RecordCounts(
                marks.Claims.Count(claim => claim.IsOpenAt(now)),
                marks.Claims.Count(claim => claim.StateAt(now) == ClaimState.Accepted || claim.Decision is ClaimStep.Upheld or ClaimStep.Amended),
                marks.Claims.Count(claim => claim.StateAt(now) == ClaimState.Refused || claim.Decision is ClaimStep.Rejected),
                late, retractions, corrections);
        }, cancellation);

    private static async Task<FactMarks> ReadMarks(NpgsqlConnection connection, string contract, long recordedUpTo, CancellationToken cancellation)
    {
        var claims = await All(connection, contract, recordedUpTo, cancellation);
        var settings = await Settings.History(connection, contract, cancellation);
        var retractions = new List<(string, string)>();
        await using var command = new NpgsqlCommand("select id, fact from ledger.facts where contract = $1 and kind = $2 and recorded_at <= $3 order by seq", connection)
        {
            Parameters = { new() { Value = contract }, new() { Value = Vocabulary.Retraction }, new() { Value = recordedUpTo } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (RetractedBy(reader.GetFieldValue<byte[]>(1)) is { } fact) retractions.Add((reader.GetString(0), fact));
        return new(claims, retractions, settings);
    }
}

using System.Text.Json;
using Npgsql;
using Yueheng.Facts;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;

namespace Yueheng.Ledger.Appending;

/// <summary>Whether an author's facts may go on record as they are: the tables of authority, held against what stands there already.</summary>
internal sealed class Admission
{
    // A fact has happened. Clocks differ, and a day's paper may bear the day's last hour; beyond that nobody can have seen it.
    private const long FurthestAhead = 86_400_000_000_000;

    private readonly Author _author;
    private readonly long _lateLimit;
    private readonly Dictionary<string, (string Id, string Severity)> _severities;

    private Admission(Author author, long lateLimit, Dictionary<string, (string Id, string Severity)> severities) => (_author, _lateLimit, _severities) = (author, lateLimit, severities);

    /// <summary>What must be asked of the database to admit facts: to be sent with whatever else is asked then.</summary>
    /// <param name="facts">All that will be asked about.</param>
    public static IEnumerable<NpgsqlBatchCommand> Questions(string contract, Author author, IReadOnlyList<Submission> facts)
    {
        string[] subjects = [.. facts.Where(fact => fact.Saying.NeedsRecord(author)).Select(fact => fact.Subject).Distinct()];
        yield return new(Settings.Last) { Parameters = { new() { Value = contract } } };
        // One look into the index a subject: under row-level security the planner would rather go through all facts of the contract, for every
        // batch. The offset keeps the look-ups from being planned away.
        yield return new("""
            select found.subject, found.id, found.kind, found.fact from unnest($2::text[]) wanted (subject), lateral (
                select f.seq, f.subject, f.id, f.kind, f.fact from ledger.facts f
                where f.contract = $1 and f.subject = wanted.subject and (f.kind = $3 or f.fact like '%"severity":%') offset 0) found
            order by found.seq
            """)
        {
            Parameters = { new() { Value = contract }, new() { Value = subjects }, new() { Value = Vocabulary.Retraction } },
        };
    }

    /// <summary>Reads the answers to the <see cref="Questions"/>.</summary>
    /// <param name="reader">On the first of them.</param>
    public static async Task<Admission> Read(NpgsqlDataReader reader, Author author, CancellationToken cancellation)
    {
        var settings = await Settings.ReadLast(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        return new(author, settings.LateLimit, await Severities(reader, cancellation));
    }

    /// <summary>Asks at once.</summary>
    /// <param name="connection">In a transaction that sees the contract.</param>
    public static async Task<Admission> Of(NpgsqlConnection connection, string contract, Author author, IReadOnlyList<Submission> facts, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var question in Questions(contract, author, facts)) batch.BatchCommands.Add(question);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await Read(reader, author, cancellation);
    }

    /// <summary>Why the fact is not recorded; null: it is, and what follows is held against it, too.</summary>
    /// <param name="recordedAt">When it would be.</param>
    public Refused? Refusal(Submission fact, long recordedAt)
    {
        if (fact.At - recordedAt > FurthestAhead) return Refusals.NotYet(fact.Id);
        var verdict = Of(fact, recordedAt);
        if (verdict.May != Permit.Record) return Refusals.NotByThem(fact.Id, verdict);
        if (fact.Saying.Values.TryGetValue("severity", out var severity)) _severities[fact.Subject] = (fact.Id, severity);
        return null;
    }

    /// <summary>What the author may do with the fact.</summary>
    public Verdict Of(Submission fact, long recordedAt) => Verdict.Of(_author, fact.Saying, SeverityOnRecord(fact)?.Severity, recordedAt - fact.At, _lateLimit);

    /// <summary>The severity that the subject has, and the fact that says so.</summary>
    public (string Id, string Severity)? SeverityOnRecord(Submission fact) => _severities.TryGetValue(fact.Subject, out var standing) ? standing : null;

    // The last word on each subject that has not been taken back.
    private static async Task<Dictionary<string, (string Id, string Severity)>> Severities(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var said = new List<(string Subject, string Id, string Severity)>();
        var retracted = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            using var fact = JsonDocument.Parse(reader.GetString(3), new JsonDocumentOptions { MaxDepth = 64 });
            if (reader.GetString(2) != Vocabulary.Retraction)
            {
                if (Saying.Of("", fact.RootElement).Values.TryGetValue("severity", out var severity)) said.Add((reader.GetString(0), reader.GetString(1), severity));
            }
            else if (fact.RootElement.GetProperty("data").TryGetProperty(Vocabulary.RetractedFact, out var taken) && taken.ValueKind == JsonValueKind.String) retracted.Add(taken.GetString()!);
        }
        var last = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var (subject, id, severity) in said)
            if (!retracted.Contains(id)) last[subject] = (id, severity);
        return last;
    }
}

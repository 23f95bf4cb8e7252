using Npgsql;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Claims;

/// <summary>An internal note. No part of the record: it proves nothing and no chain holds it.</summary>
/// <param name="About">A fact's id, a claim's number, an address: whatever it is about.</param>
/// <param name="At">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public sealed record Note(long Number, string About, string By, long At, string Text);

/// <summary>What each circle writes for itself: a party; the supervisor; the using unit. The database shows a circle's notes to nobody else.</summary>
public sealed class NoteBook
{
    private const int LongestText = 4000;
    private readonly FactLedger _ledger;

    internal NoteBook(FactLedger ledger) => _ledger = ledger;

    /// <summary>Writes a note.</summary>
    /// <returns>The note, or one sentence in Chinese for each fault.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract, or belongs to no circle.</exception>
    public async Task<(Note? Note, IReadOnlyList<string> Faults)> Write(string contract, Author author, string about, string text, CancellationToken cancellation = default)
    {
        string[] faults =
        [
            .. string.IsNullOrWhiteSpace(text) ? ["备注没有内容。"] : Array.Empty<string>(),
            .. text.Length > LongestText || about.Length > 1000 ? ["备注超过 4000 字。"] : Array.Empty<string>(),
            .. text.Contains('\0') || about.Contains('\0') ? ["备注中有 U+0000。"] : Array.Empty<string>(),
            .. Texts.Problems(text), .. Texts.Problems(about),
        ];
        if (faults.Length > 0) return (null, faults);
        return await Within(contract, author, async (connection, transaction, circle) =>
        {
            var at = _ledger.Now();
            await using var insert = new NpgsqlCommand("insert into ledger.notes (contract, circle, about, by, recorded_at, note) values ($1, $2, $3, $4, $5, $6) returning number", connection)
            {
                Parameters = { new() { Value = contract }, new() { Value = circle }, new() { Value = about }, new() { Value = author.Id }, new() { Value = at }, new() { Value = text } },
            };
            var number = (long)(await insert.ExecuteScalarAsync(cancellation))!;
            await transaction.CommitAsync(CancellationToken.None);
            return ((Note?)new Note(number, about, author.Id, at, text), (IReadOnlyList<string>)[]);
        }, cancellation);
    }

    /// <summary>The notes of the author's circle in the order in which they were written.</summary>
    /// <param name="about">Only those about this; null: all.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract, or belongs to no circle.</exception>
    public Task<IReadOnlyList<Note>> Read(string contract, Author author, string? about, CancellationToken cancellation = default) =>
        Within(contract, author, async (connection, _, _) =>
        {
            await using var command = new NpgsqlCommand("select number, about, by, recorded_at, note from ledger.notes where contract = $1 and ($2::text is null or about = $2) order by number", connection)
            {
                Parameters = { new() { Value = contract }, new() { Value = (object?)about ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
            };
            var notes = new List<Note>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) notes.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4)));
            return (IReadOnlyList<Note>)notes;
        }, cancellation);

    private async Task<T> Within<T>(string contract, Author author, Func<NpgsqlConnection, NpgsqlTransaction, string, Task<T>> work, CancellationToken cancellation)
    {
        _ledger.MustSee(contract);
        var circle = author.Circle ?? throw new UnauthorizedAccessException("The author belongs to no circle that keeps notes.");
        var (connection, transaction) = await _ledger.Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            await using (var see = new NpgsqlCommand("select set_config('yueheng.circle', $1, true)", connection) { Parameters = { new() { Value = circle } } })
                await see.ExecuteNonQueryAsync(cancellation);
            return await work(connection, transaction, circle);
        }
    }
}

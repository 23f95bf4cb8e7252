using Npgsql;
using Yueheng.Facts;

namespace Yueheng.Ledger;

/// <summary>
/// The record of facts, as one caller may see it: append, read, verify. Made for a request and thrown away; everything it holds is shared.
/// </summary>
/// <param name="database">Where the facts lie.</param>
/// <param name="clock">Says when a fact was recorded.</param>
/// <param name="visible">The contracts that the caller may see; the database itself shows no others.</param>
/// <example><c>await new FactLedger(database, clock, [contractId]).Append(contractId, vocabulary, line, "li")</c></example>
public sealed partial class FactLedger(LedgerDatabase database, TimeProvider clock, IReadOnlyCollection<string> visible)
{
    // Nobody's contract has a comma in its id: the table of heads refuses it.
    private readonly string _visible = string.Join(',', visible.Where(contract => !contract.Contains(',')));

    /// <summary>What is asked for to be on record, and what came of it.</summary>
    public Claims.ClaimBook Claims => new(this);

    /// <summary>What each side writes for itself beside the record.</summary>
    public Claims.NoteBook Notes => new(this);

    internal async Task<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> Begin(System.Data.IsolationLevel isolation, CancellationToken cancellation)
    {
        var connection = await database.App.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancellation);
            // For this transaction only: a pooled connection carries nothing over to the next caller.
            await using var see = new NpgsqlCommand("select set_config('yueheng.contracts', $1, true), set_config('synchronous_commit', 'on', true)", connection) { Parameters = { new() { Value = _visible } } };
            await see.ExecuteNonQueryAsync(cancellation);
            return (connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal long Now() => (clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    internal void MustSee(string contract)
    {
        if (!visible.Contains(contract) || contract.Contains(',')) throw new UnauthorizedAccessException($"Contract {contract} is not among those that the caller may see.");
    }

    internal static void MustBeSomebody(string by)
    {
        if (by is "" || by.Length > 1000 || by.Contains('\0')) throw new ArgumentException("Somebody records a fact.", nameof(by));
    }

    internal static Vocabulary Anything { get; } = new([], []);
}

using Npgsql;

namespace Yueheng.Ledger;

/// <summary>A transaction of the application's role that sees some contracts and no others: the database itself holds the rest back.</summary>
internal sealed class Sight : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Sight(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    public static async Task<Sight> Open(LedgerDatabase database, IEnumerable<string> visible, CancellationToken cancellation)
    {
        var connection = await database.App.OpenConnectionAsync(cancellation);
        try
        {
            var sight = new Sight(connection, await connection.BeginTransactionAsync(cancellation));
            // For this transaction only: a pooled connection carries nothing over to the next caller.
            await sight.Execute("select set_config('yueheng.contracts', $1, true), set_config('synchronous_commit', 'on', true)", [string.Join(',', visible.Where(contract => !contract.Contains(',')))], cancellation);
            return sight;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    /// <summary>How many rows it touched.</summary>
    public async Task<int> Execute(string sql, object[] values, CancellationToken cancellation)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Past this point nobody may give up: the commit is under way.</summary>
    public Task Commit() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

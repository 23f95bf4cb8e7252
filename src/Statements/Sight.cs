using Npgsql;
using Yueheng.Ledger;

namespace Yueheng.Statements;

/// <summary>A transaction of the application's role that sees some contracts and no others: the database itself holds the rest back.</summary>
internal sealed class Sight : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private Sight(NpgsqlConnection connection, NpgsqlTransaction transaction) => (Connection, _transaction) = (connection, transaction);

    public NpgsqlConnection Connection { get; }

    public static async Task<Sight> Open(LedgerDatabase database, IEnumerable<string> visible, CancellationToken cancellation)
    {
        var connection = await database.App.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            var sight = new Sight(connection, transaction);
            await sight.Execute("select set_config('yueheng.contracts', $1, true), set_config('synchronous_commit', 'on', true)", cancellation, string.Join(',', visible.Where(contract => !contract.Contains(','))));
            return sight;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, Connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }

    public async Task Execute(string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<T?> Scalar<T>(string sql, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellation) is T value ? value : default;
    }

    /// <summary>Holds everybody else who takes the same lock until this transaction ends.</summary>
    public Task Lock(string what, CancellationToken cancellation) => Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, what);

    /// <summary>Tells all nodes when this transaction is committed.</summary>
    public Task Tell(Watching.Notice notice, CancellationToken cancellation) => Execute("select pg_notify($1, $2)", cancellation, Watching.Notice.Channel, notice.Write());

    /// <summary>Past this point nobody may give up: the commit is under way.</summary>
    public Task Commit() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

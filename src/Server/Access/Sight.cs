using System.Data;
using Npgsql;
using Yueheng.Ledger;

namespace Yueheng.Server.Access;

/// <summary>A transaction of the application's role that sees what one caller may see: the database itself holds the rest back.</summary>
internal sealed class Sight : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private Sight(NpgsqlConnection connection, NpgsqlTransaction transaction) => (Connection, _transaction) = (connection, transaction);

    public NpgsqlConnection Connection { get; }

    public static Task<Sight> Of(LedgerDatabase database, Caller caller, CancellationToken cancellation, IsolationLevel isolation = IsolationLevel.ReadCommitted) =>
        Open(database, caller.Id, caller.Admins.Select(admin => admin.Word()).FirstOrDefault(), caller.Contracts, cancellation, isolation);

    /// <param name="user">For whom; goes into <c>by</c>.</param>
    /// <param name="admin">Which administrator they are; null: none.</param>
    public static async Task<Sight> Open(LedgerDatabase database, string user, string? admin, IEnumerable<string> contracts, CancellationToken cancellation, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        var connection = await database.App.OpenConnectionAsync(cancellation);
        try
        {
            var sight = new Sight(connection, await connection.BeginTransactionAsync(isolation, cancellation));
            await sight.Execute(
                "select set_config('yueheng.user', $1, true), set_config('yueheng.admin', $2, true), set_config('yueheng.contracts', $3, true), set_config('synchronous_commit', 'on', true)",
                cancellation, user, admin ?? "", string.Join(',', contracts.Where(contract => !contract.Contains(','))));
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

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object?[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Past this point nobody may give up: the commit is under way.</summary>
    public Task Commit() => _transaction.CommitAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

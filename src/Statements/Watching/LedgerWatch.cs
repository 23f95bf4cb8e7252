using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;
using Yueheng.Ledger;

namespace Yueheng.Statements.Watching;

/// <summary>
/// Hears what is recorded by any node on the same database, and passes it on to whoever listens here. When the connection breaks it is made
/// again, and listeners are told to look again, so that nothing is missed for good.
/// </summary>
public sealed class LedgerWatch : IAsyncDisposable
{
    // One who does not read fast enough is told to look again instead of keeping us waiting.
    private const int MostUnread = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly LedgerDatabase _database;
    private readonly ConcurrentDictionary<Channel<Notice>, byte> _listeners = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _hearing;

    public LedgerWatch(LedgerDatabase database)
    {
        _database = database;
        _hearing = Task.Run(Hear);
    }

    /// <summary>Done as soon as the first connection listens.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Everything that is recorded from now on, of all contracts: whoever asks keeps to those that he may see.</summary>
    public async IAsyncEnumerable<Notice> Listen([EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<Notice>(new BoundedChannelOptions(MostUnread) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
        _listeners[channel] = 0;
        try
        {
            await foreach (var notice in channel.Reader.ReadAllAsync(cancellation))
            {
                // Full once: some were dropped behind these, so the reader looks at everything after them.
                var wasFull = channel.Reader.Count >= MostUnread - 1;
                yield return notice;
                if (wasFull) yield return Notice.Resync;
            }
        }
        finally
        {
            _listeners.TryRemove(channel, out _);
        }
    }

    private async Task Hear()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _database.App.OpenConnectionAsync(_end.Token);
                connection.Notification += (_, heard) =>
                {
                    if (Notice.Read(heard.Payload) is { } notice) Pass(notice);
                };
                await using (var listen = new NpgsqlCommand($"listen {Notice.Channel}", connection)) await listen.ExecuteNonQueryAsync(_end.Token);
                if (!_ready.TrySetResult()) Pass(Notice.Resync);
                // A wire that died without a word is found by asking.
                while (true)
                    if (!await connection.WaitAsync(Silence, _end.Token))
                        await using (var ask = new NpgsqlCommand("select 1", connection))
                            await ask.ExecuteNonQueryAsync(_end.Token);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException or TimeoutException)
            {
                // The database is away for a while: try again until it is back.
                try
                {
                    await Task.Delay(Patience, _end.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private void Pass(Notice notice)
    {
        foreach (var listener in _listeners.Keys) listener.Writer.TryWrite(notice);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _hearing;
        foreach (var listener in _listeners.Keys) listener.Writer.TryComplete();
        _end.Dispose();
    }
}

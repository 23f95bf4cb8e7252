using System.Globalization;
using System.Text;
using Npgsql;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Clusters;
using Yueheng.Ledger.Reading;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Tests;

/// <summary>A ledger in a database of its own, and what a superuser can do to it behind its back.</summary>
public sealed class Bench(LedgerDatabase database, PrivateCluster cluster) : IAsyncDisposable
{
    public const string Contract = "sample";

    public FakeClock Clock { get; } = new();
    public LedgerDatabase Database => database;
    public FactLedger Ledger => Seeing(Contract);

    public FactLedger Seeing(params string[] contracts) => new(database, Clock, contracts);

    public static string Line(string id, string contract = Contract, string kind = "incident.reported", string subject = "INC-1", string data = "{}") =>
        $$"""{"id":"{{id}}","contract":"{{contract}}","kind":"{{kind}}","at":"2025-03-03T09:00:00+08:00","subject":"{{subject}}","data":{{data}}}""";

    public Task<Answer> Append(string line, string by = "li") => Ledger.Append(Contract, null, Encoding.UTF8.GetBytes(line), by);

    public async Task<Receipt> Recorded(string line, string by = "li") => (await Append(line, by)).ShouldBeOfType<Receipt>();

    /// <summary>As somebody who may not record everything.</summary>
    public Task<Answer> Record(string line, Author author) => Ledger.Record(Contract, null, Encoding.UTF8.GetBytes(line), author);

    public async Task<List<LineAnswer>> RecordLines(Author author, params string[] lines)
    {
        var answers = new List<LineAnswer>();
        await foreach (var answer in Ledger.RecordLines(Contract, null, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), author)) answers.Add(answer);
        return answers;
    }

    public async Task Record(int count)
    {
        for (var number = 1; number <= count; number++) await Recorded(Line($"f{number}", data: $$"""{"number":{{number}}}"""));
    }

    public async Task<List<LineAnswer>> AppendLines(params string[] lines)
    {
        var answers = new List<LineAnswer>();
        await foreach (var answer in Ledger.AppendLines(Contract, null, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "li")) answers.Add(answer);
        return answers;
    }

    public async Task<string> Export(FactsWanted? wanted = null)
    {
        var output = new MemoryStream();
        await Ledger.Write(Contract, wanted ?? FactsWanted.All, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public Task<Verification> Verify(params Anchor[] anchors) => Ledger.Verify(Contract, anchors);

    public static Task<Verification> VerifyExport(string export, params Anchor[] anchors) => global::Yueheng.Ledger.Verifying.Export.Verify(Contract, new MemoryStream(Encoding.UTF8.GetBytes(export)), anchors);

    /// <summary>As the superuser, triggers and foreign keys switched off.</summary>
    public async Task Tamper(string sql)
    {
        var superuser = new NpgsqlConnectionStringBuilder(cluster.Superuser) { Database = new NpgsqlConnectionStringBuilder(database.Owner.ConnectionString).Database, Pooling = false };
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var command = source.CreateCommand($"begin; set local session_replication_role = replica; {sql}; commit");
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

/// <summary>Stands until it is set.</summary>
public sealed class FakeClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse("2025-03-03T02:00:00Z", CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => Now;
}

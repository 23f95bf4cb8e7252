using System.Text.Json;
using Npgsql;
using Yueheng.Facts;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger;

public sealed partial class FactLedger
{
    /// <summary>Recomputes a contract's chain from the database: every link, every column that repeats the fact, and the head.</summary>
    /// <param name="contract">The contract's id.</param>
    /// <param name="anchors">Heads that somebody holds outside the database: only they show a chain that was rewritten whole.</param>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async Task<Verification> Verify(string contract, IReadOnlyList<Anchor>? anchors = null, CancellationToken cancellation = default)
    {
        MustSee(contract);
        // One moment for head and facts, while others append.
        var (connection, transaction) = await Begin(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await using (connection)
        await using (transaction)
        {
            var (seq, hash) = (0L, Link.Genesis.ToArray());
            await using (var head = new NpgsqlCommand("select seq, hash from ledger.heads where contract = $1", connection) { Parameters = { new() { Value = contract } } })
            await using (var reader = await head.ExecuteReaderAsync(cancellation))
                if (await reader.ReadAsync(cancellation)) (seq, hash) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));

            var check = new ChainCheck(contract, anchors ?? []);
            await using var facts = new NpgsqlCommand($"select {Columns} from ledger.facts where contract = $1 order by seq", connection) { CommandTimeout = 0, Parameters = { new() { Value = contract } } };
            await foreach (var row in Rows(facts, cancellation))
                check.Add(new ChainRow(row.Seq, row.Id, row.RecordedAt, row.Previous, row.Hash, Disagreement(row), (seq, previous) => Link.Hash(seq, row.RecordedAt, row.By, row.Evidence, previous, row.Fact)));
            return check.Finish(seq, hash);
        }
    }

    private static string? Disagreement(RecordedFact row)
    {
        try
        {
            using var document = JsonDocument.Parse(row.Fact, new JsonDocumentOptions { MaxDepth = 64 });
            var fact = document.RootElement;
            foreach (var (key, column) in (ReadOnlySpan<(string, string)>)[("contract", row.Contract), ("id", row.Id), ("kind", row.Kind), ("subject", row.Subject)])
                if (fact.GetProperty(key).GetString() != column) return $"列 {key} 写的是“{column}”，事实中是“{fact.GetProperty(key).GetString()}”";
            return IsoTime.Parse(fact.GetProperty("at").GetString()!) == row.At ? null : $"列 at 写的是 {CanonicalJson.Utc(row.At)}，事实中是 {fact.GetProperty("at").GetString()}";
        }
        catch (Exception broken) when (broken is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return "内容不是一个事实";
        }
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using Npgsql;
using Yueheng.Ledger.Chain;
using Yueheng.Ledger.Reading;

namespace Yueheng.Ledger;

public sealed partial class FactLedger
{
    private const string Columns = "contract, seq, id, kind, subject, at, recorded_at, by, evidence, fact, previous, hash";

    /// <summary>The facts of a contract in the order of their numbers, as they stood at one moment however long it takes to read them.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller may not see the contract.</exception>
    public async IAsyncEnumerable<RecordedFact> Read(string contract, FactsWanted wanted, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        MustSee(contract);
        var (connection, transaction) = await Begin(System.Data.IsolationLevel.ReadCommitted, cancellation);
        await using (connection)
        await using (transaction)
        {
            await using var command = new NpgsqlCommand { Connection = connection, CommandTimeout = 0 };
            var conditions = new List<string>();
            Where("contract =", contract);
            Where("seq >", wanted.After);
            if (wanted.Kind is { } kind) Where("kind =", kind);
            if (wanted.Subject is { } subject) Where("subject =", subject);
            if (wanted.RecordedUpTo is { } recorded) Where("recorded_at <=", recorded);
            if (wanted.Before is { } before) Where("seq <", before);
            if (wanted.Id is { } id) Where("id =", id);
            if (wanted.From is { } from) Where("at >=", from);
            if (wanted.To is { } to) Where("at <", to);
            if (wanted.Text is { } text) Where("strpos(lower(fact), lower({0})) > 0", text);
            if (wanted.WithEvidence) Where("evidence <>", Link.NoEvidence);
            if (wanted.WithoutKinds.Count > 0) Where("kind <> all ({0})", wanted.WithoutKinds.ToArray());
            foreach (var field in wanted.WithoutFields) Where("strpos(fact, {0}) = 0", $"\"{field}\":");
            command.CommandText = $"select {Columns} from ledger.facts where {string.Join(" and ", conditions)} order by seq{(wanted.NewestFirst ? " desc" : "")}{(wanted.Most is { } most ? $" limit {most}" : "")}";
            await foreach (var row in Rows(command, cancellation)) yield return row;

            void Where(string condition, object value)
            {
                command.Parameters.Add(new() { Value = value });
                var parameter = $"${command.Parameters.Count}";
                conditions.Add(condition.Contains("{0}", StringComparison.Ordinal) ? condition.Replace("{0}", parameter, StringComparison.Ordinal) : $"{condition} {parameter}");
            }
        }
    }

    /// <summary>Writes them as an export: JSON lines that <see cref="Facts.FactReader"/> and the offline verifier accept.</summary>
    /// <inheritdoc cref="Read"/>
    public async Task Write(string contract, FactsWanted wanted, Stream output, CancellationToken cancellation = default)
    {
        const int enough = 1 << 16;
        var bytes = new ArrayBufferWriter<byte>(enough * 2);
        await foreach (var fact in Read(contract, wanted, cancellation))
        {
            fact.WriteLine(bytes);
            if (bytes.WrittenCount < enough) continue;
            await output.WriteAsync(bytes.WrittenMemory, cancellation);
            bytes.ResetWrittenCount();
        }
        await output.WriteAsync(bytes.WrittenMemory, cancellation);
    }

    private static async IAsyncEnumerable<RecordedFact> Rows(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new RecordedFact(
                reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetString(7),
                reader.GetFieldValue<byte[]>(8), reader.GetFieldValue<byte[]>(9), reader.GetFieldValue<byte[]>(10), reader.GetFieldValue<byte[]>(11));
    }
}

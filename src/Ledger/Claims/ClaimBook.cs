using Npgsql;
using NpgsqlTypes;
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Claims;

/// <summary>
/// The claims of contracts, as one caller may see them. A step is recorded together with the facts that follow from it, in one transaction:
/// both or neither. Of two who take a step in one claim together, the second sees the first.
/// </summary>
/// <example><c>await ledger.Claims.Answer(contract, 3, author, ClaimStep.Accepted, "属实", [])</c></example>
public sealed partial class ClaimBook
{
    private readonly FactLedger _ledger;

    internal ClaimBook(FactLedger ledger) => _ledger = ledger;

    /// <summary>The end of the chain of steps, locked until the transaction ends.</summary>
    private readonly record struct Head(long Seq, byte[] Hash, long RecordedAt, long Claims);

    /// <summary>A step that is about to be taken.</summary>
    /// <param name="Content">What it says beside its reason and evidence.</param>
    /// <param name="Proposals">The facts that it proposes.</param>
    private sealed record NextStep(long Claim, ClaimType Type, ClaimStep What, Author Author, string Reason, IReadOnlyList<ProofFile> Evidence, JsonObject Content, IReadOnlyList<Submission> Proposals);

    /// <summary>Facts that follow from a step.</summary>
    private sealed record Following(IReadOnlyList<Submission> Facts, string By)
    {
        public static Following Nothing { get; } = new([], "");
    }

    private static StepRefused No(StepRefusal reason, params string[] messages) => new(reason, messages);

    private static async Task<Head> Lock(NpgsqlConnection connection, string contract, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select seq, hash, recorded_at, claims from ledger.lock_claims($1)", connection) { CommandTimeout = 0, Parameters = { new() { Value = contract } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <summary>Records a step and what follows from it, and commits.</summary>
    private async Task<ClaimAnswer> Take(NpgsqlConnection connection, NpgsqlTransaction transaction, string contract, Head head, NextStep next, Following following, CancellationToken cancellation)
    {
        var receipts = new List<Receipt>();
        if (following.Facts.Count > 0)
        {
            foreach (var answer in await _ledger.Place(connection, contract, following.Facts, following.By, cancellation))
            {
                if (answer.Answer is Refused refused) return new StepRefused(StepRefusal.NotNow, refused.Messages) { Faults = [.. refused.Messages.Select(message => (answer.Line - 1, (string?)null, message))] };
                receipts.Add((Receipt)answer.Answer);
            }
        }

        var content = next.Content;
        content["reason"] = next.Reason;
        content["evidence"] = ProofFile.ToJson(next.Evidence);
        if (receipts.Count > 0)
            content["recorded"] = new JsonArray([.. receipts.Select(receipt => new JsonObject { ["hash"] = receipt.Hash, ["id"] = receipt.Id, ["seq"] = receipt.Seq })]);
        var taken = new ClaimEvent(
            contract, head.Seq + 1, next.Claim, next.Type.Word(), next.What.Word(), next.Author.Side.Word(), next.Author.Id,
            Math.Max(_ledger.Now(), head.RecordedAt), Canonical(content), Listed(next.Proposals), head.Hash, []);
        taken = taken with { Hash = taken.Link(taken.Seq, head.Hash) };

        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"insert into ledger.claim_events ({ClaimEvent.Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
                {
                    Parameters =
                    {
                        new() { Value = contract }, new() { Value = taken.Seq }, new() { Value = taken.Claim }, new() { Value = taken.Type }, new() { Value = taken.Step },
                        new() { Value = taken.Side }, new() { Value = taken.By }, new() { Value = taken.RecordedAt }, new() { Value = taken.Content, NpgsqlDbType = NpgsqlDbType.Text },
                        new() { Value = taken.Facts, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = taken.Previous }, new() { Value = taken.Hash },
                    },
                },
                new("select ledger.advance_claims($1)") { Parameters = { new() { Value = contract } } },
                Signal.Claim(contract, taken.Seq, taken.Type, taken.Claim),
            },
            Timeout = 0,
        })
            await batch.ExecuteNonQueryAsync(cancellation);
        var claim = Claim.Of(await Events(connection, contract, next.Claim, cancellation));
        // Past this point nobody may give up: the commit is under way.
        await transaction.CommitAsync(CancellationToken.None);
        return new StepTaken(claim, receipts);
    }

    private static byte[] Canonical(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        var bytes = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(document.RootElement, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Listed(IReadOnlyList<Submission> facts)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write("["u8);
        for (var at = 0; at < facts.Count; at++)
        {
            bytes.Write(at == 0 ? "{\"evidence\":"u8 : ",{\"evidence\":"u8);
            Encoding.UTF8.GetBytes(facts[at].Evidence, bytes);
            bytes.Write(",\"fact\":"u8);
            bytes.Write(facts[at].Fact);
            bytes.Write("}"u8);
        }
        bytes.Write("]"u8);
        return bytes.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> FaultsOf(string reason, IReadOnlyList<ProofFile> evidence, bool isReasonWanted)
    {
        const int longest = 4000;
        if (isReasonWanted && string.IsNullOrWhiteSpace(reason)) yield return "请写明理由。";
        if (reason.Length > longest) yield return "理由超过 4000 字。";
        if (reason.Contains('\0')) yield return "理由中有 U+0000，账本不收。";
        foreach (var problem in Texts.Problems(reason)) yield return $"理由 {problem}";
        foreach (var file in evidence)
        {
            if (!Proof.IsHash(file.Sha256)) yield return $"证据 {file.Name} 的散列值应是 64 位小写十六进制。";
            if (file.Name is "" || file.Name.Contains('\0')) yield return "证据应有文件名。";
            foreach (var problem in Texts.Problems(file.Name)) yield return $"证据文件名 {problem}";
        }
    }

    private static async Task<List<ClaimEvent>> Events(NpgsqlConnection connection, string contract, long claim, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select {ClaimEvent.Columns} from ledger.claim_events where contract = $1 and claim = $2 order by seq", connection)
        {
            Parameters = { new() { Value = contract }, new() { Value = claim } },
        };
        var events = new List<ClaimEvent>();
        await foreach (var row in Rows(command, cancellation)) events.Add(row);
        return events;
    }

    private static async IAsyncEnumerable<ClaimEvent> Rows(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            yield return new ClaimEvent(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetInt64(7),
                reader.GetFieldValue<byte[]>(8), reader.GetFieldValue<byte[]>(9), reader.GetFieldValue<byte[]>(10), reader.GetFieldValue<byte[]>(11));
    }
}

using NpgsqlTypes;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Reading;
using Yueheng.Statements.Watching;

namespace Yueheng.Statements.Issuing;

/// <summary>What the parties do with a statement: confirm, dispute, seal.</summary>
public sealed partial class StatementBook
{
    /// <summary>A party takes a stand on a statement or on one of its figures; what it said before stays on record.</summary>
    /// <param name="address">One of the statement's points; null: the whole.</param>
    /// <param name="side">buyer or provider.</param>
    /// <param name="reason">A dispute has one.</param>
    /// <returns>The statement as it then stands; null when there is none of that number.</returns>
    /// <exception cref="StatementRefusedException">It is sealed; or the address is none of its points; or a dispute gives no reason; or the whole is confirmed by a side that still disputes a part.</exception>
    public async Task<IssuedStatement?> Stand(IReadOnlyCollection<string> visible, string contract, string number, string? address, string side, StandWord what, string? reason, string by, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        await sight.Lock($"statements/issued/{contract}", cancellation);
        if ((await Read(sight, contract, number, cancellation)).SingleOrDefault() is not { } issued) return null;
        if (issued.Seal is not null) throw new StatementRefusedException($"评估单 {number} 已盖章，不再确认或提出异议。");
        if (address is not null && issued.Points.All(point => point.Address != address)) throw new StatementRefusedException($"“{address}”不是评估单 {number} 供确认的数值。");
        if (what == StandWord.Disputed && string.IsNullOrWhiteSpace(reason)) throw new StatementRefusedException("提出异议须写明理由。");
        if (what == StandWord.Confirmed && address is null && issued.Points.Where(point => issued.Of(side, point.Address)?.What == StandWord.Disputed).Select(point => point.Label).ToList() is { Count: > 0 } open)
            throw new StatementRefusedException($"本方对其中 {open.Count} 项仍有异议（{string.Join("、", open.Take(3))}），须先逐项确认，才能确认全单。");
        var stand = new Stand(address, side, what, string.IsNullOrWhiteSpace(reason) ? null : reason, by, clock.Now());
        await sight.Execute("""
            insert into statements.stands (contract, number, place, address, side, stand, reason, by, at)
            select $1, $2, coalesce(max(place), 0) + 1, $3::text, $4, $5, $6::text, $7, $8::bigint from statements.stands where contract = $1 and number = $2
            """, cancellation, contract, number, stand.Address, side, Word(what), stand.Reason, by, stand.At);
        await sight.Tell(new Notice("statement", contract, Id: number), cancellation);
        await sight.Commit();
        return issued with { Stands = [.. issued.Stands, stand] };
    }

    /// <summary>
    /// The sealed paper is there: the assessment is confirmed, on the date of the paper. That is recorded in the ledger as
    /// <c>assessment.confirmed</c>, with the scan as its evidence, and the statement is closed.
    /// </summary>
    /// <param name="way">scan or electronic.</param>
    /// <param name="sha256">Of the scan, which the vault of evidence holds.</param>
    /// <param name="name">Of the scan's file.</param>
    /// <param name="paperDate">The date beside the seal.</param>
    /// <returns>The statement as it then stands; null when there is none of that number.</returns>
    /// <exception cref="StatementRefusedException">It is sealed already; or the paper is dated before the statement or after today; or a side disputes it.</exception>
    public async Task<IssuedStatement?> SealIt(IReadOnlyCollection<string> visible, string contract, string number, string way, string sha256, string name, DateOnly paperDate, string by, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        await sight.Lock($"statements/issued/{contract}", cancellation);
        if ((await Read(sight, contract, number, cancellation)).SingleOrDefault() is not { } issued) return null;
        var now = clock.Now();
        if (issued.Seal is not null) throw new StatementRefusedException($"评估单 {number} 已经盖章。");
        if (issued.State == StatementState.Disputed) throw new StatementRefusedException($"评估单 {number} 尚有异议，不能盖章。");
        if (Day(paperDate) < ChinaTime.DayOf(issued.IssuedAt)) throw new StatementRefusedException($"盖章日期 {Date(paperDate)} 早于评估单签发日。");
        if (Day(paperDate) > ChinaTime.DayOf(now)) throw new StatementRefusedException($"盖章日期 {Date(paperDate)} 尚未到来。");

        var fact = $"statement-{number}-sealed";
        await Confirm(issued, fact, sha256, name, paperDate, now, by, cancellation);
        var seal = new Seal(way, sha256, paperDate, fact, by, now);
        await sight.Execute("insert into statements.seals (contract, number, way, sha256, paper_date, fact, by, at) values ($1, $2, $3, $4, $5, $6, $7, $8)", cancellation, contract, number, way, sha256, paperDate, fact, by, now);
        await sight.Tell(new Notice("statement", contract, Id: number), cancellation);
        await sight.Commit();
        return issued with { Seal = seal };
    }

    private async Task Confirm(IssuedStatement issued, string fact, string sha256, string name, DateOnly paperDate, long now, string by, CancellationToken cancellation)
    {
        var ledger = new FactLedger(database, clock, [issued.Contract]);
        // Recorded already, when an earlier attempt came as far as that and no further.
        await foreach (var _ in ledger.Read(issued.Contract, new FactsWanted(Kind: "assessment.confirmed", Subject: SubjectOf(issued)), cancellation)) return;
        // A paper says no hour. The end of its day keeps it after all that was sent or settled on that day, and inside every limit that ends with it.
        var at = Math.Min(now, ChinaTime.StartOf(Day(paperDate) + 1) - ChinaTime.Second);
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Judging.Judged.Json))
        {
            writer.WriteStartObject();
            writer.WriteString("id", fact);
            writer.WriteString("contract", issued.Contract);
            writer.WriteString("kind", "assessment.confirmed");
            writer.WriteString("at", ChinaTime.Write(at));
            writer.WriteString("subject", SubjectOf(issued));
            writer.WriteStartObject("data");
            writer.WriteString("statement", issued.Number);
            writer.WriteString("from", Date(issued.From));
            writer.WriteString("to", Date(issued.Through));
            writer.WriteEndObject();
            writer.WriteStartArray("evidence");
            writer.WriteStartObject();
            writer.WriteString("sha256", sha256);
            writer.WriteString("name", name);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        var text = await judgements.Text([issued.Contract], issued.Contract, null, cancellation);
        var answer = await ledger.Append(issued.Contract, text.Contract.Vocabulary, bytes.WrittenSpan.ToArray(), by, cancellation);
        if (answer is Refused refused) throw new StatementRefusedException($"账本不接受此确认：{string.Join("；", refused.Messages)}");
    }

    private static string SubjectOf(IssuedStatement issued) => $"statement/{issued.Number}";

    private static string Word(StandWord word) => word == StandWord.Confirmed ? "confirmed" : "disputed";

    private static async Task<ILookup<string, Stand>> Stands(Sight sight, string contract, string? number, CancellationToken cancellation)
    {
        await using var command = sight.Command("select number, address, side, stand, reason, by, at from statements.stands where contract = $1 and ($2 is null or number = $2) order by number, place", contract);
        command.Parameters.Add(new() { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var stands = new List<(string Number, Stand Stand)>();
        while (await reader.ReadAsync(cancellation))
            stands.Add((reader.GetString(0), new(reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), reader.GetString(3) == "confirmed" ? StandWord.Confirmed : StandWord.Disputed,
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetString(5), reader.GetInt64(6))));
        return stands.ToLookup(one => one.Number, one => one.Stand, StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, Seal>> Seals(Sight sight, string contract, string? number, CancellationToken cancellation)
    {
        await using var command = sight.Command("select number, way, sha256, paper_date, fact, by, at from statements.seals where contract = $1 and ($2 is null or number = $2)", contract);
        command.Parameters.Add(new() { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var seals = new Dictionary<string, Seal>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            seals.Add(reader.GetString(0), new(reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetString(4), reader.GetString(5), reader.GetInt64(6)));
        return seals;
    }
}

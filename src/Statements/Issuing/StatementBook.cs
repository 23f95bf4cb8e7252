using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Yueheng.Contracts.Documents;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;
using Yueheng.Statements.Watching;

namespace Yueheng.Statements.Issuing;

/// <summary>
/// The statements of all contracts: issued with a number, confirmed or disputed by the parties, sealed. What is issued is kept as it was
/// printed, and can be made again from what it pins.
/// </summary>
/// <param name="clock">The contracts' own time.</param>
public sealed partial class StatementBook(LedgerDatabase database, TimeProvider clock, Shelf shelf, Judgements judgements, Worths worths)
{
    private const string Columns = """
        contract, number, period_from, period_through, as_of, issued_at, by, pack_version, terms_sha256, calendar, calendar_sha256, ledger_seq, ledger_hash,
        figures_sha256, print_sha256, points, counts
        """;

    /// <summary>All statements of a contract, the oldest first.</summary>
    /// <param name="visible">The contracts that the caller may see; the database itself shows no others.</param>
    public async Task<IReadOnlyList<IssuedStatement>> All(IReadOnlyCollection<string> visible, string contract, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        return await Read(sight, contract, null, cancellation);
    }

    /// <summary>One statement; null when there is none of that number.</summary>
    /// <inheritdoc cref="All"/>
    public async Task<IssuedStatement?> Find(IReadOnlyCollection<string> visible, string contract, string number, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        return (await Read(sight, contract, number, cancellation)).SingleOrDefault();
    }

    /// <summary>The print of a statement: the same bytes for ever. Null when there is none of that number.</summary>
    /// <inheritdoc cref="All"/>
    public async Task<byte[]?> Print(IReadOnlyCollection<string> visible, string contract, string number, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        return await sight.Scalar<byte[]>("select print from statements.issued where contract = $1 and number = $2", cancellation, contract, number);
    }

    /// <summary>The figures that a statement pins, as <c>assess --json</c> writes them, without white space. Null when there is none of that number.</summary>
    /// <inheritdoc cref="All"/>
    public async Task<string?> Figures(IReadOnlyCollection<string> visible, string contract, string number, CancellationToken cancellation = default)
    {
        await using var sight = await Sight.Open(database, visible, cancellation);
        return await sight.Scalar<string>("select figures from statements.issued where contract = $1 and number = $2", cancellation, contract, number);
    }

    /// <summary>Judges a contract and issues what came of it.</summary>
    /// <param name="from">The first day that the statement speaks of.</param>
    /// <param name="through">The last.</param>
    /// <param name="asOf">The instant judged, now or before; nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <exception cref="StatementRefusedException">The days or the instant make no sense.</exception>
    /// <exception cref="ContractUnknownException">The caller may not see the contract.</exception>
    public async Task<IssuedStatement> Issue(IReadOnlyCollection<string> visible, string contract, DateOnly from, DateOnly through, long asOf, string by, CancellationToken cancellation = default)
    {
        if (through < from) throw new StatementRefusedException($"评估期间的止日 {Date(through)} 早于起日 {Date(from)}。");
        if (asOf > clock.Now()) throw new StatementRefusedException($"判定时刻 {ChinaTime.Write(asOf)} 尚未到来。");
        if (asOf < ChinaTime.StartOf(Day(from))) throw new StatementRefusedException($"判定时刻 {ChinaTime.Write(asOf)} 早于评估期间。");
        var judged = await judgements.At(visible, contract, asOf, cancellation: cancellation);
        var (source, calendarSha256) = await Source(judged, cancellation);
        var counts = await Count(judged, from, through, cancellation);

        await using var sight = await Sight.Open(database, [contract], cancellation);
        await sight.Lock($"statements/issued/{contract}", cancellation);
        var issuedAt = clock.Now();
        var year = ChinaTime.ToLocalDate(ChinaTime.DayOf(issuedAt)).Year;
        var ordinal = await sight.Scalar<int>("select coalesce(max(ordinal), 0) + 1 from statements.issued where contract = $1 and year = $2", cancellation, contract, year);
        var number = string.Create(CultureInfo.InvariantCulture, $"{year}-{ordinal:D3}");
        var figures = Encoding.UTF8.GetString(judged.Assessment(true).Span);
        var statement = judged.Ask(_ => StatementBuilder.Build(source));
        var issued = new IssuedStatement(
            contract, number, from, through, asOf, issuedAt, by, judged.Version.Version, judged.Version.Sha256, judged.Pack.Contract.Syntax.Contract.Calendar, calendarSha256, judged.Head.Seq, judged.Head.Hash,
            Sha256(Encoding.UTF8.GetBytes(figures)), "", PointsOf(statement), counts, [], null);
        var print = judged.Ask(_ => Print(statement, issued));
        issued = issued with { PrintSha256 = Sha256(print) };

        await using (var insert = sight.Command($"""
            insert into statements.issued ({Columns}, year, ordinal, figures, print)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
            """,
            contract, number, from, through, asOf, issuedAt, by, issued.PackVersion, issued.TermsSha256, issued.Calendar, issued.CalendarSha256, issued.LedgerSeq, issued.LedgerHash,
            issued.FiguresSha256, issued.PrintSha256, JsonSerializer.Serialize(issued.Points, Json), JsonSerializer.Serialize(counts, Json), year, ordinal, figures, print))
            await insert.ExecuteNonQueryAsync(cancellation);
        await sight.Tell(new Notice("statement", contract, Id: number), cancellation);
        await sight.Commit();
        return issued;
    }

    /// <summary>Makes the print again from what the statement pins: its version of the text, its link of the chain, its instant.</summary>
    /// <returns>The bytes; equal to the print as long as the calendar and this program are those of then.</returns>
    /// <exception cref="ContractUnknownException">The caller may not see the contract.</exception>
    public async Task<byte[]> Remake(IReadOnlyCollection<string> visible, IssuedStatement issued, CancellationToken cancellation = default)
    {
        var judged = await judgements.AsPinned(visible, issued.Contract, issued.PackVersion, issued.LedgerSeq, issued.AsOf, cancellation);
        var (source, _) = await Source(judged, cancellation);
        return judged.Ask(_ => Print(StatementBuilder.Build(source), issued));
    }

    private async Task<(StatementSource Source, string CalendarSha256)> Source(Judged judged, CancellationToken cancellation)
    {
        var calendar = judged.Pack.Contract.Syntax.Contract.Calendar;
        var calendarSha256 = Fingerprints.OfFolder(shelf.CalendarFolder(calendar));
        IReadOnlyList<Fingerprint> hashes = [new("合同文件", judged.Version.Sha256), new($"日历（{calendar}）", calendarSha256)];
        var readings = await worths.For(judged, cancellation);
        return (judged.Ask(judgement => new StatementSource(judged.Pack, judgement, judged.Facts, hashes, [], readings, PaperLint.Of(judged.Pack.Contract))), calendarSha256);
    }

    private static byte[] Print(Statement statement, IssuedStatement issued)
    {
        var text = new StringBuilder(1 << 20);
        using (var writer = new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" })
            StatementWriter.Write(writer, statement with { Frame = FrameOf(issued) });
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Frame FrameOf(IssuedStatement issued)
    {
        var counts = issued.Counts;
        return new(
            issued.Number, $"{Date(issued.From)} 至 {Date(issued.Through)}", ChinaTime.Write(issued.IssuedAt)[..16].Replace('T', ' '), issued.LedgerSeq, issued.LedgerHash,
            Mark.Of($"YUEHENG/1 {issued.Contract} {issued.Number} {issued.LedgerSeq.ToString(CultureInfo.InvariantCulture)} {issued.LedgerHash} {issued.FiguresSha256}"),
            [
                Of("事实", counts.Facts), Of("期间内", counts.InPeriod), Of("其中补录", counts.Late), Of("撤回", counts.Retractions), Of("更正", counts.Corrections),
                Of("合同至今未决主张", counts.ClaimsOpen), Of("采纳", counts.ClaimsAccepted), Of("未采纳", counts.ClaimsRefused),
            ],
            ["乙方项目负责人", "建设单位（甲方）", "用户单位"]);

        static (string, string) Of(string what, long count) => (what, count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Results, items of the cards, instalments, damages, other money, net: what people argue about.</summary>
    private static IReadOnlyList<StatementPoint> PointsOf(Statement statement)
    {
        var entries = statement.Results.Concat(statement.Cards.SelectMany(card => card.Items).Select(item => item.Entry))
            .Concat(statement.Settlement.Instalments.SelectMany(row => row.Cells).OfType<Entry>().Where(cell => cell.Figure.IsMoney))
            .Concat(statement.Settlement.Damages).Concat(statement.Settlement.Tables.SelectMany(table => table.Rows).SelectMany(row => row.Cells).OfType<Entry>()).Concat(statement.Settlement.Others);
        if (statement.Settlement.NetEntry is { } net) entries = entries.Append(net);
        return [.. entries.DistinctBy(entry => entry.Number).Select(entry => new StatementPoint(entry.Address, entry.Name, entry.Figure.Text, UnitOf(entry.Figure)))];
    }

    /// <summary>money, points, duration or other.</summary>
    public static string UnitOf(in Terms.Figure figure) =>
        figure.IsMoney ? "money" : figure.IsSeconds || figure.Value.Type == Facts.ValueType.Duration ? "duration" : figure.Value.Type == Facts.ValueType.Number ? "points" : "other";

    private async Task<StatementCounts> Count(Judged judged, DateOnly from, DateOnly through, CancellationToken cancellation)
    {
        long first = ChinaTime.StartOf(Day(from)), end = ChinaTime.StartOf(Day(through) + 1);
        var facts = judged.Facts;
        var inPeriod = facts.CountUpTo(end - 1) - facts.CountUpTo(first - 1);
        var record = await new FactLedger(database, clock, [judged.Contract]).Claims.Counts(judged.Contract, first, end, null, cancellation);
        return new StatementCounts(facts.CountUpTo(judged.AsOf), inPeriod, record.LateFacts, record.Retractions, record.Corrections, record.OpenClaims, record.AcceptedClaims, record.RefusedClaims);
    }

    private static async Task<List<IssuedStatement>> Read(Sight sight, string contract, string? number, CancellationToken cancellation)
    {
        var found = new List<IssuedStatement>();
        await using (var command = sight.Command($"select {Columns} from statements.issued where contract = $1 and ($2 is null or number = $2) order by year, ordinal", contract))
        {
            command.Parameters.Add(new() { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                found.Add(new IssuedStatement(
                    reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateOnly>(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetString(6), reader.GetInt32(7),
                    reader.GetString(8), reader.GetString(9), reader.GetString(10), reader.GetInt64(11), reader.GetString(12), reader.GetString(13), reader.GetString(14),
                    JsonSerializer.Deserialize<StatementPoint[]>(reader.GetString(15), Json) ?? [], JsonSerializer.Deserialize<StatementCounts>(reader.GetString(16), Json)!, [], null));
        }
        var stands = await Stands(sight, contract, number, cancellation);
        var seals = await Seals(sight, contract, number, cancellation);
        return [.. found.Select(issued => issued with { Stands = [.. stands[issued.Number]], Seal = seals.GetValueOrDefault(issued.Number) })];
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Day(DateOnly date) => ChinaTime.DayOf(date.Year, date.Month, date.Day);
}

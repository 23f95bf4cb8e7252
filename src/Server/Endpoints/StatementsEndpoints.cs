using System.Globalization;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Issuing;

namespace Yueheng.Server.Endpoints;

/// <summary>Statements: issued, read, printed, confirmed, sealed.</summary>
internal static class StatementsEndpoints
{
    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/statements", All).Produces<IReadOnlyList<StatementCard>>().Needs(Permission.ReadFigures);
        contract.MapPost("/statements", Issue).Accepts<IssueRequest>("application/json").Produces<StatementAnswer>(201).Needs(Permission.IssueStatement);
        contract.MapGet("/statements/{number}", One).Produces<StatementAnswer>().Needs(Permission.ReadFigures);
        contract.MapGet("/statements/{number}/print", Print).Produces<string>(200, "text/html").Needs(Permission.ReadMoney);
        contract.MapPost("/statements/{number}/points", Point).Accepts<PointRequest>("application/json").Produces<StatementAnswer>().Needs(Permission.ConfirmStatement);
        contract.MapPost("/statements/{number}/confirmation", Confirm).Accepts<ConfirmationRequest>("application/json").Produces<StatementAnswer>().Needs(Permission.ConfirmStatement);
        contract.MapPost("/statements/{number}/seal", Seal).Accepts<SealRequest>("application/json").Produces<StatementAnswer>().Needs(Permission.ConfirmStatement);
        contract.MapPost("/statements/{number}/seal/electronic", SealElectronically).Produces<StatementAnswer>().Needs(Permission.ConfirmStatement);
    }

    private static async Task<IResult> All(string contract, Caller caller, StatementBook book, CancellationToken cancellation) =>
        Results.Ok((await book.All(caller.Contracts, contract, cancellation)).Reverse().Select(StatementCard.Of));

    private static async Task<IResult> One(string contract, string number, Caller caller, StatementBook book, CancellationToken cancellation) =>
        Results.Ok(StatementAnswer.Of(await Find(book, caller, contract, number, cancellation), caller.SeesMoney(contract)));

    private static async Task<IssuedStatement> Find(StatementBook book, Caller caller, string contract, string number, CancellationToken cancellation) =>
        await book.Find(caller.Contracts, contract, number, cancellation) ?? throw ProblemException.NotFound($"评估单 {number}");

    private static async Task<IResult> Issue(
        string contract, IssueRequest request, Caller caller, StatementBook book, AuditLog audit, LedgerDatabase database, SigningKey key, BusinessClock clock, CancellationToken cancellation)
    {
        var (from, through) = (Day(request.From, "from"), Day(request.To, "to"));
        var issued = await book.Issue(caller.Contracts, contract, from, through, clock.AsOf(request.AsOf), caller.Id, cancellation);
        // Both parties hold the head from here on: what the statement rests on cannot be rewritten unnoticed.
        await new CheckpointBook(database, key, clock, caller.Contracts).Sign(contract, CheckpointReason.Statement, issued.Number, CancellationToken.None);
        await audit.Write(caller, "statement.issued", contract, issued.Number, new { issued.LedgerSeq, issued.PrintSha256 }, CancellationToken.None);
        return Results.Created($"/api/contracts/{contract}/statements/{issued.Number}", StatementAnswer.Of(issued, caller.SeesMoney(contract)));
    }

    private static async Task<IResult> Print(string contract, string number, Caller caller, StatementBook book, AuditLog audit, HttpContext context, CancellationToken cancellation)
    {
        if (await book.Print(caller.Contracts, contract, number, cancellation) is not { } print) throw ProblemException.NotFound($"评估单 {number}");
        await audit.Write(caller, "statement.printed", contract, number, cancellation: cancellation);
        // The document says for itself what it may run; nothing of ours is needed in it, and it needs nothing of ours.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts allow-modals";
        return Results.Bytes(print, "text/html; charset=utf-8");
    }

    private static async Task<IResult> Point(string contract, string number, PointRequest request, Caller caller, StatementBook book, AuditLog audit, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(request.Address)) throw ProblemException.Invalid("请写明是哪一项数值。", new ProblemError("address", null, "缺少"));
        return await Stand(contract, number, request.Address, request.Stand, request.Reason, caller, book, audit, cancellation);
    }

    private static Task<IResult> Confirm(string contract, string number, ConfirmationRequest request, Caller caller, StatementBook book, AuditLog audit, CancellationToken cancellation) =>
        Stand(contract, number, null, request.Stand, request.Reason, caller, book, audit, cancellation);

    private static async Task<IResult> Stand(string contract, string number, string? address, StandWord stand, string? reason, Caller caller, StatementBook book, AuditLog audit, CancellationToken cancellation)
    {
        if (reason is not null) Screen(reason);
        var issued = await book.Stand(caller.Contracts, contract, number, address, PartyOf(caller, contract), stand, reason, caller.Id, cancellation) ?? throw ProblemException.NotFound($"评估单 {number}");
        await audit.Write(caller, stand == StandWord.Confirmed ? "statement.confirmed" : "statement.disputed", contract, number, new { address }, CancellationToken.None);
        return Results.Ok(StatementAnswer.Of(issued, caller.SeesMoney(contract)));
    }

    private static async Task<IResult> Seal(
        string contract, string number, SealRequest request, Caller caller, StatementBook book, AuditLog audit, VaultOf vaultOf, CancellationToken cancellation)
    {
        if (caller.SideIn(contract) != Side.Buyer) throw new ForbiddenException("盖章件由甲方登记。");
        var scan = await vaultOf(caller).Find(contract, request.Sha256 ?? "", cancellation);
        if (scan is null or { Withdrawal: not null }) throw ProblemException.Invalid("没有这份盖章扫描件；请先上传。", new ProblemError("sha256", null, "没有这份证据"));
        var issued = await book.SealIt(caller.Contracts, contract, number, "scan", scan.Sha256, scan.Name, Day(request.PaperDate, "paperDate"), caller.Id, cancellation) ?? throw ProblemException.NotFound($"评估单 {number}");
        await audit.Write(caller, "statement.sealed", contract, number, new { scan.Sha256, request.PaperDate }, CancellationToken.None);
        return Results.Ok(StatementAnswer.Of(issued, caller.SeesMoney(contract)));
    }

    // The sealed document becomes evidence like a scan, and the date of the seal is that of the paper.
    private static async Task<IResult> SealElectronically(string contract, string number, Caller caller, StatementBook book, AuditLog audit, VaultOf vaultOf, SealServer server, CancellationToken cancellation)
    {
        if (caller.SideIn(contract) != Side.Buyer) throw new ForbiddenException("盖章由甲方办理。");
        if (server.Seal is not { } seal) throw new ProblemException(409, "no-seal-server", "没有配置电子签章服务；请打印盖章后上传扫描件。");
        var issued = await Find(book, caller, contract, number, cancellation);
        if (issued.Seal is not null || issued.State == StatementState.Disputed) throw ProblemException.Conflict($"评估单 {number} 已经盖章，或尚有异议。");
        var made = await seal.Seal(issued, (await book.Print(caller.Contracts, contract, number, cancellation))!, cancellation);
        if (await vaultOf(caller).Store(contract, made.Name, new MemoryStream(made.Content), caller.Id, cancellation) is not Stored stored) throw new ProblemException(502, "seal-server", "电子签章服务返回的文件不能作为证据保存。");
        var sealedOne = await book.SealIt(caller.Contracts, contract, number, "electronic", stored.File.Sha256, stored.File.Name, made.Date, caller.Id, cancellation) ?? throw ProblemException.NotFound($"评估单 {number}");
        await audit.Write(caller, "statement.sealed", contract, number, new { stored.File.Sha256, way = "electronic" }, CancellationToken.None);
        return Results.Ok(StatementAnswer.Of(sealedOne, caller.SeesMoney(contract)));
    }

    internal static string PartyOf(Caller caller, string contract) => caller.SideIn(contract) switch
    {
        Side.Buyer => "buyer",
        Side.Provider => "provider",
        _ => throw new ForbiddenException("只有合同双方能够确认或提出异议。"),
    };

    internal static void Screen(string text)
    {
        if (Screening.Problems(text) is { Count: > 0 } problems) throw new ProblemException(422, "personal-data", string.Join("；", problems));
    }

    private static DateOnly Day(string? text, string field) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw ProblemException.Invalid($"{field}：“{text}”不是日期（如 2025-09-30）。", new ProblemError(field, null, "应为日期"));
}

/// <summary>The organisation's server of electronic seals, if it has one: <c>Seal:Url</c> of the settings, <c>Seal__Url</c> in the environment.</summary>
internal sealed record SealServer(IElectronicSeal? Seal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static SealServer Of(IConfiguration settings) =>
        new(settings["Seal:Url"] is { Length: > 0 } url ? new HttpElectronicSeal(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience }, new Uri(url)) : null);
}

/// <param name="From">The first day that the statement speaks of.</param>
/// <param name="To">The last.</param>
/// <param name="AsOf">The instant judged; absent: now.</param>
internal sealed record IssueRequest(string? From, string? To, string? AsOf);

/// <param name="Reason">A dispute has one.</param>
internal sealed record PointRequest(string? Address, StandWord Stand, string? Reason);

internal sealed record ConfirmationRequest(StandWord Stand, string? Reason);

/// <param name="Sha256">Of the scan of the sealed paper, uploaded as evidence.</param>
/// <param name="PaperDate">The date beside the seal.</param>
internal sealed record SealRequest(string? Sha256, string? PaperDate);

internal sealed record StatementCard(string Number, string From, string To, string AsOf, string IssuedAt, string By, StatementState State, long LedgerSeq, int Disputed)
{
    public static StatementCard Of(IssuedStatement issued) =>
        new(issued.Number, Date(issued.From), Date(issued.Through), ChinaTime.Write(issued.AsOf), ChinaTime.Write(issued.IssuedAt), issued.By, issued.State, issued.LedgerSeq, issued.Disputed.Count);

    internal static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <param name="Pins">What it rests on.</param>
/// <param name="Points">The figures that the parties are asked about, with what each last said of them.</param>
/// <param name="Stands">What the parties said of the whole, in order.</param>
internal sealed record StatementAnswer(
    string Number, string From, string To, string AsOf, string IssuedAt, string By, StatementState State, StatementPins Pins, StatementCounts Counts,
    IReadOnlyList<PointAnswer> Points, IReadOnlyList<StandAnswer> Stands, SealAnswer? Seal)
{
    public static StatementAnswer Of(IssuedStatement issued, bool seesMoney) => new(
        issued.Number, StatementCard.Date(issued.From), StatementCard.Date(issued.Through), ChinaTime.Write(issued.AsOf), ChinaTime.Write(issued.IssuedAt), issued.By, issued.State,
        new(issued.PackVersion, issued.TermsSha256, issued.Calendar, issued.CalendarSha256, issued.LedgerSeq, issued.LedgerHash, issued.FiguresSha256, issued.PrintSha256), issued.Counts,
        [.. issued.Points.Where(point => seesMoney || point.Unit != "money").Select(point => new PointAnswer(point.Address, point.Label, point.Text, point.Unit, [.. issued.Stands.Where(stand => stand.Address == point.Address).Select(StandAnswer.Of)]))],
        [.. issued.Stands.Where(stand => stand.Address is null).Select(StandAnswer.Of)], issued.Seal is { } seal ? new(seal.Way, seal.Sha256, StatementCard.Date(seal.PaperDate), seal.Fact, seal.By, ChinaTime.Write(seal.At)) : null);
}

internal sealed record StatementPins(int PackVersion, string TermsSha256, string Calendar, string CalendarSha256, long LedgerSeq, string LedgerHash, string FiguresSha256, string PrintSha256);

/// <param name="Stands">All that was said of it, in order; of each side the last counts.</param>
internal sealed record PointAnswer(string Address, string Label, string Text, string Unit, IReadOnlyList<StandAnswer> Stands);

/// <param name="Side">buyer or provider.</param>
internal sealed record StandAnswer(string Side, StandWord Stand, string? Reason, string By, string At)
{
    public static StandAnswer Of(Stand stand) => new(stand.Side, stand.What, stand.Reason, stand.By, ChinaTime.Write(stand.At));
}

/// <param name="Way">scan or electronic.</param>
/// <param name="Fact">The assessment.confirmed that it became.</param>
internal sealed record SealAnswer(string Way, string Sha256, string PaperDate, string Fact, string By, string At);

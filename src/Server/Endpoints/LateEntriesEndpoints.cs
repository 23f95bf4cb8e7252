using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Claims.Workbooks;
using Yueheng.Ledger.Evidence;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>补录 by Excel: the template, a dry run with a fault for every cell, and the batch as one claim.</summary>
internal static class LateEntriesEndpoints
{
    private const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const long LargestUpload = 21 << 20;

    private static readonly string[] NotLate = ["finding.recorded", Vocabulary.Retraction];

    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/late-entries/template", Template).Produces(200, contentType: Excel).Needs(Permission.ProposeClaim);
        contract.MapPost("/late-entries/dry-run", DryRun).Accepts<IFormFile>("multipart/form-data").Produces<DryRunAnswer>().ProducesProblem(422)
            .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestUpload)).Needs(Permission.ProposeClaim);
        contract.MapPost("/late-entries", Propose).Accepts<IFormFile>("multipart/form-data").Produces<ClaimAnswerBody>(201).ProducesProblem(409).ProducesProblem(422)
            .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestUpload)).Needs(Permission.ProposeClaim);
    }

    private static async Task<IResult> Template(string contract, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var workbook = new MemoryStream();
        WorkbookTemplate.Write(Sheets(caller, contract, await InForce(contract, caller, shelf, clock, cancellation), onlyRead: true), workbook);
        return Results.File(workbook.ToArray(), Excel, $"补录模板-{contract}.xlsx");
    }

    private static async Task<DryRunAnswer> DryRun(string contract, HttpRequest request, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var pack = await InForce(contract, caller, shelf, clock, cancellation);
        return await Check(contract, await FormOf(request, cancellation), caller, ledgerOf, pack, cancellation);
    }

    private static async Task<IResult> Propose(
        string contract, HttpRequest request, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, LedgerDatabase database, EvidenceFolder folder, AuditLog audit, CancellationToken cancellation)
    {
        var (pack, form) = (await InForce(contract, caller, shelf, clock, cancellation), await FormOf(request, cancellation));
        var run = await Check(contract, form, caller, ledgerOf, pack, cancellation);
        if (run.Rows.Count == 0) throw ProblemException.Invalid("工作簿中没有填写任何事实。", new ProblemError("file", null, "没有内容"));
        if (run.Faulty > 0)
            throw new ProblemException(422, "invalid-rows", $"有 {run.Faulty} 行有误，请先改正（整批一起补录，缺一不可）。")
            {
                Errors = [.. run.Rows.SelectMany(row => row.Errors.Select(error => new ProblemError(error.Column is null ? row.Sheet : $"{row.Sheet}·{error.Column}", row.Row, error.Message))).Take(200)],
            };
        var proofs = await ClaimsEndpoints.Proofs(contract, Hashes(form), caller, database, folder, clock, cancellation);
        var lines = run.Rows.Select(row => JsonSerializer.SerializeToUtf8Bytes(row.Fact)).ToList();
        var claim = ClaimsEndpoints.Taken(await ledgerOf(caller).Claims.Propose(contract, pack?.Contract.Vocabulary, caller.AuthorIn(contract), new(ClaimType.Late, lines, null, form["reason"].ToString(), proofs), cancellation));
        await ClaimsEndpoints.Tell(audit, caller, contract, claim, "claim.proposed", cancellation);
        return Results.Created($"/api/contracts/{contract}/claims/{claim.Number}", ClaimAnswerBody.Of(claim, caller.AuthorIn(contract), FactSight.Of(caller, contract, pack?.Contract.Vocabulary), ClaimsEndpoints.Now(clock), isWhole: true));
    }

    // One field with several, or several fields: both are how forms say a list.
    private static IReadOnlyList<string> Hashes(IFormCollection form) =>
        [.. form["evidence"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static async Task<IFormCollection> FormOf(HttpRequest request, CancellationToken cancellation) =>
        request.HasFormContentType ? await request.ReadFormAsync(cancellation) : throw new ProblemException(415, "media-type", "请以表单（multipart/form-data）上传 xlsx 文件。");

    private static Task<Pack?> InForce(string contract, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation) => shelf.InForce(caller.Contracts, contract, clock.Now, null, cancellation);

    private static IReadOnlyList<KindSheet> Sheets(Caller caller, string contract, Pack? pack, bool onlyRead)
    {
        var author = caller.AuthorIn(contract);
        var sight = FactSight.Of(caller, contract, pack?.Contract.Vocabulary);
        return
        [
            .. ContractVocabulary.Of(pack)
                .Where(kind => (kind.IsRead || !onlyRead || pack is null) && !NotLate.Contains(kind.Kind) && sight.Sees(kind.Kind) && AuthorityTable.Of(author, kind.Kind) != Permit.No)
                .Select(kind => new KindSheet(kind.Kind, kind.Label, [.. kind.Fields.Select(field => new SheetColumn(field.Name, field.Label, field.Type, field.IsRequired && field.Type == FieldType.Amount, field.Words))])),
        ];
    }

    private static async Task<DryRunAnswer> Check(string contract, IFormCollection form, Caller caller, LedgerOf ledgerOf, Pack? pack, CancellationToken cancellation)
    {
        if (form.Files is not [var file, ..]) throw ProblemException.Invalid("请选择按模板填写的 xlsx 文件。", new ProblemError("file", null, "缺少"));
        var sheets = Sheets(caller, contract, pack, onlyRead: false);
        IReadOnlyList<SheetRow> rows;
        try
        {
            await using var content = file.OpenReadStream();
            rows = WorkbookReader.Read(contract, sheets, content);
        }
        catch (WorkbookRefusedException refused)
        {
            throw new ProblemException(422, "workbook-refused", refused.Message) { Errors = [new ProblemError("file", null, refused.Message)] };
        }

        var facts = rows.Where(row => row.Fact is not null).ToList();
        var faults = (await ledgerOf(caller).Claims.FaultsOfLateEntry(contract, pack?.Contract.Vocabulary, caller.AuthorIn(contract), [.. facts.Select(row => row.Fact!)], cancellation)).ToLookup(fault => facts[fault.Fact]);
        return new DryRunAnswer([.. rows.Select(row => Answer(row, faults[row], sheets))]);
    }

    private static DryRunRow Answer(SheetRow row, IEnumerable<(int Fact, string? Field, string Message)> faults, IReadOnlyList<KindSheet> sheets)
    {
        var fact = row.Fact is { } line ? JsonDocument.Parse(line).RootElement : (JsonElement?)null;
        var labels = fact is { } made ? sheets.First(sheet => sheet.Kind == made.GetProperty("kind").GetString()) : null;
        IReadOnlyList<CellError> errors = [.. row.Errors.Select(error => new CellError(error.Column, error.Message)), .. faults.Select(fault => new CellError(fault.Field is null ? null : labels?.LabelOf(fault.Field) ?? fault.Field, fault.Message))];
        return new(row.Sheet, row.Row, errors.Count == 0, errors, fact);
    }
}

/// <summary>What would come of a workbook; nothing is recorded.</summary>
internal sealed record DryRunAnswer(IReadOnlyList<DryRunRow> Rows)
{
    /// <summary>How many rows have an error.</summary>
    public int Faulty => Rows.Count(row => !row.Ok);
}

/// <param name="Row">As Excel numbers it.</param>
/// <param name="Fact">What the row says; null: it cannot be read.</param>
internal sealed record DryRunRow(string Sheet, int Row, bool Ok, IReadOnlyList<CellError> Errors, JsonElement? Fact);

/// <param name="Column">Its heading; null: the whole row.</param>
internal sealed record CellError(string? Column, string Message);

using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Yueheng.Facts;
using Yueheng.Ledger;
using Yueheng.Ledger.Authority;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Reading;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>The files that prove facts: handed in, listed, read, withdrawn. Every reading is in the audit log.</summary>
internal static class EvidenceEndpoints
{
    // The file itself is bounded by the vault; a form puts little around it.
    private const long AroundTheFile = 64 << 10;
    private const int LongestReason = 1000;

    /// <summary>Names whoever had a copy made, on every file that leaves.</summary>
    public const string ExportedBy = "X-Yueheng-Exported-By";

    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapPost("/evidence", Store).Accepts<IFormFile>("multipart/form-data").Produces<EvidenceAnswer>(201).Produces<EvidenceAnswer>()
            .Needs(Permission.UploadEvidence).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(EvidenceFolder.UsualLimit + AroundTheFile));
        contract.MapGet("/evidence", List).Produces<IReadOnlyList<EvidenceAnswer>>().Needs(Permission.ReadEvidence);
        contract.MapGet("/evidence/{sha256}", Read).Produces(200, contentType: "application/octet-stream").Needs(Permission.ReadEvidence);
        contract.MapPost("/evidence/{sha256}/withdrawal", Withdraw).Accepts<WithdrawalRequest>("application/json").Produces<EvidenceAnswer>().Needs(Permission.WithdrawEvidence);
    }

    private static async Task<IResult> Store(string contract, HttpRequest request, Caller caller, VaultOf vaultOf, AuditLog audit, CancellationToken cancellation)
    {
        var (name, content) = await File(request, cancellation);
        switch (await vaultOf(caller).Store(contract, name, content, caller.Id, cancellation))
        {
            case Stored stored:
                await audit.Write(caller, "evidence.stored", contract, stored.File.Sha256, new { stored.File.Size, stored.IsNew }, CancellationToken.None);
                return stored.IsNew ? Results.Created($"/api/contracts/{contract}/evidence/{stored.File.Sha256}", EvidenceAnswer.Of(stored.File)) : Results.Ok(EvidenceAnswer.Of(stored.File));
            case Declined declined:
                throw new ProblemException(declined.Reason switch { DeclineReason.TooLarge => 413, DeclineReason.Withdrawn => 409, _ => 422 },
                    declined.Reason switch { DeclineReason.TooLarge => "too-large", DeclineReason.Withdrawn => "withdrawn", DeclineReason.PersonalData => "personal-data", _ => "type-refused" },
                    string.Join("\n", declined.Messages))
                { Errors = [.. declined.Messages.Select(message => new ProblemError("file", null, message))] };
            default:
                throw new InvalidOperationException("The vault gave no answer.");
        }
    }

    // Read as it arrives: a file is never held in memory, nor on disk before it is encrypted.
    private static async Task<(string Name, Stream Content)> File(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasFormContentType || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and < 200 } boundary)
            throw new ProblemException(415, "media-type", "请以表单（multipart/form-data）上传文件。");
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            if (section.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition())
                return (HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "", section.Body);
        throw ProblemException.Invalid("请选择要上传的文件。", new ProblemError("file", null, "缺少"));
    }

    private static async Task<IResult> List(string contract, Caller caller, VaultOf vaultOf, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var hidden = await Hidden(contract, caller, ledgerOf, shelf, clock, cancellation);
        return Results.Ok((await vaultOf(caller).List(contract, cancellation)).Where(file => !hidden.Contains(file.Sha256)).Select(EvidenceAnswer.Of));
    }

    private static async Task<IResult> Read(string contract, string sha256, HttpContext context, Caller caller, VaultOf vaultOf, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, AuditLog audit, CancellationToken cancellation)
    {
        if ((await Hidden(contract, caller, ledgerOf, shelf, clock, cancellation)).Contains(sha256)) throw ProblemException.NotFound("这个证据文件");
        try
        {
            var (file, content) = await vaultOf(caller).Open(contract, sha256, cancellation) ?? throw ProblemException.NotFound("这个证据文件");
            if (content is null) throw new ProblemException(410, "withdrawn", $"此证据已于 {ChinaTime.Write(file.Withdrawal!.RecordedAt)} 撤回销毁，理由：{file.Withdrawal.Reason}。");
            await audit.Write(caller, "evidence.read", contract, sha256, cancellation: cancellation);
            context.Response.Headers[ExportedBy] = caller.Id;
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            // A picture is looked at in the page; anything else is saved, whatever is in it.
            if (!file.Type.StartsWith("image/", StringComparison.Ordinal))
                return Results.Stream(content, file.Type, file.Name, enableRangeProcessing: true);
            context.Response.Headers.ContentDisposition = "inline";
            return Results.Stream(content, file.Type, enableRangeProcessing: true);
        }
        catch (Exception damaged) when (damaged is EvidenceDamagedException or KeyRefusedException)
        {
            throw new ProblemException(500, "evidence-damaged", $"此证据不能读取：{damaged.Message}");
        }
    }

    private static async Task<IResult> Withdraw(string contract, string sha256, WithdrawalRequest request, Caller caller, VaultOf vaultOf, LedgerOf ledgerOf, AuditLog audit, CancellationToken cancellation)
    {
        var reason = request.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason) throw ProblemException.Invalid($"请写明撤回的理由（不超过 {LongestReason} 字）。", new ProblemError("reason", null, "缺少，或过长"));
        if (Screening.Problems(reason) is { Count: > 0 } problems) throw new ProblemException(422, "personal-data", $"理由{string.Join("；", problems)}");
        var vault = vaultOf(caller);
        if (await vault.Find(contract, sha256, cancellation) is not { } file) throw ProblemException.NotFound("这个证据文件");
        if (file.Withdrawal is not null) throw ProblemException.Conflict("这个证据文件已经撤回。");
        // What a fact rests on is not for the side to destroy that it may speak against.
        if (caller.SideIn(contract) == Side.Provider && (await Named(ledgerOf(caller), contract, FactsWanted.All, cancellation)).Contains(sha256))
            throw ProblemException.Conflict("已有事实以此文件为证据，须由甲方撤回。");
        if (!await vault.Withdraw(contract, sha256, caller.Id, reason, CancellationToken.None)) throw ProblemException.Conflict("这个证据文件已经撤回。");
        await audit.Write(caller, "evidence.withdrawn", contract, sha256, new { reason }, CancellationToken.None);
        return Results.Ok(EvidenceAnswer.Of((await vault.Find(contract, sha256, CancellationToken.None))!));
    }

    // Who sees no money sees no paper of a fact that is about an amount: an invoice says it plainly.
    private static async Task<IReadOnlySet<string>> Hidden(string contract, Caller caller, LedgerOf ledgerOf, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        if (caller.SeesMoney(contract)) return new HashSet<string>();
        var sight = FactSight.Of(caller, contract, await VocabularyInForce.Of(shelf, clock, caller, contract, cancellation));
        var named = await Named(ledgerOf(caller), contract, FactsWanted.All, cancellation);
        named.ExceptWith(await Named(ledgerOf(caller), contract, sight.Narrow(FactsWanted.All), cancellation));
        return named;
    }

    // The hashes of the files that some facts name as their evidence.
    private static async Task<HashSet<string>> Named(FactLedger ledger, string contract, FactsWanted wanted, CancellationToken cancellation)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var fact in ledger.Read(contract, wanted with { WithEvidence = true }, cancellation))
        {
            using var evidence = JsonDocument.Parse(fact.Evidence);
            foreach (var file in evidence.RootElement.EnumerateArray()) named.Add(file.GetProperty("sha256").GetString()!);
        }
        return named;
    }
}

/// <summary>The vault as one caller may see it, at business time.</summary>
internal delegate EvidenceVault VaultOf(Caller caller);

/// <param name="Sha256">Of the plain bytes: what facts name it by.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Media type, by its content.</param>
internal sealed record EvidenceAnswer(string Sha256, string Name, long Size, string Type, string By, string At, WithdrawalAnswer? Withdrawal)
{
    public static EvidenceAnswer Of(EvidenceFile file) => new(file.Sha256, file.Name, file.Size, file.Type, file.By, ChinaTime.Write(file.RecordedAt),
        file.Withdrawal is { } gone ? new(ChinaTime.Write(gone.RecordedAt), gone.By, gone.Reason) : null);
}

/// <summary>The file and its key are destroyed; this is what stays.</summary>
internal sealed record WithdrawalAnswer(string At, string By, string Reason);

internal sealed record WithdrawalRequest(string? Reason);

using Microsoft.AspNetCore.Mvc;
using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>The versions of a contract's text: handed in, looked at, agreed to.</summary>
internal static class PacksEndpoints
{
    private const long LargestUpload = 20 << 20;

    public static void Map(RouteGroupBuilder contract)
    {
        contract.MapGet("/packs", All).Produces<IReadOnlyList<PackAnswer>>().Needs(Permission.ReadFigures);
        contract.MapPost("/packs", Propose).Accepts<IFormFile>("multipart/form-data").Produces<PackAnswer>(201).Needs(Permission.ProposePack).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        contract.MapPost("/packs/{version:int}/agreement", Agree).Accepts<AgreementRequest>("application/json").Produces<PackAnswer>().Needs(Permission.AgreePack);
    }

    private static async Task<IResult> All(string contract, Caller caller, Shelf shelf, BusinessClock clock, CancellationToken cancellation)
    {
        var versions = await shelf.Versions(caller.Contracts, contract, cancellation);
        var inForce = Shelf.InForce(versions, clock.Now, null)?.Version;
        return Results.Ok(versions.Reverse().Select(version => PackAnswer.Of(version, inForce, caller.SeesMoney(contract))));
    }

    private static async Task<IResult> Propose(string contract, HttpRequest request, Caller caller, Shelf shelf, AuditLog audit, BusinessClock clock, CancellationToken cancellation)
    {
        if (!request.HasFormContentType) throw new ProblemException(415, "unsupported-media-type", "请以表单（multipart/form-data）上传合同文件夹的 zip 压缩包。");
        var form = await request.ReadFormAsync(cancellation);
        if (form.Files is not [var file, ..]) throw ProblemException.Invalid("请选择合同文件夹的 zip 压缩包。", new ProblemError("file", null, "缺少"));
        var kind = form["kind"].ToString() switch
        {
            "original" => PackKind.Original,
            "amendment" or "" => PackKind.Amendment,
            _ => throw ProblemException.Invalid("kind 应为 original 或 amendment。", new ProblemError("kind", null, "应为 original 或 amendment")),
        };
        await using var zip = file.OpenReadStream();
        var version = await shelf.Propose(caller.Contracts, contract, zip, From(form["from"]), kind, caller.Id, StatementsEndpoints.PartyOf(caller, contract), cancellation);
        await audit.Write(caller, "pack.proposed", contract, version.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), new { version.Sha256 }, CancellationToken.None);
        return Results.Created($"/api/contracts/{contract}/packs", PackAnswer.Of(version, Shelf.InForce(await shelf.Versions(caller.Contracts, contract, cancellation), clock.Now, null)?.Version, caller.SeesMoney(contract)));
    }

    // A date means its first instant.
    private static long? From(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : IsoTime.TryParse(text.Length == 10 ? text + "T00:00:00+08:00" : text, out var instant) ? instant
        : throw ProblemException.Invalid($"from：“{text}”不是日期（如 2025-10-01）。", new ProblemError("from", null, "应为日期"));

    private static async Task<IResult> Agree(string contract, int version, AgreementRequest request, Caller caller, Shelf shelf, AuditLog audit, BusinessClock clock, CancellationToken cancellation)
    {
        if (request.Reason is { } reason) StatementsEndpoints.Screen(reason);
        var agreed = await shelf.Agree(caller.Contracts, contract, version, StatementsEndpoints.PartyOf(caller, contract), caller.Id, request.Reason, cancellation) ?? throw ProblemException.NotFound($"第 {version} 版");
        await audit.Write(caller, "pack.agreed", contract, version.ToString(System.Globalization.CultureInfo.InvariantCulture), new { agreed.Sha256 }, CancellationToken.None);
        return Results.Ok(PackAnswer.Of(agreed, Shelf.InForce(await shelf.Versions(caller.Contracts, contract, cancellation), clock.Now, null)?.Version, caller.SeesMoney(contract)));
    }
}

internal sealed record AgreementRequest(string? Reason);

/// <param name="State">proposed: one party has yet to agree; agreed: both have; in-force: it is judged by now.</param>
/// <param name="From">The date, or instant, from which it is judged by once agreed.</param>
/// <param name="Findings">What the linter said of it when it was handed in; it quotes amounts, so it is empty for who may not see money.</param>
internal sealed record PackAnswer(int Version, PackKind Kind, string Name, string State, string From, string Sha256, string By, string At, IReadOnlyList<AgreementAnswer> Agreements, IReadOnlyList<PackFinding> Findings)
{
    public static PackAnswer Of(PackVersion version, int? inForce, bool seesMoney) => new(
        version.Version, version.Kind, version.Name, !version.IsAgreed() ? "proposed" : version.Version == inForce ? "in-force" : "agreed", ChinaTime.TimeOfDay(version.InForce) == 0 ? ChinaTime.WriteDate(ChinaTime.DayOf(version.InForce)) : ChinaTime.Write(version.InForce),
        version.Sha256, version.By, ChinaTime.Write(version.At), [.. version.Agreements.Select(agreement => new AgreementAnswer(agreement.Side, agreement.By, agreement.Reason, ChinaTime.Write(agreement.At)))], seesMoney ? version.Findings : []);
}

internal sealed record AgreementAnswer(string Side, string By, string? Reason, string At);

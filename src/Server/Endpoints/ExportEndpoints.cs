using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Yueheng.Facts;
using Yueheng.Server.Access;
using Yueheng.Server.Audit;
using Yueheng.Server.Clock;
using Yueheng.Statements.Bundles;

namespace Yueheng.Server.Endpoints;

/// <summary>Everything of a contract in one file that anybody can verify offline: <c>yueheng verify</c>.</summary>
internal static class ExportEndpoints
{
    public static void Map(RouteGroupBuilder contract) =>
        contract.MapGet("/export", Export).Produces(200, contentType: "application/zip").Needs(Permission.Export);

    private static async Task<IResult> Export(string contract, HttpContext context, Caller caller, BundleMaker bundles, HostSettings settings, BusinessClock clock, AuditLog audit, [FromQuery] bool? files, [FromQuery] string? asOf, CancellationToken cancellation)
    {
        var instant = BusinessClock.ReadInstant(asOf, "asOf");
        Directory.CreateDirectory(settings.Caches);
        // Made whole before the first byte leaves, in a file that is gone when it is closed, however that happens.
        var file = new FileStream(Path.Combine(settings.Caches, $"export-{Guid.NewGuid():N}.zip"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            await bundles.Write(caller.Contracts, contract, new(caller.Id, instant, files == true), file, cancellation);
            file.Position = 0;
            await audit.Write(caller, "export.read", contract, files == true ? "with files" : "", new { bytes = file.Length }, cancellation);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        context.Response.Headers[EvidenceEndpoints.ExportedBy] = caller.Id;
        var day = ChinaTime.ToLocalDate(ChinaTime.DayOf(clock.Now));
        return Results.Stream(file, "application/zip", string.Create(CultureInfo.InvariantCulture, $"{contract}-{day.Year:D4}{day.Month:D2}{day.Day:D2}.zip"));
    }
}

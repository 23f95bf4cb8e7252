using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Yueheng.Server.Clock;

namespace Yueheng.Server;

/// <summary>The OpenAPI document, from the endpoints themselves and without a database.</summary>
public static class ApiDescription
{
    /// <summary>As JSON, ended by a line feed; the same as <c>/openapi/v1.json</c> says.</summary>
    public static async Task<string> Write(string home)
    {
        await using var app = Host.Build(new HostSettings(home, Path.Combine(home, "data")) { Urls = [] }, null, new BusinessClock(TimeProvider.System, TimeSpan.Zero));
        // What a start would do: until then nobody has gathered the endpoints.
        ((IApplicationBuilder)app).UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1) + "\n";
    }
}

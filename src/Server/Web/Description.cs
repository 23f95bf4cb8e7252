using Microsoft.AspNetCore.OpenApi;

namespace Yueheng.Server.Web;

/// <summary>The OpenAPI document of the API.</summary>
internal static class Description
{
    public static void Use(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "约衡 Yueheng", Version = "v1", Description = "运维合同的账本与评判。错误一律为 application/problem+json（RFC 9457）。" };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    }
}

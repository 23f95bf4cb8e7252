using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Yueheng.Server.Access;

namespace Yueheng.Server.Web;

/// <summary>The OpenAPI document of the API.</summary>
internal static class Description
{
    public static void Use(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "约衡 Yueheng", Version = "v1", Description = "运维合同的账本与评判。错误一律为 application/problem+json（RFC 9457），说明用中文。" };
            document.Servers?.Clear();
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "yueheng", Description = $"登录后的会话；除 GET 外还须带标头 {Gate.CsrfHeader}。https 之下名为 __Host-yueheng。" },
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "机器的密钥（yk_…）。" },
            };
            return Task.CompletedTask;
        });
        // Whatever goes wrong is said in one way, so it is described once, for all.
        options.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            var access = context.Description.ActionDescriptor.EndpointMetadata.OfType<Access.Access>().FirstOrDefault();
            if (access is null) return;
            operation.Responses ??= [];
            operation.Responses["default"] = new OpenApiResponse
            {
                Description = "没有完成：原因见 detail。",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation) } },
            };
            // Files are described by what they are, since no record of ours is written into them.
            foreach (var file in context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>().Where(answer => answer.Type is null || answer.Type == typeof(void)))
                if (operation.Responses.TryGetValue(file.StatusCode.ToString(CultureInfo.InvariantCulture), out var answer) && answer is OpenApiResponse { Content: not { Count: > 0 } } response && file.ContentTypes.Any())
                    response.Content = file.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
            operation.Description = access switch
            {
                Access.Access.InContract needed => $"须有本合同的权限 {needed.Permission.Word()}。",
                Access.Access.Administrators admins => $"由{string.Join("、", admins.Any.Select(admin => admin.Title()))}办理。",
                Access.Access.SignedIn => "须已登录。",
                _ => operation.Description,
            };
            if (access is Access.Access.Anyone || context.Document is not { } document) return;
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("session", document)] = [] }, new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        });
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using static Yueheng.Server.Tests.Answers;

namespace Yueheng.Server.Tests.Web;

public sealed class DescriptionTests(OneNode one) : IClassFixture<OneNode>
{
    private readonly TestNode _node = one.Node;

    [Fact]
    public async Task The_description_is_complete_and_the_same_without_a_database()
    {
        var served = await _node.Anonymous.GetStringAsync("/openapi/v1.json", Cancellation);
        var written = await ApiDescription.Write(ServerFixture.Home);
        JsonElement.DeepEquals(JsonDocument.Parse(served).RootElement, JsonDocument.Parse(written).RootElement).ShouldBeTrue();

        var paths = JsonDocument.Parse(written).RootElement.GetProperty("paths");
        var incomplete = new List<string>();
        var seen = 0;
        foreach (var endpoint in _node.Part<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)))
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single();
            // Constraints are not part of a path as OpenAPI writes it.
            var path = System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.TrimEnd('/'), @":\w+\}", "}");
            if (!paths.TryGetProperty(path, out var item) || !item.TryGetProperty(method.ToLowerInvariant(), out var operation))
            {
                incomplete.Add($"{method} {path}: absent");
                continue;
            }
            seen++;
            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            var good = answers.Where(answer => answer.Name[0] is '2' or '3').ToList();
            if (good.Count == 0) incomplete.Add($"{method} {path}: no answer");
            foreach (var answer in good.Where(answer => answer.Name is not ("204" or "302")))
                if (!answer.Value.TryGetProperty("content", out var content) || !content.EnumerateObject().Any()) incomplete.Add($"{method} {path}: {answer.Name} without content");
            if (answers.All(answer => answer.Name != "default")) incomplete.Add($"{method} {path}: says nothing of problems");
        }
        incomplete.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task The_console_was_written_against_this_description()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(ServerFixture.Home, "web", "openapi.json"), Cancellation);
        JsonElement.DeepEquals(JsonDocument.Parse(committed).RootElement, JsonDocument.Parse(await ApiDescription.Write(ServerFixture.Home)).RootElement)
            .ShouldBeTrue("web/openapi.json: ./yueheng openapi > web/openapi.json && npm --prefix web run types");
    }
}

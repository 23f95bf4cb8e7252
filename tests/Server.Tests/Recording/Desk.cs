using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Yueheng.Server.Tests.Recording;

/// <summary>What the tests of facts and claims say over HTTP, in few words.</summary>
internal static class Desk
{
    public const string Now = "2025-12-08T08:00:00+08:00";
    public static readonly string Path = $"/api/contracts/{TestNode.Contract}";

    private static int _ids;

    public static string NewId(string prefix = "f") => $"{prefix}-{Interlocked.Increment(ref _ids)}";

    public static string Fact(string id, string kind = "incident.reported", string? subject = null, string data = "{}", string at = Now) =>
        $$"""{"id":"{{id}}","contract":"{{TestNode.Contract}}","kind":"{{kind}}","at":"{{at}}","subject":"{{subject ?? id}}","data":{{data}}}""";

    public static Task<HttpResponseMessage> PostJson(this HttpClient client, string path, string json, string type = "application/json")
    {
        var body = new StringContent(json, Encoding.UTF8);
        body.Headers.ContentType = new(type);
        return client.PostAsync(Path + path, body);
    }

    public static Task<HttpResponseMessage> Record(this HttpClient client, string fact) => client.PostJson("/facts", fact);

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> sending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The problem's word, its status checked.</summary>
    public static async Task<string> Problem(this Task<HttpResponseMessage> sending, HttpStatusCode status)
    {
        var problem = await sending.Json(status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem.GetProperty("type").GetString()!["/problems/".Length..];
    }

    public static async Task<JsonElement> Get(this HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + path);
        request.Headers.Accept.ParseAdd("application/json");
        return await client.SendAsync(request).Json();
    }

    public static async Task<string[]> Lines(this HttpClient client, string path) =>
        (await client.GetStringAsync(Path + path)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Proposes; <paramref name="fact"/> and <paramref name="evidence"/> as JSON.</summary>
    public static Task<HttpResponseMessage> Claim(this HttpClient client, string type, string? fact = null, string? about = null, string reason = "有理由", params string[] evidence)
    {
        var body = new JsonObject { ["type"] = type, ["reason"] = reason, ["evidence"] = new JsonArray([.. evidence.Select(hash => (JsonNode)hash)]) };
        if (fact is not null) body["fact"] = JsonNode.Parse(fact);
        if (about is not null) body["about"] = about;
        return client.PostJson("/claims", body.ToJsonString());
    }

    public static Task<HttpResponseMessage> Answer(this HttpClient client, long number, string stand) => client.PostJson($"/claims/{number}/answer", $$"""{"stand":"{{stand}}","reason":"经查"}""");

    public static async Task<long> Number(this Task<HttpResponseMessage> proposing) => (await proposing.Json(HttpStatusCode.Created)).GetProperty("number").GetInt64();

    /// <summary>Hands in a file.</summary>
    /// <returns>Its hash.</returns>
    public static async Task<string> Upload(this HttpClient client, string text)
    {
        using var form = new MultipartFormDataContent { { new StringContent(text), "file", "记录.txt" } };
        return (await client.PostAsync(Path + "/evidence", form).Json(HttpStatusCode.Created)).GetProperty("sha256").GetString()!;
    }

    public static string Text(this JsonElement element, string key) => element.GetProperty(key).GetString()!;
}

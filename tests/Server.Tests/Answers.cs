using System.Net.Http.Json;
using System.Text.Json;

namespace Yueheng.Server.Tests;

/// <summary>Reading answers in tests.</summary>
public static class Answers
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The body as JSON; a refusal where an answer was expected fails with what it says.</summary>
    public static async Task<JsonElement> Json(this HttpResponseMessage answer, int status = 200)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        ((int)answer.StatusCode).ShouldBe(status, $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.PathAndQuery}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The word of a problem: what follows <c>/problems/</c>.</summary>
    public static async Task<string> Problem(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Json(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.GetProperty("status").GetInt32().ShouldBe(status);
        // For the person who asked, in Chinese.
        body.GetProperty("detail").GetString()!.ShouldContain("。");
        return body.GetProperty("type").GetString()!["/problems/".Length..];
    }

    public static Task<HttpResponseMessage> Get(this HttpClient client, string path) => client.GetAsync(path, Cancellation);
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object? body = null) => client.PostAsJsonAsync(path, body ?? new { }, Cancellation);
    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, object body) => client.PutAsJsonAsync(path, body, Cancellation);
    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, object body) => client.PatchAsJsonAsync(path, body, Cancellation);
    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path) => client.DeleteAsync(path, Cancellation);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

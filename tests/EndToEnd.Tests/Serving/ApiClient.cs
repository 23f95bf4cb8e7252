using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Yueheng.EndToEnd.Tests.Serving;

/// <summary>Somebody at the HTTP API of a server, signed in by name and password; the session goes with them to where the server is started again.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly string _cookie;
    private readonly string _token;
    private HttpClient _http;

    private ApiClient(HttpClient http, string cookie, string token) => (_http, _cookie, _token) = (http, cookie, token);

    public static async Task<ApiClient> SignIn(Uri server, string login, string password)
    {
        using var http = NewClient(server);
        using var answer = await http.PostAsJsonAsync("/api/session", new { user = login, password });
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var client = new ApiClient(NewClient(server), answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0], session.GetProperty("csrf").GetString()!);
        client.Follow(server);
        return client;
    }

    /// <summary>Speaks to the server at its new address from now on.</summary>
    public void Follow(Uri server)
    {
        _http.Dispose();
        _http = NewClient(server);
        _http.DefaultRequestHeaders.Add("Cookie", _cookie);
        _http.DefaultRequestHeaders.Add("X-CSRF-Token", _token);
    }

    public Task<HttpResponseMessage> Post(string path, string json, string type = "application/json") =>
        _http.PostAsync(path, new StringContent(json, Encoding.UTF8, type));

    /// <summary>The answer as it begins to come, for one that is read line by line.</summary>
    public Task<HttpResponseMessage> Stream(string path, string lines) =>
        _http.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") }, HttpCompletionOption.ResponseHeadersRead);

    public Task<string> Get(string path) => _http.GetStringAsync(path);

    public async Task<bool> IsReady()
    {
        try
        {
            using var answer = await _http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient NewClient(Uri server) => new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
}

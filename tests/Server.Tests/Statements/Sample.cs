using System.Text;
using System.Text.Json;
using Yueheng.Ledger;
using Yueheng.Ledger.Appending;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Tests.Statements;

/// <summary>Sample contracts on a test node, with the facts of their sample year up to the node's clock, and answers as JSON.</summary>
internal static class Sample
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The contract folders that come with the product.</summary>
    public static IReadOnlyList<string> Contracts { get; } =
        [.. Directory.GetDirectories(Path.Combine(ServerFixture.Home, "contracts")).Where(folder => File.Exists(Path.Combine(folder, "contract.yaml"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>Puts a contract on the shelf and its sample year into the ledger, once.</summary>
    public static async Task Record(this TestNode node, string contract = TestNode.Contract)
    {
        var folder = Path.Combine(ServerFixture.Home, "contracts", contract);
        await node.Part<Shelf>().Install(folder, "u-test", Token);
        await using var facts = File.OpenRead(Path.Combine(folder, "sample.jsonl"));
        await foreach (var answer in new FactLedger(node.Database, node.Part<BusinessClock>(), [contract]).AppendLines(contract, null, facts, "u-test", Token)) answer.Answer.ShouldBeOfType<Receipt>();
    }

    public static async Task<Receipt> Append(this TestNode node, string contract, string id, string kind, string at, string subject, string data = "{}") =>
        (await new FactLedger(node.Database, node.Part<BusinessClock>(), [contract]).Append(contract, null,
            Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","contract":"{{contract}}","kind":"{{kind}}","at":"{{at}}","subject":"{{subject}}","data":{{data}}}"""), "u-test", Token)).ShouldBeOfType<Receipt>();

    public static async Task<JsonElement> Get(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public static async Task<(int Status, JsonElement Body)> Post(this HttpClient client, string path, string json)
    {
        using var answer = await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Token);
        return await Read(answer);
    }

    public static async Task<(int Status, JsonElement Body)> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Token);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public static async Task<int> Status(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Token);
        return (int)answer.StatusCode;
    }

    public static string Text(this JsonElement element, string key) => element.GetProperty(key).GetString() ?? "";

    public static bool Has(this JsonElement element, string key) => element.TryGetProperty(key, out _);

    public static IReadOnlyList<JsonElement> List(this JsonElement element, string key) => [.. element.GetProperty(key).EnumerateArray()];
}

using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims.Workbooks;

/// <summary>The fact that a row of a workbook says.</summary>
internal static class WorkbookFact
{
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line of JSON. Without an id of its own it gets one of its content: the same row again is the same fact.</summary>
    public static byte[] Of(string contract, KindSheet kind, IReadOnlyList<(string Key, JsonElement Value)> values)
    {
        var data = new JsonObject();
        foreach (var (key, value) in values)
            if (KindSheet.Envelope.All(column => column.Key != key)) data[key] = JsonValue.Create(value);
        var fact = new JsonObject
        {
            [KindSheet.Id] = Text(KindSheet.Id) ?? "", ["contract"] = contract, ["kind"] = kind.Kind, [KindSheet.At] = Text(KindSheet.At), [KindSheet.Subject] = Text(KindSheet.Subject), ["data"] = data,
        };
        if (Text(KindSheet.Id) is null) fact[KindSheet.Id] = "late-" + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.OfFact(Written(fact))))[..16];
        return Written(fact);

        string? Text(string key) => values.FirstOrDefault(value => value.Key == key).Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    private static byte[] Written(JsonObject fact) => JsonSerializer.SerializeToUtf8Bytes(fact, AsItIs);
}

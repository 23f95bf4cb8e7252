using System.Text.Json;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Appending;

/// <summary>Every text of a fact, looked through for what identifies a person before it is recorded: nothing can be taken out again.</summary>
internal static class Texts
{
    // A local number without its area code: nothing shorter identifies anybody.
    private const int FewestDigits = 7;

    public static IEnumerable<string> Problems(JsonElement fact) =>
        fact.EnumerateObject().Where(member => member.Name is "id" or "subject" or "data" or "evidence")
            .SelectMany(member => In(member.Name, member.Value))
            .SelectMany(text => Problems(text.Text).Select(problem => $"{text.Key} {problem}"));

    public static IReadOnlyList<string> Problems(string text) => text.Count(char.IsDigit) < FewestDigits ? [] : Screening.Problems(text);

    private static IEnumerable<(string Key, string Text)> In(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when key != "sha256" => [(key, value.GetString()!)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => In(key, item)),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => In(member.Name, member.Value).Prepend((key, member.Name))),
        _ => [],
    };
}

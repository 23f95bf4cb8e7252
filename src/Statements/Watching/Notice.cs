using System.Text.Json;
using System.Text.Json.Serialization;

namespace Yueheng.Statements.Watching;

/// <summary>Something was recorded of a contract; every node hears of it when it is committed.</summary>
/// <param name="Event">fact, claim, pack, statement; or resync: some may have been missed, look again.</param>
/// <param name="Contract">The contract's id; empty for resync.</param>
/// <param name="Seq">The head of the chain after it, for facts and claims.</param>
/// <param name="Kind">The kind of a single fact.</param>
/// <param name="Id">The id of a single fact, the number of a claim or a statement, the version of a pack.</param>
public sealed record Notice(string Event, string Contract, long? Seq = null, string? Kind = null, string? Id = null)
{
    internal const string Channel = "yueheng";

    public static Notice Resync { get; } = new("resync", "");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null when it is none.</summary>
    public static Notice? Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(payload, Json) is { Event: { Length: > 0 }, Contract: not null } notice ? notice : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

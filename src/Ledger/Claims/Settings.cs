using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Yueheng.Facts;

namespace Yueheng.Ledger.Claims;

/// <summary>The limits of time of one contract's record. The parties change them by agreement: a claim of type <see cref="ClaimType.Setting"/>.</summary>
/// <param name="LateHours">A fact that happened longer ago than this is a late entry.</param>
/// <param name="AnswerHours">A finding not answered within this may be decided without an answer.</param>
public sealed record Settings(int LateHours, int AnswerHours)
{
    private const int LongestHours = 366 * 24;

    /// <summary>A day, and seven days: five workdays anywhere but around a long holiday.</summary>
    public static Settings Default { get; } = new(24, 7 * 24);

    /// <summary>In nanoseconds.</summary>
    public long LateLimit => LateHours * ChinaTime.Hour;

    /// <summary>In nanoseconds.</summary>
    public long AnswerTime => AnswerHours * ChinaTime.Hour;

    /// <summary>Whether the limits are ones that people can mean.</summary>
    public bool IsSensible => LateHours is >= 1 and <= LongestHours && AnswerHours is >= 24 and <= LongestHours;

    internal JsonObject ToJson() => new() { ["answerHours"] = AnswerHours, ["lateHours"] = LateHours };

    internal static Settings? In(JsonElement content) =>
        content.TryGetProperty("setting", out var setting) ? new(setting.GetProperty("lateHours").GetInt32(), setting.GetProperty("answerHours").GetInt32()) : null;

    /// <summary>Those agreed last.</summary>
    /// <param name="connection">In a transaction that sees the contract.</param>
    internal static async Task<Settings> InForce(NpgsqlConnection connection, string contract, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Last, connection) { Parameters = { new() { Value = contract } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await ReadLast(reader, cancellation);
    }

    private const string Agreed = "select recorded_at, content from ledger.claim_events where contract = $1 and type = 'setting' and step = 'accepted' order by seq";

    /// <summary>Asks for those agreed last; the contract is its one parameter.</summary>
    internal const string Last = Agreed + " desc limit 1";

    internal static async Task<Settings> ReadLast(NpgsqlDataReader reader, CancellationToken cancellation) => await reader.ReadAsync(cancellation) ? Read(reader).Settings : Default;

    /// <summary>Each with the instant since which it holds, the earliest first; before it the default held.</summary>
    internal static async Task<IReadOnlyList<(long Since, Settings Settings)>> History(NpgsqlConnection connection, string contract, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Agreed, connection) { Parameters = { new() { Value = contract } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var agreed = new List<(long, Settings)>();
        while (await reader.ReadAsync(cancellation)) agreed.Add(Read(reader));
        return agreed;
    }

    private static (long Since, Settings Settings) Read(NpgsqlDataReader reader)
    {
        using var content = JsonDocument.Parse(reader.GetString(1));
        return (reader.GetInt64(0), In(content.RootElement)!);
    }
}

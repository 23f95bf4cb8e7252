using System.Text.Json;

namespace Yueheng.Ledger.Authority;

/// <summary>What of a fact bears on who may say it.</summary>
/// <param name="Values">The fields inside <c>data</c> that may excuse somebody, as text; those not said are not there.</param>
public sealed record Saying(string Kind, IReadOnlyDictionary<string, string> Values)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static Saying Of(string kind, JsonElement fact)
    {
        if (!fact.TryGetProperty("data", out var data)) return new(kind, Nothing);
        Dictionary<string, string>? values = null;
        foreach (var excuse in AuthorityTable.Excuses)
            if (data.TryGetProperty(excuse.Field, out var value) && value.ValueKind != JsonValueKind.Null)
                (values ??= [])[excuse.Field] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return new(kind, values ?? Nothing);
    }

    /// <summary>Which of them need the record of the subject to be judged.</summary>
    public bool NeedsRecord(Author author) => ExcusesOf(author).Any(excuse => excuse.IsRelative);

    /// <summary>The excuses that the fact makes for its author's own side.</summary>
    public IEnumerable<Excuse> ExcusesFor(Author author, string? severityOnRecord) =>
        ExcusesOf(author).Where(excuse => excuse.IsRelative ? severityOnRecord is not null && AuthorityTable.IsLower(Values[excuse.Field], severityOnRecord) : excuse.IsMadeBy(Values[excuse.Field]));

    // A machine speaks for whoever runs it, and nobody asks whom: it excuses neither side.
    private IEnumerable<Excuse> ExcusesOf(Author author) => AuthorityTable.Excuses.Where(excuse => Values.ContainsKey(excuse.Field) && (author.IsMachine || author.SpeaksFor(excuse.Side)));
}

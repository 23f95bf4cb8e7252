using System.Text.Json;
using Yueheng.Facts.Common;

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

    /// <summary>Whether it must be held against what is on record of its subject.</summary>
    public bool NeedsRecord(Author author) => OfTheirSide(author).Any(excuse => excuse.IsRelative && Speaks(excuse));

    /// <summary>The excuses that the fact makes for its author's own side.</summary>
    public IEnumerable<Excuse> ExcusesFor(Author author, string? severityOnRecord) => OfTheirSide(author).Where(excuse =>
        excuse.IsRelative ? severityOnRecord is not null && Speaks(excuse) && AuthorityTable.IsLower(Values.GetValueOrDefault(excuse.Field), severityOnRecord)
        : Values.TryGetValue(excuse.Field, out var value) && excuse.IsMadeBy(value));

    // A machine speaks for whoever runs it, and nobody asks whom: it excuses neither side.
    private static IEnumerable<Excuse> OfTheirSide(Author author) => AuthorityTable.Excuses.Where(excuse => author.IsMachine || author.SpeaksFor(excuse.Side));

    // To report the same thing again and leave the field out says less than what is on record.
    private bool Speaks(Excuse excuse) => Values.ContainsKey(excuse.Field) || CommonVocabulary.Find(Kind) is { } kind && kind.Fields.Any(field => field.Name == excuse.Field);
}

using System.Globalization;
using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>A fact in the making: it gets its id when the year is put in order.</summary>
internal sealed record Draft(string Kind, long At, string Subject, IReadOnlyList<(string Key, Value Value)> Data, int Place)
{
    public Value Get(string key)
    {
        foreach (var (known, value) in Data)
            if (known == key) return value;
        return Value.Missing;
    }
}

/// <summary>The year as it is being made up.</summary>
internal sealed class Workbook(Vocabulary vocabulary, long seed, Grade grade, long horizon)
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public Grade Grade => grade;
    public long Horizon => horizon;
    public IReadOnlyList<Draft> Drafts => _drafts;
    public Dice Dice(string decision) => new(seed, decision);

    /// <summary>Facts after the horizon are not made: nobody would judge them.</summary>
    public Draft? Add(string kind, long at, string subject, IReadOnlyList<(string Key, Value Value)> data)
    {
        at -= at % ChinaTime.Second;
        if (at > horizon) return null;
        var draft = new Draft(kind, at, subject, data, _drafts.Count);
        _drafts.Add(draft);
        return draft;
    }

    /// <summary>The next subject of a series: INC-001, INC-002.</summary>
    public string Next(string prefix)
    {
        var number = _numbers[prefix] = _numbers.GetValueOrDefault(prefix) + 1;
        return prefix + (prefix.Any(char.IsAsciiLetterLower) ? "/" + number.ToString(CultureInfo.InvariantCulture) : "-" + number.ToString("D3", CultureInfo.InvariantCulture));
    }

    public IReadOnlyList<SimulatedFact> InOrder() =>
        [.. _drafts.OrderBy(draft => draft.At).ThenBy(draft => draft.Place)
            .Select((draft, index) => new SimulatedFact("s" + (index + 1).ToString("D5", CultureInfo.InvariantCulture), draft.Kind, draft.At, draft.Subject, draft.Data))];

    public FactSet Facts() => SimulatedYear.Build(vocabulary, InOrder());
}

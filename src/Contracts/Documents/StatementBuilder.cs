using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Documents;

/// <summary>Arranges a judgement as a statement. Pure, and generic: it knows the common addresses and the contract's own labels, never a contract.</summary>
public sealed class StatementBuilder
{
    private const int CostliestRules = 5;
    private readonly StatementSource _source;
    private readonly ContractSyntax _contract;
    private readonly FigureNames _names;
    private readonly IReadOnlyList<Entry> _all;
    private readonly Dictionary<string, Entry> _byAddress;
    private readonly HashSet<string> _rights;

    private StatementBuilder(StatementSource source)
    {
        _source = source;
        _contract = source.Pack.Contract.Syntax;
        _names = new FigureNames(_contract);
        _all = [.. source.Judgement.ByAddress().Select((figure, number) =>
            new Entry(number, figure.Key, _names.Of(figure.Value, figure.Key), _names.Shown(figure.Value), figure.Value, () => source.Judgement.Explain(figure.Value)))];
        _rights = [.. _contract.Figures.Where(figure => figure.Value is Name name && _contract.Terms.GetValueOrDefault(name.Text)?.Right is not null).Select(figure => figure.Address)];
        _byAddress = _all.ToDictionary(entry => entry.Address, StringComparer.Ordinal);
    }

    public static Statement Build(StatementSource source) => new StatementBuilder(source).Build();

    private Statement Build()
    {
        var settlement = Settle();
        var duties = Duties();
        var clocks = Breached();
        var rights = _all.Where(IsOpenRight).ToList();
        var results = Under("assessment").Concat(Under("card")).ToList();
        var summary = new StatementSummary(_source, _all).Sentences(settlement, duties, clocks, rights);
        return new Statement(Head(), summary, results, Cards(), settlement, duties, clocks, rights, Readings(), _source.Defects, _all, Groups(),
            (_contract.Clauses ?? []).GroupBy(clause => clause.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal), _source.Facts);
    }

    private List<FigureGroup> Groups() =>
        [.. _all.GroupBy(entry => entry.Address.Split('/')[0], StringComparer.Ordinal).Select(group => new FigureGroup(_names.Heading(group.Key, [.. group]), [.. group]))];

    // Published under right/…, or the value of a right wherever it is published; as a state, or as a yes.
    private bool IsOpenRight(Entry entry) => entry.Figure.Text is "open" or "true"
        && (entry.Address.StartsWith("right/", StringComparison.Ordinal) || (entry.Figure.Value.IsYes && _rights.Contains(entry.Address)));

    private IEnumerable<Entry> Under(string kind) => _all.Where(entry => entry.Address.StartsWith(kind + "/", StringComparison.Ordinal));

    private Heading Head() => new(
        _contract.Contract.Name, _source.Pack.Id, [.. _contract.Contract.Parties.Select(party => (FigureNames.Role(party.Key), party.Value))],
        _contract.Contract.Signed, _contract.Contract.Term.From, _contract.Contract.Term.Through, FigureNames.Time(_source.Judgement.AsOf),
        _source.Facts.CountUpTo(_source.Judgement.AsOf), _source.Hashes, [.. _source.Readings.Select(reading => NameOf(reading))],
        [.. _source.Judgement.ProvisionalYears.Order()]);

    private string NameOf(Packs.Reading reading)
    {
        var alternative = _contract.Interpretations?.GetValueOrDefault(reading.Interpretation)?.Alternatives?.GetValueOrDefault(reading.Alternative);
        return alternative is null ? reading.ToString() : $"{reading}（{alternative.Label}）";
    }

    /// <summary>A card is told by its items: those of one view whose keys stand in one scorecard of the contract.</summary>
    private List<Card> Cards()
    {
        var cards = new List<Card>();
        var items = Under("item").Where(entry => entry.Figure.Column("item").IsPresent).ToList();
        var rules = Under("rule").Where(entry => entry.Figure.Column("rule").IsPresent).ToList();
        foreach (var view in items.Select(entry => entry.Figure.View).Distinct())
            foreach (var (id, term) in _contract.Terms)
            {
                if (term.Scorecard is not { } scorecard) continue;
                var order = scorecard.Items.Keys.ToList();
                var own = items.Where(entry => entry.Figure.View == view && order.Contains(entry.Figure.Column("item").ToString()))
                    .OrderBy(entry => order.IndexOf(entry.Figure.Column("item").ToString())).ToList();
                if (own.Count == 0) continue;
                var applied = rules.Where(entry => entry.Figure.View == view && scorecard.Rules.ContainsKey(entry.Figure.Column("rule").ToString()))
                    .Select(entry => RuleOf(entry, scorecard)).OrderBy(rule => rule.Points).ThenBy(rule => rule.Entry.Number).ToList();
                var name = (term.Label ?? id) + (view is null || items.Select(entry => entry.Figure.View).Distinct().Count() == 1 ? "" : $"（{FigureNames.Part(view)}）");
                cards.Add(new Card(name, [.. own.Select(entry => ItemOf(entry, scorecard, applied))], [.. applied.Where(rule => rule.Item.Length == 0)],
                    [.. applied.Where(rule => rule.Points < 0).Take(CostliestRules)]));
            }
        return cards;
    }

    private static CardRule RuleOf(Entry entry, ScorecardSyntax scorecard)
    {
        var syntax = scorecard.Rules[entry.Figure.Column("rule").ToString()];
        return new CardRule(syntax.Name ?? entry.Figure.Column("rule").ToString(), syntax.Item ?? "", NumberOf(entry.Figure.Value) ?? 0m, entry);
    }

    private static CardItem ItemOf(Entry entry, ScorecardSyntax scorecard, IReadOnlyList<CardRule> rules)
    {
        var item = entry.Figure.Column("item").ToString();
        return new CardItem(scorecard.Items[item].Name, NumberOf(entry.Figure.Value) ?? 0m, NumberOf(entry.Figure.Column("points")), entry, [.. rules.Where(rule => rule.Item == item)]);
    }

    private static decimal? NumberOf(in Value value) => value.Type == Facts.ValueType.Number ? Numbers.Round(value, 6) : null;

    private Settlement Settle()
    {
        var steps = _source.Judgement.Waterfall();
        var net = decimal.TryParse(_source.Judgement.Summary("net"), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null;
        var instalments = Under("instalment").Where(entry => entry.Address.Split('/').Length == 3).ToList();
        var columns = instalments.Select(entry => entry.Address.Split('/')[2]).Distinct()
            .OrderBy(column => ColumnOrder.IndexOf(column) is >= 0 and var place ? place : ColumnOrder.Count).ToList();
        var rows = instalments.GroupBy(entry => entry.Address.Split('/')[1], StringComparer.Ordinal)
            .Select(group => new InstalmentRow(_names.LabelOf(group.Key) ?? group.Key, [.. columns.Select(column => _byAddress.GetValueOrDefault($"instalment/{group.Key}/{column}"))])).ToList();
        var damages = _all.Where(entry => entry.Address.Split('/')[0] == "damages").Where(entry => entry.Figure.IsMoney).OrderBy(entry => entry.Address.Split('/') is not [_, var head, ..] || StatementSummary.Sums.Contains(head)).ToList();
        var others = _all.Where(entry => entry.Figure.IsMoney && entry.Address != "net" && entry.Address.Split('/')[0] is not ("instalment" or "damages" or "violation")).ToList();
        var tables = Tables(others);
        others = [.. others.Where(entry => !IsTabled(entry))];
        return new Settlement(steps, net, steps.Count == 0 || net is null ? 0m : net.Value - steps.Sum(step => step.Amount), _byAddress.GetValueOrDefault("net"),
            [.. columns.Select(FigureNames.Part)], rows, damages, tables, others)
        {
            DamagesTotal = decimal.TryParse(_source.Judgement.Summary("damages"), NumberStyles.Number, CultureInfo.InvariantCulture, out var total) ? total : null,
        };
    }

    private readonly HashSet<(string, string)> _tabled = [];

    private bool IsTabled(Entry entry) => entry.Figure.Set is not null && _tabled.Contains(Family(entry));

    // Figures whose addresses begin alike and have the same holes belong side by side.
    private static (string, string) Family(Entry entry) => (entry.Address.Split('/')[0], string.Join('/', FigureNames.HoleNames(entry.Figure)));

    /// <summary>Money that is published row by row, as tables; what goes with it by address (a due date, days) stands in further columns.</summary>
    private List<FigureTable> Tables(IReadOnlyList<Entry> money)
    {
        const int few = 3;
        var tables = new List<FigureTable>();
        foreach (var family in money.Where(entry => entry.Figure is { Set: not null, View: null }).GroupBy(Family))
        {
            var holes = FigureNames.HoleNames(family.First().Figure);
            if (holes.Count == 0 || holes.Contains("term")) continue;
            var all = _all.Where(entry => entry.Figure is { Set: not null, View: null } && Family(entry) == family.Key).ToList();
            var templates = _contract.Figures.Select(figure => figure.Address).Distinct().Where(address => all.Any(entry => entry.Figure.Template == address)).ToList();
            var rows = all.GroupBy(entry => string.Join('\0', _names.Holes(entry.Figure)), StringComparer.Ordinal).ToList();
            if (templates.Count < 2 && rows.Count <= few) continue;
            _tabled.Add(family.Key);
            var columns = templates.Select(template => all.First(entry => entry.Figure.Template == template)).OrderBy(entry => !entry.Figure.IsMoney).ThenBy(entry => templates.IndexOf(entry.Figure.Template)).ToList();
            var shown = rows.Where(row => row.Any(entry => entry.Figure.IsMoney && Numbers.Round(entry.Figure.Value, 2) != 0m)).ToList();
            tables.Add(new FigureTable(_names.Heading(family.Key.Item1, all), [.. holes.Select(_names.HoleName)], [.. columns.Select(column => (_names.Column(column.Figure), column.Figure.IsMoney))],
                [.. shown.Select(row => new FigureRow(_names.Holes(row.First().Figure), [.. columns.Select(column => row.FirstOrDefault(entry => entry.Figure.Template == column.Figure.Template))]))], rows.Count - shown.Count));
        }
        return tables;
    }

    private static readonly List<string> ColumnOrder = ["amount", "deducted", "unabsorbed", "withheld", "payable", "paid", "outstanding", "balance", "due", "late-days", "state"];

    private List<DutyGroup> Duties()
    {
        var entries = new Dictionary<(string, string), Entry>();
        foreach (var entry in _all)
            if (entry.Figure is { Set: { } set, View: null } figure && figure.Value.Type == Facts.ValueType.Text && figure.Column("period") is { IsPresent: true } period)
                entries.TryAdd((set, period.ToString()), entry);
        return [.. _source.Judgement.Duties().GroupBy(duty => duty.Duty, StringComparer.Ordinal).Select(group =>
        {
            var failed = group.Where(duty => duty.State is "late" or "missing")
                .Select(duty => new FailedDuty(duty.Period, duty.Due is { } due ? FigureNames.Due(due) : "—", duty.State, entries.GetValueOrDefault((duty.Duty, duty.Period)))).ToList();
            var next = group.Where(duty => duty.State == "pending" && duty.Due is not null).Min(duty => duty.Due);
            return new DutyGroup(group.First().Label ?? group.Key, group.Key, Count("kept"), Count("late"), Count("missing"), Count("pending"), next is { } at ? FigureNames.Due(at) : null, failed);

            int Count(string state) => group.Count(duty => duty.State == state);
        })];
    }

    private List<BreachedClock> Breached() =>
        [.. Clocks("breached").Select(entry => new BreachedClock(
                _names.LabelOf(entry.Figure.Set!) ?? entry.Figure.Set!, string.Join('/', entry.Address.Split('/').Skip(2)),
                FigureNames.Time(entry.Figure.Column("start")), FigureNames.Time(entry.Figure.Column("stop")),
                () => entry.Figure.Column("due") is { Type: Facts.ValueType.Instant } due ? FigureNames.Due(due.Nanoseconds) : LimitIn(entry.Explain()) ?? "—",
                entry.Figure.Column("elapsed") is { Type: Facts.ValueType.Duration } elapsed ? elapsed.Nanoseconds : 0, entry))
            .OrderByDescending(clock => clock.Elapsed).ThenBy(clock => clock.Entry.Number)];

    // The limit in force for this very row, as its trace tells it.
    private static string? LimitIn(Terms.Tracing.Trace trace) =>
        trace is { What: "时限", Value.Length: > 0 } ? trace.Value : trace.Parts.Select(LimitIn).FirstOrDefault(limit => limit is not null);

    private IEnumerable<Entry> Clocks(string state) =>
        _all.Where(entry => entry.Figure is { Set: { } set, View: null } figure && figure.Text == state && _contract.Terms.GetValueOrDefault(set)?.Clock is not null);

    private List<OtherReading> Readings() =>
        [.. _source.Worths.Where(worth => worth.Untold is not null || worth is { Alternative: not null, Changed.Count: > 0 })
            .OrderByDescending(worth => Math.Abs(worth.Net ?? 0m)).ThenByDescending(worth => Math.Abs(worth.Points ?? 0m)).ThenByDescending(worth => worth.Changed.Count)
            .Select(worth =>
            {
                var interpretation = _contract.Interpretations![worth.Interpretation];
                return new OtherReading(worth.Interpretation, interpretation.Asks, interpretation.Reading, worth.Alternative!, worth.Label, worth.Points, worth.Net, worth.Changed.Count, worth.Untold);
            })];
}

using Yueheng.Facts;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Scorecards;
using Yueheng.Terms.Tracing;

namespace Yueheng.Terms;

/// <summary>
/// What a contract says of facts at an instant. Figures are computed when they are asked for; nothing is stored for traces,
/// which are derived by walking back through the graph.
/// </summary>
public sealed class Judgement
{
    private readonly Moment _moment;
    private List<Figure>? _figures;
    private FiguresByAddress? _byAddress;

    internal Judgement(Contract contract, Moment moment) => (Contract, _moment) = (contract, moment);

    public Contract Contract { get; }

    /// <summary>Nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long AsOf => _moment.AsOf;

    internal Moment Moment => _moment;

    /// <summary>Calendar years that were asked for and have no notice: their workdays are weekdays only, provisionally.</summary>
    public IReadOnlyCollection<int> ProvisionalYears => _moment.Session.ProvisionalYears;

    /// <summary>How many rows lookups have gone through so far: what the judging cost, whatever the machine.</summary>
    public long RowsVisited => _moment.Session.RowsVisited;

    /// <summary>Every figure that the contract publishes now, in the order of its entries.</summary>
    /// <exception cref="CannotJudgeException">The contract as written cannot be judged on these facts.</exception>
    public IReadOnlyList<Figure> Figures => _figures ??= Guarded(Publish);

    /// <summary>The figures by address, ordinal.</summary>
    /// <exception cref="CannotJudgeException">Two entries give one address, or the contract cannot be judged.</exception>
    public FiguresByAddress ByAddress() => _byAddress ??= new FiguresByAddress(Figures);

    // Views that look back without end, and chains of thousands of terms, exhaust the stack; that is the contract's fault.
    private static T Guarded<T>(Func<T> judging)
    {
        try
        {
            return judging();
        }
        catch (NumberTooLargeException error)
        {
            throw new CannotJudgeException(error.Message + "，无法评判");
        }
        catch (InsufficientExecutionStackException)
        {
            throw new CannotJudgeException("各名称或视角的嵌套没有尽头，或超过数千层");
        }
    }

    private List<Figure> Publish()
    {
        var figures = new List<Figure>();
        foreach (var entry in _moment.Session.Contract.Figures)
        {
            var moment = entry.View is null ? _moment : Elsewhere.Enter(_moment, entry.View);
            if (moment is null) continue;
            if (entry.When is { } when && !when.Of(new Frame(moment, null, null)).IsYes) continue;
            var frame = new Frame(moment, null, null);
            foreach (var row in entry.Each is { } set ? moment.RowsOf(set.Index) : [null!])
            {
                frame.Row = row;
                if (entry.Where is { } where && !where.Of(frame).IsYes) continue;
                var value = entry.Value.Of(frame);
                if (value.IsPresent) figures.Add(new Figure(entry, moment, row, value));
            }
        }
        return figures;
    }

    /// <summary>Why a figure is what it is.</summary>
    public Trace Explain(in Figure figure) => Tracer.Explain(Contract, figure);

    /// <summary>The occurrences behind a figure of a scorecard's rule; none for any other figure.</summary>
    public IReadOnlyList<Occurrence> Occurrences(in Figure figure) =>
        figure.Entry.Each is { } rules && figure.Column("rule") is { IsPresent: true } rule ? Scorecards.Occurrences.Of(rules, rule.ToString(), figure.Moment) : [];

    /// <summary>What the contract's one-line summary shows under a key (score, tier, payable, damages, net), or null.</summary>
    public string? Summary(string key)
    {
        if (!_moment.Session.Contract.Summary.TryGetValue(key, out var formula)) return null;
        var value = Guarded(() => formula.Of(new Frame(_moment, null, null)));
        if (value.IsMissing) return null;
        return key is "payable" or "damages" or "net" ? Numbers.Fixed(value, 2) : value.ToString();
    }

    /// <summary>The signed parts that lead from what was agreed to the net amount, in the order of the contract; empty where it gives none.</summary>
    public IReadOnlyList<WaterfallPart> Waterfall()
    {
        var frame = new Frame(_moment, null, null);
        return [.. _moment.Session.Contract.Waterfall.Select(part =>
            new WaterfallPart(part.Label, part.Value.Of(frame) is { IsPresent: true } value ? Numbers.Round(value, 2) : 0m, () => Tracer.Explain(Contract, part.Label, part.Value, _moment)))];
    }

    /// <summary>Every occurrence of every duty, in the order of the contract.</summary>
    public IEnumerable<DutyOccurrence> Duties()
    {
        foreach (var term in _moment.Session.Contract.Terms.Where(term => term.IsDuty))
        {
            var columns = term.Set!.Columns;
            int period = columns.Find("period"), due = columns.Find("due"), state = columns.Find("state");
            foreach (var row in _moment.RowsOf(term.Index))
                yield return new DutyOccurrence(term.Name, term.Syntax.Label, row.Get(period).ToString(), row.Get(due) is { IsPresent: true } at ? at.Nanoseconds : null, row.Get(state).ToString());
        }
    }

    /// <summary>How many clocks of the contract are in a state now.</summary>
    public int CountClocks(string state)
    {
        var count = 0;
        foreach (var term in _moment.Session.Contract.Terms.Where(term => term.IsClock))
            if (term.Set!.Columns.Find("state") is >= 0 and var column)
                count += _moment.RowsOf(term.Index).Count(row => row.Get(column) is { IsPresent: true } value && value.Text == state);
        return count;
    }
}

/// <summary>One number, date or state with its address.</summary>
public readonly struct Figure
{
    internal Figure(CompiledFigure entry, Moment moment, Row? row, Value value) => (Entry, Moment, Row, Value) = (entry, moment, row, value);

    internal CompiledFigure Entry { get; }
    internal Moment Moment { get; }
    internal Row? Row { get; }

    /// <summary>The exact value, unrounded.</summary>
    public Value Value { get; }

    /// <summary>The name of the set whose rows are published here; null for a single value.</summary>
    public string? Set => Entry.Each?.Name;

    /// <summary>The view in which it was judged, if not the judgement's own.</summary>
    public string? View => Entry.View?.Name;

    /// <summary>The address as the contract writes it, with its holes: <c>bill/{period}/due</c>.</summary>
    public string Template => Entry.Syntax.Address;

    /// <summary>What the contract calls it, if it says.</summary>
    public string? Label => Entry.Syntax.Label;

    /// <summary>Whether it is an amount of money.</summary>
    public bool IsMoney => Entry.Format.Kind == FormatKind.Money;

    /// <summary>Whether it is a length of time, in seconds.</summary>
    public bool IsSeconds => Entry.Format.Kind == FormatKind.Seconds;

    /// <summary>Another column of the row that it was published from; missing where there is none.</summary>
    public Value Column(string name) => Row is not null && Entry.Each!.Set!.Columns.Find(name) is >= 0 and var column ? Row.Get(column) : Value.Missing;

    /// <summary>The address, as in <c>assess --json</c>, in documents and on screens.</summary>
    public string Address
    {
        get
        {
            if (Entry.Address is [{ Text: { } only }]) return only;
            var parts = new string[Entry.Address.Length];
            for (var i = 0; i < parts.Length; i++) parts[i] = Entry.Address[i].Text ?? Row!.Get(Entry.Address[i].Column).ToString();
            return string.Concat(parts);
        }
    }

    /// <summary>The value as it is written: money with two decimals, points plain, whole seconds, dates.</summary>
    public string Text => Entry.Format.Write(Value);
}

/// <summary>One signed step from what was agreed to the net amount, in CNY, rounded to the fen.</summary>
public sealed record WaterfallPart(string Label, decimal Amount, Func<Trace> Explain);

/// <summary>One occurrence of a duty.</summary>
/// <param name="Duty">The duty's id.</param>
/// <param name="Label">Its Chinese name.</param>
/// <param name="Period">The period's label.</param>
/// <param name="Due">Nanoseconds since 1970-01-01T00:00:00Z; null when not yet known.</param>
/// <param name="State">kept, late, missing or pending.</param>
public sealed record DutyOccurrence(string Duty, string? Label, string Period, long? Due, string State);

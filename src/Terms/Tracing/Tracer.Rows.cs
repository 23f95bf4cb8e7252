using Yueheng.Facts;
using Yueheng.Terms.Kernel;

namespace Yueheng.Terms.Tracing;

internal sealed partial class Tracer
{
    private Trace Column(ColumnValue column, Frame frame)
    {
        var at = frame;
        for (var i = column.Depth; i > 0; i--) at = at.Outer!;
        return Column(column.Label ?? Words.Column(column.Name), at.Row!, column.Column, at.Moment) with { Name = column.Name };
    }

    /// <summary>Where the value of a column of a row comes from.</summary>
    private Trace Column(string what, Row row, int column, Moment moment)
    {
        var value = Words.Of(row.Get(column));
        switch (row)
        {
            case FactRow { Fact: var fact }:
                return Trace.Leaf($"{what}：事实 {fact.Id}（{fact.KindName}，{ChinaTime.Write(fact.At)}）", value, fact.Id);
            case MappedRow mapped when mapped.ParentColumn(column) >= 0:
                return Column(what, mapped.Parent, mapped.ParentColumn(column), moment);
            case ExtendedRow extended when column < extended.ParentColumns:
                return Column(what, extended.Parent, column, moment);
            case ExtendedRow extended when extended.Maker.FormulaOf(column) is { } formula:
                if (_owners.TryGetValue(extended.Maker, out var owner) && what == Words.Column("state")) return State(owner, extended, moment, value);
                return Computed(what, value, formula, new Frame(moment, row, null) { Members = MembersOf(extended) });
            case TableRow table when table.CellOf(column) is { } cell:
                return Computed(what, value, cell, new Frame(moment, null, null));
            default:
                return Trace.Leaf(what, value, FactsOf(row));
        }
    }

    private Trace Computed(string what, string value, Formula formula, Frame frame)
    {
        if (formula is Constant) return Trace.Leaf(what, value);
        var inside = Explain(formula, frame);
        return new Trace(what, value, [], [], [inside]);
    }

    private static IReadOnlyList<Row>? MembersOf(Row row)
    {
        while (row is ExtendedRow extended) row = extended.Parent;
        return (row as GroupRow)?.Members;
    }

    /// <summary>The verdict of a clock or a duty in its own words: start, stop, limit, elapsed; due and done.</summary>
    private Trace State(Term owner, ExtendedRow row, Moment moment, string value)
    {
        var columns = owner.Set!.Columns;
        var parts = new List<Trace?>();
        if (owner.IsClock)
        {
            parts.Add(Shown("start"));
            parts.Add(Shown("stop"));
            parts.Add(Shown("due"));
            parts.Add(Trace.Leaf("用时", Words.Of(row.Get(columns.Find("elapsed")))));
            parts.Add(LimitOf(owner, row, moment));
            parts.Add(ExcuseOf(owner, row, moment));
        }
        else
        {
            parts.Add(Shown("period"));
            parts.Add(Shown("due"));
            parts.Add(Shown("done"));
        }
        parts.Add(Trace.Leaf("判定时刻", ChinaTime.Write(moment.AsOf)));
        var name = owner.Syntax.Label is { } label ? $"{label}（{owner.Name}）" : owner.Name;
        return new Trace($"{name}的状态", value, owner.Syntax.Clause ?? [], [], [.. parts.OfType<Trace>()]);

        Trace? Shown(string name) => columns.Find(name) is >= 0 and var column ? Column(Words.Column(name), row, column, moment) : null;
    }

    // The limit and the excuse are formulas inside the state's cases; the trace shows what they came to on this row.
    private Trace? LimitOf(Term owner, ExtendedRow row, Moment moment)
    {
        if (owner.Syntax.Clock!.Limit is null || Cases(owner, row) is not [{ When: Every { Parts: [_, Compared { Edges: [var edge] }] } }, ..]) return null;
        var frame = new Frame(moment, row, null);
        return Trace.Of("时限", Words.Of(edge.Bound.Of(frame)), edge.Bound is Constant ? [] : [Explain(edge.Bound, frame)]);
    }

    private Trace? ExcuseOf(Term owner, ExtendedRow row, Moment moment)
    {
        if (owner.Syntax.Clock!.Excused is null || Cases(owner, row) is not [_, { When: { } excuse }, ..]) return null;
        var frame = new Frame(moment, row, null);
        var holds = excuse.Of(frame).IsYes;
        return Trace.Of(holds ? "免责情形成立" : "考虑而未适用：免责情形", "", [Explain(excuse, frame)]);
    }

    private static IReadOnlyList<ChoiceCase> Cases(Term owner, ExtendedRow row) =>
        row.Maker.FormulaOf(owner.Set!.Columns.Find("state")) is Choice choice ? choice.Cases : [];

    private Trace OfAggregate(Aggregate aggregate, Frame frame, string value)
    {
        var moment = aggregate.Search.Elsewhere is { } elsewhere ? elsewhere.From(frame) : frame.Moment;
        if (moment is null) return Trace.Leaf("另一时刻或视角此刻不存在", value);
        if (RulesOfItem(aggregate, frame, moment, value) is { } rules) return rules;
        var rows = aggregate.Search.Rows(frame);
        var parts = new List<Trace>();
        foreach (var row in rows.Take(MostRows))
        {
            var inner = new Frame(moment, row, frame);
            var body = aggregate.Body is { } formula ? Words.Of(formula.Of(inner)) : "";
            var facts = FactsOf(row);
            // A single row is opened all the way; of many, each shows its value and the facts behind it.
            var inside = aggregate.Body is { } opened and not Constant && rows.Count == 1 ? Explain(opened, inner) : null;
            parts.Add(new Trace(RowName(row, aggregate.Search.Set), body, [], facts, inside is null ? [] : [inside]));
        }
        if (rows.Count > MostRows) parts.Add(Trace.Leaf($"……另有 {rows.Count - MostRows} 行"));
        var set = aggregate.Search.Set;
        var name = set is null ? "本组" : SetName(set);
        return new Trace($"{KindName(aggregate.Kind)}：{name}，符合 {rows.Count} 行", value, set is { IsInner: false } ? set.Syntax.Clause ?? [] : [], [], parts);
    }

    /// <summary>The sum of an item's rules names every rule of the item, those that did not occur too.</summary>
    private Trace? RulesOfItem(Aggregate aggregate, Frame frame, Moment moment, string value)
    {
        if (aggregate.Kind != AggregateKind.Sum || aggregate.Search.Set is not { Syntax.Scorecard: not null } set || !set.Name.EndsWith(".rules", StringComparison.Ordinal)) return null;
        var columns = set.Set!.Columns;
        int rule = columns.Find("rule"), name = columns.Find("name"), points = columns.Find("points");
        var adds = aggregate.Search.Where is Compared { Edges: [{ Edge: Edge.MoreThan }] };
        var matching = aggregate.Search.Rows(frame).ToHashSet(ReferenceEqualityComparer.Instance);
        var item = aggregate.Search.On is [var (_, on), ..] ? on.Of(frame) : Value.Missing;
        var parts = new List<Trace>();
        var idle = new List<string>();
        foreach (var row in moment.RowsOf(set.Index))
        {
            if (!row.Get(columns.Find("item")).Equals(item)) continue; // rules on the total have no item, as the lookup has none
            if (matching.Contains(row)) parts.Add(Column($"{row.Get(name)}", row, points, moment));
            else if (row.Get(points) is { IsFraction: false, Number: 0m }) idle.Add($"{row.Get(rule)} {row.Get(name)}");
        }
        if (idle.Count > 0 && !adds) parts.Add(Trace.Leaf($"考虑而未适用的规则：{string.Join("；", idle)}"));
        return Trace.Of(item.IsMissing ? "作用于总分的规则合计" : adds ? "加分规则合计" : "扣分规则合计", value, parts);
    }

    private static string SetName(Term set) =>
        set.Name.StartsWith("facts/", StringComparison.Ordinal) ? $"事实 {set.Name[6..].Replace(" ", "、", StringComparison.Ordinal)}"
        : set.IsInner ? "所列集合"
        : set.Syntax.Label is { } label ? $"{label}（{set.Name}）" : set.Name;

    private const int MostNames = 4;
    private static readonly string[] RowNames = ["duty", "violation", "rule", "item", "instalment", "claim", "pot", "subject", "period", "date"];

    private static string RowName(Row row, Term? set)
    {
        if (row.Fact is { } fact) return $"事实 {fact.Id}（{fact.KindName}，{fact.Subject}，{ChinaTime.Write(fact.At)}）";
        if (set?.Set is not { } node) return "行";
        var names = new List<string>();
        foreach (var column in RowNames.Concat(node.Columns.Names.Where(name => !RowNames.Contains(name) && name is not ("id" or "kind" or "state" or "name"))))
            if (names.Count < MostNames && node.Columns.Find(column) is >= 0 and var at && node.Columns.TypeOf(at) is Facts.ValueType.Text or Facts.ValueType.Date
                && row.Get(node.Columns.Find(column)) is { IsPresent: true } value && !names.Contains(value.ToString()) && (RowNames.Contains(column) || value.Type == Facts.ValueType.Text))
                names.Add(value.ToString());
        return names.Count == 0 ? "行" : string.Join(" ", names);
    }

    private static string KindName(AggregateKind kind) => kind switch
    {
        AggregateKind.Count => "计数",
        AggregateKind.Sum => "合计",
        AggregateKind.Smallest => "最小",
        AggregateKind.Largest => "最大",
        AggregateKind.Mean => "平均",
        AggregateKind.First => "最先",
        AggregateKind.Last => "最后",
        AggregateKind.Nth => "第几",
        AggregateKind.Reaches => "累计达到",
        AggregateKind.Collect => "列举",
        AggregateKind.Exists => "存在",
        AggregateKind.None => "不存在",
        _ => "并集长度",
    };

    internal static IReadOnlyList<string> FactsOf(Row row)
    {
        var found = new List<string>();
        Gather(row, found);
        return found;
    }

    private static void Gather(Row row, List<string> found)
    {
        if (found.Count >= MostFacts) return;
        if (row.Fact is { } fact)
        {
            if (!found.Contains(fact.Id)) found.Add(fact.Id);
            return;
        }
        foreach (var origin in row.Origins) Gather(origin, found);
    }
}

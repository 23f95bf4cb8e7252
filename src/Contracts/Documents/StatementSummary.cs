using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Documents;

/// <summary>Five sentences for whoever reads nothing else: score, money, damages, duties, what is next.</summary>
internal sealed class StatementSummary(StatementSource source, IReadOnlyList<Entry> all)
{
    private const int MostNamed = 3;
    public static readonly IReadOnlySet<string> Sums = new HashSet<string>(["total", "cap", "raw", "charged", "lost", "buyer", "outstanding", "shortfall"], StringComparer.Ordinal);

    public IReadOnlyList<string> Sentences(Settlement settlement, IReadOnlyList<DutyGroup> duties, IReadOnlyList<BreachedClock> clocks, IReadOnlyList<Entry> rights) =>
        [Score(), Money(settlement), Damages(settlement), Performance(duties, clocks), Next(rights)];

    private string Score()
    {
        if (source.Judgement.Contract.Syntax.Summary?.Score is null)
        {
            // Scores of single periods without a score of the whole: how many, and between what.
            var scores = all.Where(entry => entry.Address.StartsWith("assessment/", StringComparison.Ordinal) && entry.Figure is { Set: not null, Value.Type: Facts.ValueType.Number })
                .GroupBy(entry => entry.Figure.Label ?? FigureNames.Kind("assessment"))
                .Select(group => (Name: group.Key, Count: group.Count(), Least: group.MinBy(entry => Numbers.Round(entry.Figure.Value, 4))!, Most: group.MaxBy(entry => Numbers.Round(entry.Figure.Value, 4))!)).ToList();
            return scores.Count == 0
                ? "本合同不设评分，履约情况以义务、时限与款项衡量。"
                : $"本合同没有全期总分；{string.Join("，", scores.Select(one => $"{one.Name} {one.Count} 期，{(one.Least.Shown == one.Most.Shown ? $"均为 {one.Least.Shown}" : $"最低 {one.Least.Shown}、最高 {one.Most.Shown}")}"))}。";
        }
        if (source.Judgement.Summary("score") is not { } score) return "履约考核得分此时尚未形成。";
        var tier = source.Judgement.Summary("tier");
        var others = all.Where(entry => entry.Address.StartsWith("assessment/", StringComparison.Ordinal) && entry.Address.Split('/').Length == 2 && entry.Figure.Value.Type == Facts.ValueType.Number).ToList();
        var parts = others.Count > 1 ? $"（{string.Join("，", others.Select(entry => $"{FigureNames.Part(entry.Address.Split('/')[1])} {entry.Shown} 分"))}）" : "";
        return $"履约考核得分 {score} 分{(tier is null ? "" : $"，档次为{FigureNames.Value(source.Pack.Contract.Syntax, tier)}")}{parts}。";
    }

    private string Money(Settlement settlement)
    {
        var payable = Amount("payable");
        var deducted = Sum("deducted");
        var withheld = Sum("withheld");
        var kept = new List<string>();
        if (deducted != 0) kept.Add($"扣减 {FigureNames.Money(deducted)} 元");
        if (withheld != 0) kept.Add($"暂扣 {FigureNames.Money(withheld)} 元");
        if (kept.Count == 0 && settlement.Instalments.Count > 0) kept.Add("未扣减，未暂扣");
        if (Paid() is { } paid) kept.Insert(0, $"已付 {FigureNames.Money(paid)} 元");
        var contract = source.Judgement.Contract.Syntax;
        if (payable is { } due) kept.Insert(0, $"{SummaryNames.Payable(contract)} {FigureNames.Money(due)} 元");
        if (settlement.Net is not { } net) return string.Join("，", kept) + "。";
        return $"{string.Join("，", kept)}{(kept.Count > 0 ? "；" : "")}{SummaryNames.Net(contract)} {FigureNames.Money(net)} 元。";
    }

    private decimal Sum(string column) =>
        all.Where(entry => entry.Figure.IsMoney && entry.Address.StartsWith("instalment/", StringComparison.Ordinal) && entry.Address.EndsWith("/" + column, StringComparison.Ordinal))
            .Sum(entry => Numbers.Round(entry.Figure.Value, 2));

    /// <summary>
    /// What was paid for the service is what the facts say, whether or not the contract publishes it; null where it reads no payment.
    /// A bond that is lodged by a payment is the provider's money and does not count.
    /// </summary>
    private decimal? Paid()
    {
        var kind = source.Facts.Vocabulary.IndexOfKind("payment.made");
        var slot = kind < 0 ? -1 : source.Facts.Vocabulary.SlotOf(kind, "amount");
        if (slot < 0) return all.Any(entry => entry.Address.StartsWith("instalment/", StringComparison.Ordinal) && entry.Address.EndsWith("/paid", StringComparison.Ordinal)) ? Sum("paid") : null;
        var retracted = source.Facts.Retractions.Select(fact => fact.Fields[source.Facts.Vocabulary.SlotOf(fact.Kind, Vocabulary.RetractedFact)].ToString()).ToHashSet(StringComparer.Ordinal);
        var instalment = source.Facts.Vocabulary.SlotOf(kind, "instalment");
        bool IsBond(Fact fact) => instalment >= 0 && source.Judgement.Contract.Syntax.Terms.GetValueOrDefault(fact.Fields[instalment].ToString())?.Security is not null;
        var paid = 0m;
        foreach (var fact in source.Facts.OfKind(kind))
            if (!IsBond(fact) && fact.At <= source.Judgement.AsOf && !retracted.Contains(fact.Id) && fact.Fields[slot] is { Type: Facts.ValueType.Number } amount) paid += Numbers.Round(amount, 2);
        return paid;
    }

    private string Damages(Settlement settlement)
    {
        var total = Amount("damages");
        var causes = settlement.Damages
            .Where(entry => entry.Address.Split('/') is [_, var head] && !Sums.Contains(head) && Numbers.Round(entry.Figure.Value, 2) > 0)
            .OrderByDescending(entry => Numbers.Round(entry.Figure.Value, 2)).ToList();
        // What the contract adds on the way to net is owed to the provider: it is no part of the sum, and is told apart.
        var added = (source.Judgement.Contract.Syntax.Summary?.Waterfall ?? []).Select(step => step.Value).OfType<Terms.Syntax.Name>().Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        var owed = causes.Where(entry => added.Contains(entry.Address.Split('/')[1])).ToList();
        causes = [.. causes.Except(owed)];
        var other = owed.Count == 0 ? "" : $"；另有采购方应付的{string.Join("、", owed.Select(entry => $"{entry.Name} {entry.Shown} 元"))}";
        if (total is null) return "本合同没有公布违约金合计。";
        if (total == 0) return $"没有服务方应付的违约金与损失{other}。";
        var named = causes.Take(MostNamed).Select(entry => $"{entry.Name} {entry.Shown} 元");
        return $"违约金与损失合计 {FigureNames.Money(total.Value)} 元{(causes.Count == 0 ? "" : $"，主要是{string.Join("、", named)}{(causes.Count > MostNamed ? $"等 {causes.Count} 项" : "")}")}{other}。";
    }

    private string Performance(IReadOnlyList<DutyGroup> duties, IReadOnlyList<BreachedClock> clocks)
    {
        int late = duties.Sum(group => group.Late), missing = duties.Sum(group => group.Missing), due = late + missing + duties.Sum(group => group.Kept);
        var worst = duties.Where(group => group.Late + group.Missing > 0).OrderByDescending(group => group.Late + group.Missing).Take(2).Select(group => $"{group.Name} {group.Late + group.Missing} 次");
        var judged = clocks.Count + source.Judgement.CountClocks("kept") + source.Judgement.CountClocks("excused");
        var longest = clocks.Count == 0 ? "" : $"，最长的是{clocks[0].Name}（{clocks[0].Subject}），用时{ChinaTime.WriteDuration(clocks[0].Elapsed)}";
        return $"到期义务 {due} 次中迟延 {late} 次、缺失 {missing} 次{(late + missing == 0 ? "" : $"（{string.Join("，", worst)}）")}；已结时限 {judged} 个中违约 {clocks.Count} 个{longest}。";
    }

    private string Next(IReadOnlyList<Entry> rights)
    {
        var coming = source.Judgement.Duties().Where(duty => duty.State == "pending" && duty.Due > source.Judgement.AsOf).Select(duty => (At: duty.Due!.Value, What: $"{duty.Label ?? duty.Duty}（{duty.Period}）"))
            .Concat(all.Where(entry => entry.Figure is { Set: not null, Text: "running" } figure && figure.Column("due").Type == Facts.ValueType.Instant)
                .Select(entry => (At: entry.Figure.Column("due").Nanoseconds, What: entry.Name)))
            .Where(one => one.At > source.Judgement.AsOf).OrderBy(one => one.At).Take(MostNamed).Select(one => $"{FigureNames.Due(one.At)} {one.What}").ToList();
        var next = coming.Count == 0 ? "没有未到期的义务与时限" : $"最近到期的是 {string.Join("、", coming)}";
        return $"{next}；{(rights.Count == 0 ? "没有可行使的解除等权利" : $"可行使的权利：{string.Join("、", rights.Select(right => right.Name))}")}。";
    }

    private decimal? Amount(string key) => decimal.TryParse(source.Judgement.Summary(key), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}

namespace Yueheng.Terms.Tests.Traces;

/// <summary>What a contract calls a column is what its traces call it.</summary>
public class LabelTests
{
    private const string Facts =
        """
        f1 a 2025-03-01T09:00 A {"x":3}
        f2 a 2025-03-02T09:00 B {"x":5}
        """;

    private static string TraceOf(string set, string value, string more = "")
    {
        var judged = Judging($"terms:\n  s: {set}\n{more}figures: [ {{ address: 'v/{{subject}}', each: s, value: {value} }} ]", Facts).Judgement;
        return Written(judged.Explain(judged.ByAddress()["v/A"]));
    }

    private static string Written(Tracing.Trace trace) => $"{trace.What}={trace.Value} {string.Join(" ", trace.Parts.Select(Written))}";

    [Fact]
    public void A_column_of_facts_is_called_by_its_label() => TraceOf("{ facts: a, labels: { x: 流量 } }", "x").ShouldContain("流量：事实 f1");

    [Fact]
    public void A_computed_column_is_called_by_its_label_and_so_are_those_it_reads()
    {
        var trace = TraceOf("{ facts: a, with: { twice: { times: [x, 2] }, four: { times: [twice, 2] } }, labels: { x: 流量, twice: 双倍, four: 四倍 } }", "four");
        trace.ShouldContain("四倍=12");
        trace.ShouldContain("双倍=6");
        trace.ShouldContain("流量：事实 f1");
    }

    [Fact]
    public void A_set_made_from_it_inherits_the_labels_and_may_have_its_own() =>
        TraceOf("{ from: base, with: { y: { plus: [x, 1] } }, labels: { y: 加一 } }", "y", "  base: { facts: a, labels: { x: 流量 } }\n").ShouldContain("加一=4").ShouldContain("流量：事实 f1");

    [Fact]
    public void A_label_of_its_own_is_no_business_of_the_set_it_is_made_from()
    {
        var judged = Judging("terms:\n  base: { facts: a }\n  s: { from: base, labels: { x: 流量 } }\nfigures: [ { address: 'b/{subject}', each: base, value: x }, { address: 's/{subject}', each: s, value: x } ]", Facts).Judgement;
        Written(judged.Explain(judged.ByAddress()["b/A"])).ShouldNotContain("流量");
        Written(judged.Explain(judged.ByAddress()["s/A"])).ShouldContain("流量：事实 f1");
    }

    [Fact]
    public void Groups_and_unions_keep_them()
    {
        var judged = Judging("""
            terms:
              base: { facts: a, labels: { subject: 线路, x: 流量 } }
              both: { union: [base, { facts: b }] }
              s: { group: { of: both, by: [subject] }, with: { n: { sum: { of: x, in: members } } }, labels: { n: 合计流量 } }
            figures: [ { address: 'n/{subject}', each: s, value: n }, { address: 'l/{subject}', each: s, value: subject } ]
            """, Facts).Judgement;
        Written(judged.Explain(judged.ByAddress()["n/A"])).ShouldContain("合计流量=3");
        Written(judged.Explain(judged.ByAddress()["l/A"])).ShouldContain("线路=A");
    }
}

file static class Chained
{
    public static string ShouldContain(this string text, string part)
    {
        ShouldBeStringTestExtensions.ShouldContain(text, part);
        return text;
    }
}

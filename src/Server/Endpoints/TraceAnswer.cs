using Yueheng.Contracts.Documents;
using Yueheng.Facts;
using Yueheng.Statements.Judging;
using Yueheng.Terms.Tracing;

namespace Yueheng.Server.Endpoints;

/// <summary>Why a value is what it is.</summary>
/// <param name="What">In Chinese.</param>
/// <param name="Value">As written in traces; empty where there is none.</param>
/// <param name="Parts">What it was made from, and what was considered and did not apply.</param>
/// <param name="Masked">True: it is money, or shows money, and the caller does not see money.</param>
internal sealed record TraceAnswer(string What, string Value, IReadOnlyList<ClauseCited> Clauses, IReadOnlyList<FactCited> Facts, IReadOnlyList<TraceAnswer> Parts, bool? Masked = null)
{
    public static TraceAnswer Of(Trace trace, Judged judged, bool seesMoney) => Of(seesMoney ? trace : MoneyMask.Of(judged.Pack.Contract.Syntax).Hide(trace, judged.Facts), judged);

    private static TraceAnswer Of(Trace trace, Judged judged)
    {
        var clauses = judged.Document.Clauses;
        return new(
            trace.What, trace.Value, [.. trace.Clauses.Select(id => new ClauseCited(id, clauses.TryGetValue(id, out var clause) ? clause.Text : ""))],
            [.. trace.Facts.Select(id => FactCited.Of(judged.Facts.ById(id))).OfType<FactCited>()], [.. trace.Parts.Select(part => Of(part, judged))], trace.IsMasked ? true : null);
    }
}

internal sealed record ClauseCited(string Id, string Text);

/// <param name="Seq">Its number in the ledger; null for a fact that was only supposed.</param>
internal sealed record FactCited(string Id, long? Seq, string Kind, string At, string Subject)
{
    public static FactCited? Of(Fact? fact) => fact is null ? null : new(fact.Id, fact.Line == 0 ? null : fact.Line, fact.KindName, ChinaTime.Write(fact.At), fact.Subject);
}

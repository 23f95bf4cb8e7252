using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Terms.Syntax;
using Yueheng.Terms.Tracing;
using static Yueheng.Contracts.Documents.Html;

namespace Yueheng.Contracts.Documents;

/// <summary>Traces as nested details. A named value is opened once in the whole document; where it is met again, a link leads there.</summary>
internal sealed class TraceWriter(TextWriter output, IReadOnlyDictionary<string, ClauseSyntax> clauses, FactSet facts)
{
    /// <summary>Deeper than this nobody reads on a page; <c>yueheng explain</c> goes all the way.</summary>
    private const int Deepest = 14;
    /// <summary>Levels that stand open once a trace is.</summary>
    private const int AtOnce = 2;
    /// <summary>What is left to show is shown to its end where it is no more than this: the last division matters more than its depth.</summary>
    private const int Small = 24;
    private readonly Dictionary<object, int> _opened = [];
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    public void Write(Trace trace)
    {
        _named.Clear();
        // What a figure is called and the value it shows are often one term: said once. How it is written stands beside its address.
        while (trace is { Facts.Count: 0, Parts: [var only, ..] } && trace.Parts is [_] or [_, { What: "书写为" }] && only.Value == trace.Value && only.What.StartsWith(trace.What, StringComparison.Ordinal) && trace.Clauses.All(only.Clauses.Contains)) trace = only;
        output.Write("<div class=trace>");
        Write(trace, 0);
        output.Write("</div>");
    }

    private void Write(Trace trace, int depth)
    {
        var line = Line(trace);
        var isOpened = depth < Deepest || IsSmall(trace);
        if (trace.Term is { } term)
        {
            if (_opened.TryGetValue(term, out var number))
            {
                output.Write($"<p>{line} <a href=\"#t{number}\">由来</a></p>");
                return;
            }
            if (!IsElsewhere(trace) && isOpened) _opened[term] = _opened.Count;
        }
        var cited = Cited(trace);
        if (IsElsewhere(trace) || (trace.Parts.Count == 0 && trace.Clauses.Count == 0 && cited.Count == 0))
        {
            output.Write($"<p>{line}</p>");
            return;
        }
        if (!isOpened)
        {
            output.Write($"<p>{line}（更细的由来从略）</p>");
            return;
        }
        var id = trace.Term is { } named ? $" id=t{_opened[named]}" : "";
        output.Write($"<details{(depth < AtOnce ? " open" : "")}{id}><summary>{line}</summary><div class=in>");
        foreach (var clause in trace.Clauses) WriteClause(clause);
        foreach (var fact in cited) WriteFact(fact);
        foreach (var part in trace.Parts) Write(part, depth + 1);
        output.Write("</div></details>");
    }

    private static bool IsSmall(Trace trace)
    {
        var left = Small;
        return Fits(trace);

        bool Fits(Trace at) => --left >= 0 && at.Parts.All(Fits);
    }

    private static bool IsElsewhere(Trace trace) => trace is { Term: not null, Parts: [{ What: "见上", Value: "" }] };

    private static string Line(Trace trace) => Encode(trace.What) + (trace.Value.Length == 0 ? "" : $"：<b>{Encode(trace.Value)}</b>");

    // A line that names its fact already need not name it twice.
    private static List<string> Cited(Trace trace) => [.. trace.Facts.Where(fact => !trace.What.Contains($"事实 {fact}", StringComparison.Ordinal))];

    private void WriteClause(string id)
    {
        var text = clauses.TryGetValue(id, out var clause) ? $"（{clause.At}）{(_named.Add(id) ? clause.Text : "")}" : "";
        output.Write($"<p class=clause>条款 {Encode(id)}{Encode(text)}</p>");
    }

    private void WriteFact(string id)
    {
        var text = facts.ById(id) is { } fact
            ? $"事实 {id}：{(CommonVocabulary.Find(fact.KindName) is { } known ? known.Meaning : fact.KindName)}（{fact.KindName}），{fact.Subject}，{FigureNames.Time(fact.At)}"
            : $"事实 {id}";
        output.Write($"<p class=fact>{Encode(text)}</p>");
    }
}

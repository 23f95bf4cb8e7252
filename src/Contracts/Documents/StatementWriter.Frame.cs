using System.Globalization;
using static Yueheng.Contracts.Documents.Html;

namespace Yueheng.Contracts.Documents;

/// <summary>The frame of an issued statement: number, period and anchor at its head, places to sign and seal at its end.</summary>
public sealed partial class StatementWriter
{
    private const string FrameStyle = """

        .frame{display:flex;gap:1.5rem;align-items:flex-start;border:1px solid var(--line,#c8ced6);padding:.8rem 1rem;margin:1rem 0;break-inside:avoid}
        .frame svg{width:7.5rem;height:7.5rem;flex:none}
        .frame dl{margin:0;flex:1;min-width:0}
        .counts{break-inside:avoid}
        .signatures{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem;margin-top:2rem;break-inside:avoid}
        .signatures div{border:1px solid var(--line,#c8ced6);padding:.6rem .8rem 0;min-height:13rem;display:flex;flex-direction:column}
        .signatures b{display:block;margin-bottom:.4rem}
        .signatures p{margin:0 0 .5rem;color:#5a6675}
        .signatures .date{margin-top:auto;text-align:right;white-space:nowrap}
        @media (max-width:40rem){.frame{flex-direction:column}}
        """;

    private void WriteFrame(Frame frame)
    {
        _out.Write($"<section class=frame>{frame.Mark}<dl class=facts>");
        Pair("编号", frame.Number);
        Pair("评估期间", frame.Period);
        Pair("签发", $"{frame.IssuedAt}（北京时间）");
        Pair("账本", $"截至第 {frame.LedgerSeq.ToString(CultureInfo.InvariantCulture)} 号事实");
        _out.Write($"<dt>链头</dt><dd class=hash>{Encode(frame.LedgerHash)}</dd></dl></section>\n");
        if (frame.Counts.Count == 0) return;
        _out.Write("<p class=\"note counts\">");
        _out.Write(string.Join("；", frame.Counts.Select(count => $"{Encode(count.What)} <b>{Encode(count.Count)}</b>")));
        _out.Write("。</p>\n");

        void Pair(string name, string value) => _out.Write($"<dt>{Encode(name)}</dt><dd>{Encode(value)}</dd>");
    }

    private void WriteSignatures(Frame frame)
    {
        _out.Write("<section class=signatures>");
        foreach (var who in frame.Signatories)
            _out.Write($"<div><b>{Encode(who)}</b><p>□ 确认　□ 有异议</p><p>签字（盖章）：</p><p class=date>　　　　年　　月　　日</p></div>");
        _out.Write("</section>\n");
    }
}

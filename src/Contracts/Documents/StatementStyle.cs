namespace Yueheng.Contracts.Documents;

/// <summary>The look of a statement, and the few lines that open what a link leads to. Both stand inside the document; nothing is loaded.</summary>
internal static class StatementStyle
{
    /// <summary>Shades that stay apart on a grey printer: dark for what counts, hatch-free outlines for what was taken off.</summary>
    public const string Css = """
        :root{--ink:#1b2430;--soft:#5a6675;--line:#d5dae1;--pale:#f4f6f9;--deep:#1f4e79;--mid:#7f9dbb;--bad:#9b2226;--badpale:#f6e7e4}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;background:#fff;color:var(--ink);font:15px/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","WenQuanYi Micro Hei",system-ui,sans-serif;overflow-wrap:anywhere}
        main{max-width:1080px;margin:0 auto;padding:28px 32px 64px}
        h1{font-size:26px;line-height:1.35;margin:0 0 4px}
        h2{font-size:19px;margin:40px 0 12px;padding-bottom:6px;border-bottom:2px solid var(--deep);break-after:avoid}
        h3{font-size:16px;margin:24px 0 8px;break-after:avoid}
        p{margin:6px 0}
        a{color:var(--deep)}
        .kicker{color:var(--soft);letter-spacing:.15em;margin:0}
        .note{color:var(--soft);font-size:13px;break-after:avoid}
        .warn{background:var(--badpale);border-left:4px solid var(--bad);padding:8px 12px}
        dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:16px 0 0}
        dl.facts dt{color:var(--soft)}
        dl.facts dd{margin:0}
        .hash{font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;color:var(--soft);word-break:break-all}
        ol.summary{margin:0;padding:14px 20px 14px 40px;background:var(--pale);border:1px solid var(--line);border-radius:6px}
        ol.summary li{margin:5px 0}
        nav{margin:18px 0 0;display:flex;flex-wrap:wrap;gap:4px 18px}
        .chips{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:10px;margin:12px 0;align-items:start}
        .chip{border:1px solid var(--line);border-radius:6px;padding:8px 12px}
        .chip>details>summary>b{display:block;font-size:20px;line-height:1.3}
        .chip>details>summary>span{color:var(--soft);font-size:13px}
        .chip:has(>details[open]){grid-column:1/-1}
        .item{border-top:1px solid var(--line);padding:8px 0;break-inside:avoid}
        .bar{display:grid;grid-template-columns:13em 1fr 6.5em;gap:12px;align-items:center}
        .track{height:14px;background:#fff;border:1px solid var(--mid);border-radius:3px;overflow:hidden}
        .fill{height:100%;background:var(--deep)}
        .score{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        ul.rules{list-style:none;margin:4px 0 0;padding:0 0 0 1em}
        .sub{margin:2px 0}
        .minus{color:var(--bad);font-variant-numeric:tabular-nums;white-space:nowrap}
        .plus{color:var(--deep);font-variant-numeric:tabular-nums;white-space:nowrap}
        .fall{border-top:1px solid var(--line);padding:7px 0;break-inside:avoid}
        .fall .bar{grid-template-columns:14em 1fr 10em}
        .fall svg{display:block;width:100%;height:18px}
        .fall.total{border-top:2px solid var(--ink);font-weight:600}
        .table{overflow-x:auto;margin:8px 0}
        table{border-collapse:collapse;width:100%;font-size:14px}
        th{background:var(--pale);text-align:left;font-weight:600;white-space:nowrap}
        th,td{border-bottom:1px solid var(--line);padding:6px 9px;vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td.t{white-space:nowrap;font-variant-numeric:tabular-nums}
        td.w{min-width:11em}
        td.s{min-width:6.8em}
        td a,.plain{color:inherit;text-decoration:underline;text-decoration-color:var(--mid);text-underline-offset:3px}
        tr.has td{border-bottom:0;padding-bottom:8px}
        tr.why td{padding-top:0;padding-bottom:0}
        thead{display:table-header-group}
        tr{break-inside:avoid}
        code,.address{font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;color:var(--soft);word-break:break-all}
        details>summary{cursor:pointer}
        details.why>summary{color:var(--deep);font-size:13px;width:max-content;max-width:100%}
        tr.why details.why>summary{margin:-30px 0 6px auto;position:relative}
        tr.why .again{display:block;width:max-content;margin:-30px 0 6px auto;position:relative;font-size:13px;color:var(--deep)}
        th.o{width:4.6em;min-width:4.6em}
        details.open>summary{list-style:none}
        details.open>summary::-webkit-details-marker{display:none}
        details.open>summary .name::before{content:"▸";color:var(--mid);display:inline-block;width:1.1em}
        .bar .name{padding-left:1.1em;text-indent:-1.1em}
        .bar .name::before{text-indent:0}
        details.open[open]>summary .name::before{content:"▾"}
        details.open>summary:hover .name{text-decoration:underline;text-decoration-color:var(--mid)}
        .trace{border-left:2px solid var(--mid);margin:4px 0 8px 3px;padding:2px 0 2px 12px;font-weight:400;font-size:13.5px;line-height:1.55}
        .trace details{margin:1px 0}
        .trace details>.in{border-left:1px solid var(--line);margin-left:4px;padding-left:11px}
        .trace p{margin:1px 0}
        .trace .clause,.trace .fact{color:var(--soft);font-size:12.5px}
        details.group{border:1px solid var(--line);border-radius:6px;margin:8px 0;padding:6px 12px}
        details.group>summary{font-weight:600}
        .high{color:var(--bad);font-weight:600}
        @media (max-width:640px){
        main{padding:18px 14px 48px}
        h1{font-size:21px}
        .bar,.fall .bar{grid-template-columns:1fr auto;gap:2px 10px}
        .bar .track,.fall .bar svg{grid-row:2;grid-column:1/3}
        dl.facts{grid-template-columns:1fr;gap:0}
        dl.facts dd{margin-bottom:6px}
        .chips{grid-template-columns:1fr 1fr}
        .trace{padding-left:8px}
        .trace details>.in{padding-left:7px;margin-left:2px}
        th,td{padding:6px 6px}
        td{min-width:5.5em}
        td.n,td.s{min-width:0}
        td.w{min-width:9em}
        ol.summary{padding-left:30px;padding-right:12px}
        }
        @media print{
        body{font-size:10.5pt;line-height:1.5}
        main{max-width:none;padding:0}
        h1{font-size:18pt}
        h2{font-size:13pt;margin-top:22pt}
        table{font-size:9.5pt}
        .table{overflow:visible}
        nav,.screen,details.why,tr.why,th.o,td.o{display:none}
        details.open>summary .name::before{content:none}
        .bar .name{padding:0;text-indent:0}
        details.open>:not(summary){display:none}
        tr.has td{border-bottom:1px solid var(--line);padding-bottom:6px}
        a,td a{color:inherit;text-decoration:none}
        .falls{break-inside:avoid}
        .table+.note{break-before:avoid}
        .track,.fill,svg,th,ol.summary,.warn{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        }
        """;

    /// <summary>A link may lead into something closed: open all that holds it.</summary>
    public const string Script = """
        function show(){var at=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(!at)return;for(var e=at;e;e=e.parentElement)if(e.tagName==='DETAILS')e.open=true;at.scrollIntoView({block:'center'})}
        addEventListener('hashchange',show);addEventListener('load',show);
        """;

    /// <summary>A4, with a running title and page numbers.</summary>
    public static string Page(string title) =>
        "@page{size:A4;margin:20mm 16mm 18mm;@top-left{content:" + CssText(title) + ";font-size:8.5pt;color:#5a6675}@bottom-center{content:\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\";font-size:8.5pt;color:#5a6675}}";

    // Whatever the title holds, it stays one CSS string inside a style element: everything but letters and digits is escaped by number.
    private static string CssText(string text) =>
        "\"" + string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsLetterOrDigit(rune) ? rune.ToString() : $"\\{rune.Value:x6}")) + "\"";
}

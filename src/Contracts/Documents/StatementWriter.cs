using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yueheng.Facts;
using static Yueheng.Contracts.Documents.Html;

namespace Yueheng.Contracts.Documents;

/// <summary>
/// A statement as one HTML file that needs nothing but itself: styles inside, pictures drawn, no address of the outer world.
/// Every text from the contract and from facts goes through <see cref="Html.Encode"/>.
/// </summary>
public sealed partial class StatementWriter
{
    private readonly TextWriter _out;
    private readonly Statement _statement;
    private readonly TraceWriter _traces;
    private readonly HashSet<int> _explained = [];

    private StatementWriter(TextWriter output, Statement statement) =>
        (_out, _statement, _traces) = (output, statement, new TraceWriter(output, statement.Clauses, statement.Facts));

    public static void Write(TextWriter output, Statement statement) => new StatementWriter(output, statement).Write();

    private void Write()
    {
        var title = $"履约评估报告{(_statement.Frame is { } issued ? $" {issued.Number}" : "")} · {_statement.Heading.Contract}";
        // The document may run its own few lines and nothing else, whatever slipped into it.
        var own = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(StatementStyle.Script)));
        _out.Write($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)}</title>
            <style>
            {StatementStyle.Page(title)}
            {StatementStyle.Css}{(_statement.Frame is null ? "" : FrameStyle)}
            </style>
            </head>
            <body>
            <main>

            """);
        WriteHead();
        if (_statement.Frame is { } frame) WriteFrame(frame);
        WriteSummary();
        WriteScores();
        WriteSettlement();
        WriteDuties();
        WriteClocks();
        WriteReadings();
        WriteDefects();
        if (_statement.Frame is { } signed) WriteSignatures(signed);
        WriteAll();
        _out.Write($"</main>\n<script>{StatementStyle.Script}</script>\n</body>\n</html>\n");
    }

    private void WriteHead()
    {
        var head = _statement.Heading;
        _out.Write($"<header><p class=kicker>履约评估报告</p><h1>{Encode(head.Contract)}</h1><dl class=facts>");
        Pair("合同编号", head.Id);
        foreach (var (role, name) in head.Parties) Pair(role, name);
        Pair("签署", head.Signed);
        Pair("服务期", $"{head.From} 至 {head.Through}");
        Pair("判定时刻", $"{head.AsOf}（北京时间），计 {head.FactCount} 件事实");
        Pair("所用读法", head.ReadingsInUse.Count == 0 ? "合同登记所取读法" : string.Join("；", head.ReadingsInUse) + "；其余为合同登记所取读法");
        foreach (var (what, hash) in head.Hashes) _out.Write($"<dt>{Encode(what)}</dt><dd class=hash>SHA-256 {Encode(hash)}</dd>");
        _out.Write("</dl>");
        foreach (var year in head.ProvisionalYears) _out.Write($"<p class=warn>{year} 年尚无节假日安排通知，工作日暂按周一至周五计。</p>");
        _out.Write("<nav class=screen>");
        foreach (var (id, name) in Sections()) _out.Write($"<a href=\"#{id}\">{name}</a>");
        _out.Write("</nav></header>\n");

        void Pair(string name, string value) => _out.Write($"<dt>{Encode(name)}</dt><dd>{Encode(value)}</dd>");
    }

    private IEnumerable<(string, string)> Sections()
    {
        yield return ("scores", "得分");
        yield return ("settlement", "结算");
        yield return ("duties", "义务");
        yield return ("clocks", "时限");
        if (_statement.Readings.Count > 0) yield return ("readings", "读法");
        if (_statement.Defects.Count > 0) yield return ("defects", "文本缺陷");
        yield return ("all", "全部数值");
    }

    private void Section(string id, string title) => _out.Write($"<h2 id={id}>{title}</h2>\n");

    private void WriteSummary()
    {
        _out.Write("<h2>摘要</h2><ol class=summary>");
        foreach (var sentence in _statement.Summary) _out.Write($"<li>{Encode(sentence)}</li>");
        _out.Write("</ol>\n");
    }

    /// <summary>The trace of a figure where it is shown first; later places link there.</summary>
    private void WriteWhy(Entry entry)
    {
        if (!_explained.Add(entry.Number))
        {
            _out.Write($"<a class=again href=\"#n{entry.Number}\">由来</a>");
            return;
        }
        _out.Write($"<details class=why id=n{entry.Number}><summary>由来</summary>");
        WriteBody(entry);
        _out.Write("</details>");
    }

    /// <summary>What is shown opens itself: the line is the summary of its own trace. <paramref name="line"/> is HTML.</summary>
    private void WriteOpening(string line, Entry entry)
    {
        var id = _explained.Add(entry.Number) ? $" id=n{entry.Number}" : "";
        _out.Write($"<details class=open{id}><summary>{line}</summary>");
        if (id.Length == 0) _out.Write($"<p class=note><a href=\"#n{entry.Number}\">由来</a></p>");
        else WriteBody(entry);
        _out.Write("</details>");
    }

    private void WriteBody(Entry entry)
    {
        _out.Write($"<p class=address>{Encode(entry.Address)} = {Encode(entry.Figure.Text)}</p>");
        _traces.Write(entry.Explain());
    }

    private static string Link(Entry entry) => $"<a href=\"#n{entry.Number}\">{Encode(entry.Shown)}</a>";

    private void WriteScores()
    {
        Section("scores", "得分");
        // A result that only says that there is none is no score.
        var scored = _statement.Cards.Count > 0 || _statement.Results.Any(entry => entry.Figure.Value.Type == Facts.ValueType.Number);
        if (!scored) _out.Write("<p>本合同不设评分：没有评分表、评分项与档次，履约情况见以下各节。</p>");
        if (scored)
        {
            _out.Write("<div class=chips>");
            foreach (var entry in _statement.Results)
            {
                _out.Write("<div class=chip>");
                WriteOpening($"<span class=name>{Encode(entry.Name)}</span><b>{Encode(entry.Shown)}</b>", entry);
                _out.Write("</div>");
            }
            _out.Write("</div>");
        }
        foreach (var card in _statement.Cards) WriteCard(card);
    }

    private void WriteCard(Card card)
    {
        _out.Write($"<h3>{Encode(card.Name)}</h3>");
        if (card.Costliest.Count > 0)
            _out.Write($"<p>扣分最多：{string.Join("、", card.Costliest.Select(rule => $"{Encode(rule.Name)}（<span class=minus>{Encode(FigureNames.Signed(rule.Points, FigureNames.Points))}</span>）"))}。</p>");
        // Bars share one scale, so that a long bar is many points, not a good share of few.
        var longest = card.Items.Max(item => Math.Max(item.Full ?? 0m, item.Score));
        foreach (var item in card.Items)
        {
            var full = item.Full is { } most ? $" / {FigureNames.Points(most)}" : "";
            _out.Write("<div class=item>");
            WriteOpening($"<div class=bar><span class=name>{Encode(item.Name)}</span>{Track(item, longest)}<span class=score><b>{Encode(FigureNames.Points(item.Score))}</b>{full} 分</span></div>", item.Entry);
            WriteRules(item.Rules);
            _out.Write("</div>\n");
        }
        if (card.OnTotal.Count == 0) return;
        _out.Write("<div class=item><span>作用于总分的规则</span>");
        WriteRules(card.OnTotal);
        _out.Write("</div>\n");
    }

    private static string Track(CardItem item, decimal longest)
    {
        var full = item.Full is { } most && most > 0 ? most : longest;
        var (width, filled) = (Percent(Math.Max(full, item.Score), longest), Percent(item.Score, Math.Max(full, item.Score)));
        return $"<div class=track style=\"width:{width}%\"><div class=fill style=\"width:{filled}%\"></div></div>";
    }

    private static string Percent(decimal part, decimal whole) =>
        (whole <= 0 ? 0m : Math.Clamp(part / whole * 100m, 0m, 100m)).ToString("0.##", CultureInfo.InvariantCulture);

    private void WriteRules(IReadOnlyList<CardRule> rules)
    {
        if (rules.Count == 0) return;
        _out.Write("<ul class=rules>");
        foreach (var rule in rules)
        {
            _out.Write("<li>");
            WriteOpening($"<span class=name>{Encode(rule.Name)}</span> <span class={(rule.Points < 0 ? "minus" : "plus")}>{Encode(FigureNames.Signed(rule.Points, FigureNames.Points))}</span>", rule.Entry);
            _out.Write("</li>");
        }
        _out.Write("</ul>");
    }

    private void WriteDuties()
    {
        Section("duties", "义务");
        var groups = _statement.Duties.Where(group => group.Kept + group.Late + group.Missing + group.Pending > 0).ToList();
        if (groups.Count == 0)
        {
            _out.Write("<p>此时没有应履行的义务。</p>");
            return;
        }
        _out.Write("<div class=table><table><thead><tr><th>义务</th><th class=n>守约</th><th class=n>迟延</th><th class=n>缺失</th><th class=n>未到期</th><th>最近到期</th></tr></thead><tbody>");
        foreach (var group in groups)
            _out.Write($"<tr><td class=w>{Encode(group.Name)}</td>{Count(group.Kept, "")}{Count(group.Late, " high")}{Count(group.Missing, " high")}{Count(group.Pending, "")}<td class=t>{Encode(group.Next ?? "—")}</td></tr>");
        _out.Write("</tbody></table></div>");
        if (groups.All(group => group.Failed.Count == 0))
        {
            _out.Write("<p>没有迟延或缺失的义务。</p>");
            return;
        }
        _out.Write("<h3>迟延与缺失</h3><div class=table><table><thead><tr><th>义务</th><th>期次</th><th>期限</th><th>状态</th><th class=o></th></tr></thead><tbody>");
        foreach (var group in groups)
            foreach (var failed in group.Failed)
                Row($"<td class=w>{Encode(group.Name)}</td><td class=s>{Encode(failed.Period)}</td><td class=t>{Encode(failed.Due)}</td><td>{Encode(FigureNames.State(failed.State))}</td>", 4, failed.Entry);
        _out.Write("</tbody></table></div>\n");

        static string Count(int count, string mark) => $"<td class=\"n{(count > 0 ? mark : "")}\">{(count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture))}</td>";
    }

    /// <summary>A row of a table, and under it, across the table, its trace.</summary>
    private void Row(string cells, int width, Entry? entry)
    {
        _out.Write($"<tr{(entry is null ? "" : " class=has")}>{cells}<td class=o></td></tr>");
        if (entry is null) return;
        _out.Write($"<tr class=why><td colspan={width + 1}>");
        WriteWhy(entry);
        _out.Write("</td></tr>\n");
    }

    private void WriteClocks()
    {
        Section("clocks", "违约的时限");
        if (_statement.Clocks.Count == 0)
        {
            _out.Write("<p>没有违约的时限。</p>");
            return;
        }
        _out.Write("<p class=note>按用时由长到短。</p><div class=table><table><thead><tr><th>时限</th><th>主体</th><th>起算</th><th>止点</th><th>期限</th><th class=n>用时</th><th class=o></th></tr></thead><tbody>");
        foreach (var clock in _statement.Clocks)
            Row($"<td class=w>{Encode(clock.Name)}</td><td class=s>{Encode(clock.Subject)}</td><td class=t>{Encode(clock.Start)}</td><td class=t>{Encode(clock.Stop == "—" ? "尚未" : clock.Stop)}</td><td class=t>{Encode(clock.Limit)}</td><td class=n>{Encode(ChinaTime.WriteDuration(clock.Elapsed))}</td>", 6, clock.Entry);
        _out.Write("</tbody></table></div>\n");
    }

    private void WriteReadings()
    {
        if (_statement.Readings.Count == 0) return;
        Section("readings", "另一读法的影响");
        _out.Write("<p class=note>合同文字有歧义之处，改用另一读法时得分与净额的变化；只列在这些事实上有变化的，影响大的在前。</p><div class=table><table><thead><tr><th>解释</th><th>问题与所取读法</th><th>另一读法</th><th class=n>得分差</th><th class=n>净额差（元）</th><th class=n>变动数值</th></tr></thead><tbody>");
        foreach (var reading in _statement.Readings)
            _out.Write($"<tr><td class=t>{Encode(reading.Id)}<br><span class=note>{Encode(reading.Alternative)}</span></td><td class=w>{Encode(reading.Asks)}<br><span class=note>所取：{Encode(reading.InUse)}</span></td><td class=w>{Encode(reading.Label)}{Untold(reading)}</td>"
                + $"<td class=n>{Encode(reading.Points is { } points ? FigureNames.Signed(points, FigureNames.Points) : "—")}</td><td class=n>{Encode(reading.Net is { } net ? FigureNames.Signed(net, FigureNames.Money) : "—")}</td><td class=n>{(reading.Untold is null ? reading.Changed.ToString(CultureInfo.InvariantCulture) : "—")}</td></tr>");
        _out.Write("</tbody></table></div>\n");

        static string Untold(OtherReading reading) => reading.Untold is { } why ? $"<br><span class=note>在这些事实上不能计算：{Encode(why)}</span>" : "";
    }

    private void WriteDefects()
    {
        if (_statement.Defects.Count == 0) return;
        Section("defects", "合同文本的缺陷");
        _out.Write("<div class=table><table><thead><tr><th>等级</th><th>说明</th><th>条款</th></tr></thead><tbody>");
        foreach (var defect in _statement.Defects)
            _out.Write($"<tr><td class=\"t{(defect.Grade == Linting.Grade.High ? " high" : "")}\">{Encode(defect.GradeInWords)}</td><td class=w>{Encode(defect.Message)}</td><td>{Encode(string.Join("、", defect.Clauses.Select(Place)))}</td></tr>");
        _out.Write("</tbody></table></div>\n");

        string Place(string id) => _statement.Clauses.TryGetValue(id, out var clause) ? $"{id}（{clause.At}）" : id;
    }

    private void WriteAll()
    {
        _out.Write("<section class=screen>");
        Section("all", "全部数值");
        _out.Write($"<p class=note>本报告所据的 {_statement.All.Count} 个数值，按地址排列；每一个都可展开其由来：算式、条款与事实。</p>");
        foreach (var group in _statement.Groups)
        {
            _out.Write($"<details class=group><summary>{Encode(group.Name)}（{group.Entries.Count}）</summary><div class=table><table><thead><tr><th>数值</th><th class=n>值</th><th class=o></th></tr></thead><tbody>");
            foreach (var entry in group.Entries)
                Row($"<td class=w>{Encode(entry.Name)}<br><span class=address>{Encode(entry.Address)}</span></td><td class=n>{Encode(entry.Shown)}</td>", 2, entry);
            _out.Write("</tbody></table></div></details>\n");
        }
        _out.Write("</section>\n");
    }
}

using System.Globalization;
using static Yueheng.Contracts.Documents.Html;

namespace Yueheng.Contracts.Documents;

/// <summary>Money: the way from what was agreed to what remains, the instalments, the damages, the rest.</summary>
public sealed partial class StatementWriter
{
    private const decimal Wide = 1000m;

    private void WriteSettlement()
    {
        Section("settlement", "结算");
        var settlement = _statement.Settlement;
        WriteWaterfall(settlement);
        if (settlement.Instalments.Count > 0)
        {
            _out.Write("<h3>各期付款</h3><div class=table><table><thead><tr><th>款项</th>");
            for (var i = 0; i < settlement.InstalmentColumns.Count; i++) _out.Write($"<th{(IsMoneyColumn(settlement, i) ? " class=n" : "")}>{Encode(settlement.InstalmentColumns[i])}</th>");
            _out.Write("</tr></thead><tbody>");
            foreach (var row in settlement.Instalments)
            {
                _out.Write($"<tr><td>{Encode(row.Name)}</td>");
                for (var i = 0; i < row.Cells.Count; i++) _out.Write($"<td class={(IsMoneyColumn(settlement, i) ? "n" : "t")}>{(row.Cells[i] is { } cell ? Link(cell) : "—")}</td>");
                _out.Write("</tr>");
            }
            _out.Write("</tbody></table></div>");
        }
        // A ceiling that nothing comes near is no damage.
        WriteMoney("违约金与损失", settlement.Damages.All(entry => entry.Address.EndsWith("/cap", StringComparison.Ordinal) || Facts.Numbers.Round(entry.Figure.Value, 2) == 0m) ? [] : settlement.Damages, settlement.DamagesTotal is 0m or null ? "没有违约金与损失。" : null);
        foreach (var table in settlement.Tables) WriteTable(table);
        WriteMoney("其他款项", settlement.Others, null);
        if (_statement.Rights.Count == 0) return;
        _out.Write("<h3>可行使的权利</h3><div class=table><table><tbody>");
        foreach (var right in _statement.Rights) Row($"<td class=w>{Encode(right.Name)}</td><td class=t>{Encode(right.Shown)}</td>", 2, right);
        _out.Write("</tbody></table></div>");
    }

    private static bool IsMoneyColumn(Settlement settlement, int column) => settlement.Instalments.Any(row => row.Cells[column] is { Figure.IsMoney: true });

    private void WriteMoney(string title, IReadOnlyList<Entry> entries, string? nothing)
    {
        var some = entries.Where(entry => Facts.Numbers.Round(entry.Figure.Value, 2) != 0m).ToList();
        var none = entries.Count - some.Count;
        if (some.Count == 0 && nothing is null) return;
        _out.Write($"<h3>{title}</h3>");
        if (some.Count == 0) _out.Write($"<p>{nothing}</p>");
        else
        {
            _out.Write("<div class=table><table><thead><tr><th>名目</th><th class=n>金额（元）</th><th class=o></th></tr></thead><tbody>");
            foreach (var entry in some) Row($"<td class=w>{Encode(entry.Name)}</td><td class=n>{Encode(entry.Shown)}</td>", 2, entry);
            _out.Write("</tbody></table></div>");
        }
        if (none > 0 && some.Count > 0) _out.Write($"<p class=note>另有 {none} 项为零，见“全部数值”。</p>");
    }

    private void WriteTable(FigureTable table)
    {
        _out.Write($"<h3>{Encode(table.Title)}</h3>");
        if (table.Rows.Count == 0)
        {
            _out.Write($"<p class=note>{table.Zero} 项均为零，见“全部数值”。</p>");
            return;
        }
        _out.Write("<div class=table><table><thead><tr>");
        foreach (var key in table.Keys) _out.Write($"<th>{Encode(key)}</th>");
        foreach (var (name, isMoney) in table.Columns) _out.Write($"<th{(isMoney ? " class=n" : "")}>{Encode(name)}{(isMoney ? "（元）" : "")}</th>");
        _out.Write("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            _out.Write("<tr>");
            foreach (var key in row.Keys) _out.Write($"<td class=s>{Encode(key)}</td>");
            for (var i = 0; i < row.Cells.Count; i++) _out.Write($"<td class={(table.Columns[i].IsMoney ? "n" : "t")}>{(row.Cells[i] is { } cell ? Link(cell) : "—")}</td>");
            _out.Write("</tr>");
        }
        _out.Write("</tbody></table></div>");
        if (table.Zero > 0) _out.Write($"<p class=note>另有 {table.Zero} 行为零，见“全部数值”。</p>");
    }

    private void WriteWaterfall(Settlement settlement)
    {
        if (settlement.Gap != 0m)
            _out.Write($"<p class=warn>合同包所列各步合计与净额相差 {Encode(FigureNames.Signed(settlement.Gap, FigureNames.Money))} 元：合同包的 waterfall 有误，以净额为准。</p>");
        var steps = settlement.Steps.Where(step => step.Amount != 0m).ToList();
        if (settlement.Net is not { } net) return;
        // The scale spans every level the steps reach, zero included.
        decimal level = 0m, least = Math.Min(0m, net), most = Math.Max(0m, net);
        foreach (var step in steps)
        {
            level += step.Amount;
            (least, most) = (Math.Min(least, level), Math.Max(most, level));
        }
        level = 0m;
        _out.Write("<div class=falls>");
        foreach (var step in steps)
        {
            _out.Write("<div class=fall><details class=open><summary>");
            Step(step.Label, level, level + step.Amount, FigureNames.Signed(step.Amount, FigureNames.Money), step.Amount < 0 ? Taken : Given);
            _out.Write("</summary>");
            _traces.Write(step.Explain());
            _out.Write("</details></div>\n");
            level += step.Amount;
        }
        _out.Write("<div class=\"fall total\">");
        if (settlement.NetEntry is { } entry && _explained.Add(entry.Number))
        {
            _out.Write($"<details class=open id=n{entry.Number}><summary>");
            Step("净额", 0m, net, FigureNames.Money(net), Total);
            _out.Write("</summary>");
            WriteBody(entry);
            _out.Write("</details>");
        }
        else Step("净额", 0m, net, FigureNames.Money(net), Total);
        _out.Write("</div></div>\n");

        void Step(string label, decimal from, decimal to, string shown, string look)
        {
            (from, to) = (Math.Max(from, least), Math.Max(to, least));
            string At(decimal value) => (most == least ? 0m : (value - least) / (most - least) * Wide).ToString("0.#", CultureInfo.InvariantCulture);
            var (left, right) = (Math.Min(from, to), Math.Max(from, to));
            // A step too small to draw is still seen.
            var width = Math.Max(4m, most == least ? 0m : (right - left) / (most - least) * Wide).ToString("0.#", CultureInfo.InvariantCulture);
            _out.Write($"<div class=bar><span class=name>{Encode(label)}</span><svg viewBox=\"0 0 1004 18\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Encode(label)} {Encode(shown)}\">"
                + $"<line x1=\"{At(Math.Max(0m, least))}\" y1=\"0\" x2=\"{At(Math.Max(0m, least))}\" y2=\"18\" stroke=\"#5a6675\"/><rect x=\"{At(left)}\" y=\"2\" width=\"{width}\" height=\"14\" {look}/></svg><span class=score>{Encode(shown)} 元</span></div>");
        }
    }

    private const string Given = "fill=\"#1f4e79\"";
    private const string Taken = "fill=\"#e9c4bd\" stroke=\"#9b2226\" stroke-width=\"1.5\"";
    private const string Total = "fill=\"#1b2430\"";
}

using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;
using Type = Yueheng.Facts.ValueType;

namespace Yueheng.Terms.Compiling;

internal sealed partial class Compiler
{
    private static readonly IReadOnlyList<string?> NoName = [null];

    private void CompileFigure(FigureSyntax syntax)
    {
        _current = null;
        _shifted = false;
        foreach (var view in syntax.View ?? [])
            if (!_compiled.Views.ContainsKey(view))
            {
                Refuse(syntax.PlaceOf($"view/{view}", syntax.PlaceOf("view")), $"没有名为“{view}”的视角{Views()}");
                return;
            }
        IReadOnlyList<string?> sets = syntax.Each ?? NoName;
        foreach (var name in sets)
        {
            Term? set = null;
            if (name is not null && (set = SetTerm(name, syntax.PlaceOf($"each/{name}", syntax.PlaceOf("each")))) is null) continue;
            foreach (var view in syntax.View ?? NoName) CompileFigure(syntax, set, view);
        }
    }

    private void CompileFigure(FigureSyntax syntax, Term? set, string? view)
    {
        var outside = new Scope(null, null);
        var scope = set is null ? outside : new Scope(set.Set!.Columns, null);
        if (set is null && syntax.Where is not null) Refuse(syntax.Position, "没有 each 的数值以 when 而非 where 写公布条件");
        var value = Compile(syntax.Value, scope);
        var when = syntax.When is null ? null : Expect(Type.YesNo, syntax.When, outside);
        var where = syntax.Where is null ? null : Expect(Type.YesNo, syntax.Where, scope);
        var format = Format.For(value.Type);
        if (syntax.Format is { } word)
        {
            if (Format.Parse(word) is not { } parsed) Refuse(syntax.PlaceOf("format"), $"格式“{word}”不在所列之中：text、points、money、seconds、date、last-day、instant、yes-no、decimals-0 至 decimals-12");
            else if (!parsed.Fits(value.Type) && value.Type != Type.Missing) Refuse(syntax.Position, $"{Literals.ToChinese(value.Type)}不能以格式“{word}”书写");
            else format = parsed;
        }
        _compiled.Figures.Add(new CompiledFigure
        {
            Syntax = syntax,
            Address = ReadAddress(syntax, set, view),
            Each = set,
            View = view is null ? null : _compiled.Views[view],
            Value = value,
            When = when,
            Where = where,
            Format = format,
        });
    }

    private AddressPart[] ReadAddress(FigureSyntax syntax, Term? set, string? view)
    {
        var parts = new List<AddressPart>();
        var text = syntax.Address;
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                parts.Add(new AddressPart(text[at..], -1));
                break;
            }
            if (open > at) parts.Add(new AddressPart(text[at..open], -1));
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                Refuse(syntax.Position, $"地址“{text}”缺少“}}”");
                break;
            }
            var name = text[(open + 1)..close];
            at = close + 1;
            if (name == "term" && set is not null) parts.Add(new AddressPart(set.Name, -1));
            else if (name == "view" && view is not null) parts.Add(new AddressPart(view, -1));
            else if (set is not null && set.Set!.Columns.Find(name) is >= 0 and var column) parts.Add(new AddressPart(null, column));
            else if (set is not null) RefuseColumn(set.Set!.Columns, name, syntax.Position);
            else Refuse(syntax.Position, $"地址中的“{{{name}}}”没有来处：此数值没有 each");
        }
        return [.. parts];
    }

    private void CompileSummary()
    {
        _current = null;
        if (_contract.Summary is not { } summary) return;
        var scope = new Scope(null, null);
        foreach (var (name, expression) in new[] { ("score", summary.Score), ("tier", summary.Tier), ("payable", summary.Payable), ("damages", summary.Damages), ("net", summary.Net) })
            if (expression is not null) _compiled.Summary[name] = Compile(expression, scope);
        foreach (var part in summary.Waterfall ?? []) _compiled.Waterfall.Add((part.Label, Expect(Type.Number, part.Value, scope)));
    }
}

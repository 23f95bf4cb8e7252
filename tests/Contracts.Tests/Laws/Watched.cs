using System.Collections.Concurrent;
using System.Text;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;
using Yueheng.Terms.Tests.Calendars;

namespace Yueheng.Contracts.Tests.Laws;

/// <summary>
/// A sample contract with figures added that the laws are about: the score and the points of every scorecard item, every amount of damages and
/// its cap, the facts that are visible. The contract's own figures stay as they are.
/// </summary>
internal sealed class Watched
{
    private static readonly ConcurrentDictionary<string, Watched> Contracts = new(StringComparer.Ordinal);

    public static Watched Of(string name) => Contracts.GetOrAdd(name, name => new Watched(name));

    private readonly string _name;
    private readonly Contract _contract;

    /// <summary>Items by scorecard: their bonus mode, and whether they may be overridden.</summary>
    public IReadOnlyList<(string Card, string Item, ItemSyntax Syntax)> Items { get; }
    public IReadOnlyList<string> Capped { get; }

    private Watched(string name)
    {
        _name = name;
        var written = SamplePacks.Read(name).Contract.Syntax;
        Items = [.. written.Terms.Where(term => term.Value.Scorecard is not null).SelectMany(term => term.Value.Scorecard!.Items.Select(item => (term.Key, item.Key, item.Value)))];
        Capped = [.. written.Terms.Where(term => term.Value.Damages?.Cap is not null).Select(term => term.Key)];
        var cards = Items.Select(item => item.Card).Distinct().SelectMany(card => new[] { "score", "points", "bonuses" }.Select(column => Figure($"law/{card}/{{item}}/{column}", Named(column), $"{card}.items")));
        var damages = Capped.SelectMany(term => new[] { Figure($"law/damages/{term}", Named(term)), Figure($"law/cap/{term}", written.Terms[term].Damages!.Cap!) });
        var amounts = written.Terms.Where(term => term.Value.Damages is not null).Select(term => Figure($"law/amount/{term.Key}", Named(term.Key)));
        var visible = Figure("law/visible", new Collect { Of = Named("id"), Facts = ["any"] });
        (_contract, var refusals) = Contract.Compile(With(written, [.. written.Figures, .. cards, .. damages, .. amounts, visible]), Notices.Read()) is { Contract: { } contract } made ? (contract, made.Refusals) : throw new InvalidOperationException(name);
        refusals.ShouldBeEmpty();
    }

    private static Name Named(string name) => new() { Text = name };

    private static FigureSyntax Figure(string address, Expression value, string? each = null) => new() { Address = address, Value = value, Each = each is null ? null : [each] };

    private static ContractSyntax With(ContractSyntax written, IReadOnlyList<FigureSyntax> figures) => new()
    {
        Language = written.Language,
        Contract = written.Contract,
        Facts = written.Facts,
        Terms = written.Terms,
        Amendments = written.Amendments,
        Views = written.Views,
        Figures = figures,
    };

    /// <summary>Every figure, the added ones under law/.</summary>
    public IReadOnlyDictionary<string, Figure> Judge(IEnumerable<string> lines, long asOf)
    {
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "facts", _name, _contract.Vocabulary);
        reading.Faults.ShouldBeEmpty();
        var figures = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var figure in Terms.Judge.Contract(_contract, reading.Facts!, asOf).Figures) figures.Add(figure.Address, figure);
        return figures;
    }
}

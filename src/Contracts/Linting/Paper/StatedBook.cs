using System.Globalization;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Paper;

/// <summary>What the paper states, by id, with the values that its entries have or imply.</summary>
internal sealed class StatedBook
{
    private const int DeepestChain = 16;
    private readonly Dictionary<string, StatedSyntax> _byId = new(StringComparer.Ordinal);

    public StatedBook(Contract contract, IEnumerable<StatedSyntax> entries)
    {
        Contract = contract;
        Entries = [.. entries];
        foreach (var entry in Entries) _byId.TryAdd(entry.Id, entry);
    }

    public Contract Contract { get; }
    public IReadOnlyList<StatedSyntax> Entries { get; }

    public StatedSyntax? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>The number that an entry states, or that its share or its even parts make.</summary>
    public Value AmountOf(StatedSyntax entry) => AmountOf(entry, 0);

    private Value AmountOf(StatedSyntax entry, int depth)
    {
        if (entry.Amount is { } text) return Literals.ParseNumber(text) ?? Value.Missing;
        if (depth > DeepestChain || Find(entry.Of) is not { } whole || AmountOf(whole, depth + 1) is not { IsPresent: true } basis) return Value.Missing;
        if (NumberOf(entry.Share) is { IsPresent: true } share) return Numbers.Multiply(basis, share);
        return NumberOf(entry.Quantity) is { IsPresent: true } quantity ? Numbers.Divide(basis, quantity) : Value.Missing;
    }

    public static Value NumberOf(string? text) => text is null ? Value.Missing : Literals.ParseNumber(text) ?? Value.Missing;

    /// <summary>The day that an entry states, or that its limit reaches from another's.</summary>
    public int? DayOf(StatedSyntax entry) => DayOf(entry, 0);

    private int? DayOf(StatedSyntax entry, int depth)
    {
        if (entry.Date is { } date) return Literals.ParseDate(date)?.Days;
        if (depth > DeepestChain || Find(entry.From) is not { } start || DayOf(start, depth + 1) is not { } day) return null;
        return entry.Limit is { } limit && Span.Parse(limit) is { IsClockTime: false } span ? span.From(day, Contract.Calendar) : null;
    }

    /// <summary>The days on which parties signed; the contract's own where the paper states none.</summary>
    public IEnumerable<(int Day, StatedSyntax? Entry)> Days(string role, string fallback)
    {
        var stated = Entries.Where(entry => entry.Role == role).Select(entry => (Day: DayOf(entry), Entry: (StatedSyntax?)entry)).Where(pair => pair.Day is not null).Select(pair => (pair.Day!.Value, pair.Entry)).ToList();
        return stated.Count > 0 || Literals.ParseDate(fallback) is not { } day ? stated : [(day.Days, null)];
    }

    public Finding At(StatedSyntax entry, string kind, Grade grade, string message, params IEnumerable<StatedSyntax> others) =>
        new(About.Paper, kind, grade, entry.Id, ClausesOf([entry, .. others]), message, entry.Position);

    public static IReadOnlyList<string> ClausesOf(IEnumerable<StatedSyntax> entries) => [.. entries.SelectMany(entry => entry.Clause ?? []).Distinct()];

    /// <summary>A number as the paper would print it beside one written like <paramref name="like"/>.</summary>
    public static string Show(Value number, string? like)
    {
        if (like is not null && like.EndsWith('%')) return Plain(Numbers.Multiply(number, Value.Of(100m)), 4) + "%";
        if (like is not null && like.EndsWith('‰')) return Plain(Numbers.Multiply(number, Value.Of(1000m)), 4) + "‰";
        if (like is null || like.Contains('.')) return Numbers.Round(number, 2).ToString("N2", CultureInfo.InvariantCulture);
        return Plain(number, 4);
    }

    private static string Plain(Value number, int places) => Numbers.Round(number, places).ToString("#,##0.####", CultureInfo.InvariantCulture);

    public static string Percent(Value share) => Plain(Numbers.Multiply(share, Value.Of(100m)), 4) + "%";

    public string Show(StatedSyntax entry) => Show(AmountOf(entry), entry.Amount ?? (entry.Quantity is null ? LikeOf(entry) : null));

    private string? LikeOf(StatedSyntax entry) => Find(entry.Of)?.Amount;

    public static string LimitInWords(string limit) => limit switch
    {
        "unlimited" => "无期限",
        "at-once" => "立即",
        _ => Span.Parse(limit) is { } span ? span.ToChinese() : limit,
    };
}

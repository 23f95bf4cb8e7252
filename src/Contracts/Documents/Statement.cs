using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;
using Yueheng.Terms.Tracing;

namespace Yueheng.Contracts.Documents;

/// <summary>What a statement is made from. All of it was computed before: making the document reads no file and asks no clock.</summary>
/// <param name="Hashes">What was judged and its SHA-256, so that years later anyone can tell whether the same files are at hand.</param>
/// <param name="Readings">Readings in use other than the contract's own.</param>
/// <param name="Worths">What the other readings would change; empty where that was not asked for.</param>
/// <param name="Defects">What does not add up in the paper.</param>
public sealed record StatementSource(
    Pack Pack, Judgement Judgement, FactSet Facts, IReadOnlyList<Fingerprint> Hashes,
    IReadOnlyList<Reading> Readings, IReadOnlyList<ReadingWorth> Worths, IReadOnlyList<Finding> Defects);

/// <summary>A file, or a folder of files, and its SHA-256 in hexadecimal.</summary>
public sealed record Fingerprint(string What, string Hash);

/// <summary>One figure as the document names and shows it.</summary>
/// <param name="Number">Its place among all figures by address: what links inside the document go by.</param>
public sealed record Entry(int Number, string Address, string Name, string Shown, Figure Figure, Func<Trace> Explain);

/// <summary>A statement of performance (履约评估报告), ready to be written.</summary>
public sealed record Statement(
    Heading Heading, IReadOnlyList<string> Summary, IReadOnlyList<Entry> Results, IReadOnlyList<Card> Cards, Settlement Settlement,
    IReadOnlyList<DutyGroup> Duties, IReadOnlyList<BreachedClock> Clocks, IReadOnlyList<Entry> Rights, IReadOnlyList<OtherReading> Readings,
    IReadOnlyList<Finding> Defects, IReadOnlyList<Entry> All, IReadOnlyList<FigureGroup> Groups, IReadOnlyDictionary<string, ClauseSyntax> Clauses, FactSet Facts)
{
    /// <summary>Null for a report that nobody issued.</summary>
    public Frame? Frame { get; init; }
}

public sealed record Heading(
    string Contract, string Id, IReadOnlyList<(string Role, string Name)> Parties, string Signed, string From, string Through, string AsOf,
    int FactCount, IReadOnlyList<Fingerprint> Hashes, IReadOnlyList<string> ReadingsInUse, IReadOnlyList<int> ProvisionalYears);

/// <summary>A score by item, as one card gives it in one view.</summary>
public sealed record Card(string Name, IReadOnlyList<CardItem> Items, IReadOnlyList<CardRule> OnTotal, IReadOnlyList<CardRule> Costliest);

/// <param name="Full">The item's points; null where they cannot be told.</param>
public sealed record CardItem(string Name, decimal Score, decimal? Full, Entry Entry, IReadOnlyList<CardRule> Rules);

public sealed record CardRule(string Name, string Item, decimal Points, Entry Entry);

/// <param name="Gap">Net less the sum of the steps; anything but zero is a fault of the contract pack.</param>
public sealed record Settlement(
    IReadOnlyList<WaterfallPart> Steps, decimal? Net, decimal Gap, Entry? NetEntry,
    IReadOnlyList<string> InstalmentColumns, IReadOnlyList<InstalmentRow> Instalments, IReadOnlyList<Entry> Damages, IReadOnlyList<FigureTable> Tables, IReadOnlyList<Entry> Others)
{
    /// <summary>What the contract's summary calls damages, in CNY; null where it names none.</summary>
    public decimal? DamagesTotal { get; init; }
}

/// <summary>Figures of many rows side by side: what a bill, a credit, a month comes to. Rows in which every amount is zero are left out and counted.</summary>
public sealed record FigureTable(string Title, IReadOnlyList<string> Keys, IReadOnlyList<(string Name, bool IsMoney)> Columns, IReadOnlyList<FigureRow> Rows, int Zero);

/// <summary>All figures whose addresses begin alike.</summary>
public sealed record FigureGroup(string Name, IReadOnlyList<Entry> Entries);

public sealed record FigureRow(IReadOnlyList<string> Keys, IReadOnlyList<Entry?> Cells);

public sealed record InstalmentRow(string Name, IReadOnlyList<Entry?> Cells);

public sealed record DutyGroup(string Name, string Id, int Kept, int Late, int Missing, int Pending, string? Next, IReadOnlyList<FailedDuty> Failed);

public sealed record FailedDuty(string Period, string Due, string State, Entry? Entry);

/// <param name="Tell">Finds the limit: that takes a trace, so a list of thousands does not ask for it.</param>
public sealed record BreachedClock(string Name, string Subject, string Start, string Stop, Func<string> Tell, long Elapsed, Entry Entry)
{
    /// <summary>The limit, or when it ran out.</summary>
    public string Limit => Tell();
}

public sealed record OtherReading(string Id, string Asks, string InUse, string Alternative, string Label, decimal? Points, decimal? Net, int Changed, string? Untold);

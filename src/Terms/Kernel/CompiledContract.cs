using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms.Kernel;

/// <summary>A named value or set of the graph.</summary>
internal sealed class Term
{
    public required int Index { get; init; }
    public required string Name { get; init; }
    /// <summary>As written, with clause and label; for an inline set, that of the term it stands in.</summary>
    public required TermSyntax Syntax { get; init; }
    /// <summary>True for an inline set and for parts made by rewriting: not to be named in a contract.</summary>
    public bool IsInner { get; init; }
    public Formula? Formula { get; set; }
    public SetNode? Set { get; set; }
    /// <summary>It reads a name that an amendment replaces, itself or through others.</summary>
    public bool ReadsAmended { get; set; }
    public bool IsDuty => Syntax.Duty is not null && !IsInner;
    public bool IsClock => Syntax.Clock is not null && !IsInner;
}

internal sealed record View(string Name, Formula? AsOf, Replacer[] Assuming, Formula? When);

/// <summary>What replaces a term in a view: a formula evaluated outside, or another term (a set).</summary>
internal sealed record Replacer(int Term, Formula? Formula, int OtherTerm);

internal sealed class CompiledContract
{
    public required Vocabulary Vocabulary { get; init; }
    public required WorkCalendar Calendar { get; init; }
    public required IReadOnlyDictionary<string, WorkingHours> Hours { get; init; }
    public required int Signed { get; init; }
    public required int FirstDay { get; init; }
    public required int LastDay { get; init; }
    public List<Term> Terms { get; } = [];
    /// <summary>The instants from which amendments are in force, in order; the text is at stage n from the n-th of them on.</summary>
    public long[] AmendmentDays { get; set; } = [];
    public Dictionary<string, Term> ByName { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, View> Views { get; } = new(StringComparer.Ordinal);
    public List<CompiledFigure> Figures { get; } = [];
    public Dictionary<string, Formula> Summary { get; } = new(StringComparer.Ordinal);
    /// <summary>The signed parts that lead to the net amount, by their labels.</summary>
    public List<(string Label, Formula Value)> Waterfall { get; } = [];
}

/// <summary>One figure entry: what is published, of which rows, under which address.</summary>
internal sealed class CompiledFigure
{
    public required FigureSyntax Syntax { get; init; }
    public required AddressPart[] Address { get; init; }
    /// <summary>The set, or null for a single value.</summary>
    public Term? Each { get; init; }
    public View? View { get; init; }
    public required Formula Value { get; init; }
    public Formula? When { get; init; }
    public Formula? Where { get; init; }
    public required Format Format { get; init; }
}

/// <summary>A piece of an address: fixed text, or a column of the row.</summary>
internal readonly record struct AddressPart(string? Text, int Column);

using Yueheng.Facts;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Compiling;
using Yueheng.Terms.Kernel;
using Yueheng.Terms.Syntax;

namespace Yueheng.Terms;

/// <summary>
/// A contract that can be judged: the graph of its named values, checked. Made by <see cref="Compile"/> from what was written;
/// immutable, and usable from many threads.
/// </summary>
public sealed class Contract
{
    private Contract(ContractSyntax syntax, CompiledContract compiled) => (Syntax, Compiled) = (syntax, compiled);

    /// <summary>The contract as written, for clauses, labels, readings and stated figures.</summary>
    public ContractSyntax Syntax { get; }

    internal CompiledContract Compiled { get; }

    /// <summary>The kinds and fields that this contract reads; its facts are read with it.</summary>
    public Vocabulary Vocabulary => Compiled.Vocabulary;

    /// <summary>What a name stands for: the type of its value, null for a set. False when there is no such name.</summary>
    public bool TryTypeOf(string name, out Facts.ValueType? type)
    {
        type = null;
        if (!Compiled.ByName.TryGetValue(name, out var term)) return false;
        type = term.Set is null ? term.Formula?.Type : null;
        return true;
    }

    /// <summary>Whether some figure could ever have this address: its fixed parts as written, anything in place of its columns.</summary>
    public bool MayPublish(string address) => Compiled.Figures.Any(figure => figure.Address is var parts && Fits(parts, 0, address));

    private static bool Fits(AddressPart[] parts, int part, ReadOnlySpan<char> rest)
    {
        if (part == parts.Length) return rest.IsEmpty;
        if (parts[part].Text is { } text) return rest.StartsWith(text, StringComparison.Ordinal) && Fits(parts, part + 1, rest[text.Length..]);
        for (var length = 1; length <= rest.Length; length++)
            if (Fits(parts, part + 1, rest[length..])) return true;
        return false;
    }

    /// <summary>The workdays that this contract counts by.</summary>
    public WorkCalendar Calendar => Compiled.Calendar;

    /// <summary>00:00 of the first day of the term, nanoseconds since 1970-01-01T00:00:00Z.</summary>
    public long TermFrom => ChinaTime.StartOf(Compiled.FirstDay);

    /// <summary>24:00 of the last day of the term.</summary>
    public long TermTo => ChinaTime.StartOf(Compiled.LastDay + 1);

    /// <summary>The contract ready to judge, or every reason why it cannot be.</summary>
    public static (Contract? Contract, IReadOnlyList<Refusal> Refusals) Compile(ContractSyntax syntax, WorkCalendar calendar)
    {
        var (compiled, refusals) = Compiler.Compile(syntax, calendar);
        return (compiled is null ? null : new Contract(syntax, compiled), refusals);
    }
}

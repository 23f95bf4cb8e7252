using System.Collections.Frozen;

namespace Yueheng.Ledger.Authority;

/// <summary>What somebody may do with a kind of fact.</summary>
public enum Permit
{
    /// <summary>Nothing.</summary>
    No,
    /// <summary>Propose it: it is recorded when those whom it concerns have agreed.</summary>
    Claim,
    /// <summary>Record it.</summary>
    Record,
}

/// <summary>
/// Who may put which kind of fact on record, and what they may not say there alone: the tables <c>authority.csv</c>, <c>excuses.csv</c> and
/// <c>severities.csv</c> beside this file, which are all there is to it.
/// </summary>
public static class AuthorityTable
{
    /// <summary>Stands for every kind that has no row: those of one contract, and those that nobody knows.</summary>
    public const string AnyOther = "*";

    private const string Machine = "machine";

    private static readonly FrozenDictionary<string, FrozenDictionary<string, Permit>> Rows = ReadPermits();
    private static readonly IReadOnlyList<string[]> Scales = [.. Table("severities.csv")];

    /// <summary>The kinds that have a row of their own.</summary>
    public static IEnumerable<string> Kinds => Rows.Keys.Where(kind => kind != AnyOther);

    /// <summary>Fields by which a party excuses itself.</summary>
    public static IReadOnlyList<Excuse> Excuses { get; } = [.. Table("excuses.csv").Skip(1).Select(cells => new Excuse(cells[0], Words.SideOf(cells[2]), cells[3], cells[1]))];

    /// <summary>What a role may do with a kind.</summary>
    public static Permit Of(Role role, string kind) => Of(role.Word(), kind);

    /// <summary>What the author may do with a kind: people the most that any of their roles may; machines what their key names and the table grants.</summary>
    public static Permit Of(Author author, string kind)
    {
        if (author.Kinds is { } named) return named.Any(pattern => Names(pattern, kind)) ? Of(Machine, kind) : Permit.No;
        return author.Roles.Select(role => Of(role, kind)).DefaultIfEmpty(Permit.No).Max();
    }

    private static Permit Of(string column, string kind) => Rows.GetValueOrDefault(kind, Rows[AnyOther])[column];

    // "*" means what everybody knows: a kind that nobody knows must be named.
    private static bool Names(string pattern, string kind) =>
        pattern == kind || pattern == "*" && Rows.ContainsKey(kind) || pattern.EndsWith(".*", StringComparison.Ordinal) && kind.StartsWith(pattern[..^1], StringComparison.Ordinal);

    /// <summary>Whether a severity is lower than the one on record. Words that cannot be compared count as lower, lest a new word excuse; so does none.</summary>
    public static bool IsLower(string? severity, string onRecord)
    {
        if (severity is null) return true;
        if (severity == onRecord) return false;
        var scale = Scales.FirstOrDefault(words => words.Contains(severity) && words.Contains(onRecord));
        return scale is null || Array.IndexOf(scale, severity) > Array.IndexOf(scale, onRecord);
    }

    private static FrozenDictionary<string, FrozenDictionary<string, Permit>> ReadPermits()
    {
        var lines = Table("authority.csv").ToArray();
        var columns = lines[0][1..];
        string[] known = [.. Enum.GetValues<Role>().Select(role => role.Word()), Machine];
        if (!columns.ToHashSet().SetEquals(known)) throw new FormatException($"authority.csv has the columns {string.Join(", ", columns)}.");
        return lines[1..].ToFrozenDictionary(
            cells => cells[0],
            cells => columns.Zip(cells[1..], (column, cell) => KeyValuePair.Create(column, cell switch
            {
                "R" => Permit.Record,
                "C" => Permit.Claim,
                "-" => Permit.No,
                _ => throw new FormatException($"authority.csv says {cell} of {cells[0]}."),
            })).ToFrozenDictionary());
    }

    private static IEnumerable<string[]> Table(string name)
    {
        using var reader = new StreamReader(typeof(AuthorityTable).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
            if (line is not "" and not ['#', ..]) yield return line.Split(',', StringSplitOptions.TrimEntries);
    }
}

/// <summary>A field by which somebody of one side excuses that side.</summary>
/// <param name="Field">Inside <c>data</c>.</param>
/// <param name="Side">Whose word it is no fact from.</param>
/// <param name="Why">In Chinese, for people.</param>
/// <param name="When">Which values excuse: <c>false</c>, <c>lower</c>, or <c>not</c> and the one that does not.</param>
public sealed record Excuse(string Field, Side Side, string Why, string When)
{
    /// <summary>Whether the value must be held against what is on record.</summary>
    public bool IsRelative => When == "lower";

    /// <summary>Whether the value excuses whatever is on record.</summary>
    /// <param name="value">As text: <c>buyer</c>, <c>false</c>.</param>
    public bool IsMadeBy(string value) => When.StartsWith("not ", StringComparison.Ordinal) ? value != When[4..] : !IsRelative && value == When;
}

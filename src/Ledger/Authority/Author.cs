namespace Yueheng.Ledger.Authority;

/// <summary>Somebody, or some machine, that would put something on record in one contract.</summary>
/// <param name="Id">Pseudonymous; goes into <c>by</c>. Without a plus sign, which joins the ids of several authors.</param>
/// <param name="Roles">What they are in this contract; of a machine none.</param>
/// <param name="Kinds">Of a machine, the kinds that its key names: <c>meter.read</c>, <c>incident.*</c>, or <c>*</c> for all; null for people.</param>
public sealed record Author(string Id, IReadOnlyCollection<Role> Roles, IReadOnlyList<string>? Kinds = null)
{
    /// <summary>Joins the ids of those who put a fact on record together: <c>u-clerk+u-manager</c>, in the order in which they acted.</summary>
    public const char Joint = '+';

    public string Id { get; } = Id is not "" && !Id.Contains(Joint) ? Id : throw new ArgumentException("An author's id is not empty and has no plus sign.", nameof(Id));

    public bool IsMachine => Kinds is not null;

    /// <summary>Whether any of the roles speaks for a side.</summary>
    public bool SpeaksFor(Side side) => Roles.Any(role => role.Side() == side);

    /// <summary>The one side that they speak for. Who speaks for both parties speaks for neither: they could agree with themselves.</summary>
    public Side Side => (SpeaksFor(Side.Buyer), SpeaksFor(Side.Provider)) switch
    {
        (true, false) => Side.Buyer,
        (false, true) => Side.Provider,
        _ => Side.Neither,
    };

    /// <summary>Who reads a note of theirs: their party; else those of the same role alone. Null: they write none.</summary>
    public string? Circle => (Side, Roles.Order().FirstOrDefault(role => role is Role.Supervisor or Role.UsingUnit)) switch
    {
        (Side.Buyer, _) => Side.Buyer.Word(),
        (Side.Provider, _) => Side.Provider.Word(),
        (_, Role.Supervisor or Role.UsingUnit) and var (_, role) => role.Word(),
        _ => null,
    };

    /// <summary>Those who put a fact on record together, each once, as <c>by</c> says it.</summary>
    public static string Together(params IEnumerable<string> ids) => string.Join(Joint, ids.Distinct());
}

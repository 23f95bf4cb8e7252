using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Ledger.Claims;
using Yueheng.Ledger.Reading;
using Yueheng.Server.Access;
using Yueheng.Server.Clock;
using Yueheng.Statements.Shelves;

namespace Yueheng.Server.Endpoints;

/// <summary>
/// Which facts somebody sees who sees no money: none of a kind that tells an amount, and none that tells one though its kind need not.
/// What they see they see whole: a fact with a field taken out would fit no hash.
/// </summary>
internal sealed class FactSight
{
    private const string Amount = "amount";

    private static readonly string[] MoneyFields = [Amount, "loss"];
    private static readonly FactSight Everything = new([], []);
    private static readonly IReadOnlyList<string> CommonMoney = [.. CommonVocabulary.Kinds.Where(kind => kind.Fields.Any(field => field.Name == Amount)).Select(kind => kind.Name)];

    private readonly HashSet<string> _kinds;
    private readonly HashSet<string> _fields;

    private FactSight(IEnumerable<string> kinds, IEnumerable<string> fields) => (_kinds, _fields) = ([.. kinds], [.. fields]);

    /// <summary>What the caller sees of a contract's facts.</summary>
    /// <param name="vocabulary">Of the contract's text in force; null while it has none.</param>
    public static FactSight Of(Caller caller, string contract, Vocabulary? vocabulary)
    {
        if (caller.SeesMoney(contract)) return Everything;
        if (vocabulary is null) return new(CommonMoney, MoneyFields);
        var read = Enumerable.Range(0, vocabulary.KindCount).Select(kind => (Name: vocabulary.KindName(kind), Fields: vocabulary.FieldsOf(kind).Where(field => field.Type == FieldType.Amount || field.Name == Amount).ToList())).ToList();
        return new(CommonMoney.Concat(read.Where(kind => kind.Fields.Count > 0).Select(kind => kind.Name)), MoneyFields.Concat(read.SelectMany(kind => kind.Fields).Where(field => field.Type == FieldType.Amount).Select(field => field.Name)));
    }

    public FactsWanted Narrow(FactsWanted wanted) => wanted with { WithoutKinds = _kinds, WithoutFields = _fields };

    public bool Sees(string kind) => !_kinds.Contains(kind);

    public bool Sees(ProposedFact fact) => Sees(fact.Kind) && !_fields.Any(field => fact.Fact.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{field}\":")) >= 0);
}

/// <summary>The kinds and fields that a contract reads now; facts are held against them as they arrive.</summary>
internal static class VocabularyInForce
{
    public static async Task<Vocabulary?> Of(Shelf shelf, BusinessClock clock, Caller caller, string contract, CancellationToken cancellation) =>
        (await shelf.InForce(caller.Contracts, contract, clock.Now, null, cancellation))?.Contract.Vocabulary;
}

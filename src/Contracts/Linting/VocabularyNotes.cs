using Yueheng.Facts.Common;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting;

/// <summary>Something about a contract that a person should know and that stops nothing.</summary>
/// <param name="Message">One Chinese sentence.</param>
public sealed record Note(Position Position, string Message)
{
    public override string ToString() => $"提示 {(Position.Line > 0 ? Position.ToString() : Position.File)}: {Message}";
}

/// <summary>
/// The kinds and fields that a contract reads and that the common vocabulary does not have. A contract may well have its own; but where
/// one was meant for a common one, no room will ever write it, and the default would decide in silence.
/// </summary>
public static class VocabularyNotes
{
    private const string AnyKind = "any";

    public static IEnumerable<Note> Of(ContractSyntax contract)
    {
        foreach (var (kind, fields) in contract.Facts)
        {
            if (kind != AnyKind && CommonVocabulary.Find(kind) is null)
                yield return new Note(contract.PlaceOf($"facts/{kind}"), $"种类“{kind}”不在公共词汇之中{Suggest(kind, CommonVocabulary.Kinds.Select(known => known.Name))}；若为本合同自有的种类，无须理会");
            else
                foreach (var note in OfFields(kind, fields)) yield return note;
        }
    }

    private static IEnumerable<Note> OfFields(string kind, IReadOnlyDictionary<string, FieldSyntax> fields)
    {
        var known = KnownFields(kind);
        foreach (var (column, syntax) in fields)
        {
            var field = syntax.Field ?? column;
            if (!known.Contains(field))
                yield return new Note(syntax.Position, $"公共词汇中{(kind == AnyKind ? "没有哪个种类有" : $"种类“{kind}”没有")}字段“{field}”{Suggest(field, known)}；若为本合同自有的字段，无须理会");
        }
    }

    private static HashSet<string> KnownFields(string kind) =>
        (kind == AnyKind ? CommonVocabulary.Kinds.SelectMany(one => one.Fields) : CommonVocabulary.Find(kind)!.Fields)
        .Concat(CommonVocabulary.OfAny).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);

    private static string Suggest(string name, IEnumerable<string> known) => Nearness.Nearest(name, known) is { } near ? $"，最相近的是“{near}”" : "";
}

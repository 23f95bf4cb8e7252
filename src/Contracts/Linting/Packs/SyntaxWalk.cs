using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Binding;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Linting.Packs;

/// <summary>Goes through what was written, by the same shapes that the reader binds by, so that no new operation is forgotten.</summary>
internal static partial class SyntaxWalk
{
    /// <summary>The node and everything below it.</summary>
    public static IEnumerable<Syntax> Below(object? node)
    {
        switch (node)
        {
            case null or string:
                break;
            case Syntax syntax:
                yield return syntax;
                foreach (var key in Shape.Of(syntax.GetType()).Keys)
                    foreach (var below in Below(key.Property.GetValue(syntax))) yield return below;
                break;
            case IDictionary map:
                foreach (var value in map.Values)
                    foreach (var below in Below(value)) yield return below;
                break;
            case IEnumerable list:
                foreach (var item in list)
                    foreach (var below in Below(item)) yield return below;
                break;
        }
    }

    /// <summary>All that was written, as one text: two nodes with the same one say the same.</summary>
    public static string Written(object? node) => node switch
    {
        null => "",
        string text => $"'{text}'",
        Syntax syntax => $"{syntax.GetType().Name}{{{(syntax as SetExpression)?.Named}{(syntax as Name)?.Text}{(syntax as Literal)?.Text}{string.Join(",", Shape.Of(syntax.GetType()).Keys.Select(key => Written(key.Property.GetValue(syntax))))}}}",
        IDictionary map => string.Join(";", map.Keys.Cast<string>().Select(key => $"{key}:{Written(map[key])}")),
        IEnumerable list => string.Join("|", list.Cast<object?>().Select(Written)),
        _ => $"{node}",
    };

    /// <summary>Every name that is read anywhere below: of terms, columns and views alike.</summary>
    public static IEnumerable<string> NamesReadBelow(object? node) => Below(node).SelectMany(NamesReadBy);

    private static IEnumerable<string> NamesReadBy(Syntax node)
    {
        switch (node)
        {
            case Name name:
                yield return name.Text.StartsWith("this.", StringComparison.Ordinal) || name.Text.StartsWith("was.", StringComparison.Ordinal) ? name.Text[(name.Text.IndexOf('.') + 1)..] : name.Text;
                break;
            case SetExpression { Named: { } set }:
                yield return set;
                break;
            case Is condition:
                foreach (var name in condition.Values.Keys) yield return name;
                break;
            case Matching matching:
                foreach (var name in matching.Columns.Keys) yield return name;
                break;
            case FigureSyntax figure:
                foreach (Match hole in Holes().Matches(figure.Address)) yield return hole.Groups[1].Value;
                break;
        }
        foreach (var key in Shape.Of(node.GetType()).Keys)
            if (key.Property.GetCustomAttribute<SpelledAttribute>()?.Spelling == Spelling.Name)
                foreach (var name in Texts(key.Property.GetValue(node))) yield return name;
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        IEnumerable<string> texts => texts,
        IReadOnlyDictionary<string, string> map => map.Values,
        _ => [],
    };

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Holes();
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Examples;
using Yueheng.Contracts.Schemas;
using Yueheng.Terms.Calendars;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>What of the language stands in given contracts: types, keys, words, spellings, literals, built-in names.</summary>
internal sealed class LanguageInUse
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<Spelling, HashSet<string>> _spelled = [];
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);

    public LanguageInUse(IEnumerable<Syntax> written)
    {
        foreach (var node in written) Visit(node);
    }

    /// <summary>The types that can be written: those that the reader binds to.</summary>
    public static IEnumerable<Type> Types { get; } =
        [.. typeof(Syntax).Assembly.GetTypes().Append(typeof(ExampleSyntax)).Where(type => typeof(Syntax).IsAssignableFrom(type) && !type.IsAbstract && type.GetCustomAttribute<UnwrittenAttribute>() is null && type != typeof(ClausesSyntax))];

    /// <summary>What the types have and the contracts have not, by name.</summary>
    public IEnumerable<string> Lacking(IEnumerable<Type> types) => Wanted([.. types]).Distinct().Where(one => !_used.Contains(one)).Concat(LackingSpellings()).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Wanted(IReadOnlyList<Type> types)
    {
        foreach (var type in types)
        {
            yield return Title(type);
            foreach (var key in Shape.Of(type).Keys)
            {
                yield return NameOf(key);
                // Left out is the same as false; what is there or not is asked both ways.
                foreach (var word in key.Words ?? [])
                    if (word != "false" || key.Property.Name == nameof(Comparison.Present)) yield return $"{NameOf(key)}: {word}";
            }
        }
    }

    private static string Title(Type type) => type.GetCustomAttribute<OperationAttribute>()?.Key is { } key ? $"operation {key}" : type.Name;

    // What several types inherit (of a lookup: on, where, order …) need be shown with one of them only.
    private static string NameOf(Key key) => $"{Title(key.Property.DeclaringType!)}.{key.Name}";

    private void Visit(Syntax node)
    {
        _used.Add(Title(node.GetType()));
        if (node is Literal literal) _literals.Add(literal.Text);
        if (node is Name { Text: var name }) _used.Add($"name {name}");
        foreach (var key in Shape.Of(node.GetType()).Keys)
        {
            var value = key.Property.GetValue(node);
            if (value is null or false) continue;
            _used.Add(NameOf(key));
            foreach (var text in Texts(value))
            {
                if (key.Words is not null) _used.Add($"{NameOf(key)}: {text}");
                if (key.Property.GetCustomAttribute<SpelledAttribute>() is not { } spelled) continue;
                if (!_spelled.TryGetValue(spelled.Spelling, out var texts)) _spelled[spelled.Spelling] = texts = new(StringComparer.Ordinal);
                texts.Add(text);
            }
            foreach (var child in Within(value)) Visit(child);
        }
    }

    private static IEnumerable<string> Texts(object value) => value switch
    {
        string text => [text],
        IEnumerable<string> texts => texts,
        IReadOnlyDictionary<string, string> map => map.Values,
        _ => [],
    };

    private static IEnumerable<Syntax> Within(object? value) => value switch
    {
        Syntax child => [child],
        string or null => [],
        IDictionary entries => entries.Values.Cast<object>().SelectMany(Within),
        IEnumerable items => items.Cast<object>().SelectMany(Within),
        _ => [],
    };

    private IEnumerable<string> LackingSpellings()
    {
        foreach (var spelling in new[] { Spelling.Format, Spelling.Weekdays, Spelling.Season, Spelling.Limit })
            foreach (var form in FormsOf(Spellings.Of(spelling)))
                if (!(_spelled.GetValueOrDefault(spelling) ?? []).Any(text => Regex.IsMatch(text, $"^({form})$"))) yield return $"{spelling}: {form}";
        foreach (var form in Alternatives(Spellings.Literal["pattern"]!.GetValue<string>()).Concat(NumberForms))
            if (!_literals.Any(text => Regex.IsMatch(text, $"^({form})$"))) yield return $"literal {form}";
        foreach (var unit in Enum.GetValues<SpanUnit>())
        {
            if (!(_spelled.GetValueOrDefault(Spelling.Span) ?? []).Any(text => Span.Parse(text)?.Unit == unit)) yield return $"span in {unit}";
            if (unit <= SpanUnit.Weeks && !_literals.Any(text => Span.Parse(text)?.Unit == unit)) yield return $"duration in {unit}";
        }
        foreach (var name in BuiltInNames)
            if (!_used.Contains($"name {name}")) yield return $"name {name}";
    }

    private static readonly string[] NumberForms = [".*%", ".*‰", ".*/.*", "-.*"];

    /// <summary>As the schema offers them to editors.</summary>
    private static IEnumerable<string> BuiltInNames =>
        JsonNode.Parse(SchemaFile.All.Single(file => file.Name == "contract.schema.json").Text)!["$defs"]!["name"]!["anyOf"]![0]!["oneOf"]!.AsArray().Select(name => name!["const"]!.GetValue<string>());

    // Of words that may also be written otherwise, the words; the pattern beside them is for the unusual.
    private static IEnumerable<string> FormsOf(JsonObject schema) => schema switch
    {
        _ when schema["anyOf"]?.AsArray() is { } choices => choices.SelectMany(choice => FormsOf(choice!.AsObject())),
        _ when schema["oneOf"]?.AsArray() is { } words => words.Select(word => Regex.Escape(word!["const"]!.GetValue<string>())),
        _ => Alternatives(schema["pattern"]!.GetValue<string>()),
    };

    /// <summary>The alternatives of a pattern, outside of its brackets.</summary>
    private static IEnumerable<string> Alternatives(string pattern)
    {
        var whole = pattern[2..^2];
        var (depth, from) = (0, 0);
        for (var i = 0; i <= whole.Length; i++)
        {
            if (i == whole.Length || (whole[i] == '|' && depth == 0))
            {
                yield return whole[from..i];
                from = i + 1;
            }
            else if (whole[i] is '(' or '[') depth++;
            else if (whole[i] is ')' or ']') depth--;
        }
    }
}

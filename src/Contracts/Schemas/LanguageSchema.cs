using System.Reflection;
using System.Text.Json.Nodes;
using Yueheng.Contracts.Binding;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Schemas;

/// <summary>
/// The schema of one file of a contract folder, from the shapes that the reader binds by: a definition a type, a branch an operation,
/// every object closed.
/// </summary>
internal sealed partial class LanguageSchema
{
    private readonly SortedDictionary<string, JsonNode> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type?> _named = new(StringComparer.Ordinal);

    private LanguageSchema() { }

    public static JsonObject Of(Type root)
    {
        var schema = new LanguageSchema();
        var whole = schema.Object(root, Shape.Of(root).Keys);
        var definitions = new JsonObject();
        foreach (var (name, definition) in schema._definitions) definitions[name] = definition;
        if (definitions.Count > 0) whole["$defs"] = definitions;
        return whole;
    }

    /// <summary>A reference to a definition, which is made when it is first asked for.</summary>
    private JsonObject Reference(string name, Type? type, Func<JsonObject> make)
    {
        if (_named.TryAdd(name, type)) _definitions[name] = make();
        else if (_named[name] != type) throw new InvalidOperationException($"two definitions are named {name}");
        return new JsonObject { ["$ref"] = "#/$defs/" + name };
    }

    private JsonObject Value(Type type, bool oneOrMany, string[]? words, Spelling? spelling)
    {
        if (type == typeof(string) && spelling == Spelling.Kind) return Kind();
        if (type == typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, FieldSyntax>>)) return KindsRead();
        if (type == typeof(string)) return words is not null ? Spellings.Words(words) : spelling is { } known ? Spellings.Of(known) : Spellings.FreeText;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GetGenericArguments()[0], oneOrMany, words, spelling);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return Map(type.GetGenericArguments()[1], oneOrMany, words, spelling);
        if (type == typeof(Expression)) return Reference("expression", null, Expression);
        if (type == typeof(SetExpression)) return Reference("set", null, Set);
        if (type == typeof(TermSyntax)) return Reference("term", null, Term);
        if (type == typeof(FieldSyntax)) return Reference("field", null, Field);
        if (type == typeof(OrderKey)) return Reference("order-key", null, OrderKey);
        if (type == typeof(Matching)) return Reference("matching", null, Matching);
        return Reference(NameOf(type), type, () => Object(type, Shape.Of(type).Keys));
    }

    private JsonObject List(Type element, bool oneOrMany, string[]? words, Spelling? spelling)
    {
        var item = Value(element, false, words, spelling);
        // Cells of literal rows: an empty cell is missing.
        if (element == typeof(IReadOnlyList<string>)) item["items"]!["type"]!.AsArray().Add("null");
        var list = new JsonObject { ["type"] = "array", ["items"] = item };
        return oneOrMany ? new JsonObject { ["oneOf"] = new JsonArray(item.DeepClone(), list) } : list;
    }

    private JsonObject Map(Type element, bool oneOrMany, string[]? words, Spelling? spelling)
    {
        // Nothing after a key is an empty map.
        var map = new JsonObject { ["type"] = new JsonArray("object", "null") };
        if (typeof(Syntax).IsAssignableFrom(element) && NamesTerms(element)) map["propertyNames"] = Spellings.Of(Spelling.Name);
        map["additionalProperties"] = Value(element, oneOrMany, words, spelling);
        return map;
    }

    // Keys that become names of terms or columns; the others (parties, rules, readings …) are free.
    private static bool NamesTerms(Type element) => element == typeof(Expression) || element == typeof(TermSyntax) || element == typeof(Carry) || element == typeof(ViewSyntax);

    private JsonObject Object(Type type, IEnumerable<Key> keys, string? doc = null)
    {
        var taken = keys.ToList();
        var schema = new JsonObject();
        if ((doc ?? DocOf(type)) is { Length: > 0 } text) schema["description"] = text;
        schema["type"] = "object";
        var properties = new JsonObject();
        foreach (var key in taken) properties[key.Name] = Property(key);
        schema["properties"] = properties;
        if (taken.Any(key => key.IsRequired)) schema["required"] = Names(taken.Where(key => key.IsRequired));
        schema["additionalProperties"] = false;
        Choices.AddTo(schema, type, taken);
        return schema;
    }

    private JsonObject Property(Key key)
    {
        var value = Value(key.Property.PropertyType, key.IsOneOrMany, key.Words, key.Property.GetCustomAttribute<SpelledAttribute>()?.Spelling);
        var property = new JsonObject { ["description"] = key.Doc };
        foreach (var (name, part) in value) property[name] = part?.DeepClone();
        return property;
    }

    private static JsonArray Names(IEnumerable<Key> keys) => [.. keys.Select(key => JsonValue.Create(key.Name))];

    private static string DocOf(Type type) => type.GetCustomAttribute<DocAttribute>()?.Text ?? "";

    private static string NameOf(Type type)
    {
        var name = type.Name.EndsWith("Syntax", StringComparison.Ordinal) ? type.Name[..^"Syntax".Length] : type.Name;
        return string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using Yueheng.Contracts.Binding;
using Yueheng.Facts.Common;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Schemas;

/// <summary>What the reader binds in a way of its own: expressions, sets, terms, and the short forms of some types.</summary>
internal sealed partial class LanguageSchema
{
    private JsonObject Expression()
    {
        var branches = new JsonArray(
            new JsonObject { ["anyOf"] = new JsonArray(Reference("literal", null, () => Spellings.Literal), Name()) },
            new JsonObject { ["description"] = "各条件全部成立（all-of 的简写）", ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = "#/$defs/expression" } });
        foreach (var (key, type) in Shape.Operations.OrderBy(operation => operation.Key, StringComparer.Ordinal))
            branches.Add((JsonNode)Reference("operation-" + key, type, () => Operation(key, type)));
        return new JsonObject { ["description"] = DocOf(typeof(Expression)), ["oneOf"] = branches };
    }

    /// <summary>An operation is a map with its key; what it takes stands beside the key or in a map after it.</summary>
    private JsonObject Operation(string key, Type type)
    {
        var shape = Shape.Of(type);
        if (shape.Operand is not { } operand)
            return new JsonObject
            {
                ["description"] = DocOf(type),
                ["type"] = "object",
                ["properties"] = new JsonObject { [key] = Object(type, shape.Keys) },
                ["required"] = new JsonArray(key),
                ["additionalProperties"] = false,
            };
        return Object(type, shape.Keys.Select(one => one == operand ? one with { Name = key, Doc = DocOf(type) } : one));
    }

    private JsonObject Name() => Reference("name", null, () =>
    {
        var name = Spellings.WordsOr([("as-of", "判定时刻"), ("signed", "签署日"), ("term.first", "合同期首日"), ("term.last", "合同期末日"), ("term.from", "合同期首日零时"), ("term.to", "合同期末日二十四时")], Spellings.Of(Spelling.Name));
        name["description"] = "名称：本行的列、外层行的列、词条，或固有名称（as-of、signed、term.first、term.last、term.from、term.to）";
        return name;
    });

    /// <summary>The common kinds are offered with their meaning; a contract may have kinds of its own.</summary>
    private JsonObject Kind() => Reference("kind", null, () => new JsonObject
    {
        ["description"] = "事实的种类：公共词汇中的，或合同自有的",
        ["anyOf"] = new JsonArray(Spellings.Meant(CommonVocabulary.Kinds.Select(kind => (kind.Name, kind.Meaning))), Spellings.Whole(".+")),
    });

    /// <summary>Kinds and their fields as a contract reads them: the common ones are offered with their meaning.</summary>
    private JsonObject KindsRead() => Reference("kinds-read", null, () => new JsonObject
    {
        ["description"] = "所读的种类及其字段",
        ["type"] = new JsonArray("object", "null"),
        ["properties"] = new JsonObject(CommonVocabulary.Kinds.Select(kind => KeyValuePair.Create(kind.Name, (JsonNode?)FieldsRead(kind)))),
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = Value(typeof(FieldSyntax), false, null, null) },
    });

    private JsonObject FieldsRead(CommonKind kind) => new()
    {
        ["description"] = kind.Meaning,
        ["type"] = new JsonArray("object", "null"),
        ["properties"] = new JsonObject(kind.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Described(FactSchema.MeaningOf(field), Value(typeof(FieldSyntax), false, null, null))))),
        ["additionalProperties"] = Value(typeof(FieldSyntax), false, null, null),
    };

    private JsonObject Set() => new()
    {
        ["description"] = DocOf(typeof(SetExpression)),
        ["oneOf"] = new JsonArray(Name(), Reference("rows-of-set", null, () => Object(typeof(SetExpression), Shape.Of(typeof(SetExpression)).Keys))),
    };

    /// <summary>A term is one form, or a set; what it is called and executes stands beside either.</summary>
    private JsonObject Term()
    {
        var keys = Shape.Of(typeof(TermSyntax)).Keys;
        var forms = keys.Where(key => key.Property.GetCustomAttribute<FormAttribute>() is not null).ToList();
        var heading = keys.Where(key => key.Property.DeclaringType == typeof(TermSyntax) && !forms.Contains(key)).ToList();
        var branches = new JsonArray();
        foreach (var form in forms)
            branches.Add((JsonNode)Reference("term-" + form.Name, null, () => Object(typeof(Form), [.. heading, form with { IsRequired = true }], form.Doc)));
        branches.Add((JsonNode)Reference("term-set", null, () => Object(typeof(SetExpression), [.. heading, .. Shape.Of(typeof(SetExpression)).Keys], "集合")));
        return new JsonObject { ["description"] = DocOf(typeof(TermSyntax)), ["oneOf"] = branches };
    }

    /// <summary>Stands for a form of a term: its one key is required already, so it has no choice of its own.</summary>
    private sealed class Form;

    private JsonObject Field()
    {
        var shape = Shape.Of(typeof(FieldSyntax));
        return new JsonObject
        {
            ["description"] = DocOf(typeof(FieldSyntax)),
            ["oneOf"] = new JsonArray(Spellings.Words(shape.ByName["type"].Words!), Object(typeof(FieldSyntax), shape.Keys)),
        };
    }

    private static JsonObject OrderKey() => new()
    {
        ["description"] = DocOf(typeof(OrderKey)),
        ["oneOf"] = new JsonArray(
            Spellings.Of(Spelling.Name),
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["desc"] = Described("降序的列名", Spellings.Of(Spelling.Name)) },
                ["required"] = new JsonArray("desc"),
                ["additionalProperties"] = false,
            }),
    };

    private JsonObject Matching() => new()
    {
        ["description"] = DocOf(typeof(Matching)),
        ["oneOf"] = new JsonArray(
            new JsonObject { ["type"] = "array", ["items"] = Spellings.Of(Spelling.Name) },
            Value(typeof(IReadOnlyDictionary<string, Expression>), false, null, null)),
    };

    private static JsonObject Described(string text, JsonObject schema)
    {
        schema["description"] = text;
        return schema;
    }
}

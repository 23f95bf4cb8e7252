using System.Reflection;
using System.Text.Json.Nodes;
using Yueheng.Contracts.Binding;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Schemas;

/// <summary>Which of an object's keys exclude or need each other.</summary>
internal static class Choices
{
    public static void AddTo(JsonObject schema, Type type, IReadOnlyList<Key> keys)
    {
        var choices = new List<JsonObject>();
        if (type.GetCustomAttribute<ExactlyOneAttribute>() is { Properties: { Length: > 0 } one }) choices.Add(new JsonObject { ["oneOf"] = EachRequired(one, keys) });
        if (type.GetCustomAttribute<AtLeastOneAttribute>() is { } least) choices.Add(new JsonObject { ["anyOf"] = EachRequired(least.Properties, keys) });
        if (type.GetCustomAttribute<AtMostOneAttribute>() is { } most) choices.AddRange(Pairs(most.Properties, keys));
        if (choices.Count == 1)
            foreach (var (key, value) in choices[0]) schema[key] = value?.DeepClone();
        else if (choices.Count > 1) schema["allOf"] = new JsonArray([.. choices]);
    }

    private static JsonArray EachRequired(string[] properties, IReadOnlyList<Key> keys) =>
        [.. properties.Select(property => new JsonObject { ["required"] = new JsonArray(NameOf(property, keys)) })];

    private static IEnumerable<JsonObject> Pairs(string[] properties, IReadOnlyList<Key> keys)
    {
        for (var i = 0; i < properties.Length; i++)
            for (var j = i + 1; j < properties.Length; j++)
                yield return new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray(NameOf(properties[i], keys), NameOf(properties[j], keys)) } };
    }

    private static string NameOf(string property, IReadOnlyList<Key> keys) => keys.First(key => key.Property.Name == property).Name;
}

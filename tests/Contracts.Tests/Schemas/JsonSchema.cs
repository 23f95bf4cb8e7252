using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Yueheng.Contracts.Tests.Schemas;

/// <summary>
/// A judge of JSON by the keywords that our schemas use. A keyword it does not know is an error of the schema, never passed over in silence.
/// </summary>
internal sealed class JsonSchema(JsonObject root)
{
    public static JsonSchema Load(string name) => new(JsonNode.Parse(File.ReadAllText(SourceTree.At("schemas", name)))!.AsObject());

    /// <summary>Every fault with the path at which it lies; of a choice, the faults of the branch that came furthest.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value) => Check(root, value, "");

    private List<string> Check(JsonNode schema, JsonNode? value, string path)
    {
        if (schema is JsonValue whether) return whether.GetValue<bool>() ? [] : [$"{path}: nothing may stand here"];
        var faults = new List<string>();
        foreach (var (keyword, operand) in schema.AsObject()) faults.AddRange(Check(keyword, operand!, schema.AsObject(), value, path));
        return faults;
    }

    private IEnumerable<string> Check(string keyword, JsonNode operand, JsonObject schema, JsonNode? value, string path)
    {
        switch (keyword)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description" or "then" or "examples":
                return [];
            case "$ref":
                return Check(root["$defs"]![operand.GetValue<string>()["#/$defs/".Length..]] ?? throw new InvalidOperationException($"no definition {operand}"), value, path);
            case "type":
                var types = operand is JsonArray many ? many.Select(one => one!.GetValue<string>()) : [operand.GetValue<string>()];
                return types.Any(type => IsA(type, value)) ? [] : [$"{path}: {Kind(value)} is not {string.Join(" or ", types)}"];
            case "enum":
                return operand.AsArray().Any(one => Same(one, value)) ? [] : [$"{path}: {value?.ToJsonString()} is not one of {operand.ToJsonString()}"];
            case "const":
                return Same(operand, value) ? [] : [$"{path}: is not {operand}"];
            case "pattern":
                return Kind(value) != "string" || Regex.IsMatch(value!.GetValue<string>(), operand.GetValue<string>()) ? [] : [$"{path}: “{value}” does not match"];
            case "minLength":
                return Kind(value) != "string" || value!.GetValue<string>().Length >= operand.GetValue<int>() ? [] : [$"{path}: too short"];
            case "minimum":
                return Kind(value) != "number" || value!.GetValue<decimal>() >= operand.GetValue<decimal>() ? [] : [$"{path}: too small"];
            case "maximum":
                return Kind(value) != "number" || value!.GetValue<decimal>() <= operand.GetValue<decimal>() ? [] : [$"{path}: too large"];
            case "required":
                return value is JsonObject holder ? operand.AsArray().Select(key => key!.GetValue<string>()).Where(key => !holder.ContainsKey(key)).Select(key => $"{path}: lacks {key}") : [];
            case "properties":
                return value is JsonObject owner ? operand.AsObject().Where(one => owner.ContainsKey(one.Key)).SelectMany(one => Check(one.Value!, owner[one.Key], $"{path}/{one.Key}")) : [];
            case "additionalProperties":
                var named = schema["properties"]?.AsObject();
                return value is JsonObject map ? map.Where(one => named?.ContainsKey(one.Key) != true).SelectMany(one => Check(operand, one.Value, $"{path}/{one.Key}")) : [];
            case "propertyNames":
                return value is JsonObject keyed ? keyed.SelectMany(one => Check(operand, JsonValue.Create(one.Key), $"{path}/{one.Key}")) : [];
            case "items":
                return value is JsonArray list ? list.SelectMany((item, i) => Check(operand, item, $"{path}/{i}")) : [];
            case "allOf":
                return operand.AsArray().SelectMany(one => Check(one!, value, path));
            case "anyOf" or "oneOf":
                var branches = operand.AsArray().Select(one => Check(one!, value, path)).ToList();
                var good = branches.Count(branch => branch.Count == 0);
                if (good == 1 || (good > 1 && keyword == "anyOf")) return [];
                return good > 1 ? [$"{path}: {good} branches hold"] : branches.MaxBy(branch => branch.Max(fault => fault.IndexOf(':', StringComparison.Ordinal)))!;
            case "not":
                return Check(operand, value, path).Count > 0 ? [] : [$"{path}: must not be {operand.ToJsonString()}"];
            case "if":
                return Check(operand, value, path).Count > 0 ? [] : Check(schema["then"]!, value, path);
            default:
                throw new InvalidOperationException($"the keyword {keyword} is not known here");
        }
    }

    private static bool IsA(string type, JsonNode? value) =>
        type == Kind(value) || (type == "integer" && Kind(value) == "number" && decimal.IsInteger(value!.GetValue<decimal>()));

    private static string Kind(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch { JsonValueKind.True or JsonValueKind.False => "boolean", JsonValueKind.Number => "number", _ => "string" },
    };

    private static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);
}

using System.Text.Json.Nodes;
using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Schemas;

namespace Yueheng.Contracts.Tests.Schemas;

public class SchemaFilesTests
{
    public static TheoryData<string> Names => [.. SchemaFile.All.Select(schema => schema.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_file_that_is_checked_in_is_what_the_types_say(string name)
    {
        var (checkedIn, said) = (File.ReadAllLines(SourceTree.At("schemas", name)), SchemaFile.All.Single(schema => schema.Name == name).Text.TrimEnd('\n').Split('\n'));
        var differs = checkedIn.Zip(said).TakeWhile(lines => lines.First == lines.Second).Count();
        if (differs < Math.Max(checkedIn.Length, said.Length))
            Assert.Fail($"schemas/{name}, line {differs + 1}: “{checkedIn.ElementAtOrDefault(differs)}”, the types say “{said.ElementAtOrDefault(differs)}”. Run: yueheng schema --write schemas");
    }

    [Fact]
    public void No_other_schema_is_checked_in() =>
        Directory.GetFiles(SourceTree.At("schemas")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(SchemaFile.All.Select(schema => schema.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void Everything_has_a_description(string name) => WithoutDescription(Parse(name), "").ShouldBeEmpty();

    [Theory, MemberData(nameof(Names))]
    public void Every_reference_leads_somewhere_and_every_definition_is_used(string name)
    {
        var schema = Parse(name);
        var used = References(schema).ToHashSet();
        used.Order(StringComparer.Ordinal).ShouldBe((schema["$defs"]?.AsObject().Select(one => "#/$defs/" + one.Key) ?? []).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_operation_is_a_branch() =>
        Parse("contract.schema.json")["$defs"]!["expression"]!["oneOf"]!.AsArray().Select(branch => branch!["$ref"]?.GetValue<string>()).OfType<string>()
            .ShouldBe(Shape.Operations.Keys.Order(StringComparer.Ordinal).Select(key => "#/$defs/operation-" + key));

    [Theory, MemberData(nameof(Names))]
    public void What_an_editor_offers_as_an_example_is_accepted(string name)
    {
        foreach (var schema in WithExamples(Parse(name)))
            foreach (var example in schema["examples"]!.AsArray()) new JsonSchema(schema).Faults(example).ShouldBeEmpty();
    }

    private static IEnumerable<JsonObject> WithExamples(JsonNode? node) => node switch
    {
        JsonObject one => (one["examples"] is JsonArray ? [one] : Array.Empty<JsonObject>()).Concat(one.SelectMany(pair => WithExamples(pair.Value))),
        JsonArray many => many.SelectMany(WithExamples),
        _ => [],
    };

    private static JsonObject Parse(string name) => JsonNode.Parse(SchemaFile.All.Single(schema => schema.Name == name).Text)!.AsObject();

    private static IEnumerable<string> WithoutDescription(JsonObject schema, string path)
    {
        foreach (var (key, property) in schema["properties"]?.AsObject() ?? [])
            if (string.IsNullOrEmpty(property!["description"]?.GetValue<string>()) && !path.Contains("/if", StringComparison.Ordinal) && !path.Contains("/then", StringComparison.Ordinal))
                if (!path.StartsWith("/$defs/operation-", StringComparison.Ordinal)) yield return $"{path}/{key}";
        if (schema.TryGetPropertyValue("$defs", out var definitions))
            foreach (var (key, definition) in definitions!.AsObject())
                if (string.IsNullOrEmpty(definition!["description"]?.GetValue<string>())) yield return $"/$defs/{key}";
        foreach (var (key, part) in schema)
            foreach (var found in part switch
            {
                JsonObject one => WithoutDescription(one, $"{path}/{key}"),
                JsonArray many => many.OfType<JsonObject>().SelectMany((one, i) => WithoutDescription(one, $"{path}/{key}/{i}")),
                _ => [],
            }) yield return found;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(pair => pair.Key == "$ref" ? [pair.Value!.GetValue<string>()] : References(pair.Value)),
        JsonArray many => many.SelectMany(References),
        _ => [],
    };
}

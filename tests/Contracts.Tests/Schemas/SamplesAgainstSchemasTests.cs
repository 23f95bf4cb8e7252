using System.Text.Json.Nodes;

namespace Yueheng.Contracts.Tests.Schemas;

/// <summary>What the reader takes the schema takes: otherwise an editor would underline a good contract.</summary>
public class SamplesAgainstSchemasTests
{
    private static readonly JsonSchema Contract = JsonSchema.Load("contract.schema.json"), Clauses = JsonSchema.Load("clauses.schema.json"),
        Example = JsonSchema.Load("example.schema.json"), Fact = JsonSchema.Load("facts.schema.json");

    public static TheoryData<string> Packs => [.. SourceTree.Contracts.Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Packs))]
    public void A_sample_contract_is_valid(string pack) => Contract.Faults(EditorYaml.ReadFile(SourceTree.At("contracts", pack, "contract.yaml"))).ShouldBeEmpty();

    [Theory, MemberData(nameof(Packs))]
    public void Its_clauses_are_valid(string pack) => Clauses.Faults(EditorYaml.ReadFile(SourceTree.At("contracts", pack, "clauses.yaml"))).ShouldBeEmpty();

    [Theory, MemberData(nameof(Packs))]
    public void Its_examples_are_valid(string pack)
    {
        foreach (var file in Directory.GetFiles(SourceTree.At("contracts", pack, "examples"), "*.yaml"))
            Example.Faults(EditorYaml.ReadFile(file)).ShouldBeEmpty(file);
    }

    [Theory, MemberData(nameof(Packs))]
    public void Its_facts_are_valid(string pack)
    {
        foreach (var file in Directory.GetFiles(SourceTree.At("contracts", pack), "*.jsonl", SearchOption.AllDirectories))
            File.ReadLines(file).Where(line => line.Length > 0).SelectMany(line => Fact.Faults(JsonNode.Parse(line))).Distinct().ShouldBeEmpty(file);
    }
}

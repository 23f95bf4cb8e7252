using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Yueheng.Contracts.Examples;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Schemas;

/// <summary>A JSON Schema (draft 2020-12) that editors complete and check contracts with.</summary>
/// <param name="Name">The file's name under <c>schemas/</c>.</param>
/// <param name="Text">Its text, with a line feed at the end.</param>
public sealed record SchemaFile(string Name, string Text)
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    // Written out rather than escaped: the descriptions are there to be read.
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>
    /// All schemas, generated from the types that the reader binds to, so that none of them can say what the reader does not do.
    /// The files that are checked in are these texts; a test holds them together.
    /// </summary>
    public static IReadOnlyList<SchemaFile> All { get; } =
    [
        Language("contract.schema.json", "contract.yaml", typeof(ContractSyntax)),
        Language("clauses.schema.json", "clauses.yaml", typeof(ClausesSyntax)),
        Language("example.schema.json", "examples/*.yaml", typeof(ExampleSyntax)),
        Make("facts.schema.json", "事实：一行一个", FactSchema.Make()),
    ];

    private static SchemaFile Language(string name, string file, Type root) => Make(name, $"约衡合同语言 terms/1：{file}", LanguageSchema.Of(root));

    private static SchemaFile Make(string name, string title, JsonObject body)
    {
        var schema = new JsonObject { ["$schema"] = Draft, ["$id"] = name, ["title"] = title };
        foreach (var (key, value) in body) schema[key] = value?.DeepClone();
        return new SchemaFile(name, schema.ToJsonString(Written) + "\n");
    }
}

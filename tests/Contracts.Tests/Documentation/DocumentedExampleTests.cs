using Yueheng.Contracts.Examples;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Tests.Schemas;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>The example at the end of docs/terms.md is what a stranger copies first, so it has to run as it stands.</summary>
public sealed class DocumentedExampleTests : IDisposable
{
    private const int Section = 13;
    private readonly string _place = Directory.CreateTempSubdirectory("documented-example-").FullName;

    public void Dispose() => Directory.Delete(_place, true);

    [Fact]
    public void It_gives_the_figures_that_are_printed_beside_it()
    {
        var folder = Write();
        var reader = new PackReader(SourceTree.At("calendars"));
        var (pack, refusals) = reader.Read(folder, true);
        refusals.ShouldBeEmpty();
        var result = ExampleRunner.Run(pack!, reader).ShouldHaveSingleItem();
        result.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_valid_by_the_schemas()
    {
        var blocks = LanguageDocument.Blocks(Section);
        JsonSchema.Load("contract.schema.json").Faults(EditorYaml.Read(blocks[0].Text)).ShouldBeEmpty();
        JsonSchema.Load("example.schema.json").Faults(EditorYaml.Read(blocks[2].Text)).ShouldBeEmpty();
    }

    private string Write()
    {
        var blocks = LanguageDocument.Blocks(Section);
        blocks.Select(block => block.Kind).ShouldBe(["yaml", "json", "yaml"]);
        var folder = Path.Combine(_place, "maintenance");
        Directory.CreateDirectory(Path.Combine(folder, "examples"));
        File.WriteAllText(Path.Combine(folder, "contract.yaml"), blocks[0].Text);
        File.WriteAllText(Path.Combine(folder, "examples", "facts.jsonl"), blocks[1].Text);
        File.WriteAllText(Path.Combine(folder, "examples", "first-quarter.yaml"), blocks[2].Text);
        return folder;
    }
}

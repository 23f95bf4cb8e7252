using Yueheng.Contracts.Examples;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Packs;
using Yueheng.Contracts.Tests.Schemas;

namespace Yueheng.Contracts.Tests.Documentation;

/// <summary>The folder in docs/terms.md is what a stranger copies first, so it has to run as it stands.</summary>
public sealed class DocumentedExampleTests : IDisposable
{
    private const int Section = 13;
    private readonly string _place = Directory.CreateTempSubdirectory("documented-example-").FullName;

    public void Dispose() => Directory.Delete(_place, true);

    [Fact]
    public void It_gives_the_figures_that_are_printed_beside_it()
    {
        var reader = new PackReader(SourceTree.At("calendars"));
        var (pack, refusals) = reader.Read(Write(), true);
        refusals.ShouldBeEmpty();
        var results = ExampleRunner.Run(pack!, reader).ToList();
        results.Count.ShouldBe(Files.Count(file => file.Role.StartsWith("examples/", StringComparison.Ordinal) && file.Kind == "yaml"));
        results.Count.ShouldBeGreaterThan(1);
        results.SelectMany(result => result.Problems).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_found_wrong_with_it()
    {
        var (pack, _) = new PackReader(SourceTree.At("calendars")).Read(Write(), true);
        Report.Of(pack!).All().Where(finding => finding.Kind != "year-without-notice").ShouldBeEmpty();
    }

    [Fact]
    public void It_is_valid_by_the_schemas()
    {
        foreach (var file in Files.Where(file => file.Kind == "yaml"))
            JsonSchema.Load(file.Role switch { "contract.yaml" => "contract.schema.json", var example when example.StartsWith("examples/", StringComparison.Ordinal) => "example.schema.json", _ => "clauses.schema.json" })
                .Faults(EditorYaml.Read(file.Text)).ShouldBeEmpty(file.Role);
    }

    private static IReadOnlyList<Fence> Files => LanguageDocument.Fences(LanguageDocument.Section(Section));

    private string Write()
    {
        var folder = Path.Combine(_place, "maintenance");
        Directory.CreateDirectory(Path.Combine(folder, "examples"));
        foreach (var file in Files) File.WriteAllText(Path.Combine(folder, file.Role), file.Text);
        return folder;
    }
}

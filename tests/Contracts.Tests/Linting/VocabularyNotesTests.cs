using Yueheng.Contracts.Binding;
using Yueheng.Contracts.Linting;
using Yueheng.Contracts.Yaml;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Linting;

public class VocabularyNotesTests
{
    private static IEnumerable<string> NotesOn(string facts)
    {
        var text = $$"""
            language: terms/1
            contract: { name: 甲, parties: { buyer: 乙 }, signed: 2025-01-01, term: { from: 2025-01-01, through: 2025-12-31 }, calendar: cn-government }
            terms: {}
            figures: []
            facts:
            {{facts}}
            """;
        var refusals = new List<Refusal>();
        var contract = new Binder(refusals).Bind<ContractSyntax>(YamlFile.Parse(System.Text.Encoding.UTF8.GetBytes(text), "contract.yaml", refusals)!)!;
        refusals.ShouldBeEmpty();
        return VocabularyNotes.Of(contract).Select(note => note.ToString());
    }

    [Fact]
    public void Common_kinds_and_fields_need_no_note() => NotesOn("  patrol.done: { patrol: text, event: text, own: { type: text, field: site } }").ShouldBeEmpty();

    [Fact]
    public void A_kind_that_nobody_writes_is_named_with_the_nearest_one() =>
        NotesOn("  incident.reporte: { severity: text }").ShouldBe(["提示 contract.yaml:6:3: 种类“incident.reporte”不在公共词汇之中，最相近的是“incident.reported”；若为本合同自有的种类，无须理会"]);

    [Fact]
    public void A_kind_without_fields_is_noted_where_it_stands() =>
        NotesOn("  lighthouse.lit: {}").ShouldBe(["提示 contract.yaml:6:3: 种类“lighthouse.lit”不在公共词汇之中；若为本合同自有的种类，无须理会"]);

    [Fact]
    public void A_field_that_nobody_writes_is_named_with_the_nearest_one_of_its_kind() =>
        NotesOn("  patrol.done: { patrl: text }").ShouldBe(["提示 contract.yaml:6:25: 公共词汇中种类“patrol.done”没有字段“patrl”，最相近的是“patrol”；若为本合同自有的字段，无须理会"]);

    [Fact]
    public void A_field_read_under_another_name_is_known_by_the_name_in_the_fact() =>
        NotesOn("  bulletin.issued: { matter: { type: text, field: kinds } }").Single().ShouldContain("没有字段“kinds”，最相近的是“kind”");

    [Fact]
    public void A_field_of_any_kind_may_be_a_field_of_some_kind() =>
        NotesOn("  any: { loss: number, losses: number }").ShouldHaveSingleItem().ShouldContain("没有哪个种类有字段“losses”，最相近的是“loss”");
}

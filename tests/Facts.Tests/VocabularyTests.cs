namespace Yueheng.Facts.Tests;

public class VocabularyTests
{
    private static Field Text(string name) => new(name, FieldType.Text, Value.Missing);

    [Fact]
    public void Slots_are_the_kinds_own_fields_and_then_those_of_any()
    {
        var vocabulary = new Vocabulary([new("k", [Text("a"), new("event", FieldType.Whole, Value.Missing)]), new("l", [])], [Text("event"), Text("domain")]);
        vocabulary.FieldsOf(0).Select(field => (field.Name, field.Type)).ShouldBe([("a", FieldType.Text), ("event", FieldType.Whole), ("domain", FieldType.Text)]);
        vocabulary.FieldsOf(1).Select(field => field.Name).ShouldBe(["event", "domain"]);
        vocabulary.FieldsOf(-1).Select(field => field.Name).ShouldBe(["event", "domain"]);
        vocabulary.SlotOf(0, "event").ShouldBe(1);
        vocabulary.SlotOf(-1, "domain").ShouldBe(1);
        vocabulary.SlotOf(1, "a").ShouldBe(-1);
        vocabulary.IndexOfKind("m").ShouldBe(-1);
    }

    [Fact]
    public void Retractions_belong_to_every_vocabulary()
    {
        var vocabulary = new Vocabulary([new("k", [])], []);
        vocabulary.KindCount.ShouldBe(2);
        vocabulary.KindName(1).ShouldBe("fact.retracted");
        vocabulary.FieldsOf(1).ShouldBe([Text("fact")]);
    }

    [Fact]
    public void A_contract_that_lists_retractions_keeps_its_fields_and_its_place()
    {
        var vocabulary = new Vocabulary([new("fact.retracted", [Text("reason")]), new("k", [])], []);
        vocabulary.KindCount.ShouldBe(2);
        vocabulary.IndexOfKind("fact.retracted").ShouldBe(0);
        vocabulary.FieldsOf(0).Select(field => field.Name).ShouldBe(["reason", "fact"]);
    }

    [Fact]
    public void Nothing_is_declared_twice()
    {
        Should.Throw<ArgumentException>(() => new Vocabulary([new("k", []), new("k", [])], []));
        Should.Throw<ArgumentException>(() => new Vocabulary([new("k", [Text("a"), Text("a")])], []));
        Should.Throw<ArgumentException>(() => new Vocabulary([], [Text("a"), Text("a")]));
    }
}

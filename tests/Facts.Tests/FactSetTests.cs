namespace Yueheng.Facts.Tests;

public class FactSetTests
{
    private static FactSet Facts { get; } = Sample.FactsOf(
        Sample.Line("b", "incident.reported", at: "2025-03-03T10:00:00+08:00", subject: "INC-2"),
        Sample.Line("a", "incident.resolved", at: "2025-03-03T10:00:00+08:00", subject: "INC-1"),
        Sample.Line("Z", "incident.reported", at: "2025-03-03T10:00:00+08:00", subject: "INC-1"),
        Sample.Line("é", "x.unknown", at: "2025-03-03T02:00:00Z", subject: "INC-3"),
        Sample.Line("late", "incident.resolved", at: "2025-03-04T00:00:00+08:00", subject: "INC-2"),
        Sample.Line("early", "incident.reported", at: "2025-03-01T00:00:00+08:00", subject: "INC-1"),
        Sample.Line("r", "fact.retracted", """{"fact":"late"}""", at: "2025-03-05T00:00:00+08:00", subject: "INC-2"));

    [Fact]
    public void Facts_stand_by_instant_and_then_by_id_ordinal() =>
        Facts.All.Select(fact => fact.Id).ShouldBe(["early", "Z", "a", "b", "é", "late", "r"]);

    [Fact]
    public void Each_fact_knows_its_place() =>
        Facts.All.Select(fact => fact.Order).ShouldBe(Enumerable.Range(0, Facts.All.Length));

    [Fact]
    public void Facts_of_a_kind_come_in_order()
    {
        var vocabulary = Facts.Vocabulary;
        Ids(Facts.OfKind(vocabulary.IndexOfKind("incident.reported"))).ShouldBe(["early", "Z", "b"]);
        Ids(Facts.OfKind(vocabulary.IndexOfKind("outage.started"))).ShouldBeEmpty();
        Ids(Facts.OfKind(-1)).ShouldBeEmpty();
        Enumerable.Range(0, vocabulary.KindCount).Sum(kind => Facts.OfKind(kind).Length).ShouldBe(6);
    }

    [Fact]
    public void Facts_of_a_subject_come_in_order_and_subjects_by_their_first_fact()
    {
        Facts.SubjectCount.ShouldBe(3);
        Facts.SubjectIndexOf("INC-1").ShouldBe(0);
        Facts.SubjectIndexOf("INC-2").ShouldBe(1);
        Facts.SubjectIndexOf("INC-3").ShouldBe(2);
        Facts.SubjectIndexOf("INC-4").ShouldBe(-1);
        Ids(Facts.OfSubject(0)).ShouldBe(["early", "Z", "a"]);
        Ids(Facts.OfSubject(1)).ShouldBe(["b", "late", "r"]);
        Ids(Facts.OfSubject(-1)).ShouldBeEmpty();
        foreach (var fact in Facts.All) fact.SubjectIndex.ShouldBe(Facts.SubjectIndexOf(fact.Subject));
    }

    [Fact]
    public void A_fact_is_found_by_its_id()
    {
        foreach (var fact in Facts.All) Facts.ById(fact.Id).ShouldBeSameAs(fact);
        Facts.ById("z").ShouldBeNull();
        Facts.ById("").ShouldBeNull();
        Facts.ById(new string('x', 100_000)).ShouldBeNull();
    }

    [Theory]
    [InlineData("2025-02-01T00:00:00+08:00", 0)]
    [InlineData("2025-02-28T23:59:59.999999999+08:00", 0)]
    [InlineData("2025-03-01T00:00:00+08:00", 1)]
    [InlineData("2025-03-03T09:59:59.999999999+08:00", 1)]
    [InlineData("2025-03-03T10:00:00+08:00", 5)]
    [InlineData("2025-03-03T16:00:00Z", 6)]
    [InlineData("2199-01-01T00:00:00Z", 7)]
    public void What_has_happened_by_an_instant_includes_the_instant(string instant, int count) => Facts.CountUpTo(IsoTime.Parse(instant)).ShouldBe(count);

    [Fact]
    public void Retractions_are_recorded_and_take_nothing_away_here()
    {
        Facts.Retractions.ShouldHaveSingleItem().Id.ShouldBe("r");
        Facts.ById("late").ShouldNotBeNull();
    }

    [Fact]
    public void An_empty_set_answers_every_question()
    {
        var empty = FactSet.Empty(Sample.Vocabulary);
        empty.All.ShouldBeEmpty();
        empty.SubjectCount.ShouldBe(0);
        empty.SubjectIndexOf("INC-1").ShouldBe(-1);
        empty.ById("f1").ShouldBeNull();
        empty.CountUpTo(long.MaxValue).ShouldBe(0);
        empty.Retractions.ShouldBeEmpty();
        empty.OfKind(0).Length.ShouldBe(0);
    }

    [Fact]
    public void A_built_set_is_as_if_it_had_been_read()
    {
        var built = new FactSetBuilder(Sample.Vocabulary)
            .Add("f2", "incident.resolved", "2025-03-03T11:00:00+08:00", "INC-1")
            .Add("f1", "incident.reported", "2025-03-03T09:00:00+08:00", "INC-1", ("severity", Value.Of("urgent")), ("unread", Value.Of(1m)), ("category", Value.Missing))
            .Build();
        built.All.Select(fact => fact.ToString()).ShouldBe(["f1 incident.reported INC-1 2025-03-03T09:00:00+08:00", "f2 incident.resolved INC-1 2025-03-03T11:00:00+08:00"]);
        built.All[0].Fields.ShouldBe([Value.Of("urgent"), Value.Of("fault"), Value.Yes, Value.Missing]);
        built.ById("f2").ShouldBeSameAs(built.All[1]);
    }

    [Fact]
    public void A_part_of_a_set_is_built_from_its_facts()
    {
        var builder = new FactSetBuilder(Sample.Vocabulary);
        foreach (var fact in Facts.All.Where(fact => fact.Subject != "INC-1")) builder.Add(fact);
        var part = builder.Build();
        part.All.Select(fact => (fact.Id, fact.Order, fact.SubjectIndex)).ShouldBe([("b", 0, 0), ("é", 1, 1), ("late", 2, 0), ("r", 3, 0)]);
        Facts.ById("b")!.Order.ShouldBe(3);
    }

    [Fact]
    public void A_builder_refuses_what_a_file_could_not_say()
    {
        var builder = new FactSetBuilder(Sample.Vocabulary).Add("f1", "incident.resolved", 0, "INC-1");
        Should.Throw<ArgumentException>(() => builder.Add("f1", "incident.resolved", 0, "INC-1"));
        Should.Throw<ArgumentException>(() => builder.Add("", "incident.resolved", 0, "INC-1"));
        Should.Throw<ArgumentException>(() => builder.Add("f2", "incident.resolved", 0, ""));
        Should.Throw<ArgumentException>(() => builder.Add("f2", "incident.reported", 0, "INC-1", ("severity", Value.Of(1m))));
        Should.Throw<FormatException>(() => builder.Add("f2", "incident.resolved", "2025-03-03T09:00:00", "INC-1"));
        builder.Build();
        Should.Throw<InvalidOperationException>(() => builder.Add("f3", "incident.resolved", 0, "INC-1"));
    }

    private static string[] Ids(ReadOnlySpan<Fact> facts) => [.. facts.ToArray().Select(fact => fact.Id)];
}

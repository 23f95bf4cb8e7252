namespace Yueheng.Facts.Tests;

/// <summary>A set continued by later facts is the set that all of them together make.</summary>
public class FactSetWithTests
{
    private static readonly Vocabulary Vocabulary = new([new("a.happened", [new Field("n", FieldType.Number, Value.Missing)]), new("b.happened", [])], []);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void It_is_the_set_of_all_of_them_whatever_the_order_in_which_they_came(int seed)
    {
        var random = new Random(seed);
        var facts = Enumerable.Range(0, random.Next(0, 60)).Select(number => Fact(number, random)).ToList();
        // Half of the runs as things happen, the other half in any order.
        if (seed % 2 == 0) facts = [.. facts.OrderBy(fact => fact.At).ThenBy(fact => fact.Id, StringComparer.Ordinal)];
        var grown = FactSet.Empty(Vocabulary);
        for (var at = 0; at < facts.Count;)
        {
            var before = grown;
            var (ids, places) = (Ids(before.All), before.All.Select(fact => (fact.Order, fact.SubjectIndex)).ToList());
            var many = random.Next(1, 8);
            grown = before.With([.. facts.Skip(at).Take(many).Select(Loose)]);
            at += many;
            // The set that was continued is the one that it was.
            Ids(before.All).ShouldBe(ids);
            before.All.Select(fact => (fact.Order, fact.SubjectIndex)).ShouldBe(places);
        }

        var builder = new FactSetBuilder(Vocabulary);
        foreach (var fact in facts) builder.Add(fact);
        ShouldBeSame(grown, builder.Build());
    }

    [Fact]
    public void An_id_is_taken_once()
    {
        var set = FactSet.Empty(Vocabulary).With([Loose(Fact(1, new Random(1)))]);
        Should.Throw<ArgumentException>(() => set.With([Loose(Fact(1, new Random(2)))]));
        Should.Throw<ArgumentException>(() => set.With([Loose(Fact(2, new Random(2))), Loose(Fact(2, new Random(2)))]));
        set.All.Length.ShouldBe(1);
    }

    private static void ShouldBeSame(FactSet grown, FactSet whole)
    {
        Ids(grown.All).ShouldBe(Ids(whole.All));
        grown.All.Select(fact => fact.Order).ShouldBe(Enumerable.Range(0, grown.All.Length));
        grown.SubjectCount.ShouldBe(whole.SubjectCount);
        for (var kind = -1; kind < Vocabulary.KindCount; kind++) Ids(grown.OfKind(kind)).ShouldBe(Ids(whole.OfKind(kind)));
        Ids([.. grown.Retractions]).ShouldBe(Ids([.. whole.Retractions]));
        foreach (var fact in whole.All)
        {
            grown.ById(fact.Id).ShouldNotBeNull().At.ShouldBe(fact.At);
            Ids(grown.OfSubject(grown.SubjectIndexOf(fact.Subject))).ShouldBe(Ids(whole.OfSubject(whole.SubjectIndexOf(fact.Subject))));
            grown.ById(fact.Id)!.SubjectIndex.ShouldBe(grown.SubjectIndexOf(fact.Subject));
            grown.CountUpTo(fact.At).ShouldBe(whole.CountUpTo(fact.At));
        }
        grown.ById("nobody").ShouldBeNull();
        grown.SubjectIndexOf("nobody").ShouldBe(-1);
    }

    private static List<string> Ids(ReadOnlySpan<Fact> facts)
    {
        var ids = new List<string>();
        foreach (var fact in facts) ids.Add(fact.Id);
        return ids;
    }

    // A fact of no set, as a line reader gives it.
    private static Fact Loose(Fact fact) => new FactSetBuilder(Vocabulary).Add(fact).Build().All[0];

    private static Fact Fact(int number, Random random) => new FactSetBuilder(Vocabulary)
        .Add($"f{number}", random.Next(4) switch { 0 => "a.happened", 1 => "b.happened", 2 => Vocabulary.Retraction, _ => "unheard.of" }, IsoTime.Parse("2025-01-01T00:00:00Z") + random.Next(20) * ChinaTime.Hour, $"S{random.Next(6)}")
        .Build().All[0];
}

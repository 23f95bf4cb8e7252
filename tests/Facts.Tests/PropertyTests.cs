using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Yueheng.Facts.Tests;

/// <summary>What holds of all files, tried on files that nobody would think of. The long form (YUEHENG_SOAK=1) tries more of them, others each time.</summary>
public class PropertyTests
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("YUEHENG_SOAK") == "1";

    private static void Holds<T>(Gen<T> of, Action<T> property, int times = 150)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(IsSoak ? times * 40 : times);
        Check.One(IsSoak ? config : config.WithReplay(20250303, 7), Prop.ForAll(Arb.From(of), property));
    }

    // Few ids, instants and subjects, so that they meet; texts with everything that JSON escapes.
    private static readonly Gen<string> Texts =
        from characters in Gen.Elements("a", "I", "ı", "约", "衡", "\"", "\\", "\n", "\u0000", "\u2028", "😀", "é", "e\u0301", "/").ArrayOf()
        select string.Concat(characters);

    private static readonly Gen<string> Numbers = Gen.OneOf(
        from whole in Gen.Choose(-1000, 1000) select whole.ToString(CultureInfo.InvariantCulture),
        from digits in Gen.Choose(0, int.MaxValue) from places in Gen.Choose(0, 40) from sign in Gen.Elements("", "-")
        select $"{sign}{digits}e{(digits % 2 == 0 ? places : -places)}",
        from whole in Gen.Choose(0, int.MaxValue) from part in Gen.Choose(0, int.MaxValue) select $"{whole}{part}.{part}00");

    private static Gen<string> Json(int depth) => depth == 0
        ? Gen.OneOf(Texts.Select(Quoted), Numbers, Gen.Elements("true", "false", "null"))
        : Gen.Frequency(
            (3, Json(0)),
            (1, Json(depth - 1).ArrayOf().Select(items => "[" + string.Join(",", items) + "]")),
            (1, from keys in Texts.ArrayOf() from value in Json(depth - 1) select "{" + string.Join(",", keys.Distinct(StringComparer.Ordinal).Select(key => $"{Quoted(key)}:{value}")) + "}"));

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static readonly Gen<string> Instants =
        from day in Gen.Choose(1, 28) from second in Gen.Choose(0, 59) from fraction in Gen.Elements("", ".5", ".000000001") from offset in Gen.Elements("Z", "+08:00", "-05:30")
        select $"2025-{1 + day % 12:D2}-{day:D2}T09:00:{second:D2}{fraction}{offset}";

    private static readonly Gen<string> GoodLines =
        from id in Gen.Choose(1, 400) from kind in Gen.Elements("incident.reported", "incident.resolved", "x.unknown") from at in Instants
        from subject in Gen.Choose(1, 9) from severity in Texts from note in Json(3)
        select Sample.Line($"f{id}", kind, $$"""{"severity":{{Quoted(severity)}},"note":{{note}}}""", at, $"INC-{subject}");

    private static readonly Gen<string[]> GoodFiles = GoodLines.ArrayOf().Select(lines => lines.DistinctBy(line => line.Split('"')[3]).ToArray());

    private static string Shown(FactSet facts) => string.Join("\n", facts.All.Select(fact =>
        $"{fact.Order} {fact.Id} {fact.Kind} {fact.KindName} {fact.Subject} {fact.SubjectIndex} {fact.At} {string.Join("|", fact.Fields)}"));

    [Fact]
    public void The_order_of_the_lines_does_not_change_the_set() =>
        Holds(from lines in GoodFiles from shuffled in Gen.Shuffle(lines) from again in Gen.Choose(0, Math.Max(0, lines.Length - 1)) select (lines, shuffled, again), file =>
        {
            var facts = Sample.FactsOf(file.lines);
            Shown(Sample.FactsOf(file.shuffled)).ShouldBe(Shown(facts));
            Shown(Sample.FactsOf([.. file.shuffled, .. file.lines.Skip(file.again)])).ShouldBe(Shown(facts));
        });

    [Fact]
    public void The_indexes_say_what_a_search_through_all_facts_says() =>
        Holds(from lines in GoodFiles from instant in Instants select (lines, instant), file =>
        {
            var facts = Sample.FactsOf(file.lines);
            facts.All.ShouldBe(facts.All.OrderBy(fact => fact.At).ThenBy(fact => fact.Id, StringComparer.Ordinal));
            facts.CountUpTo(IsoTime.Parse(file.instant)).ShouldBe(facts.All.Count(fact => fact.At <= IsoTime.Parse(file.instant)));
            for (var kind = 0; kind < facts.Vocabulary.KindCount; kind++) facts.OfKind(kind).ToArray().ShouldBe(facts.All.Where(fact => fact.Kind == kind));
            for (var subject = 0; subject < facts.SubjectCount; subject++) facts.OfSubject(subject).ToArray().ShouldBe(facts.All.Where(fact => fact.SubjectIndex == subject));
            foreach (var fact in facts.All) facts.ById(fact.Id).ShouldBeSameAs(fact);
        });

    [Fact]
    public void Broken_bytes_are_read_or_refused_and_never_crash() =>
        Holds(from lines in GoodFiles.Where(lines => lines.Length > 0)
              from cuts in (from at in Gen.Choose(0, 100_000) from with in Gen.Choose(0, 255) from how in Gen.Choose(0, 3) select (at, with, how)).NonEmptyListOf()
              select (lines, cuts), file =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Join("\n", file.lines)).ToList();
            foreach (var (at, with, how) in file.cuts.Take(6))
            {
                if (bytes.Count == 0) break;
                var place = at % bytes.Count;
                switch (how)
                {
                    case 0: bytes[place] = (byte)with; break;
                    case 1: bytes[place] ^= (byte)(1 << (with % 8)); break;
                    case 2: bytes.RemoveRange(place, Math.Min(bytes.Count - place, 1 + with % 9)); break;
                    default: bytes.InsertRange(place, bytes.GetRange(place / 2, Math.Min(bytes.Count - place / 2, with))); break;
                }
            }
            var reading = Sample.Read([.. bytes]);
            (reading.Facts is null).ShouldBe(reading.Faults.Count > 0);
            foreach (var fault in reading.Faults)
            {
                fault.Line.ShouldBeInRange(1, 1 + bytes.Count(value => value == '\n'));
                fault.Message.ShouldNotContain("\n");
                fault.Message.Length.ShouldBeLessThan(500);
            }
        }, times: 300);

    [Fact]
    public void Any_bytes_at_all_are_read_or_refused() =>
        Holds(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(), bytes => (Sample.Read(bytes).Facts is null).ShouldBe(bytes.Any(value => value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))), times: 300);

    [Fact]
    public void Two_lines_are_the_same_fact_exactly_when_their_canonical_bytes_are() =>
        Holds(from one in Json(3) from other in Gen.Frequency((1, Json(3)), (2, Gen.Constant(one))) from key in Gen.Elements("x", "y") from at in Gen.Elements("2025-03-03T01:00:00Z", "2025-03-03T09:00:00.0+08:00", "2025-03-03T01:00:01Z")
              select (Sample.Line("f1", "x.unknown", $$"""{"x":{{one}}}""", "2025-03-03T09:00:00+08:00"), Sample.Line("f1", "x.unknown", $$"""{"{{key}}":{{other}}}""", at)), lines =>
        {
            var (one, other) = lines;
            var isSame = CanonicalJson.OfFact(Encoding.UTF8.GetBytes(one)).AsSpan().SequenceEqual(CanonicalJson.OfFact(Encoding.UTF8.GetBytes(other)));
            (Sample.Read(one, other).Faults.Count == 0).ShouldBe(isSame, $"{one}\n{other}");
        }, times: 500);

    [Fact]
    public void The_canonical_form_is_the_same_fact_and_its_own_canonical_form() =>
        Holds(GoodLines, line =>
        {
            // A long run makes lines that no reader takes.
            if (Encoding.UTF8.GetByteCount(line) > 1 << 20) return;
            var canonical = CanonicalJson.OfFact(Encoding.UTF8.GetBytes(line));
            CanonicalJson.OfFact(canonical).ShouldBe(canonical);
            Shown(Sample.FactsOf(line, Encoding.UTF8.GetString(canonical))).ShouldBe(Shown(Sample.FactsOf(line)));
        });

    [Fact]
    public void Amounts_are_decimals_or_refused() =>
        Holds(Numbers, written =>
        {
            var reading = Sample.Read(Sample.Line("f1", "payment.made", $$"""{"amount":{{written}}}"""));
            var exact = Exact(written);
            if (exact is null) reading.Faults.ShouldHaveSingleItem().Field.ShouldBe("amount");
            else reading.Facts!.All[0].Fields[1].ShouldBe(Value.Of(exact.Value));
        }, times: 500);

    // By way of fractions, which hold anything.
    private static decimal? Exact(string written)
    {
        var parts = written.Split('e');
        var places = parts[0].IndexOf('.') is >= 0 and var point ? parts[0].Length - point - 1 : 0;
        var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - places;
        var digits = System.Numerics.BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var ten = System.Numerics.BigInteger.Pow(10, Math.Abs(power));
        return (power >= 0 ? new Fraction(digits * ten, 1) : new Fraction(digits, ten)).ToDecimalOrNull();
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Holds(from id in Texts.Where(text => text != "") from severity in Texts from share in Numbers.Select(Exact).Where(number => number is not null) from at in Instants select (id, severity, share, at), given =>
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            FactWriter.Write(output, Sample.Contract, given.id, "incident.reported", IsoTime.Parse(given.at), given.id, ("severity", Value.Of(given.severity)), ("share", Value.Of(given.share!.Value)));
            var fact = Sample.FactsOf(Encoding.UTF8.GetString(output.WrittenSpan)).All[0];
            (fact.Id, fact.Subject, fact.At, fact.Fields[0].Text).ShouldBe((given.id, given.id, IsoTime.Parse(given.at), given.severity));
        });
}

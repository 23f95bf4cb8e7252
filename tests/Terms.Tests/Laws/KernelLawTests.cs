using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Yueheng.Terms.Tests.Laws;

/// <summary>Kernel operations beside the plainest way of reckoning the same. The long form (YUEHENG_SOAK=1) tries more, others each time.</summary>
public class KernelLawTests
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("YUEHENG_SOAK") == "1";

    private static void Holds<T>(Gen<T> of, Action<T> law, int times = 60)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(IsSoak ? times * 50 : times);
        Check.One(IsSoak ? config : config.WithReplay(20250303, 7), Prop.ForAll(Arb.From(of), law));
    }

    // Facts of kind a on one morning: minute of the day, subject, number, and the minute at which it ends.
    private sealed record Event(int Minute, string Subject, int X, int End);

    private static readonly Gen<Event[]> Events =
        (from minute in Gen.Choose(0, 120) from subject in Gen.Elements("A", "B", "C") from x in Gen.Choose(-3, 9) from length in Gen.Choose(0, 40) select new Event(minute, subject, x, minute + length)).ArrayOf().Select(events => events.Take(25).ToArray());

    private static string At(int minute) => $"2025-03-03T{9 + minute / 60:D2}:{minute % 60:D2}";

    private static string Facts(IEnumerable<Event> events) => string.Join('\n', events.Select((one, number) =>
        $"f{number:D3} a {At(one.Minute)} {one.Subject} {{\"x\":{one.X},\"from\":\"{At(one.Minute)}:00+08:00\",\"to\":\"{At(one.End)}:00+08:00\"}}"));

    private static string Number(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    [Fact]
    public void Aggregates_are_what_a_loop_over_the_facts_gives() =>
        Holds(Events, events => Judging(
            """
            terms: { n: { value: { count: { facts: a } } } }
            figures:
              - { address: n, value: n }
              - { address: of-a, value: { count: { facts: a, on: { subject: { text: A } }, where: { of: x, more-than: 0 } } } }
              - { address: sum, value: { sum: { of: x, facts: a } } }
              - { address: most, value: { default: [{ largest: { of: x, facts: a } }, -99] } }
              - { address: subjects, value: { count: { facts: a, distinct: subject } } }
              - { address: covered, value: { amount-of: { of: { covered: { from: from, to: to, facts: a } }, in: minutes } } }
            """, Facts(events)).GivesOnly(
                $"covered = {Enumerable.Range(0, 200).Count(minute => events.Any(one => one.Minute <= minute && minute < one.End))}",
                $"most = {(events.Length == 0 ? -99 : events.Max(one => one.X))}",
                $"n = {events.Length}",
                $"of-a = {events.Count(one => one.Subject == "A" && one.X > 0)}",
                $"subjects = {events.Select(one => one.Subject).Distinct().Count()}",
                $"sum = {events.Sum(one => one.X)}"));

    [Fact]
    public void First_last_and_place_are_those_of_each_group_in_order_of_time() =>
        Holds(Events, events =>
        {
            var ordered = events.Select((one, number) => (one, Id: $"f{number:D3}")).OrderBy(fact => fact.one.Minute).ThenBy(fact => fact.Id, StringComparer.Ordinal).ToList();
            RowsOf("{ facts: a, first: [subject] }", "id", Facts(events)).ShouldBe(string.Join(" | ", ordered.DistinctBy(fact => fact.one.Subject).Select(fact => fact.Id)));
            RowsOf("{ facts: a, number: { as: n, by: [subject] }, previous: { by: [subject], take: { former: id } } }", "id n former", Facts(events))
                .ShouldBe(string.Join(" | ", ordered.Select((fact, place) =>
                {
                    var before = ordered.Take(place).Where(other => other.one.Subject == fact.one.Subject).ToList();
                    return $"{fact.Id} {before.Count + 1} {(before.Count == 0 ? "-" : before[^1].Id)}";
                })));
        });

    [Fact]
    public void A_fold_is_a_loop_that_carries_a_value() =>
        Holds(Events, events =>
        {
            var balance = 10;
            var carried = events.Select((one, number) => (one, number)).OrderBy(fact => fact.one.Minute).ThenBy(fact => fact.number).Select(fact => balance = Math.Max(0, balance - fact.one.X)).ToList();
            RowsOf("{ fold: { of: { facts: a }, carry: { balance: { starts: 10, then: { greatest: [0, { minus: [was.balance, x] }] } } } } }", "balance", Facts(events)).ShouldBe(string.Join(" | ", carried));
        });

    [Fact]
    public void Set_off_takes_as_much_as_there_is_and_no_more() =>
        Holds(from claims in Gen.Choose(-5, 30).ArrayOf(4) from pots in Gen.Choose(-5, 40).ArrayOf(3) select (claims, pots), given =>
        {
            string Rows(string column, int[] amounts) => $"{{ rows: {{ columns: {{ {column}: text, amount: number }}, list: [ {string.Join(", ", amounts.Select((amount, number) => $"[{column}{number}, {amount}]"))} ] }} }}";
            var taken = Judging(
                $$"""
                terms:
                  claims: {{Rows("c", given.claims)}}
                  pots: {{Rows("p", given.pots)}}
                  off: { allocate: { claims: claims, claim: c, amount: amount, pots: pots, pot: p, room: amount } }
                figures:
                  - { address: taken, value: { sum: { of: taken, in: off } } }
                  - { address: least, value: { smallest: { of: taken, in: off } } }
                  - { address: "claim/{c}", each: claims, value: { sum: { of: taken, in: off, on: { claim: c } } } }
                  - { address: "pot/{p}", each: pots, value: { sum: { of: taken, in: off, on: { pot: p } } } }
                """);
            taken.Gives("taken", Number(Math.Min(given.claims.Sum(claim => Math.Max(0, claim)), given.pots.Sum(pot => Math.Max(0, pot)))));
            decimal.Parse(taken.ValueOf("least"), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0);
            for (var c = 0; c < 4; c++) decimal.Parse(taken.ValueOf($"claim/c{c}"), CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(Math.Max(0, given.claims[c]));
            for (var p = 0; p < 3; p++) decimal.Parse(taken.ValueOf($"pot/p{p}"), CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(Math.Max(0, given.pots[p]));
        });

    [Fact]
    public void Every_event_is_punished_by_exactly_one_of_its_heaviest_rows() =>
        Holds((from e in Gen.Choose(1, 4) from weight in Gen.Choose(0, 3) select (Event: $"E{e}", weight)).ArrayOf().Select(rows => rows.Take(12).ToArray()), rows =>
        {
            var picked = RowsOf($"{{ heaviest: {{ of: {{ rows: {{ columns: {{ id: text, e: text, weight: number }}, list: [ {string.Join(", ", rows.Select((row, number) => $"[r{number:D2}, {row.Event}, {row.weight}]"))} ] }} }}, events: e, order: [{{ desc: weight }}, id] }}, where: picked }}", "e weight")
                .Split(" | ", StringSplitOptions.RemoveEmptyEntries);
            picked.Order(StringComparer.Ordinal).ShouldBe(rows.GroupBy(row => row.Event).Select(group => $"{group.Key} {group.Max(row => row.weight)}").Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Sums_and_products_of_fractions_do_not_depend_on_their_order() =>
        Holds((from top in Gen.Choose(-50, 50) from bottom in Gen.Choose(1, 30) select $"{top}/{bottom}").NonEmptyListOf().SelectMany(parts => Gen.Shuffle(parts.Take(6).ToArray()), (parts, shuffled) => (Parts: parts.Take(6).ToArray(), shuffled)), given =>
            ValueOf($"{{ all-of: [ {{ of: {{ plus: [{string.Join(", ", given.Parts)}] }}, same-as: {{ plus: [{string.Join(", ", given.shuffled)}] }} }}, {{ of: {{ times: [{string.Join(", ", given.Parts)}] }}, same-as: {{ times: [{string.Join(", ", given.shuffled)}] }} }} ] }}").ShouldBe("true"));

    [Fact]
    public void A_clock_is_kept_breached_or_running_as_its_instants_say() =>
        Holds(from start in Gen.Choose(0, 60) from stop in Gen.Choose(0, 120) from stopped in Gen.Elements(true, false) from limit in Gen.Choose(0, 60) from asOf in Gen.Choose(0, 120) select (start, stop, stopped, limit, asOf), given =>
        {
            var facts = $"f1 a {At(given.start)}" + (given.stopped ? $"\nf2 b {At(given.stop)}" : "");
            var (exists, done) = (given.start <= given.asOf, given.stopped && given.stop >= given.start && given.stop <= given.asOf);
            var elapsed = (done ? given.stop : given.asOf) - given.start;
            Judging($"terms: {{ K: {{ clock: {{ of: {{ facts: a }}, stops: {{ facts: b }}, limit: {given.limit} minutes }} }} }}\nfigures: [ {{ address: s, each: K, value: state }}, {{ address: e, each: K, value: elapsed }} ]", facts, At(given.asOf))
                .GivesOnly(!exists ? [] : [$"e = {elapsed * 60}", $"s = {(elapsed > given.limit ? "breached" : done ? "kept" : "running")}"]);
        }, times: 200);
}

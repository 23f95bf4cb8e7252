namespace Yueheng.Terms.Tests.Clocks;

/// <summary>Intervals that are taken out of a clock.</summary>
public class PauseTests
{
    private static Judged Paused(string facts, string asOf = "2025-04-01T00:00", string clock = "limit: 2 hours") => Judging(
        $$"""
        terms:
          K:
            clock:
              of: { facts: a }
              stops: { facts: done }
              pauses: { facts: b, on: [subject], from: from, to: to }
              {{clock.Replace(", ", "\n      ", StringComparison.Ordinal)}}
        figures:
          - { address: state, each: K, value: state }
          - { address: elapsed, each: K, value: elapsed }
        """, facts, asOf);

    private const string Start = "f1 a 2025-03-03T09:00 A\n";

    private static string Pause(string id, string from, string? to) =>
        $"{id} b 2025-03-03T09:00 A {{\"from\":\"2025-03-03T{from}:00+08:00\"{(to is null ? "" : $",\"to\":\"2025-03-03T{to}:00+08:00\"")}}}\n";

    [Fact]
    public void A_pause_is_taken_out_of_the_time_elapsed() => Paused(Start + Pause("p1", "10:00", "11:00") + "f9 done 2025-03-03T12:00 A").GivesOnly("elapsed = 7200", "state = kept");

    [Fact]
    public void Pauses_that_overlap_count_once() => Paused(Start + Pause("p1", "10:00", "11:00") + Pause("p2", "10:30", "11:30") + "f9 done 2025-03-03T12:00 A").GivesOnly("elapsed = 5400", "state = kept");

    [Fact]
    public void A_pause_counts_only_while_the_clock_runs() => Paused(Start + Pause("p1", "08:00", "09:30") + Pause("p2", "11:30", "13:00") + "f9 done 2025-03-03T12:00 A").Gives("elapsed", "7200");

    [Fact]
    public void A_paused_clock_does_not_run_overnight() => Paused(Start + Pause("p1", "10:00", null), "2025-03-04T09:00").GivesOnly("elapsed = 3600", "state = running");

    [Fact]
    public void The_pauses_of_another_subject_do_not_count() => Paused(Start + Pause("p1", "10:00", "11:00").Replace(" A ", " B ", StringComparison.Ordinal) + "f9 done 2025-03-03T12:00 A").GivesOnly("elapsed = 10800", "state = breached");

    [Fact]
    public void A_pause_of_a_clock_in_working_hours_takes_out_working_hours_alone() =>
        Paused(Start + Pause("p1", "11:30", "13:30") + "f9 done 2025-03-03T15:00 A", clock: "limit: 4 hours, on: office").GivesOnly("elapsed = 14400", "state = kept");
}

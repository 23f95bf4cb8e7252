namespace Yueheng.Terms.Tests.Amendments;

/// <summary>
/// An amendment signed 2025-06-20, in force from 2025-07-01, changes a limit, a price line, a band, a document's due date and a duty's rounds.
/// What happened before stays as it was signed: each use picks by the date of what is judged.
/// </summary>
public class AmendmentTests
{
    private const string Contract =
        """
        terms:
          limit: { label: 响应时限, clause: c1, value: 1 hour }
          rent: { label: 月租, clause: c2, value: 12000 }
          incidents: { facts: a, first: [subject] }
          K: { clock: { of: incidents, stops: { facts: b }, limit: limit } }
          months:
            periods: { each: month }
            with: { price: rent }
          paid: { value: { sum: { of: price, in: months } } }
          cost:
            from: K
            with: { points: { bands: { of: elapsed, rows: [ { at-most: 30 minutes, is: 0 }, { more-than: 30 minutes, is: late-points } ] } } }
          late-points: { value: -1 }
          reports:
            duty:
              of: { rows: { columns: { period: text, due: date }, list: [[H1, 2025-06-30], [H2, 2025-12-31]] } }
              done: { facts: done, on: { subject: period } }
          standing: { value: rent }
        amendments:
          A1:
            label: 补充协议一
            clause: a1
            signed: 2025-06-20
            from: 2025-07-01
            replaces:
              limit: { value: 30 minutes }
              rent: { value: 13500 }
              late-points: { value: -3 }
              reports:
                duty:
                  of: { rows: { columns: { period: text, due: date }, list: [[Q2, 2025-06-30], [Q3, 2025-09-30], [Q4, 2025-12-31]] } }
                  done: { facts: done, on: { subject: period } }
        figures:
          - { address: "clock/{subject}", each: K, value: state }
          - { address: "points/{subject}", each: cost, value: points }
          - { address: "rent/{period}", each: months, value: price, format: money }
          - { address: paid, value: paid, format: money }
          - { address: standing, value: standing, format: money }
          - { address: "duty/{period}", each: reports, value: state }
        """;

    private const string Facts =
        """
        f1 a 2025-06-30T23:40 BEFORE
        f2 b 2025-07-01T00:25 BEFORE
        f3 a 2025-07-01T00:00 AFTER
        f4 b 2025-07-01T00:45 AFTER
        """;

    [Fact]
    public void A_clock_keeps_the_limit_in_force_when_it_started() =>
        Judging(Contract, Facts).Gives("clock/BEFORE", "kept").Gives("clock/AFTER", "breached");

    [Fact]
    public void A_band_costs_what_it_cost_when_the_clock_started() =>
        Judging(Contract, Facts).Gives("points/BEFORE", "-1").Gives("points/AFTER", "-3");

    [Fact]
    public void A_price_line_changes_with_the_month_that_the_amendment_begins_with() =>
        Judging(Contract, Facts).Gives("rent/2025-06", "12000.00").Gives("rent/2025-07", "13500.00").Gives("paid", "153000.00");

    [Fact]
    public void A_value_outside_any_row_is_that_of_the_instant_of_judgement()
    {
        Judging(Contract, Facts, "2025-06-30T23:59").Gives("standing", "12000.00");
        Judging(Contract, Facts, "2025-07-01T00:00").Gives("standing", "13500.00");
    }

    [Fact]
    public void Duties_due_before_come_from_the_first_text_and_those_due_after_from_the_amended_one() =>
        Judging(Contract, "f1 done 2025-06-20T09:00 H1").Gives("duty/H1", "kept").Gives("duty/Q3", "missing").Gives("duty/Q4", "missing").Lacks("duty/H2").Lacks("duty/Q2");

    [Fact]
    public void An_amendment_of_a_name_that_the_contract_lacks_is_refused() =>
        RefusalsOf(Contract.Replace("      rent: { value: 13500 }", "      rents: { value: 13500 }", StringComparison.Ordinal)).ShouldContain(message => message.Contains("“rents”不存在"));

    [Fact]
    public void The_later_of_two_amendments_governs_from_its_own_day() =>
        Judging(Contract.Replace("figures:", "  A2:\n    label: 补充协议二\n    clause: a2\n    signed: 2025-09-01\n    from: 2025-10-01\n    replaces: { rent: { value: 10000 } }\nfigures:", StringComparison.Ordinal))
            .Gives("rent/2025-09", "13500.00").Gives("rent/2025-10", "10000.00").Gives("paid", "142500.00");

    private const string Derived =
        """
        terms:
          rent: { label: 月租, value: 100 }
          lines: { rows: { columns: { line: text, price: number }, list: [[a, 10]] } }
          year-rent: { value: { times: [rent, 12] } }
          months:
            periods: { each: month }
            with:
              before: rent
              due: { due: { from: last, within: 10 workdays } }
              after: rent
              derived: year-rent
              priced: { sum: { of: price, in: lines } }
        amendments:
          A1:
            label: 补充协议一
            clause: a1
            signed: 2025-06-20
            from: 2025-07-01
            replaces:
              rent: { value: { plus: [rent, 50] } }
              lines: { rows: { columns: { line: text, price: number }, list: [[a, 12], [b, 8]] } }
        figures:
          - { address: "before/{period}", each: months, value: before }
          - { address: "after/{period}", each: months, value: after }
          - { address: "derived/{period}", each: months, value: derived }
          - { address: "priced/{period}", each: months, value: priced }
        """;

    [Fact]
    public void A_value_computed_from_an_amended_one_follows_the_row_that_asks() =>
        Judging(Derived).Gives("derived/2025-06", "1200").Gives("derived/2025-07", "1800");

    [Fact]
    public void A_set_without_dates_is_seen_in_the_text_of_the_row_that_asks() =>
        Judging(Derived).Gives("priced/2025-06", "10").Gives("priced/2025-07", "20");

    [Fact]
    public void A_payment_date_named_due_does_not_change_the_price_of_its_month() =>
        Judging(Derived).Gives("before/2025-06", "100").Gives("after/2025-06", "100").Gives("after/2025-07", "150");

    [Fact]
    public void An_amendment_does_not_exist_before_it_is_signed()
    {
        var retroactive = Derived.Replace("from: 2025-07-01", "from: 2025-04-01", StringComparison.Ordinal);
        Judging(retroactive, asOf: "2025-06-19T23:59").Gives("before/2025-05", "100");
        Judging(retroactive, asOf: "2025-06-20T00:00").Gives("before/2025-05", "150").Gives("before/2025-03", "100");
    }

    [Fact]
    public void A_second_amendment_builds_on_the_first() =>
        Judging(Derived.Replace("figures:", "  A2:\n    label: 补充协议二\n    clause: a2\n    signed: 2025-09-01\n    from: 2025-10-01\n    replaces: { rent: { value: { plus: [rent, 7] } } }\nfigures:", StringComparison.Ordinal))
            .Gives("before/2025-09", "150").Gives("before/2025-10", "157");
}

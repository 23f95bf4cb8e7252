namespace Yueheng.Terms.Tests.Moments;

/// <summary>Section 2 of the language: what a contract reads of its facts.</summary>
public class FieldTests
{
    private const string Contract =
        """
        facts:
          meeting.scheduled: { matter: { type: text, field: kind }, starts: instant, seats: { type: whole, default: 10 }, ok: { type: yes-no, default: true }, d: date, from: from, to: until }
          payment.made: { amount: amount, extra: { type: amount, default: 0.5 } }
          praise.received: { event: { type: text, default: own } }
          any: { event: { type: text, default: none } }
        terms: { m: { facts: meeting.scheduled }, p: { facts: payment.made }, q: { facts: any } }
        figures:
          - { address: "matter/{id}", each: m, value: matter }
          - { address: "kind/{id}", each: m, value: kind }
          - { address: "seats/{id}", each: m, value: seats }
          - { address: "ok/{id}", each: m, value: ok }
          - { address: "d/{id}", each: m, value: d }
          - { address: "from/{id}", each: m, value: from }
          - { address: "to/{id}", each: m, value: to }
          - { address: "starts/{id}", each: m, value: starts }
          - { address: "amount/{id}", each: p, value: { plus: [amount, extra] } }
          - { address: "event/{id}", each: q, value: event }
        """;

    [Fact]
    public void A_field_may_have_another_name_than_its_key() => Judging(Contract, "f1 meeting.scheduled 2025-03-01T09:00 {\"kind\":\"monthly\"}").Gives("matter/f1", "monthly").Gives("kind/f1", "meeting.scheduled");

    [Fact]
    public void What_is_absent_or_null_takes_its_default_or_is_missing() =>
        Judging(Contract, "f1 meeting.scheduled 2025-03-01T09:00 {\"seats\":null}").GivesOnly("event/f1 = none", "kind/f1 = meeting.scheduled", "ok/f1 = true", "seats/f1 = 10");

    [Fact]
    public void A_bare_date_begins_at_its_00_00_and_ends_at_its_24_00() =>
        Judging(Contract, "f1 meeting.scheduled 2025-03-01T09:00 {\"from\":\"2025-03-02\",\"to\":\"2025-03-02\"}").Gives("from/f1", "2025-03-02T00:00:00+08:00").Gives("to/f1", "2025-03-03T00:00:00+08:00");

    [Fact]
    public void An_instant_is_taken_as_it_stands_and_as_a_date_is_its_local_date() =>
        Judging(Contract, "f1 meeting.scheduled 2025-03-01T09:00 {\"from\":\"2025-03-01T17:00:00Z\",\"d\":\"2025-03-01T17:00:00Z\",\"starts\":\"2025-03-01T17:00:00Z\"}")
            .Gives("from/f1", "2025-03-02T01:00:00+08:00").Gives("d/f1", "2025-03-02").Gives("starts/f1", "2025-03-02T01:00:00+08:00");

    [Fact]
    public void An_amount_may_be_left_out_only_where_it_has_a_default() => Judging(Contract, "f1 payment.made 2025-03-01T09:00 {\"amount\":0.1}").Gives("amount/f1", "0.6");

    [Fact]
    public void A_field_of_its_own_comes_before_that_of_any_kind() =>
        Judging(Contract, "f1 praise.received 2025-03-01T09:00\nf2 praise.received 2025-03-01T09:00 {\"event\":\"E1\"}\nf3 weather.changed 2025-03-01T09:00\nf4 weather.changed 2025-03-01T09:00 {\"event\":\"E2\"}")
            .GivesOnly("event/f1 = own", "event/f2 = E1", "event/f3 = none", "event/f4 = E2");
}

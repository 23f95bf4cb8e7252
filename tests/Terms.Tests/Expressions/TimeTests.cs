namespace Yueheng.Terms.Tests.Expressions;

public class TimeTests
{
    [Theory]
    [InlineData("{ date-of: 2025-03-03T15:59:59Z }", "2025-03-03")]
    [InlineData("{ date-of: 2025-03-03T16:00:00Z }", "2025-03-04")]
    [InlineData("{ date-of: 2025-03-03 }", "2025-03-03")]
    [InlineData("{ start-of: 2025-03-03 }", "2025-03-03T00:00:00+08:00")]
    [InlineData("{ end-of: 2025-03-03 }", "2025-03-04T00:00:00+08:00")]
    [InlineData("{ days: { from: 2025-02-28, to: 2025-03-01 } }", "1")]
    [InlineData("{ days: { from: 2024-02-28, to: 2024-03-01 } }", "2")]
    [InlineData("{ days: { from: 2025-03-01, to: 2025-03-01 } }", "0")]
    [InlineData("{ days: { from: 2025-03-02, to: 2025-03-01 } }", "-1")]
    [InlineData("{ amount-of: { of: 90 minutes, in: hours } }", "1.5")]
    [InlineData("{ amount-of: { of: 90 minutes, in: minutes } }", "90")]
    [InlineData("{ amount-of: { of: 90 minutes, in: seconds } }", "5400")]
    [InlineData("{ times: [{ amount-of: { of: 8 hours, in: days } }, 3] }", "1")]
    [InlineData("{ period-of: { of: 2025-12-31, each: day } }", "2025-12-31")]
    [InlineData("{ period-of: { of: 2025-12-29, each: week } }", "2026-W01")]
    [InlineData("{ period-of: { of: 2025-12-31T15:59:59Z, each: month } }", "2025-12")]
    [InlineData("{ period-of: { of: 2025-12-31T16:00:00Z, each: month } }", "2026-01")]
    [InlineData("{ period-of: { of: 2025-06-30, each: quarter } }", "2025-Q2")]
    [InlineData("{ period-of: { of: 2025-07-01, each: half-year } }", "2025-H2")]
    [InlineData("{ period-of: { of: 2025-07-01, each: year } }", "2025")]
    public void Dates_and_instants(string expression, string value) => ValueOf(expression).ShouldBe(value);

    // "Within N days of X": X is day 0, due at 24:00 of day N.
    [Theory]
    [InlineData("2025-03-03T23:30:00+08:00", "1 day", "2025-03-05T00:00:00+08:00")]
    [InlineData("2025-03-03", "0 days", "2025-03-04T00:00:00+08:00")]
    [InlineData("2025-03-03", "2 weeks", "2025-03-18T00:00:00+08:00")]
    [InlineData("2025-01-24", "2 workdays", "2025-01-28T00:00:00+08:00")]
    [InlineData("2025-01-27", "1 workday", "2025-02-06T00:00:00+08:00")]
    [InlineData("2025-02-05", "-1 workdays", "2025-01-28T00:00:00+08:00")]
    [InlineData("2025-09-30", "1 workday", "2025-10-10T00:00:00+08:00")]
    [InlineData("2025-10-01", "0 workdays", "2025-10-02T00:00:00+08:00")]
    [InlineData("2025-01-31", "1 month", "2025-03-01T00:00:00+08:00")]
    [InlineData("2024-01-31", "1 month", "2024-03-01T00:00:00+08:00")]
    [InlineData("2025-02-28", "1 month", "2025-03-29T00:00:00+08:00")]
    [InlineData("2024-02-29", "1 year", "2025-03-01T00:00:00+08:00")]
    [InlineData("2025-03-31", "-1 months", "2025-03-01T00:00:00+08:00")]
    [InlineData("2025-03-03T23:30:00+08:00", "45 minutes", "2025-03-04T00:15:00+08:00")]
    [InlineData("2025-03-03T23:30:00+08:00", "-2 hours", "2025-03-03T21:30:00+08:00")]
    [InlineData("2025-03-03", "2 hours", "2025-03-03T02:00:00+08:00")]
    public void Something_is_due_at_the_end_of_the_day_reached(string from, string within, string due) =>
        ValueOf($"{{ due: {{ from: {from}, within: {within} }} }}").ShouldBe(due);

    [Theory]
    [InlineData("2025-03-03T17:30:00+08:00", "1 hour", "2025-03-04T09:30:00+08:00")]
    [InlineData("2025-03-03T11:30:00+08:00", "30 minutes", "2025-03-03T12:00:00+08:00")]
    [InlineData("2025-03-03T11:30:00+08:00", "31 minutes", "2025-03-03T13:01:00+08:00")]
    [InlineData("2025-01-27T17:00:00+08:00", "2 hours", "2025-02-05T10:00:00+08:00")]
    [InlineData("2025-01-26T08:00:00+08:00", "1 hour", "2025-01-26T10:00:00+08:00")]
    public void Hours_within_working_hours_stand_still_outside_of_them(string from, string within, string due) =>
        ValueOf($"{{ due: {{ from: {from}, within: {within}, on: office }} }}").ShouldBe(due);

    [Theory]
    [InlineData("2025-01-31", "1 month", "2025-02-28")]
    [InlineData("2025-03-01", "-25 days", "2025-02-04")]
    [InlineData("2025-01-24", "1 workday", "2025-01-26")]
    [InlineData("2025-03-03T10:20:30+08:00", "1 month", "2025-04-03T10:20:30+08:00")]
    [InlineData("2025-01-31T10:20:30+08:00", "1 month", "2025-02-28T10:20:30+08:00")]
    [InlineData("2025-03-03T23:00:00+08:00", "2 hours", "2025-03-04T01:00:00+08:00")]
    public void A_shift_keeps_the_time_of_day(string of, string by, string shifted) =>
        ValueOf($"{{ shift: {{ of: {of}, by: {by} }} }}").ShouldBe(shifted);

    [Theory]
    [InlineData("2025-03-03T09:00:00+08:00", "2025-03-03T10:00:00+08:00", "3600")]
    [InlineData("2025-03-03T10:00:00+08:00", "2025-03-03T09:00:00+08:00", "0")]
    public void Elapsed_is_never_below_nought(string from, string to, string seconds) =>
        ValueOf($"{{ elapsed: {{ from: {from}, to: {to} }} }}").ShouldBe(seconds);

    [Theory]
    [InlineData("2025-03-03T09:00:00+08:00", "2025-03-04T09:00:00+08:00", "28800")]
    [InlineData("2025-03-03T12:10:00+08:00", "2025-03-03T12:50:00+08:00", "0")]
    [InlineData("2025-03-07T17:00:00+08:00", "2025-03-10T10:00:00+08:00", "7200")]
    [InlineData("2025-02-08T09:00:00+08:00", "2025-02-09T18:00:00+08:00", "28800")]
    public void Elapsed_within_working_hours_counts_those_only(string from, string to, string seconds) =>
        ValueOf($"{{ elapsed: {{ from: {from}, to: {to}, on: office }} }}").ShouldBe(seconds);

    [Theory]
    [InlineData("date-of: none")]
    [InlineData("start-of: day")]
    [InlineData("end-of: day")]
    [InlineData("due: { from: none, within: 3 days }")]
    [InlineData("shift: { of: none, by: 3 days }")]
    [InlineData("elapsed: { from: none, to: as-of }")]
    [InlineData("elapsed: { from: as-of, to: none }")]
    [InlineData("amount-of: { of: { elapsed: { from: none, to: as-of } }, in: hours }")]
    [InlineData("days: { from: day, to: 2025-01-01 }")]
    [InlineData("period-of: { of: none, each: month }")]
    public void What_is_reckoned_from_a_missing_time_is_missing(string expression) =>
        ValueOf($"{{ {expression} }}", terms: "none: { value: { missing: instant } }\nday: { value: { missing: date } }").ShouldBe("missing");
}

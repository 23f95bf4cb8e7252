namespace Yueheng.Terms.Tests.Calendars;

/// <summary>Section 8 of the language, with the hours of the contract that all tests share.</summary>
public class WorkingHoursTests
{
    private static string Worked(string from, string to, string hours) => ValueOf($"{{ amount-of: {{ of: {{ elapsed: {{ from: {from}:00+08:00, to: {to}:00+08:00, on: {hours} }} }}, in: hours }} }}");

    [Theory]
    [InlineData("2025-03-03T00:00", "2025-03-04T00:00", "office", "8")]
    [InlineData("2025-03-01T00:00", "2025-03-03T00:00", "office", "0")]
    [InlineData("2025-01-26T00:00", "2025-01-27T00:00", "office", "8")]
    [InlineData("2025-10-01T00:00", "2025-10-09T00:00", "office", "0")]
    [InlineData("2025-03-01T00:00", "2025-03-03T00:00", "weekend", "12")]
    [InlineData("2025-01-26T00:00", "2025-01-27T00:00", "weekend", "6")]
    [InlineData("2025-10-01T00:00", "2025-10-09T00:00", "daily", "192")]
    public void Hours_hold_on_workdays_on_weekdays_or_every_day(string from, string to, string hours, string worked) => Worked(from, to, hours).ShouldBe(worked);

    [Theory]
    [InlineData("2025-05-30T00:00", "8")]
    [InlineData("2025-06-03T00:00", "7")]
    [InlineData("2025-09-30T00:00", "7")]
    [InlineData("2025-10-09T00:00", "8")]
    [InlineData("2025-07-01T00:00", "1")]
    [InlineData("2025-12-19T00:00", "8")]
    [InlineData("2025-12-22T00:00", "6")]
    [InlineData("2025-01-10T00:00", "6")]
    [InlineData("2025-01-13T00:00", "8")]
    public void A_season_has_hours_of_its_own_and_the_first_that_holds_decides(string day, string worked) =>
        Worked(day, day.Replace("T00:00", "T23:59", StringComparison.Ordinal), "seasonal").ShouldBe(worked);

    [Theory]
    [InlineData("2025-05-30T17:00", "2 hours", "2025-06-03T09:30:00+08:00")]
    [InlineData("2025-09-30T17:30", "1 hour", "2025-10-09T09:30:00+08:00")]
    public void A_due_time_passes_from_season_to_season(string from, string within, string due) =>
        ValueOf($"{{ due: {{ from: {from}:00+08:00, within: {within}, on: seasonal }} }}").ShouldBe(due);

    [Fact]
    public void What_is_due_after_so_much_working_time_is_that_far_away() =>
        ValueOf("{ elapsed: { from: 2025-01-24T10:10:00+08:00, to: { due: { from: 2025-01-24T10:10:00+08:00, within: 777 minutes, on: seasonal } }, on: seasonal } }").ShouldBe((777 * 60).ToString());
}

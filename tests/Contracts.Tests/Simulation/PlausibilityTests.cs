using Yueheng.Contracts.Simulation;
using Yueheng.Facts;

namespace Yueheng.Contracts.Tests.Simulation;

/// <summary>When things happen in simulated years: by the hour, the weekday and the season.</summary>
public class PlausibilityTests
{
    private const int Years = 16;

    public static TheoryData<string> Contracts => [.. SamplePacks.Names];

    private static List<SimulatedFact> Facts(string contract) =>
        [.. Enumerable.Range(1, Years).SelectMany(seed => SimulationTests.Of(contract).Year(seed, Grade.Fair).Facts)];

    private static bool IsInOffice(string contract, long at) =>
        SamplePacks.Read(contract).Contract.Calendar.IsWorkday(ChinaTime.DayOf(at), null) && ChinaTime.TimeOfDay(at) >= 9 * ChinaTime.Hour && ChinaTime.TimeOfDay(at) < 18 * ChinaTime.Hour;

    /// <summary>What people at desks set going; duties and clocks of a contract may ask for the rest at any hour.</summary>
    private static readonly string[] AtDesks =
        ["request.made", "vulnerability.found", "complaint.received", "praise.received", "rating.given", "bulletin.issued", "rectification.ordered", "assurance.declared", "loss.established",
         "meeting.scheduled", "contract.terminated", "payment.requested", "invoice.received", "assessment.issued", "acceptance.applied", "resource.opened", "resource.closed"];

    [Theory, MemberData(nameof(Contracts))]
    public void What_is_done_at_desks_is_done_on_workdays_in_office_hours(string contract) =>
        Facts(contract).Where(fact => AtDesks.Contains(fact.Kind) && !IsInOffice(contract, fact.At)).Select(fact => $"{fact.Kind} {ChinaTime.Write(fact.At)}").ShouldBeEmpty();

    [Fact]
    public void Every_desk_kind_is_read_by_some_sample() =>
        AtDesks.Except(SamplePacks.Names.SelectMany(name => SamplePacks.Read(name).Contract.Syntax.Facts.Keys)).ShouldBeEmpty();

    [Theory, MemberData(nameof(Contracts))]
    public void What_follows_at_desks_waits_for_the_morning_unless_a_limit_forbids_it(string contract)
    {
        var late = Facts(contract).Where(fact => fact.Kind is "request.completed" or "rectification.done" or "vulnerability.fixed" or "notice.received" or "force-majeure.proved").ToList();
        late.Count(fact => !IsInOffice(contract, fact.At)).ShouldBeLessThanOrEqualTo(late.Count / 20);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void Incidents_come_at_all_hours_and_more_by_day(string contract)
    {
        var incidents = Facts(contract).Where(fact => fact.Kind is "incident.reported").ToList();
        if (incidents.Count == 0) return;
        var byDay = incidents.Count(fact => ChinaTime.TimeOfDay(fact.At) >= 8 * ChinaTime.Hour && ChinaTime.TimeOfDay(fact.At) < 20 * ChinaTime.Hour);
        byDay.ShouldBeInRange(incidents.Count * 6 / 10, incidents.Count * 9 / 10);
        incidents.Select(fact => ChinaTime.TimeOfDay(fact.At) / ChinaTime.Hour).Distinct().Count().ShouldBe(24);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void Incidents_come_every_month_more_on_workdays_and_most_when_the_year_ends(string contract)
    {
        var calendar = SamplePacks.Read(contract).Contract.Calendar;
        var incidents = Facts(contract).Where(fact => fact.Kind is "incident.reported").ToList();
        if (incidents.Count == 0) return;
        var months = incidents.GroupBy(fact => ChinaTime.ToLocalDate(ChinaTime.DayOf(fact.At)).Month).ToDictionary(month => month.Key, month => month.Count());
        months.Count.ShouldBe(12);
        (months[11] + months[12]).ShouldBeGreaterThan(months.Values.Sum() / 6);
        // About two days in three are workdays: an even spread would put two thirds there.
        incidents.Count(fact => calendar.IsWorkday(ChinaTime.DayOf(fact.At), null)).ShouldBeGreaterThan(incidents.Count * 7 / 10);
    }

    [Theory, MemberData(nameof(Contracts))]
    public void No_meeting_lasts_for_days(string contract)
    {
        foreach (var meeting in Facts(contract).Where(fact => fact.Kind == "meeting.scheduled"))
        {
            var data = meeting.Data.ToDictionary(field => field.Key, field => field.Value);
            if (data.TryGetValue("ends", out var ends)) (ends.Nanoseconds - data["starts"].Nanoseconds).ShouldBeInRange(1, 8 * ChinaTime.Hour);
        }
    }
}

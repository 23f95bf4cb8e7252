using System.Globalization;
using System.Text;

namespace Yueheng.Facts.Tests;

/// <summary>Nothing read or written depends on where the machine stands or what language it speaks.</summary>
public class CultureTests
{
    public static TheoryData<string> Cultures => ["", "zh-CN", "tr-TR", "de-DE", "ar-SA", "fa-IR", "th-TH"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Facts_read_and_write_the_same_in_every_culture(string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Hostile(name);
            Everything().ShouldBe(
                """
                INCIDENT-ı incident.reported İNC-1 2025-03-03T09:00:00.5+08:00 urgent|fault|true|
                f2 payment.made P1 2025-03-03T09:00:00.5+08:00 |-12.5|
                {"id":"INCIDENT-ı","contract":"sample","kind":"incident.reported","at":"2025-03-03T01:00:00.5Z","subject":"İNC-1","data":{"n":-1.5e400,"severity":"urgent"}}
                facts.jsonl:1: 事实 f3 的 users 应是不小于零的整数，写的是 -1.5。
                2小时30分 -12.50 0.333333333333 2025-03-03
                """);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private static string Everything()
    {
        var line = Sample.Line("INCIDENT-ı", "incident.reported", """{"severity":"urgent","n":-1.5e400}""", at: "2025-03-03T09:00:00.5+08:00", subject: "İNC-1");
        var facts = Sample.FactsOf(Sample.Line("f2", "payment.made", """{"amount":-12.50}""", at: "2025-03-03T01:00:00.5Z", subject: "P1"), line);
        var told = facts.All.Select(fact => $"{fact} {string.Join("|", fact.Fields)}").ToList();
        told.Add(Encoding.UTF8.GetString(CanonicalJson.OfFact(Encoding.UTF8.GetBytes(line))));
        told.AddRange(Sample.Read(Sample.Line("f3", "outage.started", """{"users":-1.5}""")).Faults.Select(fault => fault.ToString()));
        told.Add($"{Value.DurationOf(150 * ChinaTime.Minute)} {Numbers.Fixed(Value.Of(-12.5m), 2)} {Numbers.Divide(Value.Of(1m), Value.Of(3m))} {Value.DateOf(ChinaTime.DayOf(2025, 3, 3))}");
        return string.Join("\n", told);
    }

    // A machine without ICU knows no cultures; the numbers of this one are strange on every machine.
    private static CultureInfo Hostile(string name)
    {
        CultureInfo culture;
        try
        {
            culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        }
        catch (CultureNotFoundException)
        {
            culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        }
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NumberDecimalSeparator = "٫";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.DateTimeFormat.DateSeparator = "/";
        culture.DateTimeFormat.TimeSeparator = ".";
        return culture;
    }

    [Fact]
    public void The_day_of_an_instant_is_that_of_china_wherever_the_machine_stands()
    {
        // ChinaTime takes its one zone from NodaTime's own data; the machine's zone and its files are never asked.
        ChinaTime.WriteDate(ChinaTime.DayOf(IsoTime.Parse("2025-03-02T16:00:00Z"))).ShouldBe("2025-03-03");
        ChinaTime.WriteDate(ChinaTime.DayOf(IsoTime.Parse("2025-03-02T15:59:59.999999999Z"))).ShouldBe("2025-03-02");
    }
}

using System.Globalization;

namespace Yueheng.Contracts.Tests.Cases;

/// <summary>Every recorded case gives every one of its figures, and no other, however its facts arrive and wherever it is judged.</summary>
public class CaseTests
{
    public static TheoryData<string> Cases => [.. RecordedCase.All()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recorded_case_gives_every_figure_and_no_other(string name)
    {
        var recorded = RecordedCase.Read(name);
        recorded.Holds(recorded.Lines);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Facts_may_arrive_in_any_order_and_more_than_once(string name)
    {
        var recorded = RecordedCase.Read(name);
        recorded.Holds(recorded.Lines.Reverse());
        string[] shuffled = [.. recorded.Lines, .. recorded.Lines.Take(7)];
        new Random(20250303).Shuffle(shuffled);
        recorded.Holds(shuffled);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_culture_of_the_machine_changes_nothing(string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var recorded = RecordedCase.Read(name);
        try
        {
            foreach (var culture in new[] { "zh-CN", "tr-TR", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                recorded.Holds(recorded.Lines, name.EndsWith("/001", StringComparison.Ordinal) ? SamplePacks.ReadFolder(Path.Combine(Repository.Contracts, recorded.Contract)) : null);
            }
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public void A_contract_is_judged_by_many_at_once() =>
        Parallel.ForEach(RecordedCase.All(), name => { var recorded = RecordedCase.Read(name); recorded.Holds(recorded.Lines); });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_figure_of_a_case_can_be_explained(string name)
    {
        var judgement = RecordedCase.Read(name).Judge();
        foreach (var figure in judgement.Figures)
        {
            var trace = judgement.Explain(figure);
            trace.What.ShouldNotBeNullOrWhiteSpace();
        }
    }
}

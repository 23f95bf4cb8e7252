using System.Globalization;
using Yueheng.Facts;

namespace Yueheng.Statements.Judging;

public enum LightColour
{
    Green,
    Amber,
    Red,
}

/// <summary>
/// Whether somebody has to look at a contract, and why. Red: a right to end it stands open, the score is below 60, a clock that is breached
/// runs on, or a duty of the last thirty days was never done. Amber: something was late or breached in those days, an older duty was never done,
/// the score is below 80, or something falls due within a day. Else green.
/// </summary>
public sealed record Light(LightColour Colour, IReadOnlyList<string> Reasons)
{
    private const long Recently = 30 * ChinaTime.Day;
    private const long Soon = ChinaTime.Day;
    private const decimal Poor = 60m;
    private const decimal Fair = 80m;
    private const int MostNamed = 2;

    internal static Light Of(Judged judged)
    {
        var now = judged.AsOf;
        var duties = judged.Obligations.Duties;
        var clocks = judged.Obligations.Clocks;
        var reasons = new List<(LightColour Colour, string Reason)>();

        var rights = judged.Figures.Where(figure => figure.Key.StartsWith("right/", StringComparison.Ordinal) && figure.Value.Text == "open").Select(figure => judged.LabelOf(figure.Key)).ToList();
        if (rights.Count > 0) Add(LightColour.Red, $"可行使的权利：{Named(rights)}");
        if (decimal.TryParse(judged.Ask(judgement => judgement.Summary("score")), NumberStyles.Number, CultureInfo.InvariantCulture, out var score))
        {
            if (score < Poor) Add(LightColour.Red, $"考核得分 {Plain(score)} 分，低于 {Plain(Poor)} 分");
            else if (score < Fair) Add(LightColour.Amber, $"考核得分 {Plain(score)} 分，低于 {Plain(Fair)} 分");
        }
        Say(LightColour.Red, "个时限已超时且仍未完成", clocks.Where(clock => clock is { State: "breached", Stopped: null }).Select(clock => $"{clock.Label} {clock.Subject}"));
        Say(LightColour.Red, "项近三十天到期的义务没有履行", Of("missing", true));
        Say(LightColour.Amber, "个时限近三十天内违约", clocks.Where(clock => clock.State == "breached" && clock.Stopped > now - Recently).Select(clock => $"{clock.Label} {clock.Subject}"));
        Say(LightColour.Amber, "项近三十天到期的义务迟延履行", Of("late", true));
        Say(LightColour.Amber, "项更早到期的义务没有履行", Of("missing", false));
        Say(LightColour.Amber, "项义务一天内到期", duties.Where(duty => duty.State == "pending" && duty.Due > now && duty.Due <= now + Soon).Select(duty => $"{duty.Label}（{duty.Period}）"));
        return reasons.Count == 0
            ? new(LightColour.Green, ["近三十天没有违约、迟延或缺失，一天内没有到期的义务"])
            : new(reasons.Max(reason => reason.Colour), [.. reasons.OrderByDescending(reason => reason.Colour).Select(reason => reason.Reason)]);

        IEnumerable<string> Of(string state, bool recent) => duties.Where(duty => duty.State == state && duty.Due is { } due && due > now - Recently == recent).Select(duty => $"{duty.Label}（{duty.Period}）");

        void Say(LightColour colour, string what, IEnumerable<string> which)
        {
            var all = which.ToList();
            if (all.Count > 0) Add(colour, $"{all.Count.ToString(CultureInfo.InvariantCulture)} {what}：{Named(all)}");
        }

        void Add(LightColour colour, string reason) => reasons.Add((colour, reason));
    }

    private static string Named(List<string> names) => string.Join("、", names.Take(MostNamed)) + (names.Count > MostNamed ? "等" : "");

    private static string Plain(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}

using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>The end of the year: assessment, acceptance, the next contract.</summary>
internal sealed class Closing(YearOfService year)
{
    private static readonly ByGrade Failed = new(30, 120, 350);

    public void Place()
    {
        var dice = year.Book.Dice("closing");
        var grade = year.Book.Grade;
        // What the settlement leaves room for; some contracts are settled a month after their term.
        var room = Math.Max(10, (year.Book.Horizon - year.Contract.TermTo) / ChinaTime.Day);
        var end = ChinaTime.DayOf(year.Contract.TermTo);

        var day = year.Diary.WorkdayFrom(end + (int)dice.Between(0, 1));
        Write("acceptance.applied", day);
        day = After(day, 3, 6);
        Write("acceptance.review.started", day);
        if (dice.Chance(Failed.Of(grade)))
        {
            Write(dice.Chance(500) && year.Reads("acceptance.review.failed") ? "acceptance.review.failed" : "acceptance.failed", day = After(day, 1, 4));
            Write("acceptance.applied", day = After(day, 2, 5));
            Write("acceptance.review.started", day = After(day, 1, 3));
        }
        Write("acceptance.review.passed", day = After(day, 2, (int)Math.Min(8, room / 8)));
        Write("acceptance.passed", day = After(day, 1, (int)Math.Min(8, room / 8)));

        var assessed = year.Diary.WorkdayFrom(end + (int)dice.Between(6, Math.Min(18, room / 3)));
        Write("assessment.issued", assessed);
        Write("assessment.confirmed", After(assessed, 1, dice.Chance(Diligence.Late.Of(grade)) ? 12 : 5));
        if (year.Reads("successor.signed")) Write("successor.signed", year.Diary.WorkdayFrom(end + (int)dice.Between(8, 18)));

        int After(int from, int least, int most) => year.Diary.WorkdayFrom(from + (int)dice.Between(least, Math.Max(least, most)));
        void Write(string kind, int on) => year.Add(kind, Diary.OfficeTime(on, dice), kind.Split('.')[0]);
    }
}

namespace Yueheng.Contracts.Simulation;

/// <summary>At what time of day something happens.</summary>
internal enum Hours { Office, AroundTheClock, Night }

/// <summary>How often something happens of itself, when, and how its subjects are numbered.</summary>
/// <param name="TenYears">How often in ten years of service, by grade.</param>
/// <param name="Prefix">Of the subject: <c>INC</c> gives INC-001, INC-002.</param>
internal sealed record Habit(ByGrade TenYears, Hours Hours, string Prefix);

/// <summary>What comes after another fact of the same subject, however the contract judges it.</summary>
/// <param name="PerMille">How often it comes at all.</param>
/// <param name="From">At the earliest so many minutes after the one before.</param>
/// <param name="To">At the latest, where no clock of the contract says otherwise.</param>
/// <param name="Hours">Paper and people at desks keep office hours, as far as a limit lets them.</param>
internal sealed record Sequel(string Kind, ByGrade PerMille, int From, int To, Hours Hours = Hours.AroundTheClock);

/// <summary>
/// What is usual in operations and maintenance, by common kind. Kinds of a contract's own are taken for rare events unless
/// the contract shows that they answer something.
/// </summary>
internal static class Habits
{
    private static readonly Dictionary<string, Habit> Table = new(StringComparer.Ordinal)
    {
        ["incident.reported"] = new(new(260, 380, 560), Hours.AroundTheClock, "INC"),
        ["outage.started"] = new(new(3, 7, 26), Hours.AroundTheClock, "OUT"),
        ["request.made"] = new(new(300, 300, 300), Hours.Office, "REQ"),
        ["threat.detected"] = new(new(150, 160, 180), Hours.AroundTheClock, "THR"),
        ["vulnerability.found"] = new(new(80, 100, 140), Hours.Office, "VUL"),
        ["complaint.received"] = new(new(1, 4, 20), Hours.Office, "CMP"),
        ["praise.received"] = new(new(20, 12, 8), Hours.Office, "PRA"),
        ["operation.unauthorised"] = new(new(0, 1, 8), Hours.AroundTheClock, "OPS"),
        ["assist.given"] = new(new(10, 10, 8), Hours.AroundTheClock, "AST"),
        ["data.leaked"] = new(new(0, 1, 7), Hours.AroundTheClock, "LEAK"),
        ["data.lost"] = new(new(0, 1, 7), Hours.AroundTheClock, "LOST"),
        ["data.disposed"] = new(new(10, 10, 10), Hours.Office, "DISP"),
        ["rating.given"] = new(new(40, 40, 40), Hours.Office, "RAT"),
        ["ranking.published"] = new(new(120, 120, 120), Hours.Office, "RANK"),
        ["bulletin.issued"] = new(new(0, 1, 6), Hours.Office, "BUL"),
        ["rectification.ordered"] = new(new(5, 20, 50), Hours.Office, "RECT"),
        ["post.vacant"] = new(new(3, 12, 40), Hours.Office, "POST"),
        ["staff.changed"] = new(new(12, 20, 40), Hours.Office, "STF"),
        ["change.deployed"] = new(new(120, 120, 120), Hours.Night, "CHG"),
        ["demand.completed"] = new(new(60, 50, 40), Hours.Office, "DEM"),
        ["assurance.declared"] = new(new(25, 25, 25), Hours.Office, "ASSURE"),
        ["assurance.adverse"] = new(new(0, 1, 7), Hours.AroundTheClock, "ADV"),
        ["assurance.incident"] = new(new(0, 1, 7), Hours.AroundTheClock, "ASI"),
        ["finding.recorded"] = new(new(4, 16, 75), Hours.Office, "FND"),
        ["loss.established"] = new(new(0, 3, 14), Hours.Office, "LOSS"),
        ["refund.ordered"] = new(new(0, 3, 12), Hours.Office, "RFD"),
        ["security.drawn"] = new(new(0, 2, 10), Hours.Office, "DRAW"),
        ["force-majeure.started"] = new(new(8, 8, 8), Hours.AroundTheClock, "FM"),
        ["notice.sent"] = new(new(40, 40, 40), Hours.Office, "NOTE"),
        ["meeting.scheduled"] = new(new(180, 180, 180), Hours.Office, "MEET"),
        ["account.change-notified"] = new(new(6, 6, 8), Hours.Office, "ACC"),
        ["training.held"] = new(new(20, 20, 20), Hours.Office, "training"),
        ["drill.held"] = new(new(20, 20, 20), Hours.Office, "drill"),
        ["backup.completed"] = new(new(120, 118, 110), Hours.Night, "backup"),
        ["restore.tested"] = new(new(20, 20, 20), Hours.Office, "restore"),
        ["meter.read"] = new(new(120, 120, 120), Hours.Office, "METER"),
        ["attendance.recorded"] = new(new(2400, 2400, 2400), Hours.Office, "attendance"),
        ["patrol.done"] = new(new(120, 118, 100), Hours.Office, "PATROL"),
        ["deliverable.submitted"] = new(new(20, 20, 20), Hours.Office, "DOC"),
        ["availability.measured"] = new(new(120, 120, 120), Hours.Office, "AVAIL"),
    };

    private static readonly Habit Unknown = new(new(40, 40, 50), Hours.Office, "");

    private static readonly ByGrade Always = new(998, 992, 980);

    /// <summary>What no one leaves open for ever: one outage without an end would outweigh a whole year.</summary>
    private static readonly ByGrade Certain = new(1000, 1000, 1000);

    /// <summary>The course of a thing, by the kind that opens it. Stages come in this order; those that do not always come may be passed over.</summary>
    private static readonly Dictionary<string, Sequel[]> Courses = new(StringComparer.Ordinal)
    {
        ["incident.reported"] =
        [
            new("incident.responded", Always, 2, 20), new("incident.arrived", new(250, 250, 250), 15, 90), new("incident.diagnosed", new(800, 800, 700), 5, 40),
            new("incident.progress", new(250, 250, 200), 10, 60), new("incident.replaced", new(80, 80, 80), 20, 90), new("incident.resolved", new(1000, 998, 990), 15, 240),
            new("incident.reopened", new(8, 30, 80), 60, 2880, Hours.Office),
        ],
        ["request.made"] =
        [
            new("request.responded", Always, 3, 25, Hours.Office), new("request.refused", new(2, 12, 40), 5, 60, Hours.Office), new("request.completed", Always, 120, 2400, Hours.Office),
        ],
        ["outage.started"] = [new("outage.ended", Certain, 5, 180)],
        ["threat.detected"] = [new("threat.notified", Always, 4, 25)],
        ["vulnerability.found"] = [new("vulnerability.fixed", Always, 1440, 8640, Hours.Office)],
        ["rectification.ordered"] = [new("rectification.done", new(995, 970, 900), 1440, 7200, Hours.Office)],
        ["notice.sent"] = [new("notice.received", new(900, 900, 900), 60, 4320, Hours.Office)],
        ["force-majeure.started"] =
        [
            new("force-majeure.notified", new(980, 950, 850), 60, 1200, Hours.Office), new("force-majeure.reported", new(900, 900, 800), 4320, 12960, Hours.Office),
            new("force-majeure.proved", new(950, 930, 850), 4320, 18000, Hours.Office), new("force-majeure.ended", Always, 7200, 28800),
        ],
        ["meeting.scheduled"] = [new("meeting.cancelled", new(40, 40, 40), 60, 2880, Hours.Office)],
        ["change.deployed"] = [new("change.rolled_back", new(20, 60, 140), 30, 240)],
    };

    /// <summary>Kinds that the simulation places itself: papers, payments, the closing of the year.</summary>
    public static readonly IReadOnlySet<string> Placed = new HashSet<string>(StringComparer.Ordinal)
    {
        "payment.requested", "invoice.received", "payment.made", "payment.due.agreed", "funds.available", "audit.completed",
        "security.lodged", "assessment.issued", "assessment.confirmed",
        "acceptance.applied", "acceptance.review.started", "acceptance.review.passed", "acceptance.review.failed", "acceptance.passed", "acceptance.failed",
        "deliverable.accepted", "deliverable.rejected", "successor.signed", "meeting.ended", "fact.retracted",
    };

    /// <summary>Kinds that end a contract.</summary>
    public static readonly IReadOnlySet<string> Endings = new HashSet<string>(StringComparer.Ordinal) { "contract.terminated", "exit.requested", "exit.approved" };

    public static Habit Of(string kind) => Table.GetValueOrDefault(kind) ?? Unknown with { Prefix = kind.ToUpperInvariant().Replace('.', '-') };
    public static bool Knows(string kind) => Table.ContainsKey(kind);
    public static IReadOnlyDictionary<string, Sequel[]> AllCourses => Courses;
    public static bool IsSequel(string kind) => Courses.Values.Any(course => course.Any(sequel => sequel.Kind == kind));
}

using System.Text;
using Yueheng.Facts;
using Yueheng.Facts.Common;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Authority;

namespace Yueheng.Ledger.Tests.Authority;

public class AuthorityTableTests(PostgresFixture postgres)
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();
    private static readonly string[] Kinds = [.. AuthorityTable.Kinds];
    private static readonly string[] KindsAndOne = [.. Kinds, "gadget.polished"];

    private static Author Of(Role role) => new($"u-{role.Word()}", [role]);

    private static Permit Said(Answer answer) => answer switch
    {
        Receipt => Permit.Record,
        Refused { Reason: RefusalReason.NeedsClaim } => Permit.Claim,
        Refused { Reason: RefusalReason.Forbidden } => Permit.No,
        _ => throw new ShouldAssertException(answer.ToString()),
    };

    private static void Nothing(Author author) => KindsAndOne.ShouldAllBe(kind => AuthorityTable.Of(author, kind) == Permit.No);

    [Fact]
    public void Every_common_kind_has_a_row_and_no_row_is_of_a_kind_that_nobody_knows() =>
        Kinds.Order().ShouldBe(CommonVocabulary.Kinds.Select(kind => kind.Name).Order());

    [Fact]
    public async Task The_ledger_does_what_every_cell_says()
    {
        await using var bench = await postgres.Fresh();
        foreach (var role in Roles)
            foreach (var kind in KindsAndOne)
            {
                var answer = await bench.Record(Bench.Line($"{role}-{kind}", kind: kind), Of(role));
                Said(answer).ShouldBe(AuthorityTable.Of(role, kind), $"{role} {kind}");
                if (answer is Refused { Reason: RefusalReason.NeedsClaim } refused) refused.Fields.ShouldBe(["kind"]);
            }
        (await bench.Verify()).First.ShouldBeNull();
    }

    [Fact]
    public async Task In_bulk_it_does_the_same()
    {
        await using var bench = await postgres.Fresh();
        foreach (var role in Roles)
        {
            var answers = await bench.RecordLines(Of(role), [.. KindsAndOne.Select(kind => Bench.Line($"{role}-{kind}", kind: kind))]);
            answers.Select(answer => Said(answer.Answer)).ShouldBe(KindsAndOne.Select(kind => AuthorityTable.Of(role, kind)), role.ToString());
        }
    }

    [Fact]
    public async Task Every_field_that_excuses_makes_a_claim_of_what_its_own_side_says_and_of_no_others()
    {
        await using var bench = await postgres.Fresh();
        (string Field, string Value, bool Excuses)[] said =
        [
            ("attributable", "\"provider\"", false), ("attributable", "\"buyer\"", true), ("attributable", "\"third-party\"", true), ("attributable", "\"force-majeure\"", true),
            ("attributable", "\"someone\"", true), ("attributable", "null", false), ("in_scope", "true", false), ("in_scope", "false", true), ("in_scope", "null", false),
        ];
        foreach (var role in Roles)
            foreach (var kind in KindsAndOne.Where(kind => AuthorityTable.Of(role, kind) == Permit.Record))
                foreach (var (field, value, excuses) in said)
                {
                    var answer = await bench.Record(Bench.Line($"{role}-{kind}-{field}-{value.Trim('"')}", kind: kind, data: $$"""{"{{field}}":{{value}}}"""), Of(role));
                    Said(answer).ShouldBe(excuses && role.Side() == Side.Provider ? Permit.Claim : Permit.Record, $"{role} {kind} {field} {value}");
                    if (answer is Refused refused) refused.Fields.ShouldBe([field]);
                }
    }

    [Theory]
    [InlineData("urgent", "urgent", false)]
    [InlineData("urgent", "general", true)]
    [InlineData("general", "urgent", false)]
    [InlineData("level-1", "level-2", true)]
    [InlineData("urgent", "level-1", true)]
    [InlineData("urgent", "whatever", true)]
    [InlineData("whatever", "whatever", false)]
    public async Task A_severity_below_that_on_record_is_a_claim_of_the_provider(string onRecord, string said, bool isLower)
    {
        await using var bench = await postgres.Fresh();
        Said(await bench.Record(Bench.Line("f1", data: $$"""{"severity":"{{onRecord}}"}"""), Of(Role.UsingUnit))).ShouldBe(Permit.Record);
        var lowered = await bench.Record(Bench.Line("f2", data: $$"""{"severity":"{{said}}"}"""), Of(Role.Engineer));
        Said(lowered).ShouldBe(isLower ? Permit.Claim : Permit.Record);
        if (isLower) lowered.ShouldBeOfType<Refused>().Fields.ShouldBe(["severity"]);
        Said(await bench.Record(Bench.Line("f3", subject: "INC-2", data: $$"""{"severity":"{{said}}"}"""), Of(Role.Engineer))).ShouldBe(Permit.Record);
        Said(await bench.Record(Bench.Line("f4", data: $$"""{"severity":"{{said}}"}"""), Of(Role.BuyerClerk))).ShouldBe(Permit.Record);
    }

    [Fact]
    public async Task To_report_it_again_and_leave_the_severity_out_lowers_it()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1", data: """{"severity":"urgent"}"""));
        (await bench.Record(Bench.Line("f2"), Of(Role.Engineer))).ShouldBeOfType<Refused>().Fields.ShouldBe(["severity"]);
        Said(await bench.Record(Bench.Line("f3", kind: "incident.responded"), Of(Role.Engineer))).ShouldBe(Permit.Record);
        Said(await bench.Record(Bench.Line("f4"), Of(Role.UsingUnit))).ShouldBe(Permit.Record);
    }

    [Fact]
    public async Task An_excuse_cannot_hide_behind_a_key_said_twice()
    {
        await using var bench = await postgres.Fresh();
        (await bench.Record(Bench.Line("f1", data: """{"attributable":"buyer","attributable":"provider"}"""), Of(Role.Engineer))).ShouldBeOfType<Refused>();
        (await bench.Verify()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Lines_of_one_batch_are_held_against_those_before_them()
    {
        await using var bench = await postgres.Fresh();
        var answers = await bench.RecordLines(Of(Role.DeskAgent), Bench.Line("f1", data: """{"severity":"urgent"}"""), Bench.Line("f2", data: """{"severity":"low"}"""), Bench.Line("f3", data: """{"severity":"urgent"}"""));
        answers.Select(answer => Said(answer.Answer)).ShouldBe([Permit.Record, Permit.Claim, Permit.Record]);
    }

    [Fact]
    public async Task A_severity_that_was_taken_back_is_on_record_no_more()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1", data: """{"severity":"urgent"}"""));
        await bench.Recorded(Bench.Line("r1", kind: Vocabulary.Retraction, data: """{"fact":"f1"}"""));
        Said(await bench.Record(Bench.Line("f2", data: """{"severity":"low"}"""), Of(Role.Engineer))).ShouldBe(Permit.Record);
    }

    [Theory]
    [InlineData(0, Permit.Record)]
    [InlineData(1, Permit.Claim)]
    public async Task What_happened_longer_ago_than_a_day_is_a_late_entry_to_the_nanosecond(int over, Permit expected)
    {
        await using var bench = await postgres.Fresh();
        bench.Clock.Now = new DateTimeOffset(2025, 3, 4, 1, 0, 0, TimeSpan.Zero).AddTicks(over);
        foreach (var role in (Role[])[Role.ProviderManager, Role.BuyerClerk, Role.UsingUnit])
        {
            var answer = await bench.Record(Bench.Line($"f-{role}"), Of(role));
            Said(answer).ShouldBe(expected);
            if (answer is Refused refused) refused.Fields.ShouldBe(["at"]);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public async Task What_lies_more_than_a_day_ahead_has_not_happened(int early, bool isRecorded)
    {
        await using var bench = await postgres.Fresh();
        bench.Clock.Now = new DateTimeOffset(2025, 3, 2, 1, 0, 0, TimeSpan.Zero).AddTicks(early);
        var answer = await bench.Record(Bench.Line("f1"), Of(Role.BuyerClerk));
        if (isRecorded) answer.ShouldBeOfType<Receipt>();
        else answer.ShouldBeOfType<Refused>().Reason.ShouldBe(RefusalReason.Invalid);
    }

    [Fact]
    public async Task The_same_fact_again_is_no_late_entry()
    {
        await using var bench = await postgres.Fresh();
        var first = (Receipt)await bench.Record(Bench.Line("f1"), Of(Role.Engineer));
        bench.Clock.Now = bench.Clock.Now.AddDays(30);
        (await bench.Record(Bench.Line("f1"), Of(Role.Engineer))).ShouldBe(first with { IsNew = false });
        ((await bench.RecordLines(Of(Role.Engineer), Bench.Line("f1")))[0].Answer).ShouldBe(first with { IsNew = false });
    }

    [Fact]
    public void Who_has_several_roles_may_what_any_of_them_may() =>
        AuthorityTable.Of(new Author("u", [Role.BuyerClerk, Role.BuyerFinance]), "payment.made").ShouldBe(Permit.Record);

    [Fact]
    public void Who_has_no_role_may_nothing() => Nothing(new Author("u", []));

    [Fact]
    public void Auditors_only_read() => Nothing(Of(Role.Auditor));

    [Fact]
    public void Findings_and_retractions_are_recorded_by_nobody_alone() =>
        Roles.ShouldAllBe(role => AuthorityTable.Of(role, "finding.recorded") != Permit.Record && AuthorityTable.Of(role, Vocabulary.Retraction) != Permit.Record);

    [Fact]
    public void Findings_are_proposed_by_buyer_and_supervisor() =>
        Roles.Where(role => AuthorityTable.Of(role, "finding.recorded") == Permit.Claim).ShouldBe([Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.Supervisor]);

    [Theory]
    [InlineData("deliverable.accepted")]
    [InlineData("rating.given")]
    [InlineData("acceptance.passed")]
    [InlineData("assurance.declared")]
    [InlineData("assessment.confirmed")]
    [InlineData("praise.received")]
    [InlineData("security.drawn")]
    public void What_the_buyer_says_of_the_provider_the_provider_does_not_say(string kind) =>
        Roles.Where(role => role.Side() == Side.Provider).ShouldAllBe(role => AuthorityTable.Of(role, kind) != Permit.Record);

    [Fact]
    public void Kinds_that_nobody_knows_are_for_managers_and_the_buyer() =>
        Roles.Where(role => AuthorityTable.Of(role, "gadget.polished") == Permit.Record).ShouldBe([Role.BuyerClerk, Role.BuyerReviewer, Role.BuyerLeader, Role.BuyerFinance, Role.ProviderManager]);

    [Theory]
    [InlineData("meter.read", "meter.read", Permit.Record)]
    [InlineData("meter.read", "incident.reported", Permit.No)]
    [InlineData("incident.*", "incident.reported", Permit.Record)]
    [InlineData("incident.*", "incidental", Permit.No)]
    [InlineData("*", "outage.started", Permit.Record)]
    [InlineData("*", "gadget.polished", Permit.No)]
    [InlineData("gadget.polished", "gadget.polished", Permit.Record)]
    [InlineData("*", "payment.made", Permit.No)]
    [InlineData("payment.made", "payment.made", Permit.No)]
    [InlineData("*", "fact.retracted", Permit.No)]
    [InlineData("finding.recorded", "finding.recorded", Permit.No)]
    public void A_machine_records_what_its_key_names_and_the_table_grants(string scope, string kind, Permit expected) =>
        AuthorityTable.Of(new Author("m-probe", [], [scope]), kind).ShouldBe(expected);

    [Fact]
    public void A_key_that_names_nothing_opens_nothing() => Nothing(new Author("m-probe", [], []));

    [Fact]
    public async Task A_machine_excuses_nobody()
    {
        await using var bench = await postgres.Fresh();
        Said(await bench.Record(Bench.Line("f1", data: """{"attributable":"buyer"}"""), new Author("m-probe", [], ["*"]))).ShouldBe(Permit.Claim);
        Said(await bench.Record(Bench.Line("f2"), new Author("m-probe", [], ["*"]))).ShouldBe(Permit.Record);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("subject")]
    [InlineData("data")]
    [InlineData("evidence")]
    public async Task No_text_of_a_fact_names_a_person(string where)
    {
        await using var bench = await postgres.Fresh();
        // Made up: the number range is not given out.
        const string phone = "13800000000";
        var line = where switch
        {
            "id" => Bench.Line($"f {phone}"),
            "subject" => Bench.Line("f1", subject: $"call {phone}"),
            "data" => Bench.Line("f1", data: $$"""{"note":["x",{"y":"请打{{phone}}"}]}"""),
            _ => Bench.Line("f1")[..^1] + $$""","evidence":[{"sha256":"{{new string('a', 64)}}","name":"{{phone}}.pdf"}]}""",
        };
        var refused = (await bench.Record(line, Of(Role.Engineer))).ShouldBeOfType<Refused>();
        (refused.Reason, refused.Messages.Single().Contains("手机号码")).ShouldBe((RefusalReason.Invalid, true));
        ((await bench.RecordLines(Of(Role.Engineer), line))[0].Answer).ShouldBeOfType<Refused>().Reason.ShouldBe(RefusalReason.Invalid);
        (await bench.Verify()).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("u-a+u-b")]
    public void An_id_that_could_be_two_is_none(string id) => Should.Throw<ArgumentException>(() => new Author(id, []));

    [Fact]
    public void Who_speaks_for_both_parties_speaks_for_neither() => new Author("u", [Role.BuyerReviewer, Role.ProviderManager]).Side.ShouldBe(Side.Neither);
}

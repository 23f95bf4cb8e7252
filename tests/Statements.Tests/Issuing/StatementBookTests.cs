using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yueheng.Ledger.Reading;
using Yueheng.Statements.Issuing;
using Yueheng.Statements.Judging;
using Yueheng.Statements.Shelves;

namespace Yueheng.Statements.Tests.Issuing;

public sealed class StatementBookTests(PostgresFixture postgres)
{
    private const string Contract = "leased-line";
    private static readonly DateOnly From = new(2025, 4, 1);
    private static readonly DateOnly Through = new(2025, 9, 30);

    [Fact]
    public async Task A_statement_pins_what_it_rests_on()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);

        issued.Number.ShouldBe("2025-001");
        issued.LedgerSeq.ShouldBe(116);
        issued.LedgerHash.ShouldBe((await node.Ledger(Contract).Verify(Contract)).Head);
        issued.TermsSha256.ShouldBe(Yueheng.Contracts.Documents.Fingerprints.OfFolder(Path.Combine(Terms.Tests.Repository.Contracts, Contract)));
        issued.CalendarSha256.ShouldBe(Yueheng.Contracts.Documents.Fingerprints.OfFolder(Path.Combine(Terms.Tests.Repository.Calendars, "cn-government")));
        issued.Points.ShouldContain(point => point.Address == "net" && point.Unit == "money");
        issued.Counts.Facts.ShouldBeGreaterThan(issued.Counts.InPeriod);
        issued.Counts.InPeriod.ShouldBeGreaterThan(0);
        issued.Counts.Late.ShouldBe(issued.Counts.InPeriod);
        issued.State.ShouldBe(StatementState.Issued);

        var figures = (await node.Book.Figures([Contract], Contract, issued.Number)).ShouldNotBeNull();
        Hash(Encoding.UTF8.GetBytes(figures)).ShouldBe(issued.FiguresSha256);
        figures.ShouldBe(Encoding.UTF8.GetString((await node.Judgements.At([Contract], Contract, issued.AsOf)).Assessment(true).Span));
        var found = (await node.Book.Find([Contract], Contract, issued.Number)).ShouldNotBeNull();
        found.Points.ShouldBe(issued.Points);
        (found with { Points = [], Stands = [] }).ShouldBe(issued with { Points = [], Stands = [] });
    }

    [Fact]
    public async Task Its_print_carries_number_head_code_counts_and_places_to_sign()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        var print = Encoding.UTF8.GetString((await node.Book.Print([Contract], Contract, issued.Number)).ShouldNotBeNull());

        foreach (var text in (string[])["2025-001", issued.LedgerHash, issued.TermsSha256, issued.CalendarSha256, "2025-04-01 至 2025-09-30", "aria-label=\"二维码\"", "项目负责人", "建设单位", "用户单位", "补录", "未决主张"])
            print.ShouldContain(text);
        print.ShouldNotContain("http://");
        print.ShouldNotContain("https://");
    }

    [Fact]
    public async Task It_reprints_byte_for_byte_after_later_facts_an_amendment_and_a_restart()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        var print = (await node.Book.Print([Contract], Contract, issued.Number)).ShouldNotBeNull();
        Hash(print).ShouldBe(issued.PrintSha256);

        node.Clock.Time += TimeSpan.FromDays(2);
        await node.Record(Contract, "late-1", "outage.started", "2025-06-01T09:00:00+08:00", "line-a", """{"line":"line-a"}""");
        await node.Record(Contract, "taken-back", "fact.retracted", "2025-06-01T09:00:00+08:00", "late-1", """{"fact":"late-1","reason":"误记"}""");
        var amended = await node.Shelf.Propose([Contract], Contract, Node.Zipped(Contract, (name, text) => name == "contract.yaml" ? text.Replace("（示例）", "（补充后）") + "# 补充\n" : text), Node.Instant("2025-01-01T00:00:00+08:00"), PackKind.Amendment, "wang", "buyer");
        await node.Shelf.Agree([Contract], Contract, amended.Version, "provider", "zhang", null);
        await node.Judgements.At([Contract], Contract, issued.AsOf);

        await using var restarted = await node.Beside();
        var found = (await restarted.Book.Find([Contract], Contract, issued.Number)).ShouldNotBeNull();
        (await restarted.Book.Print([Contract], Contract, issued.Number)).ShouldBe(print);
        (await restarted.Book.Remake([Contract], found)).ShouldBe(print);
        // And it does matter what is pinned: judged anew it reads otherwise.
        var anew = await restarted.Book.Issue([Contract], Contract, From, Through, issued.AsOf, "wang");
        anew.PackVersion.ShouldBe(2);
        (await restarted.Book.Print([Contract], Contract, anew.Number)).ShouldNotBe(print);
    }

    [Fact]
    public async Task Statements_issued_together_are_numbered_without_a_gap()
    {
        await using var node = await WithFacts();
        await using var other = await node.Beside();
        var issued = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Issue(number % 2 == 0 ? node : other)));
        issued.Select(one => one.Number).Order().ShouldBe(["2025-001", "2025-002", "2025-003", "2025-004"]);
        node.Clock.Time = node.Clock.Time.AddMonths(1);
        (await Issue(node)).Number.ShouldBe("2026-001");
    }

    [Theory]
    [InlineData("2025-09-30", "2025-01-01", "2025-12-01T00:00:00+08:00", "早于起日")]
    [InlineData("2025-01-01", "2025-09-30", "2025-12-31T00:00:00+08:00", "尚未到来")]
    [InlineData("2025-01-01", "2025-09-30", "2024-12-31T00:00:00+08:00", "早于评估期间")]
    public async Task Days_that_make_no_sense_are_refused(string from, string through, string asOf, string why)
    {
        await using var node = await WithFacts();
        (await Should.ThrowAsync<StatementRefusedException>(() => node.Book.Issue([Contract], Contract, DateOnly.Parse(from), DateOnly.Parse(through), Node.Instant(asOf), "wang"))).Message.ShouldContain(why);
    }

    [Fact]
    public async Task Who_may_not_see_the_contract_sees_no_statement_and_issues_none()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        (await node.Book.All(["another"], Contract)).ShouldBeEmpty();
        (await node.Book.Find([], Contract, issued.Number)).ShouldBeNull();
        (await node.Book.Print([], Contract, issued.Number)).ShouldBeNull();
        (await node.Book.Figures([], Contract, issued.Number)).ShouldBeNull();
        (await node.Book.Stand([], Contract, issued.Number, null, "buyer", StandWord.Confirmed, null, "wang")).ShouldBeNull();
        await Should.ThrowAsync<ContractUnknownException>(() => node.Book.Issue(["another"], Contract, From, Through, issued.AsOf, "wang"));
    }

    [Fact]
    public async Task It_is_confirmed_when_both_parties_have_confirmed_it()
    {
        await using var node = await WithFacts();
        var number = (await Issue(node)).Number;
        (await Stand(node, number, null, "buyer", StandWord.Confirmed)).State.ShouldBe(StatementState.Issued);
        (await Stand(node, number, null, "provider", StandWord.Confirmed)).State.ShouldBe(StatementState.Confirmed);
        (await node.Book.Find([Contract], Contract, number)).ShouldNotBeNull().State.ShouldBe(StatementState.Confirmed);
    }

    [Fact]
    public async Task A_point_that_is_disputed_keeps_it_from_being_confirmed_until_it_is_settled()
    {
        await using var node = await WithFacts();
        var number = (await Issue(node)).Number;
        await Stand(node, number, null, "buyer", StandWord.Confirmed);
        var disputed = await Stand(node, number, "net", "provider", StandWord.Disputed, "漏计八月减免");
        disputed.State.ShouldBe(StatementState.Disputed);
        disputed.Disputed.ShouldBe(["net"]);

        (await Should.ThrowAsync<StatementRefusedException>(() => Stand(node, number, null, "provider", StandWord.Confirmed))).Message.ShouldContain("异议");
        await Stand(node, number, "net", "provider", StandWord.Confirmed);
        var confirmed = await Stand(node, number, null, "provider", StandWord.Confirmed);
        confirmed.State.ShouldBe(StatementState.Confirmed);
        // What was said stays on record.
        confirmed.Stands.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_dispute_gives_its_reason_and_names_a_figure_of_the_statement()
    {
        await using var node = await WithFacts();
        var number = (await Issue(node)).Number;
        (await Should.ThrowAsync<StatementRefusedException>(() => Stand(node, number, "net", "provider", StandWord.Disputed, " "))).Message.ShouldContain("理由");
        (await Should.ThrowAsync<StatementRefusedException>(() => Stand(node, number, "no/such", "provider", StandWord.Confirmed))).Message.ShouldContain("no/such");
    }

    [Fact]
    public async Task The_sealed_paper_becomes_a_fact_dated_as_the_paper_and_closes_the_statement()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        node.Clock.Time += TimeSpan.FromDays(5);
        var sealedOne = (await Seal(node, issued.Number, new DateOnly(2025, 12, 10))).ShouldNotBeNull();
        sealedOne.State.ShouldBe(StatementState.Sealed);

        var fact = (await Facts(node, "assessment.confirmed")).ShouldHaveSingleItem();
        Encoding.UTF8.GetString(fact.Fact).ShouldContain("\"statement\":\"2025-001\"");
        Encoding.UTF8.GetString(fact.Evidence).ShouldContain(Scan);
        fact.At.ShouldBe(Node.Instant("2025-12-10T23:59:59+08:00"));
        fact.By.ShouldBe("wang");
        fact.Id.ShouldBe(sealedOne.Seal.ShouldNotBeNull().Fact);

        (await Should.ThrowAsync<StatementRefusedException>(() => Seal(node, issued.Number, new DateOnly(2025, 12, 11)))).Message.ShouldContain("已经盖章");
        (await Should.ThrowAsync<StatementRefusedException>(() => Stand(node, issued.Number, null, "buyer", StandWord.Confirmed))).Message.ShouldContain("已盖章");
    }

    [Fact]
    public async Task A_contract_that_asks_when_the_assessment_was_confirmed_learns_it()
    {
        await using var node = await postgres.Fresh();
        await node.Install("security-operations");
        await node.Record("security-operations", "issued-1", "assessment.issued", "2025-12-08T08:00:00+08:00", "assessment/2025");
        var issued = await node.Book.Issue(["security-operations"], "security-operations", From, Through, node.Clock.Now(), "wang");
        (await node.Judgements.At(["security-operations"], "security-operations")).Figures["clock/K11/assessment/2025"].Text.ShouldBe("running");

        await node.Book.SealIt(["security-operations"], "security-operations", issued.Number, "scan", Scan, "盖章件.pdf", new DateOnly(2025, 12, 8), "wang");
        (await node.Judgements.At(["security-operations"], "security-operations")).Figures["clock/K11/assessment/2025"].Text.ShouldBe("kept");
    }

    [Theory]
    [InlineData(7, "早于")]
    [InlineData(9, "尚未到来")]
    public async Task A_paper_is_dated_between_the_statement_and_today(int day, string why)
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        (await Should.ThrowAsync<StatementRefusedException>(() => Seal(node, issued.Number, new DateOnly(2025, 12, day)))).Message.ShouldContain(why);
        (await Facts(node, "assessment.confirmed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_disputed_is_not_sealed()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        await Stand(node, issued.Number, "net", "provider", StandWord.Disputed, "漏计");
        await Should.ThrowAsync<StatementRefusedException>(() => Seal(node, issued.Number, new DateOnly(2025, 12, 8)));
        (await Facts(node, "assessment.confirmed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_seal_together_one_does()
    {
        await using var node = await WithFacts();
        var issued = await Issue(node);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                return (await Seal(node, issued.Number, new DateOnly(2025, 12, 8))) is not null;
            }
            catch (StatementRefusedException)
            {
                return false;
            }
        }));
        outcomes.Count(done => done).ShouldBe(1);
        (await Facts(node, "assessment.confirmed")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("update statements.issued set print = ''")]
    [InlineData("delete from statements.stands")]
    [InlineData("update statements.seals set paper_date = '2025-01-01'")]
    public async Task The_application_changes_nothing_that_was_issued(string sql)
    {
        await using var node = await WithFacts();
        await Issue(node);
        await using var connection = await node.Database.App.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand($"select set_config('yueheng.contracts', '{Contract}', false); {sql}", connection);
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe("42501");
    }

    private static readonly string Scan = new('a', 64);

    private static Task<IssuedStatement?> Seal(Node node, string number, DateOnly paper) => node.Book.SealIt([Contract], Contract, number, "scan", Scan, "盖章件.pdf", paper, "wang");

    private async Task<Node> WithFacts()
    {
        var node = await postgres.Fresh();
        await node.Install(Contract, withFacts: true);
        return node;
    }

    private static Task<IssuedStatement> Issue(Node node) => node.Book.Issue([Contract], Contract, From, Through, Node.Instant("2025-10-01T00:00:00+08:00"), "wang");

    private static async Task<IssuedStatement> Stand(Node node, string number, string? address, string side, StandWord what, string? reason = null) =>
        (await node.Book.Stand([Contract], Contract, number, address, side, what, reason, side == "buyer" ? "wang" : "zhang")).ShouldNotBeNull();

    private static async Task<List<Ledger.Chain.RecordedFact>> Facts(Node node, string kind)
    {
        var facts = new List<Ledger.Chain.RecordedFact>();
        await foreach (var fact in node.Ledger(Contract).Read(Contract, new FactsWanted(Kind: kind))) facts.Add(fact);
        return facts;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

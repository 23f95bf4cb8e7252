using System.Text;

namespace Yueheng.Facts.Tests;

public class AcceptedLinesTests
{
    private static readonly long Nine = IsoTime.Parse("2025-03-03T09:00:00+08:00");

    [Fact]
    public void A_line_becomes_a_fact()
    {
        var fact = Sample.FactsOf("""{"id":"f1","contract":"sample","kind":"incident.reported","at":"2025-03-03T09:00:00+08:00","subject":"INC-1","data":{"severity":"urgent"}}""").All.ShouldHaveSingleItem();
        fact.Id.ShouldBe("f1");
        fact.KindName.ShouldBe("incident.reported");
        fact.Kind.ShouldBe(Sample.Vocabulary.IndexOfKind("incident.reported"));
        fact.Subject.ShouldBe("INC-1");
        fact.At.ShouldBe(Nine);
        fact.Line.ShouldBe(1);
        fact.Fields.ShouldBe([Value.Of("urgent"), Value.Of("fault"), Value.Yes, Value.Missing]);
    }

    [Theory]
    [InlineData("keys in any order", """{"data":{},"subject":"INC-1","at":"2025-03-03T09:00:00+08:00","kind":"incident.resolved","contract":"sample","id":"f1"}""")]
    [InlineData("data left out", """{"id":"f1","contract":"sample","kind":"incident.resolved","at":"2025-03-03T09:00:00+08:00","subject":"INC-1"}""")]
    [InlineData("white space", " \t{ \"id\" : \"f1\" , \"contract\":\"sample\",\t\"kind\":\"incident.resolved\",\"at\":\"2025-03-03T09:00:00+08:00\",\"subject\":\"INC-1\" } \r")]
    [InlineData("escapes", """{"\u0069d":"f\u0031","contract":"sampl\u0065","kind":"incident\u002eresolved","at":"2025\u002d03-03T09:00:00\u002B08:00","subject":"INC\u002d1"}""")]
    [InlineData("an export", """{"id":"f1","contract":"sample","kind":"incident.resolved","at":"2025-03-03T09:00:00+08:00","subject":"INC-1","recordedAt":"2025-03-03T09:00:07.25+08:00","by":"desk","evidence":[{"sha256":"ab","name":"照片.jpg"},"cd"],"seq":17,"hash":"ef"}""")]
    [InlineData("an export of one who recorded nothing", """{"id":"f1","contract":"sample","kind":"incident.resolved","at":"2025-03-03T09:00:00+08:00","subject":"INC-1","recordedAt":null,"by":null,"evidence":[],"seq":null,"hash":null}""")]
    [InlineData("what the contract does not read", """{"id":"f1","contract":"sample","kind":"incident.resolved","at":"2025-03-03T09:00:00+08:00","subject":"INC-1","data":{"amount":"no amount here","from":"2025-03-04","to":"2025-03-03","deep":[[[{"a":[1e400,-0.0,null]}]]],"":""}}""")]
    [InlineData("the same instant elsewhere", """{"id":"f1","contract":"sample","kind":"incident.resolved","at":"2025-03-02T20:00:00.000000000-05:00","subject":"INC-1"}""")]
    public void There_is_more_than_one_way_to_write_a_fact(string how, string line)
    {
        var fact = Sample.FactsOf(line).All.ShouldHaveSingleItem(how);
        (fact.Id, fact.KindName, fact.At, fact.Subject).ShouldBe(("f1", "incident.resolved", Nine, "INC-1"));
        fact.Fields.ShouldBe([Value.Missing]);
    }

    [Theory]
    [InlineData("2025-03-03T01:00:00Z", 0)]
    [InlineData("2025-03-03T01:00:00.5Z", 500_000_000)]
    [InlineData("2025-03-03T01:00:00.000000001Z", 1)]
    [InlineData("2025-03-03T09:00:00.123456789+08:00", 123_456_789)]
    [InlineData("2025-03-02T13:30:00-11:30", 0)]
    [InlineData("2025-03-03T01:00:00-00:00", 0)]
    [InlineData("2025-03-04T00:59:00+23:59", 0)]
    public void Instants_are_exact_to_the_nanosecond(string at, long after) =>
        Sample.FactsOf(Sample.Line("f1", "incident.resolved", at: at)).All[0].At.ShouldBe(Nine + after);

    [Theory]
    [InlineData("1900-01-01T00:00:00Z")]
    [InlineData("1900-03-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("2000-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00:00Z")]
    [InlineData("2100-02-28T12:00:00Z")]
    [InlineData("2199-12-31T23:59:59Z")]
    public void Years_from_1900_to_2199_are_counted_as_the_calendar_counts_them(string at) =>
        Sample.FactsOf(Sample.Line("f1", "incident.resolved", at: at)).All[0].At
            .ShouldBe(NodaTime.Text.InstantPattern.General.Parse(at).Value.ToUnixTimeTicks() * 100);

    [Theory]
    [InlineData("""{"amount":100}""", "100")]
    [InlineData("""{"amount":3490000.00}""", "3490000")]
    [InlineData("""{"amount":-12.50}""", "-12.5")]
    [InlineData("""{"amount":0}""", "0")]
    [InlineData("""{"amount":-0.0}""", "0")]
    [InlineData("""{"amount":0e99999999999999999999}""", "0")]
    [InlineData("""{"amount":0.1}""", "0.1")]
    [InlineData("""{"amount":15e-1}""", "1.5")]
    [InlineData("""{"amount":2E+3}""", "2000")]
    [InlineData("""{"amount":0.0000000000000000000000000001}""", "0.0000000000000000000000000001")]
    [InlineData("""{"amount":79228162514264337593543950335}""", "79228162514264337593543950335")]
    [InlineData("""{"amount":-7.9228162514264337593543950335}""", "-7.9228162514264337593543950335")]
    [InlineData("""{"amount":12345678901234567890.1234}""", "12345678901234567890.1234")]
    [InlineData("""{"amount":10000000000000000000000000000}""", "10000000000000000000000000000")]
    [InlineData("""{"amount":0.100000000000000000000000000000000000000000000000}""", "0.1")]
    [InlineData("""{"amount":0.00000000000000000000000000000000000001e30}""", "0.00000001")]
    public void Amounts_are_read_to_the_last_digit(string data, string expected) =>
        Sample.Field("payment.made", "amount", data).ShouldBe(Value.Of(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("outage.started", "users", """{"users":3.0}""", "3")]
    [InlineData("outage.started", "users", """{"users":1e2}""", "100")]
    [InlineData("outage.started", "users", """{"users":0}""", "0")]
    [InlineData("incident.reported", "severity", """{"severity":""}""", "")]
    [InlineData("incident.reported", "severity", """{"severity":"特急\u000a\"\ud83d\ude00"}""", "特急\n\"😀")]
    [InlineData("incident.reported", "category", """{"category":null}""", "fault")]
    [InlineData("incident.reported", "in_scope", """{"in_scope":false}""", "false")]
    [InlineData("refund.ordered", "amount", "{}", "0")]
    [InlineData("incident.resolved", "event", """{"event":"E-1"}""", "E-1")]
    [InlineData("assurance.declared", "from", """{"from":"2025-03-03"}""", "2025-03-03")]
    [InlineData("assurance.declared", "from", """{"from":"2025-03-03T16:00:00Z"}""", "2025-03-04")]
    [InlineData("post.vacant", "from", """{"from":"2025-03-03"}""", "2025-03-03T00:00:00+08:00")]
    [InlineData("post.vacant", "to", """{"to":"2025-03-03"}""", "2025-03-04T00:00:00+08:00")]
    [InlineData("post.vacant", "to", """{"to":"2025-03-03T01:00:00Z"}""", "2025-03-03T09:00:00+08:00")]
    [InlineData("meeting.scheduled", "kind", """{"kind":"video"}""", "video")]
    [InlineData("due.agreed", "due", """{"due":"2025-03-03"}""", "2025-03-04T00:00:00+08:00")]
    [InlineData("fact.retracted", "fact", """{"fact":"f9","reason":"twice"}""", "f9")]
    public void Fields_become_what_the_contract_reads(string kind, string field, string data, string expected) =>
        Sample.Field(kind, field, data).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("assurance.declared", """{"from":"2025-03-03","to":"2025-03-03"}""")]
    [InlineData("assurance.declared", """{"from":"2025-03-03T10:00:00+08:00","to":"2025-03-03"}""")]
    [InlineData("assurance.declared", """{"from":"2025-03-04"}""")]
    [InlineData("post.vacant", """{"from":"2025-03-04T00:00:00+08:00","to":"2025-03-03"}""")]
    [InlineData("post.vacant", """{"from":"2025-03-03","to":"2025-03-03T00:00:00+08:00"}""")]
    [InlineData("post.vacant", """{"from":null,"to":"2025-03-03"}""")]
    [InlineData("notice.sent", """{"from":"provider","to":"buyer"}""")]
    [InlineData("of.no.known.kind", """{"from":"2025-03-04","to":"2025-03-03"}""")]
    public void A_span_may_begin_when_it_ends(string kind, string data) => Sample.Read(Sample.Line("f1", kind, data)).Faults.ShouldBeEmpty();

    [Fact]
    public void Unknown_kinds_are_kept_with_the_fields_read_on_any_kind()
    {
        var fact = Sample.FactsOf(Sample.Line("f1", "x.unknown", """{"event":"E-1","other":1}""")).All[0];
        fact.Kind.ShouldBe(-1);
        fact.KindName.ShouldBe("x.unknown");
        fact.Fields.ShouldBe([Value.Of("E-1")]);
    }

    [Fact]
    public void Blank_lines_count_as_lines_and_say_nothing()
    {
        var facts = Sample.FactsOf("", Sample.Line("f1", "incident.resolved"), " \t\r", Sample.Line("f2", "incident.resolved"), "", "");
        facts.All.Select(fact => (fact.Id, fact.Line)).ShouldBe([("f1", 2), ("f2", 4)]);
    }

    [Fact]
    public void An_empty_file_holds_no_facts() => Sample.Read((byte[])[]).Facts!.All.ShouldBeEmpty();

    [Fact]
    public void The_same_content_again_is_the_same_fact()
    {
        var facts = Sample.FactsOf(
            Sample.Line("f1", "outage.started", """{"share":0.50,"why":{"a":1,"b":[1,2]}}"""),
            """{"seq":9,"data":{"why":{"b":[1e0,2.0],"a":1},"share":5e-1,"none":null},"id":"f1","subject":"INC-1","at":"2025-03-03T01:00:00Z","kind":"outage.started","contract":"sample"}""");
        facts.All.ShouldHaveSingleItem().Line.ShouldBe(1);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line()
    {
        byte[] bytes = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(Sample.Line("f1", "incident.resolved"))];
        Sample.Read(bytes).Facts!.All.ShouldHaveSingleItem();
        Sample.Read([0xef, 0xbb, 0xbf]).Facts!.All.ShouldBeEmpty();
    }
}

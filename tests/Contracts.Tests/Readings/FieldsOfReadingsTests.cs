using System.Text;
using Yueheng.Contracts.Packs;
using Yueheng.Facts;
using Yueheng.Terms;

namespace Yueheng.Contracts.Tests.Readings;

/// <summary>A field that only another reading reads is looked at when that reading is taken, and not before.</summary>
public class FieldsOfReadingsTests
{
    /// <summary>A reading, and a fact that its own field makes unreadable.</summary>
    public static TheoryData<string, string, string, string, string> Fields => new()
    {
        { "security-operations", "I-11=alt", "incident.reported", """{"severity":"emergency","attributable":3}""", "attributable" },
        { "security-operations", "I-40=alt", "attendance.recorded", """{"date":"2025-09-01","present":"三人"}""", "present" },
        { "security-operations", "I-40=alt", "staff.changed", """{"role":"engineer","approved":"否"}""", "approved" },
        { "security-operations", "I-30=alt-a", "notice.sent", """{"from":7,"about":"set-off"}""", "from" },
        { "security-operations", "I-30=alt-a", "notice.sent", """{"from":"buyer","about":[]}""", "about" },
        { "video-conferencing", "I-18=alt-a", "complaint.received", """{"from":"user","channel":114}""", "channel" },
    };

    [Theory, MemberData(nameof(Fields))]
    public void A_wrong_type_is_refused_only_under_the_reading_that_reads_it(string contract, string reading, string kind, string data, string field)
    {
        var line = $$"""{"id":"f1","contract":"{{contract}}","kind":"{{kind}}","at":"2025-09-01T09:00:00+08:00","subject":"X-1","data":{{data}}}""";
        Read(contract, line, SamplePacks.Read(contract)).Faults.ShouldBeEmpty();
        Read(contract, line, Under(contract, reading)).Faults.ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("security-operations", "I-29=alt", "data.leaked")]
    [InlineData("government-cloud", "I-39=alt", "acceptance.review.passed")]
    public void A_kind_of_a_reading_is_judged_by_nothing_else(string contract, string reading, string kind)
    {
        SamplePacks.Read(contract).Contract.Vocabulary.IndexOfKind(kind).ShouldBe(-1);
        Under(contract, reading).Contract.Vocabulary.IndexOfKind(kind).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_worth_that_a_wrongly_written_field_forbids_says_so_and_the_others_are_told()
    {
        var pack = SamplePacks.Read("security-operations");
        const string lines = """
            {"id":"f1","contract":"security-operations","kind":"data.leaked","at":"2025-09-01T09:00:00+08:00","subject":"L-1","data":{}}
            {"id":"f2","contract":"security-operations","kind":"staff.changed","at":"2025-09-02T09:00:00+08:00","subject":"S-1","data":{"approved":"否"}}

            """;
        var facts = Read(pack.Id, lines, pack).Facts!;
        var used = Judge.Contract(pack.Contract, facts, pack.Contract.TermTo);
        var worths = ReadingWorth.All(SamplePacks.Reader, pack, used, facts, vocabulary => Read(pack.Id, lines, vocabulary), out var refusals);
        refusals.ShouldBeEmpty();
        var untold = worths.Where(worth => worth.Untold is not null).ShouldHaveSingleItem();
        (untold.Interpretation, untold.Points, untold.Net, untold.Changed.Count).ShouldBe(("I-40", null, null, 0));
        untold.Untold!.ShouldContain("approved");
        // The leak, which the contract itself does not read, is worth thirty percent under the reading that does.
        worths.Single(worth => worth.Interpretation == "I-29").Changed.ShouldContain(change => change.Address == "damages/D3");
    }

    private static Pack Under(string contract, string reading)
    {
        var (pack, refusals) = SamplePacks.Reader.Read(SamplePacks.Read(contract).Folder, true, [Reading.Parse(reading)!]);
        refusals.ShouldBeEmpty();
        return pack!;
    }

    private static FactReading Read(string contract, string lines, Pack pack) => Read(contract, lines, pack.Contract.Vocabulary);

    private static FactReading Read(string contract, string lines, Vocabulary vocabulary) =>
        FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "facts.jsonl", contract, vocabulary);
}

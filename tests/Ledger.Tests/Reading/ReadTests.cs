using System.Text;
using System.Text.Json;
using Yueheng.Facts;
using Yueheng.Ledger.Appending;
using Yueheng.Ledger.Reading;

namespace Yueheng.Ledger.Tests.Reading;

public class ReadTests(PostgresFixture postgres)
{
    private static async Task<string> Ids(Bench bench, FactsWanted wanted) =>
        string.Join(' ', (await bench.Export(wanted)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));

    [Fact]
    public async Task An_export_line_is_the_canonical_fact_and_what_the_ledger_adds()
    {
        await using var bench = await postgres.Fresh();
        var receipt = await bench.Recorded("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T09:00:00+08:00","subject":"s","data":{"b":"\u0001","a":1.50}}""");
        (await bench.Export()).ShouldBe(
            "{\"id\":\"f1\",\"contract\":\"sample\",\"kind\":\"k\",\"at\":\"2025-03-03T01:00:00Z\",\"subject\":\"s\",\"data\":{\"a\":1.5,\"b\":\"\\u0001\"}"
            + $",\"seq\":1,\"recordedAt\":\"2025-03-03T02:00:00Z\",\"by\":\"li\",\"evidence\":[],\"hash\":\"{receipt.Hash}\"}}\n");
    }

    [Fact]
    public async Task The_judges_reader_accepts_it()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(20);
        var reading = FactReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(await bench.Export())), "export", Bench.Contract, new Vocabulary([], []));
        reading.Faults.ShouldBeEmpty();
        reading.Facts!.All.Length.ShouldBe(20);
    }

    [Fact]
    public async Task Only_what_is_wanted_is_read()
    {
        await using var bench = await postgres.Fresh();
        await bench.Recorded(Bench.Line("f1"));
        await bench.Recorded(Bench.Line("f2", kind: "incident.resolved"));
        bench.Clock.Now = bench.Clock.Now.AddMinutes(1);
        var third = (Receipt)(await bench.AppendLines(Bench.Line("f3", subject: "INC-2")))[0].Answer;
        bench.Clock.Now = bench.Clock.Now.AddMinutes(1);
        await bench.Recorded(Bench.Line("f4", kind: "incident.resolved", subject: "INC-2"));

        (await Ids(bench, FactsWanted.All)).ShouldBe("f1 f2 f3 f4");
        (await Ids(bench, new(After: 2))).ShouldBe("f3 f4");
        (await Ids(bench, new(Kind: "incident.resolved"))).ShouldBe("f2 f4");
        (await Ids(bench, new(Subject: "INC-2"))).ShouldBe("f3 f4");
        (await Ids(bench, new(After: 2, Kind: "incident.resolved", Subject: "INC-2"))).ShouldBe("f4");
        (await Ids(bench, new(RecordedUpTo: third.RecordedAt))).ShouldBe("f1 f2 f3");
        (await Ids(bench, new(RecordedUpTo: third.RecordedAt - 1))).ShouldBe("f1 f2");
        (await Ids(bench, new(Subject: "nobody"))).ShouldBe("");
    }

    [Fact]
    public async Task A_contract_unseen_is_not_read()
    {
        await using var bench = await postgres.Fresh();
        await bench.Record(1);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => bench.Seeing("other").Write(Bench.Contract, FactsWanted.All, new MemoryStream()));
    }
}

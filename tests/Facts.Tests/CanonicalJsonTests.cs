using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Yueheng.Facts.Tests;

/// <summary>The canonical bytes are pinned: a hash chain that was printed once must be recomputed for ever.</summary>
public class CanonicalJsonTests
{
    private static string Canonical(string line) => Encoding.UTF8.GetString(CanonicalJson.OfFact(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Golden()
    {
        var line = """ {"hash":"x","seq":3,"data":{"z":[1.0,{"b":true,"a":null}],"severity":"特急","amount":3490000.00,"A":-0.0,"note":"\u0022\\\/\u0008\u0009\u000a\u000c\u000d\u001f\u007f\u2028\ud83d\ude00","gone":null,"":[]},"subject":"INC-1","at":"2025-03-03T09:00:00.250+08:00","kind":"incident.reported","contract":"sample","id":"f1"} """;
        var bytes = CanonicalJson.OfFact(Encoding.UTF8.GetBytes(line));
        Encoding.UTF8.GetString(bytes).ShouldBe(
            """{"id":"f1","contract":"sample","kind":"incident.reported","at":"2025-03-03T01:00:00.25Z","subject":"INC-1","data":{"":[],"A":0,"amount":3490000,"note":"\"\\/\b\t\n\f\r\u001f"""
            + "\u007f\u2028😀" + "\",\"severity\":\"特急\",\"z\":[1,{\"a\":null,\"b\":true}]}}");
    }

    [Fact]
    public void Data_is_always_there_and_what_an_export_adds_never() =>
        Canonical("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T01:00:00Z","subject":"s","recordedAt":"2025-03-03T01:00:01Z","by":"b","evidence":["e"]}""")
            .ShouldBe("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T01:00:00Z","subject":"s","data":{}}""");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("0e7", "0")]
    [InlineData("100", "100")]
    [InlineData("1.50", "1.5")]
    [InlineData("-15E-1", "-1.5")]
    [InlineData("2e3", "2000")]
    [InlineData("0.001", "0.001")]
    [InlineData("1e-3", "0.001")]
    [InlineData("12.34e1", "123.4")]
    [InlineData("79228162514264337593543950336", "79228162514264337593543950336")]
    [InlineData("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827")]
    [InlineData("1e63", "1000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1e64", "1e64")]
    [InlineData("-150e398", "-1.5e400")]
    [InlineData("1e-62", "0.00000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("1e-63", "1e-63")]
    [InlineData("123e-100", "1.23e-98")]
    public void Numbers_are_plain_and_short(string written, string canonical)
    {
        Number(written).ShouldBe(canonical);
        Number(canonical).ShouldBe(canonical);
    }

    private static string Number(string written)
    {
        using var document = JsonDocument.Parse(written);
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.Write(document.RootElement, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","subject":"s"}""")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03","subject":"s"}""")]
    [InlineData("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T01:00:00Z","subject":"s","data":[]}""")]
    public void What_is_no_fact_has_no_canonical_form(string line) => Should.Throw<FormatException>(() => Canonical(line));

    [Fact]
    public void A_written_fact_reads_back_as_itself()
    {
        var output = new ArrayBufferWriter<byte>();
        var at = IsoTime.Parse("2025-12-31T23:59:59.5+08:00");
        FactWriter.Write(output, "sample", "f\"1", "incident.reported", at, "重点\\保障",
            ("severity", Value.Of("特急")), ("in_scope", Value.No), ("amount", Value.Of(12.50m)), ("none", Value.Missing), ("day", Value.DateOf(ChinaTime.DayOf(2025, 3, 3))), ("until", Value.InstantOf(at)));
        var line = Encoding.UTF8.GetString(output.WrittenSpan);
        line.ShouldBe("""{"id":"f\"1","contract":"sample","kind":"incident.reported","at":"2025-12-31T23:59:59.5+08:00","subject":"重点\\保障","data":{"severity":"特急","in_scope":false,"amount":12.5,"day":"2025-03-03","until":"2025-12-31T23:59:59.5+08:00"}}""" + "\n");
        var fact = Sample.FactsOf(line).All.ShouldHaveSingleItem();
        (fact.Id, fact.At, fact.Subject, fact.Fields[0], fact.Fields[2]).ShouldBe(("f\"1", at, "重点\\保障", Value.Of("特急"), Value.No));

        Should.Throw<ArgumentException>(() => FactWriter.Write(output, "sample", "f1", "k", at, "s", ("third", Numbers.Divide(Value.Of(1m), Value.Of(3m)))));
    }
}

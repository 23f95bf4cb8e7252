using System.Text.Json.Nodes;
using Yueheng.Contracts.Linting;
using Yueheng.Terms;
using Yueheng.Terms.Syntax;

namespace Yueheng.Contracts.Tests.Linting;

public class ReportTests
{
    private static readonly Report Found = new("甲", [], [], [new Finding(About.Paper, "blank", Grade.Middle, "fax", ["c1"], "“传真”原文没有填写", new Position("contracts/甲/stated.yaml", 7, 5))]);
    private static readonly Report Refused = Report.OfRefused("乙", [new Refusal(new Position("乙/contract.yaml", 3, 9), "price", "不是数")]);

    private static JsonNode Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return JsonNode.Parse(stream.ToArray())!;
    }

    [Fact]
    public void Json_holds_findings_and_refusals_of_every_contract()
    {
        var reports = Written(stream => ReportJson.Write(stream, [Found, Refused])).AsArray();
        reports[0]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldBe(
            """{"contract":"甲","canBeJudged":true,"refusals":[],"findings":[{"id":"blank/fax","kind":"blank","about":"paper","grade":"一般","clauses":["c1"],"file":"contracts/甲/stated.yaml","line":7,"column":5,"message":"“传真”原文没有填写"}]}""");
        reports[1]!["canBeJudged"]!.GetValue<bool>().ShouldBeFalse();
        reports[1]!["refusals"]![0]!["term"]!.GetValue<string>().ShouldBe("price");
    }

    [Fact]
    public void Sarif_has_what_2_1_0_asks_for()
    {
        var sarif = Written(stream => ReportSarif.Write(stream, [Found, Refused]));
        sarif["version"]!.GetValue<string>().ShouldBe("2.1.0");
        var run = sarif["runs"]![0]!;
        run["tool"]!["driver"]!["name"]!.GetValue<string>().ShouldBe("yueheng");
        var results = run["results"]!.AsArray();
        results.Select(result => result!["level"]!.GetValue<string>()).ShouldBe(["warning", "error"]);
        results.Select(result => result!["ruleId"]!.GetValue<string>()).ShouldBe(["blank", "refused"]);
        run["tool"]!["driver"]!["rules"]!.AsArray().Select(rule => rule!["id"]!.GetValue<string>()).ShouldBe(["blank", "refused"]);
        var place = results[0]!["locations"]![0]!["physicalLocation"]!;
        place["artifactLocation"]!["uri"]!.GetValue<string>().ShouldBe("contracts/%E7%94%B2/stated.yaml");
        place["region"]!["startLine"]!.GetValue<int>().ShouldBe(7);
        results.ShouldAllBe(result => result!["message"]!["text"]!.GetValue<string>().Length > 0);
    }

    [Fact]
    public void Grades_are_named_by_what_they_are_about()
    {
        Finding At(About about, Grade grade) => new(about, "k", grade, "s", [], "", Position.Nowhere);
        new[] { At(About.Pack, Grade.High), At(About.Pack, Grade.Middle), At(About.Pack, Grade.Low) }.Select(finding => finding.GradeInWords).ShouldBe(["错误", "警告", "提示"]);
        new[] { At(About.Paper, Grade.High), At(About.Paper, Grade.Middle), At(About.Paper, Grade.Low) }.Select(finding => finding.GradeInWords).ShouldBe(["严重", "一般", "提示"]);
    }
}

using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Yueheng.Ledger.Authority;
using static Yueheng.Server.Tests.Recording.Desk;

namespace Yueheng.Server.Tests.Recording;

public sealed class LateEntriesTests(OneNode one) : IClassFixture<OneNode>
{
    private TestNode Node => one.Node;

    /// <summary>The contract's own template with these rows of incidents: instant, subject, severity.</summary>
    private static async Task<byte[]> Filled(HttpClient client, params (string At, string Subject, string Severity)[] rows)
    {
        using var response = await client.GetAsync(Desk.Path + "/late-entries/template");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var file = new MemoryStream();
        await (await response.Content.ReadAsStreamAsync()).CopyToAsync(file);
        using (var document = SpreadsheetDocument.Open(file, true))
        {
            var workbook = document.WorkbookPart!;
            var sheet = workbook.Workbook.Sheets!.Elements<Sheet>().Single(sheet => sheet.Name == "事件报告");
            var data = ((WorksheetPart)workbook.GetPartById(sheet.Id!)).Worksheet.GetFirstChild<SheetData>()!;
            var keys = data.Elements<Row>().ElementAt(2).Elements<Cell>().Select(cell => cell.InlineString!.InnerText).ToList();
            foreach (var (at, subject, severity) in rows)
            {
                var row = new Row();
                var values = new Dictionary<string, string> { ["at"] = at, ["subject"] = subject, ["severity"] = severity };
                foreach (var key in keys) row.AppendChild(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(values.GetValueOrDefault(key, ""))) });
                data.AppendChild(row);
            }
            document.Save();
        }
        return file.ToArray();
    }

    private static MultipartFormDataContent Form(byte[] workbook, string reason = "合同补签前的服务", params string[] evidence)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(workbook), "file", "补录.xlsx" }, { new StringContent(reason), "reason" } };
        foreach (var hash in evidence) form.Add(new StringContent(hash), "evidence");
        return form;
    }

    [Fact]
    public async Task Months_before_the_signature_become_one_claim_and_then_facts()
    {
        var (manager, reviewer) = (await Node.As(Role.ProviderManager), await Node.As(Role.BuyerReviewer));
        var subject = NewId("INC-L");
        var workbook = await Filled(manager, ("2025-09-01 09:30", subject, "urgent"), ("2025-10-02 10:00", subject + "b", "general"));
        var run = await manager.PostAsync(Desk.Path + "/late-entries/dry-run", Form(workbook)).Json();
        run.GetProperty("rows").EnumerateArray().ShouldAllBe(row => row.GetProperty("ok").GetBoolean());
        run.GetProperty("rows").GetArrayLength().ShouldBe(2);
        (await manager.Get($"/facts?subject={subject}")).GetProperty("facts").GetArrayLength().ShouldBe(0);

        var claim = await manager.PostAsync(Desk.Path + "/late-entries", Form(workbook, evidence: await manager.Upload("工单台账 " + subject))).Json(HttpStatusCode.Created);
        (claim.Text("type"), claim.GetProperty("proposalCount").GetInt32(), claim.Text("state")).ShouldBe(("late", 2, "proposed"));
        await reviewer.Answer(claim.GetProperty("number").GetInt64(), "accept").Json();
        var fact = (await reviewer.Get($"/facts?subject={subject}")).GetProperty("facts").EnumerateArray().Single();
        (fact.Text("at"), fact.GetProperty("late").GetBoolean(), fact.GetProperty("data").Text("severity")).ShouldBe(("2025-09-01T09:30:00+08:00", true, "urgent"));

        // Handed in again, every row says that it is on record.
        (await manager.PostAsync(Desk.Path + "/late-entries/dry-run", Form(workbook)).Json()).GetProperty("faulty").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Each_bad_cell_is_named_and_nothing_is_proposed()
    {
        var manager = await Node.As(Role.ProviderManager);
        var workbook = await Filled(manager, ("昨天", NewId(), "urgent"), ("2025-09-01 09:30", "请打 13800000000", "urgent"), ("2025-09-01 09:30", NewId(), "urgent"));
        var rows = (await manager.PostAsync(Desk.Path + "/late-entries/dry-run", Form(workbook)).Json()).GetProperty("rows").EnumerateArray().ToArray();
        rows.Select(row => row.GetProperty("ok").GetBoolean()).ShouldBe([false, false, true]);
        rows[0].GetProperty("errors")[0].Text("column").ShouldBe("发生时间");
        rows[1].GetProperty("errors").GetRawText().ShouldContain("手机号码");
        var problem = await manager.PostAsync(Desk.Path + "/late-entries", Form(workbook, evidence: await manager.Upload("台账 " + NewId()))).Json(HttpStatusCode.UnprocessableEntity);
        problem.Text("type").ShouldEndWith("invalid-rows");
        problem.GetProperty("errors")[0].Text("field").ShouldBe("事件报告·发生时间");
    }

    [Fact]
    public async Task Without_proof_or_reason_or_a_workbook_there_is_no_late_entry()
    {
        var manager = await Node.As(Role.ProviderManager);
        var workbook = await Filled(manager, ("2025-09-01 09:30", NewId(), "urgent"));
        (await manager.PostAsync(Desk.Path + "/late-entries", Form(workbook)).Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid-claim");
        (await manager.PostAsync(Desk.Path + "/late-entries", Form(workbook, "", await manager.Upload("台账 " + NewId()))).Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid-claim");
        (await manager.PostAsync(Desk.Path + "/late-entries", Form(await Filled(manager))).Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("invalid");
        (await manager.PostAsync(Desk.Path + "/late-entries/dry-run", Form("hello"u8.ToArray())).Problem(HttpStatusCode.UnprocessableEntity)).ShouldBe("workbook-refused");
        (await manager.PostJson("/late-entries/dry-run", "{}").Problem(HttpStatusCode.UnsupportedMediaType)).ShouldBe("media-type");
    }

    [Fact]
    public async Task The_template_offers_what_the_caller_may_and_nothing_else()
    {
        var (engineer, finance) = (await Node.As(Role.Engineer), await Node.As(Role.BuyerFinance));
        (await Names(engineer)).ShouldSatisfyAllConditions(names => names.ShouldContain("事件报告"), names => names.ShouldNotContain("付款"), names => names.ShouldNotContain("满意度评价"));
        (await Names(finance)).ShouldSatisfyAllConditions(names => names.ShouldContain("付款"), names => names.ShouldNotContain("事件报告"));

        static async Task<List<string>> Names(HttpClient client)
        {
            using var document = SpreadsheetDocument.Open(new MemoryStream(await client.GetByteArrayAsync(Desk.Path + "/late-entries/template")), false);
            return [.. document.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Select(sheet => sheet.Name!.Value!)];
        }
    }
}

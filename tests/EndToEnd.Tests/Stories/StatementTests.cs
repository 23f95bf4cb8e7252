using System.Text.RegularExpressions;

namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>A statement is issued, read, printed, confirmed and disputed; and stays what it was.</summary>
[Trait("Length", "Long")]
public sealed class StatementTests(Demonstration demonstration)
{
    private const string Contract = "civil-affairs";

    [Fact]
    public async Task A_statement_is_issued_printed_confirmed_and_disputed_and_reprints_byte_for_byte()
    {
        await using var reviewer = await demonstration.SignIn("buyer-reviewer");
        await reviewer.Go($"/c/{Contract}/statements?act=issue");
        var form = reviewer.Page.GetByRole(AriaRole.Form, new() { Name = "出具评估报告" });
        await form.GetByLabel("所评期间：起").FillAsync("2025-10-01");
        await form.GetByLabel("所评期间：止").FillAsync("2025-11-30");
        await form.Locator("button[type=submit]").ClickAsync();
        await Expect(reviewer.Page).ToHaveURLAsync(new Regex(@"/statements/\d{4}-\d{3}"));
        await reviewer.Settled();
        var page = new Uri(reviewer.Page.Url).AbsolutePath;
        var number = page.Split('/')[^1];
        var print = $"/api/contracts/{Contract}/statements/{number}/print";
        var printed = await Print(reviewer, print);
        await Paper(print, number);

        await reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "确 认" }).Or(reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "确认", Exact = true })).First.ClickAsync();
        await Expect(reviewer.Page.Locator("main").GetByText("已确认").First).ToBeVisibleAsync();

        await using var manager = await demonstration.SignIn("provider-manager");
        await manager.Go(page);
        var dispute = manager.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^对 .+ 提出异议$") }).First;
        await dispute.ClickAsync();
        await manager.Page.GetByRole(AriaRole.Dialog).GetByLabel("理由").FillAsync("该期减免少计一日");
        await manager.Page.GetByRole(AriaRole.Dialog).Locator("button[type=submit]").ClickAsync();
        await Expect(manager.Page.Locator("tr.disputed")).ToContainTextAsync("该期减免少计一日");
        await manager.Picture("statement", 1440, 900);
        await manager.Picture("statement", 390, 844);
        // The buyer's page follows without being touched.
        await Expect(reviewer.Page.Locator("tr.disputed")).ToContainTextAsync("该期减免少计一日", new() { Timeout = 2_000 });

        await using var clerk = await demonstration.SignIn("buyer-clerk");
        await clerk.Fill(Contract, "事件报告", "INC-LATER", new Dictionary<string, string> { ["所涉系统"] = "sms" });
        await clerk.Send("记录");
        await Expect(clerk.Page.Locator(".notice.good")).ToBeVisibleAsync();
        (await Print(manager, print)).ShouldBe(printed);
        foreach (var visit in (Visit[])[reviewer, manager, clerk]) visit.Troubles.ShouldBeEmpty();

        async Task Paper(string address, string named)
        {
            await using var beside = await reviewer.Beside();
            await beside.Page.GotoAsync(address);
            await Expect(beside.Page.Locator("body")).ToContainTextAsync(named);
            await beside.Page.ScreenshotAsync(new() { Path = Path.Combine(demonstration.Screenshots, "statement-print.png"), FullPage = true });
            var pdf = await beside.Page.PdfAsync(new() { Format = "A4", Path = Path.Combine(demonstration.Screenshots, "statement-print.pdf") });
            pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
            beside.Troubles.ShouldBeEmpty();
        }
    }

    private static async Task<byte[]> Print(Visit visit, string address)
    {
        var answer = await visit.Page.APIRequest.GetAsync(address);
        answer.Status.ShouldBe(200);
        return await answer.BodyAsync();
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>What favours its own author waits for the other party.</summary>
[Trait("Length", "Long")]
public sealed class ClaimTests(Demonstration demonstration)
{
    [Fact]
    public async Task An_excuse_counts_once_the_buyer_accepts_it()
    {
        const string contract = "leased-line";
        await using var leader = await demonstration.SignIn("buyer-leader");
        await leader.Go($"/c/{contract}/settlement");
        var net = leader.Page.Locator(".score-total").First;
        var before = await net.InnerTextAsync();

        await using var manager = await demonstration.SignIn("provider-manager");
        await manager.Fill(contract, "中断开始", "LINE-CLAIM", new Dictionary<string, string> { ["所涉系统"] = "line-b", ["归责"] = "不可抗力" }, evidence: "气象部门暴雨红色预警摘要");
        await Expect(manager.Page.GetByText("作为主张提出")).ToBeVisibleAsync();
        await manager.Page.GetByLabel("理由").FillAsync("暴雨冲毁管道，属不可抗力");
        await manager.Send("提出主张");
        await Expect(manager.Page.Locator(".notice.good")).ToContainTextAsync("已提出：第");
        await manager.Page.GetByText("查看这件主张").ClickAsync();
        await Expect(manager.Page.GetByText("待答复")).ToBeVisibleAsync();
        // Until then the outage stands to the provider's account.
        await Expect(net).Not.ToHaveTextAsync(before);
        var charged = await net.InnerTextAsync();

        await using var reviewer = await demonstration.SignIn("buyer-reviewer");
        await reviewer.Go(new Uri(manager.Page.Url).PathAndQuery);
        await reviewer.Page.GetByLabel(new Regex("^接受")).CheckAsync();
        await reviewer.Page.GetByRole(AriaRole.Form, new() { Name = "答复" }).Locator("button[type=submit]").ClickAsync();
        await Expect(reviewer.Page.GetByText("已接受").First).ToBeVisibleAsync();
        // Both parties' pages follow.
        await Expect(manager.Page.GetByText("已接受").First).ToBeVisibleAsync(new() { Timeout = 2_000 });
        await Expect(net).Not.ToHaveTextAsync(charged);
        foreach (var visit in (Visit[])[leader, manager, reviewer]) visit.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_finding_is_proposed_argued_and_decided_and_only_then_counts()
    {
        const string contract = "video-conferencing";
        await using var leader = await demonstration.SignIn("buyer-leader");
        await leader.Go($"/c/{contract}/scorecard");
        var score = leader.Page.Locator(".score-total").First;
        var before = await score.InnerTextAsync();

        await using var clerk = await demonstration.SignIn("buyer-clerk");
        await clerk.Fill(contract, "人工认定", "FINDING-E2E", new Dictionary<string, string> { ["规则编号"] = "态度恶劣没责任心" }, evidence: "用户单位来函摘要");
        await clerk.Page.GetByLabel("理由").FillAsync("十二月五日保障中多次不配合会场调度");
        await clerk.Send("提出拟扣");
        await clerk.Page.GetByText("查看这件主张").ClickAsync();
        await Expect(clerk.Page.GetByText("待申辩")).ToBeVisibleAsync();
        await Expect(score).ToHaveTextAsync(before);
        var claim = new Uri(clerk.Page.Url).PathAndQuery;

        await using var manager = await demonstration.SignIn("provider-manager");
        await manager.Go(claim);
        await manager.Page.GetByLabel(new Regex("^申辩：不认可")).CheckAsync();
        await manager.Page.GetByLabel("理由").First.FillAsync("当日调度由会场自行变更，未通知我方");
        await manager.Page.GetByRole(AriaRole.Form, new() { Name = "申辩" }).Locator("button[type=submit]").ClickAsync();
        await Expect(manager.Page.GetByText("待核定")).ToBeVisibleAsync();
        await Expect(score).ToHaveTextAsync(before);

        await using var reviewer = await demonstration.SignIn("buyer-reviewer");
        await reviewer.Go(claim);
        await reviewer.Page.GetByLabel(new Regex("^成立")).CheckAsync();
        await reviewer.Picture("claim", 1440, 900);
        await reviewer.Picture("claim", 390, 844);
        await reviewer.Page.GetByRole(AriaRole.Form, new() { Name = "核定" }).GetByLabel("理由").FillAsync("会场记录与来函相符，拟扣成立");
        await reviewer.Page.GetByRole(AriaRole.Form, new() { Name = "核定" }).Locator("button[type=submit]").ClickAsync();
        await Expect(reviewer.Page.GetByText("核定成立").First).ToBeVisibleAsync();
        await Expect(score).Not.ToHaveTextAsync(before, new() { Timeout = 2_000 });
        Points(await score.InnerTextAsync()).ShouldBeLessThan(Points(before));
        foreach (var visit in (Visit[])[leader, clerk, manager, reviewer]) visit.Troubles.ShouldBeEmpty();
    }

    private static decimal Points(string text) => decimal.Parse(text.Replace("分", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
}

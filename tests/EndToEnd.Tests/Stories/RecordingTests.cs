namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>What one records, others see at once.</summary>
[Trait("Length", "Long")]
public sealed class RecordingTests(Demonstration demonstration)
{
    [Theory]
    [InlineData("leased-line", "中断开始", "LINE-E2E", "settlement", "所涉系统", "line-c")]
    // Lost data counts on the second card, that of software.
    [InlineData("video-conferencing", "数据丢失", "DATA-E2E", "scorecard")]
    public async Task A_fact_with_evidence_changes_what_others_have_open(string contract, string kind, string subject, string page, params string[] answer)
    {
        await using var leader = await demonstration.SignIn("buyer-leader");
        await leader.Go($"/c/{contract}/{page}");
        await Expect(leader.Page.Locator(".liveness.live")).ToBeVisibleAsync();
        var total = leader.Page.Locator(".score-total").Last;
        var before = await total.InnerTextAsync();

        await using var clerk = await demonstration.SignIn("buyer-clerk");
        await clerk.Fill(contract, kind, subject, answer.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]), evidence: $"监控截图说明：{subject}");
        await clerk.Picture("record-" + contract, 1440, 900);
        await clerk.Send("记录");
        await Expect(clerk.Page.Locator(".notice.good")).ToContainTextAsync("已记录，是事实链上的第");
        await Expect(total).Not.ToHaveTextAsync(before, new() { Timeout = 2_000 });

        // The file is the very one, for whoever follows the fact.
        await clerk.Page.GetByText("查看这件事实").ClickAsync();
        var evidence = clerk.Page.Locator(".fact-detail").GetByText("现场记录.txt").First;
        await Expect(evidence).ToBeVisibleAsync();
        clerk.Troubles.ShouldBeEmpty();
        leader.Troubles.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_names_a_person_is_not_taken()
    {
        await using var clerk = await demonstration.SignIn("buyer-clerk");
        await clerk.Fill("leased-line", "中断开始", "LINE-13812345678", new Dictionary<string, string> { ["所涉系统"] = "line-c" });
        await clerk.Send("记录");
        await Expect(clerk.Page.Locator("form [role=alert]").First).ToBeVisibleAsync();
        (await clerk.Page.Locator(".notice.good").CountAsync()).ShouldBe(0);
    }
}

using System.Text.RegularExpressions;

namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>Any figure leads to the facts it rests on, for whoever asks.</summary>
[Trait("Length", "Long")]
public sealed class TraceTests(Demonstration demonstration)
{
    private const string Contract = "video-conferencing";

    [Fact]
    public async Task A_figure_opens_its_trace_which_leads_to_a_fact_and_can_be_shared()
    {
        await using var leader = await demonstration.SignIn("buyer-leader");
        await leader.Go($"/c/{Contract}/scorecard");
        await leader.Page.Locator(".score-rule li:has(.score-facts a) a.figure").First.ClickAsync();
        var drawer = leader.Page.Locator(".trace-drawer");
        var figure = drawer.Locator(".trace-figure");
        await Expect(figure).ToBeVisibleAsync();
        await Expect(leader.Page).ToHaveURLAsync(new Regex("[?&]trace="));
        (await drawer.Locator(".trace .trace-line").CountAsync()).ShouldBeGreaterThan(1);
        await leader.Picture("trace", 1440, 900);
        await leader.Picture("trace", 390, 844);
        await leader.Page.SetViewportSizeAsync(1440, 900);
        var (shared, label, value) = (leader.Page.Url, await drawer.Locator(".trace-label").InnerTextAsync(), await figure.InnerTextAsync());

        await using var manager = await demonstration.SignIn("provider-manager");
        await manager.Go(shared);
        await Expect(manager.Page.Locator(".trace-drawer .trace-label")).ToHaveTextAsync(label);
        await Expect(manager.Page.Locator(".trace-drawer .trace-figure")).ToHaveTextAsync(value);

        var link = drawer.Locator(".refs a[href*='/facts?']").First;
        var id = await link.InnerTextAsync();
        await link.ClickAsync();
        var fact = leader.Page.Locator(".fact-detail");
        await Expect(leader.Page.GetByText($"事实 {id}", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(fact).ToContainTextAsync("散列值");
        await Expect(fact.Locator("code").Last).ToHaveTextAsync(new Regex("^[0-9a-f]{64}$"));

        await leader.Picture("fact", 1440, 900);
        await leader.Page.Keyboard.PressAsync("Escape");
        await Expect(fact).ToBeHiddenAsync();
        leader.Troubles.ShouldBeEmpty();
        manager.Troubles.ShouldBeEmpty();
    }
}

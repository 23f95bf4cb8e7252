using System.Text.RegularExpressions;
using Yueheng.EndToEnd.Tests.Pages;

namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>Who sees what, and how one comes in and goes out.</summary>
[Trait("Length", "Long")]
public sealed class SeparationTests(Demonstration demonstration)
{
    [Fact]
    public async Task An_engineer_sees_no_money()
    {
        const string contract = "security-operations";
        await using var engineer = await demonstration.SignIn("engineer");
        foreach (var page in (string[])["/", "/leader", "/contracts", $"/c/{contract}", $"/c/{contract}/scorecard", $"/c/{contract}/clauses", $"/c/{contract}/facts"])
        {
            await engineer.Go(page);
            (await engineer.Page.Locator("main").InnerTextAsync()).ShouldNotMatch(@"\d元|\d 元|净额\s*-?\d", page);
        }
        (await engineer.Page.Locator("nav.side a[href$='/settlement']").CountAsync()).ShouldBe(0);
        await engineer.Go($"/c/{contract}/settlement");
        await Expect(engineer.Page.Locator("main")).ToContainTextAsync("金额不对您的角色显示");
        engineer.Troubles.ShouldBeEmpty();
        (await engineer.Page.APIRequest.GetAsync($"/api/contracts/{contract}/settlement")).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("system-admin", new[] { "/admin/users", "/admin/keys" }, new[] { "/api/audit" })]
    [InlineData("security-admin", new[] { "/admin/users", "/admin/keys" }, new[] { "/api/audit" })]
    [InlineData("audit-admin", new[] { "/admin/audit" }, new[] { "/api/users", "/api/keys" })]
    public async Task An_administrator_sets_up_a_second_factor_and_does_only_one_part(string login, string[] pages, string[] closed)
    {
        await using var visit = await demonstration.Visit();
        await visit.SignIn(login, demonstration.PasswordOf(login));
        // Nothing else is open before.
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/profile$"));
        (await visit.Page.APIRequest.GetAsync(pages[0].Replace("/admin/", "/api/", StringComparison.Ordinal))).Status.ShouldBe(403);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "启用动态口令" }).ClickAsync();
        var secret = OneTimeCode.Read(await visit.Page.Locator(".totp code").InnerTextAsync());
        await visit.Page.GetByLabel("动态口令", new() { Exact = true }).FillAsync(OneTimeCode.At(secret));
        await visit.Page.Locator(".totp button[type=submit]").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex(pages[0] + "|" + pages[^1]));

        foreach (var page in pages) await visit.LookAt(page, login + "-");
        (await visit.Page.Locator("nav.side a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")).ShouldBe(pages);
        await visit.LookAt("/profile", login + "-");
        foreach (var address in (string[])[.. closed, "/api/contracts/leased-line"]) (await visit.Page.APIRequest.GetAsync(address)).Status.ShouldBeOneOf(403, 404);
        visit.Troubles.ShouldBeEmpty();

        await visit.SignOut();
        (await visit.Page.APIRequest.GetAsync("/api/session")).Status.ShouldBe(401);
        await visit.Page.GotoAsync(pages[0]);
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in"));

        // The password alone opens nothing now; the code of this half minute is used up, the next one is taken.
        await visit.Name(login, demonstration.PasswordOf(login));
        await Expect(visit.Page.GetByLabel("动态口令")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("动态口令").FillAsync(OneTimeCode.At(secret, 1));
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Expect(visit.Page.Locator(".shell")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_lets_nobody_in_and_says_no_more_than_that()
    {
        await using var visit = await demonstration.Visit(390, 844);
        await visit.Page.GotoAsync("/sign-in");
        await visit.Name("desk-agent", "wrong-password-1");
        await Expect(visit.Page.Locator(".sign-in-refusal")).ToHaveTextAsync("用户名、口令或动态口令不对。");
        (await visit.Overhang()).ShouldBeLessThanOrEqualTo(0);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(demonstration.Screenshots, "sign-in-390.png") });
        await visit.Page.SetViewportSizeAsync(1440, 900);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(demonstration.Screenshots, "sign-in-1440.png") });
    }
}

namespace Yueheng.EndToEnd.Tests.Pages;

/// <summary>Everybody opens every page that their navigation offers.</summary>
[Trait("Length", "Long")]
public sealed class EveryPageTests(Demonstration demonstration)
{
    private const string Contract = "security-operations";

    public static TheoryData<string> Roles { get; } =
        ["buyer-clerk", "buyer-reviewer", "buyer-leader", "buyer-finance", "using-unit", "provider-manager", "engineer", "desk-agent", "supervisor", "auditor"];

    [Theory, MemberData(nameof(Roles))]
    public async Task Every_page_of_a_role_opens_without_a_fault_and_fits_a_telephone(string role)
    {
        await using var visit = await demonstration.SignIn(role);
        await visit.Go($"/c/{Contract}");
        var pages = await visit.Page.Locator("nav.side a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        pages.Length.ShouldBeGreaterThan(10);
        // Where no contract is chosen the navigation names none; so its pages come before those of all contracts.
        foreach (var page in pages.OrderByDescending(page => page.StartsWith("/c/", StringComparison.Ordinal)))
            await visit.LookAt(page, role == "buyer-leader" ? "" : null);
        visit.Troubles.ShouldBeEmpty();
    }
}

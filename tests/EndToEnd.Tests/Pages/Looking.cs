using System.Text.RegularExpressions;

namespace Yueheng.EndToEnd.Tests.Pages;

internal static partial class Looking
{
    [GeneratedRegex("[^a-z0-9-]+")]
    private static partial Regex Signs();

    /// <summary>Opens a page by its entry in the navigation, or else by its address, and looks at it.</summary>
    public static async Task LookAt(this Visit visit, string page, string? picturesOf)
    {
        await visit.Page.SetViewportSizeAsync(1440, 900);
        var entry = visit.Page.Locator($"nav.side a[href='{page}']");
        if (await entry.CountAsync() == 0) await visit.Go(page);
        else
        {
            await entry.ClickAsync();
            await Expect(visit.Page.Locator("nav.side a[aria-current=page]")).ToHaveAttributeAsync("href", page);
        }
        await visit.Look(page, picturesOf);
    }

    /// <summary>Looks at the page that is open, at a desk and on a telephone: it shows no refusal and fits.</summary>
    /// <param name="page">Its address.</param>
    /// <param name="picturesOf">Whose pictures are kept, as the beginning of their names; null: none.</param>
    public static async Task Look(this Visit visit, string page, string? picturesOf)
    {
        await visit.Settled();
        (await visit.Page.Locator("main [role=alert]:visible").AllInnerTextsAsync()).ShouldBeEmpty(page);
        (await visit.Overhang()).ShouldBeLessThanOrEqualTo(0, $"{page} at 1440");
        var name = picturesOf + Signs().Replace(page, "-").Trim('-') is { Length: > 0 } given ? picturesOf + Signs().Replace(page, "-").Trim('-') : "home";
        if (picturesOf is not null) await visit.Picture(name, 1440, 900);
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.Settled();
        (await visit.Overhang()).ShouldBeLessThanOrEqualTo(0, $"{page} at 390");
        if (picturesOf is not null) await visit.Picture(name, 390, 844);
    }
}

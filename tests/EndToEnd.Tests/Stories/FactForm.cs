using System.Text;

namespace Yueheng.EndToEnd.Tests.Stories;

/// <summary>The form that asks what happened, as somebody fills it in.</summary>
internal static class FactForm
{
    /// <param name="kind">By its Chinese name.</param>
    /// <param name="answers">By the label of the field: text, or the label of a choice.</param>
    /// <param name="evidence">What a file of evidence says; null: none is attached.</param>
    public static async Task Fill(this Visit visit, string contract, string kind, string subject, IReadOnlyDictionary<string, string> answers, string? evidence = null)
    {
        await visit.Go($"/c/{contract}/record");
        await visit.Choose("发生了什么", kind);
        // Some time ago, so that what is counted by the hour counts.
        await visit.Page.GetByLabel("发生时刻").FillAsync("2025-12-08T06:10");
        await visit.Page.GetByLabel("关于哪一件").FillAsync(subject);
        await visit.Page.Keyboard.PressAsync("Escape");
        foreach (var (label, answer) in answers) await visit.Answer(label, answer);
        if (evidence is null) return;
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "现场记录.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(evidence) });
        await Expect(visit.Page.Locator(".uploads li", new() { HasText = "现场记录.txt" }).GetByRole(AriaRole.Button, new() { Name = "移除" })).ToBeVisibleAsync();
    }

    private static async Task Answer(this Visit visit, string label, string answer)
    {
        var field = visit.Page.GetByLabel(label).First;
        if (await field.GetAttributeAsync("role") == "combobox") await visit.Choose(label, answer);
        else await field.FillAsync(answer);
    }

    /// <summary>Types a part of a choice and takes the first that is offered.</summary>
    public static async Task Choose(this Visit visit, string label, string choice)
    {
        var field = visit.Page.GetByLabel(label).First;
        await field.ClickAsync();
        await field.FillAsync(choice);
        await visit.Page.Locator(".ant-select-dropdown:visible .ant-select-item-option", new() { HasText = choice }).First.ClickAsync();
    }

    public static Task Send(this Visit visit, string button) => visit.Page.Locator("form[aria-label=记录事实] button[type=submit]", new() { HasText = button }).ClickAsync();
}

using System.Text;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Tests.Evidence;

public class FileTypesTests(OneVault one) : IClassFixture<OneVault>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private readonly Vault _vault = one.Vault;

    public static TheoryData<string, byte[], string?> Types { get; } = new()
    {
        { "a.pdf", "%PDF-1.7\n"u8.ToArray(), "application/pdf" },
        { "a.png", Png, "image/png" },
        { "a.PNG", Png, "image/png" },
        { "a.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg" },
        { "a.jpeg", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg" },
        { "a.docx", Vault.Word("x"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "a.xlsx", Vault.Zip(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "a.pptx", Vault.Zip(("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p/>")), "application/vnd.openxmlformats-officedocument.presentationml.presentation" },
        { "a.ofd", Vault.Zip(("OFD.xml", "<OFD/>")), "application/ofd" },
        { "a.zip", Vault.Zip(("x.txt", "x")), "application/zip" },
        { "a.txt", "一行\n"u8.ToArray(), "text/plain" },
        { "a.csv", "a,b\n1,2\n"u8.ToArray(), "text/csv" },
        { "a.eml", "From: a@example.test\nSubject: x\n\nx"u8.ToArray(), "message/rfc822" },
        { "a.mp4", "\0\0\0\u0018ftypmp42\0\0\0\0"u8.ToArray(), "video/mp4" },
        { "../../etc/a.txt", "x"u8.ToArray(), "text/plain" },
        { "C:\\temp\\a.txt", "x"u8.ToArray(), "text/plain" },
        { "a.exe", "MZ"u8.ToArray(), null },
        { "a.pdf", "MZ"u8.ToArray(), null },
        { "a.png", "%PDF-1.7"u8.ToArray(), null },
        { "a.docx", Vault.Zip(("x.txt", "x")), null },
        { "a.docx", Vault.Word("x", ("word/vbaProject.bin", "x")), null },
        { "a.docm", Vault.Word("x"), null },
        { "a.docx", "PK\u0003\u0004"u8.ToArray(), null },
        { "a.docx", Vault.Word("<broken"), null },
        { "a.docx", Vault.Word("x", ("word/other.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")), null },
        { "a.docx", Vault.Word(new string('x', 40 << 20)), null },
        { "a.txt", [0x4D, 0x5A, 0, 1], null },
        { "a.html", "<html/>"u8.ToArray(), null },
        { "a.svg", "<svg/>"u8.ToArray(), null },
        { "a", "x"u8.ToArray(), null },
        { "", "x"u8.ToArray(), null },
        { "空.txt", [], null },
    };

    [Theory, MemberData(nameof(Types))]
    public async Task Content_and_name_agree_on_a_type_that_is_taken(string name, byte[] content, string? media)
    {
        var before = _vault.Files.Length;
        var answer = await _vault.Store(name, content, Guid.NewGuid().ToString());
        if (media is null) answer.ShouldBeOfType<Declined>().Reason.ShouldBe(DeclineReason.Type);
        else
        {
            var file = answer.ShouldBeOfType<Stored>().File;
            (file.Type, file.Name).ShouldBe((media, name[(name.LastIndexOfAny(['/', '\\']) + 1)..]));
        }
        _vault.Files.Length.ShouldBe(before + (media is null ? 0 : 1));
    }

    public static TheoryData<string, byte[]> Personal { get; } = new()
    {
        { "13800001234.png", Png },
        { "a.txt", "联系 13800001234"u8.ToArray() },
        { "a.csv", "x,13800001234\n"u8.ToArray() },
        { "a.txt", [.. Vault.Text(65_530), .. " 13800001234 "u8.ToArray()] },
        { "a.docx", Vault.Word("<w:r>1380000</w:r><w:r>1234</w:r>") },
        { "a.docx", Vault.Word("x", ("word/comments.xml", "<c><p>11010519491231002X</p></c>")) },
        { "a.xlsx", Vault.Zip(("[Content_Types].xml", "<Types/>"), ("xl/worksheets/sheet1.xml", "<s><c><v>13800001234</v></c></s>")) },
        { "a.zip", Vault.Zip(("13800001234.txt", "x")) },
        { "a.eml", "From: a@example.test\n\n电话 13800001234"u8.ToArray() },
        { "a.eml", Encoding.UTF8.GetBytes("From: a@example.test\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String("电话 13800001234"u8)) },
        { "a.eml", Encoding.UTF8.GetBytes("From: a@example.test\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Transfer-Encoding: quoted-printable\n\n1380=\n0001=32=33=34\n--q--\n") },
    };

    [Theory, MemberData(nameof(Personal))]
    public async Task A_name_or_text_with_a_number_of_a_person_is_declined(string name, byte[] content)
    {
        var before = _vault.Files.Length;
        var declined = (await _vault.Store(name, content)).ShouldBeOfType<Declined>();
        declined.Reason.ShouldBe(DeclineReason.PersonalData);
        declined.Messages.ShouldAllBe(message => !message.Contains("13800001234", StringComparison.Ordinal));
        _vault.Files.Length.ShouldBe(before);
    }
}

/// <summary>A vault for the tests of one class; each takes a contract of its own.</summary>
public sealed class OneVault(PostgresFixture postgres) : IAsyncLifetime
{
    public Vault Vault { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Vault = await Vault.Open(postgres);

    public ValueTask DisposeAsync() => Vault.DisposeAsync();
}

using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Tests.Evidence;

public class EvidenceVaultTests(PostgresFixture postgres)
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    [Theory]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(131072)]
    [InlineData(1_000_000)]
    public async Task What_was_handed_in_is_read_again_whatever_its_length(int length)
    {
        await using var vault = await Vault.Open(postgres);
        var content = Vault.Text(length);
        var file = await vault.Stored("记录.txt", content);
        (file.Sha256, file.Size, file.Type, file.Name).ShouldBe((Convert.ToHexStringLower(SHA256.HashData(content)), length, "text/plain", "记录.txt"));
        (await vault.Read(file.Sha256)).ShouldBe(content);
        (await vault.Of(Bench.Contract).Verify(Bench.Contract)).ShouldBeEmpty();
        (await vault.Of(Bench.Contract).List(Bench.Contract)).ShouldBe([file]);
    }

    [Fact]
    public async Task It_is_read_from_any_place()
    {
        await using var vault = await Vault.Open(postgres);
        var content = Vault.Text(200_000);
        var file = await vault.Stored("记录.txt", content);
        var (_, stream) = (await vault.Of(Bench.Contract).Open(Bench.Contract, file.Sha256))!.Value;
        await using (stream)
            foreach (var at in (int[])[199_999, 65_530, 0, 131_072])
            {
                stream!.Position = at;
                var piece = new byte[Math.Min(10, content.Length - at)];
                stream.ReadExactly(piece);
                piece.ShouldBe(content[at..(at + piece.Length)]);
            }
    }

    [Fact]
    public async Task On_disk_nothing_of_it_can_be_read_and_nobody_else_may_try()
    {
        await using var vault = await Vault.Open(postgres);
        await vault.Stored("秘密.txt", "a sentence that stands nowhere else"u8.ToArray());
        var file = vault.Files.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain("sentence");
        foreach (var path in (string[])[file, Path.Combine(vault.Data, "keys", "master.key")]) File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_same_file_again_is_the_same_file()
    {
        await using var vault = await Vault.Open(postgres);
        var first = await vault.Stored("一.txt", "x"u8.ToArray());
        (await vault.Store("二.txt", "x"u8.ToArray())).ShouldBe(new Stored(first, IsNew: false));
        vault.Files.Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_file_handed_in_at_once_is_kept_once()
    {
        await using var vault = await Vault.Open(postgres);
        var content = Vault.Text(300_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => vault.Store($"{number}.txt", content)));
        answers.Cast<Stored>().Count(answer => answer.IsNew).ShouldBe(1);
        vault.Files.Length.ShouldBe(1);
        (await vault.Read(answers.Cast<Stored>().First().File.Sha256)).ShouldBe(content);
    }

    [Fact]
    public async Task Two_contracts_have_two_keys_and_see_their_own_only()
    {
        await using var vault = await Vault.Open(postgres);
        var file = await vault.Stored("一.txt", "x"u8.ToArray());
        (await vault.Of("other").Find("other", file.Sha256)).ShouldBeNull();
        await vault.Stored("一.txt", "x"u8.ToArray(), "other");
        vault.Files.Select(path => Convert.ToHexString(File.ReadAllBytes(path))).Distinct().Count().ShouldBe(2);
        await Should.ThrowAsync<UnauthorizedAccessException>(() => vault.Of("other").Find(Bench.Contract, file.Sha256));

        await vault.Of(Bench.Contract).Withdraw(Bench.Contract, file.Sha256, "u-manager", "退还");
        (await vault.Read(file.Sha256, "other")).ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public async Task A_withdrawn_file_is_gone_and_its_record_stays()
    {
        await using var vault = await Vault.Open(postgres);
        var file = await vault.Stored("一.txt", "x"u8.ToArray());
        var mine = vault.Of(Bench.Contract);
        (await mine.Withdraw(Bench.Contract, file.Sha256, "u-manager", "合同到期退还")).ShouldBeTrue();
        var (found, content) = (await mine.Open(Bench.Contract, file.Sha256))!.Value;
        content.ShouldBeNull();
        found.ShouldBe(file with { Withdrawal = new(file.RecordedAt, "u-manager", "合同到期退还") });
        vault.Files.ShouldBeEmpty();
        (await Count(vault, "ledger.evidence_keys")).ShouldBe(0);
        (await mine.Verify(Bench.Contract)).ShouldBeEmpty();

        (await mine.Withdraw(Bench.Contract, file.Sha256, "u-manager", "再撤")).ShouldBeFalse();
        (await mine.Withdraw(Bench.Contract, new string('0', 64), "u-manager", "没有")).ShouldBeFalse();
        (await vault.Store("一.txt", "x"u8.ToArray())).ShouldBeOfType<Declined>().Reason.ShouldBe(DeclineReason.Withdrawn);
    }

    private static async Task<long> Count(Vault vault, string table)
    {
        await using var command = vault.Bench.Database.Owner.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [Theory]
    [InlineData("flip", "被改动")]
    [InlineData("cut at a chunk", "不完整")]
    [InlineData("cut in a chunk", "不完整")]
    [InlineData("cut to nothing", "格式不对或长度不对")]
    [InlineData("longer", "被改动")]
    [InlineData("exchange chunks", "被改动")]
    [InlineData("delete", "不在数据目录中")]
    [InlineData("other key", "密钥被改动")]
    [InlineData("no key", "没有撤回记录")]
    public async Task What_was_done_to_a_file_is_found(string how, string said)
    {
        await using var vault = await Vault.Open(postgres);
        var file = await vault.Stored("记录.txt", Vault.Text(200_000));
        var path = vault.Files.Single();
        var bytes = await File.ReadAllBytesAsync(path);
        const int magic = 8, chunk = 65536 + 16;
        byte[]? altered = how switch
        {
            "flip" => [.. bytes[..100_000], (byte)(bytes[100_000] ^ 1), .. bytes[100_001..]],
            "cut at a chunk" => bytes[..(magic + 2 * chunk)],
            "cut in a chunk" => bytes[..^100],
            "cut to nothing" => [],
            "longer" => [.. bytes, .. bytes[^100..]],
            "exchange chunks" => [.. bytes[..magic], .. bytes[(magic + chunk)..(magic + 2 * chunk)], .. bytes[magic..(magic + chunk)], .. bytes[(magic + 2 * chunk)..]],
            _ => bytes,
        };
        await File.WriteAllBytesAsync(path, altered);
        if (how == "delete") File.Delete(path);
        if (how == "other key") await vault.Bench.Tamper("update ledger.evidence_keys set wrapped = decode(repeat('ab', 60), 'hex')");
        if (how == "no key") await vault.Bench.Tamper("delete from ledger.evidence_keys");
        var (damaged, message) = (await vault.Of(Bench.Contract).Verify(Bench.Contract)).ShouldHaveSingleItem();
        (damaged.Sha256, message.Contains(said, StringComparison.Ordinal)).ShouldBe((file.Sha256, true), message);
        await Should.ThrowAsync<EvidenceDamagedException>(() => vault.Read(file.Sha256));
    }

    [Fact]
    public async Task Without_the_master_key_no_file_opens()
    {
        await using var vault = await Vault.Open(postgres);
        var file = await vault.Stored("一.txt", "x"u8.ToArray());
        var other = EvidenceFolder.Open(vault.Data, MasterKey.Open(vault.Data, new string('7', 64)));
        await Should.ThrowAsync<KeyRefusedException>(() => new EvidenceVault(vault.Bench.Database, other, vault.Bench.Clock, [Bench.Contract]).Open(Bench.Contract, file.Sha256));
    }

    [Fact]
    public void A_master_key_that_others_may_read_is_refused()
    {
        var data = Directory.CreateTempSubdirectory("evidence-").FullName;
        var first = MasterKey.Open(data).Id;
        MasterKey.Open(data).Id.ShouldBe(first);
        var path = Path.Combine(data, "keys", "master.key");
        MasterKey.Open(data).Derive("one").ShouldBe(MasterKey.Open(data).Derive("one"));
        MasterKey.Open(data).Derive("one").ShouldNotBe(MasterKey.Open(data).Derive("other"));
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);
        Should.Throw<KeyRefusedException>(() => MasterKey.Open(data)).Message.ShouldContain("chmod 600");
        Should.Throw<KeyRefusedException>(() => MasterKey.Open(data, "short"));
        Directory.Delete(data, true);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_declined_and_leaves_nothing()
    {
        await using var vault = await Vault.Open(postgres, largest: 1 << 20);
        (await vault.Store("大.txt", Vault.Text((1 << 20) + 1))).ShouldBeOfType<Declined>().Reason.ShouldBe(DeclineReason.TooLarge);
        vault.Files.ShouldBeEmpty();
        await vault.Stored("刚好.txt", Vault.Text(1 << 20));
    }

    [Fact]
    public async Task A_cut_off_upload_leaves_nothing()
    {
        await using var vault = await Vault.Open(postgres);
        await Should.ThrowAsync<IOException>(() => vault.Of(Bench.Contract).Store(Bench.Contract, "一.txt", new CutOff(), "u-engineer"));
        vault.Files.ShouldBeEmpty();
        (await Count(vault, "ledger.evidence")).ShouldBe(0);
    }

    private sealed class CutOff() : MemoryStream(Vault.Text(1000))
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > 0 ? throw new IOException("gone") : base.ReadAsync(buffer[..10], cancellationToken);
    }

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
        await using var vault = await Vault.Open(postgres);
        var answer = await vault.Store(name, content);
        if (media is null) answer.ShouldBeOfType<Declined>().Reason.ShouldBe(DeclineReason.Type);
        else
        {
            var file = answer.ShouldBeOfType<Stored>().File;
            (file.Type, file.Name).ShouldBe((media, name[(name.LastIndexOfAny(['/', '\\']) + 1)..]));
        }
        vault.Files.Length.ShouldBe(media is null ? 0 : 1);
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
        await using var vault = await Vault.Open(postgres);
        var declined = (await vault.Store(name, content)).ShouldBeOfType<Declined>();
        declined.Reason.ShouldBe(DeclineReason.PersonalData);
        declined.Messages.ShouldAllBe(message => !message.Contains("13800001234", StringComparison.Ordinal));
        vault.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("update ledger.evidence set name = 'other'")]
    [InlineData("delete from ledger.evidence")]
    [InlineData("delete from ledger.evidence_keys")]
    [InlineData("update ledger.evidence_keys set wrapped = '\\x00'")]
    [InlineData("insert into ledger.evidence_withdrawals select contract, sha256, 0, 'x', 'x' from ledger.evidence")]
    [InlineData("insert into ledger.signing_keys values (repeat('a', 64), 'x', '\\x00', 0, null, null)")]
    [InlineData("update ledger.checkpoints set seq = 0")]
    [InlineData("delete from ledger.checkpoints")]
    [InlineData("select ledger.withdraw_evidence('other', repeat('a', 64), 0, 'x', 'x')")]
    public async Task The_application_changes_nothing_of_it(string sql)
    {
        await using var vault = await Vault.Open(postgres);
        await vault.Stored("一.txt", "x"u8.ToArray());
        await using var connection = await vault.Bench.Database.App.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var see = new NpgsqlCommand($"select set_config('yueheng.contracts', '{Bench.Contract}', true)", connection);
        await see.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}

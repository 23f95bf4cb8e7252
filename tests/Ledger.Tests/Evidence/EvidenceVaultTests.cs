using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Tests.Evidence;

public class EvidenceVaultTests(PostgresFixture postgres)
{
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
    public async Task The_form_on_disk_is_pinned()
    {
        // Made by another program from the description of the form: whoever changes the form can no longer read what was stored.
        const string sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        const string wrapped = "09090909090909090909090927848697baf5c766a86bc133eae7add0c4a171e020fbe1d777b75cbdc9691f6527946b31d7d39b2c917fede957b0d5fb";
        await using var vault = await Vault.Open(postgres);
        var folder = EvidenceFolder.Open(vault.Data, MasterKey.Open(vault.Data, string.Concat(Enumerable.Repeat("07", 32))));
        folder.Master.Id.ShouldBe("900daebd9a99e6d7");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "pinned"), Convert.FromHexString("59485345414c30317db3d3902b30085e5152cfab49593944e59954bb1d"));
        await vault.Bench.Tamper($"insert into ledger.evidence values ('sample', '{sha256}', '一.txt', 5, 'text/plain', 0, 'li', 'pinned'); insert into ledger.evidence_keys values ('sample', '{sha256}', '900daebd9a99e6d7', '\\x{wrapped}')");
        var (_, content) = (await new EvidenceVault(vault.Bench.Database, folder, vault.Bench.Clock, [Bench.Contract]).Open(Bench.Contract, sha256))!.Value;
        using var reader = new StreamReader(content!);
        (await reader.ReadToEndAsync()).ShouldBe("hello");
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

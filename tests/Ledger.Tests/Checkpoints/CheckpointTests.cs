using System.Text;
using Yueheng.Ledger.Checkpoints;
using Yueheng.Ledger.Evidence;
using Yueheng.Ledger.Verifying;

namespace Yueheng.Ledger.Tests.Checkpoints;

public class CheckpointTests(PostgresFixture postgres)
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>A ledger whose heads are signed by a key of its own.</summary>
    private sealed class Signed(Bench bench, string data, SigningKey key) : IAsyncDisposable
    {
        public Bench Bench => bench;
        public string Data => data;
        public CheckpointBook Book => new(bench.Database, key, bench.Clock, [Bench.Contract]);

        public static async Task<Signed> Open(PostgresFixture postgres, string algorithm = Signatures.Ecdsa)
        {
            var (bench, data) = (await postgres.Fresh(), Directory.CreateTempSubdirectory("keys-").FullName);
            var key = SigningKey.Open(data, algorithm);
            await PublicKeys.Enter(bench.Database, key, bench.Clock);
            return new(bench, data, key);
        }

        public async Task<CheckpointFault?> Check() => CheckpointCheck.First(Bench.Contract, await Book.All(Bench.Contract), await PublicKeys.All(bench.Database));

        public async ValueTask DisposeAsync()
        {
            await bench.DisposeAsync();
            Directory.Delete(data, true);
        }
    }

    [Fact]
    public void The_signed_bytes_are_pinned()
    {
        var checkpoint = new Checkpoint("sample", 7, new(12, new string('a', 64)), new(3, new string('b', 64)), 1_740_963_600_500_000_000, CheckpointReason.Statement, "2025-\"3\"", new string('c', 64), Signatures.Ecdsa, new string('d', 64), []);
        Encoding.UTF8.GetString(checkpoint.Signed()).ShouldBe(
            "{\"checkpoint\":1,\"contract\":\"sample\",\"number\":7,\"facts\":{\"seq\":12,\"hash\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"},"
            + "\"claims\":{\"seq\":3,\"hash\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"},\"signedAt\":\"2025-03-03T01:00:00.5Z\",\"reason\":\"statement\",\"about\":\"2025-\\\"3\\\"\","
            + "\"previous\":\"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\",\"algorithm\":\"ecdsa-p256-sha256\",\"key\":\"dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd\"}");
        checkpoint.Print().ShouldBe("09c5e852bbd46cf1468fe51941d0e7f9ff03f8d8c4221858d15a94c0030ce268");
    }

    [Theory]
    [InlineData(Signatures.Ecdsa)]
    [InlineData(Signatures.Sm2)]
    public async Task Heads_are_signed_one_after_the_other(string algorithm)
    {
        await using var signed = await Signed.Open(postgres, algorithm);
        var empty = await signed.Book.Sign(Bench.Contract, CheckpointReason.Asked);
        (empty.Number, empty.Facts, empty.Claims, empty.Previous, empty.Algorithm).ShouldBe((1, new Anchor(0, Zeros), new Anchor(0, Zeros), Zeros, algorithm));
        var receipt = await signed.Bench.Recorded(Bench.Line("f1"));
        var second = await signed.Book.Sign(Bench.Contract, CheckpointReason.Statement, "2025-001");
        (second.Number, second.Facts, second.About, second.Previous).ShouldBe((2, new Anchor(1, receipt.Hash), "2025-001", empty.Print()));
        var all = await signed.Book.All(Bench.Contract);
        all.Select(checkpoint => checkpoint.Print()).ShouldBe([empty.Print(), second.Print()]);
        (await signed.Check()).ShouldBeNull();
    }

    [Fact]
    public async Task Once_a_day_by_the_day_in_China()
    {
        await using var signed = await Signed.Open(postgres);
        signed.Bench.Clock.Now = DateTimeOffset.Parse("2025-03-03T15:59:00Z", null);
        (await signed.Book.SignDaily(Bench.Contract)).ShouldNotBeNull();
        (await signed.Book.SignDaily(Bench.Contract)).ShouldBeNull();
        signed.Bench.Clock.Now = DateTimeOffset.Parse("2025-03-03T16:00:00Z", null);
        (await signed.Book.SignDaily(Bench.Contract))!.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Nodes_that_sign_together_leave_no_gap_and_sign_a_day_once()
    {
        await using var signed = await Signed.Open(postgres);
        await signed.Bench.Record(2);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => signed.Book.SignDaily(Bench.Contract)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => signed.Book.Sign(Bench.Contract, CheckpointReason.Asked)));
        (await signed.Book.All(Bench.Contract)).Select(checkpoint => checkpoint.Number).ShouldBe(Enumerable.Range(1, 9).Select(number => (long)number));
        (await signed.Check()).ShouldBeNull();
    }

    [Theory]
    [InlineData("update ledger.checkpoints set seq = 1 where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set hash = decode(repeat('ab', 32), 'hex') where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set claims_seq = 1 where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set signed_at = signed_at + 1 where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set about = 'x' where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set signature = signature || '\\x00' where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set signature = '' where number = 2", 2, "签名与内容不符")]
    [InlineData("update ledger.checkpoints set key = repeat('a', 64) where number = 2", 2, "不在密钥列表中")]
    [InlineData("delete from ledger.checkpoints where number = 2", 2, "缺失")]
    [InlineData("delete from ledger.checkpoints where number = 1; update ledger.checkpoints set number = number - 1", 1, "签名与内容不符")]
    [InlineData("update ledger.signing_keys set public_key = '\\x00'", 1, "签名与内容不符")]
    public async Task What_was_done_to_a_checkpoint_is_found_and_named(string sql, int number, string said)
    {
        await using var signed = await Signed.Open(postgres);
        for (var at = 1; at <= 3; at++)
        {
            await signed.Bench.Recorded(Bench.Line($"f{at}"));
            await signed.Book.Sign(Bench.Contract, CheckpointReason.Asked);
        }
        await signed.Bench.Tamper(sql);
        var fault = (await signed.Check()).ShouldNotBeNull();
        (fault.Number, fault.Message.Contains(said, StringComparison.Ordinal)).ShouldBe((number, true), fault.Message);
    }

    [Fact]
    public async Task A_checkpoint_replaced_by_another_good_one_is_found_by_the_next()
    {
        await using var signed = await Signed.Open(postgres);
        await signed.Bench.Record(1);
        var first = await signed.Book.Sign(Bench.Contract, CheckpointReason.Asked);
        await signed.Book.Sign(Bench.Contract, CheckpointReason.Asked);
        var key = SigningKey.Open(signed.Data);
        var forged = first with { Facts = new(0, Zeros) };
        forged = forged with { Signature = key.Sign(forged.Signed()) };
        await signed.Bench.Tamper($"update ledger.checkpoints set seq = 0, hash = decode('{Zeros}', 'hex'), signature = '\\x{Convert.ToHexStringLower(forged.Signature)}' where number = 1");
        (await signed.Check()).ShouldNotBeNull().Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_chain_rewritten_whole_or_cut_short_is_found_by_a_checkpoint()
    {
        await using var signed = await Signed.Open(postgres);
        await signed.Bench.Record(5);
        await signed.Book.Sign(Bench.Contract, CheckpointReason.Daily);
        Anchor[] anchors = [.. (await signed.Book.All(Bench.Contract)).Select(checkpoint => checkpoint.Facts)];
        (await signed.Bench.Verify(anchors)).First.ShouldBeNull();
        await signed.Bench.Tamper("delete from ledger.facts where seq = 5; update ledger.heads set seq = 4, hash = (select hash from ledger.facts where seq = 4)");
        (await signed.Bench.Verify()).First.ShouldBeNull();
        var found = (await signed.Bench.Verify(anchors)).First.ShouldNotBeNull();
        (found.What, found.Seq).ShouldBe((Alteration.Missing, 5L));
    }

    [Theory]
    [InlineData(Signatures.Ecdsa, Signatures.Ecdsa)]
    [InlineData(Signatures.Ecdsa, Signatures.Sm2)]
    [InlineData(Signatures.Sm2, Signatures.Ecdsa)]
    public async Task A_new_key_takes_over_and_is_trusted_by_the_old_one(string before, string after)
    {
        await using var signed = await Signed.Open(postgres, before);
        await signed.Book.Sign(Bench.Contract, CheckpointReason.Asked);
        var (old, fresh) = SigningKey.Rotate(signed.Data, after);
        SigningKey.Open(signed.Data).Id.ShouldBe(fresh.Id);
        (fresh.Algorithm, fresh.Id != old.Id, SigningKey.PutAside(signed.Data)!.Id).ShouldBe((after, true, old.Id));
        Should.Throw<KeyRefusedException>(() => SigningKey.Rotate(signed.Data, after));
        await PublicKeys.Enter(signed.Bench.Database, fresh, signed.Bench.Clock, old);
        await PublicKeys.Enter(signed.Bench.Database, fresh, signed.Bench.Clock, old);
        await new CheckpointBook(signed.Bench.Database, fresh, signed.Bench.Clock, [Bench.Contract]).Sign(Bench.Contract, CheckpointReason.Asked);
        (await signed.Check()).ShouldBeNull();
        SigningKey.RemovePutAside(signed.Data);
        SigningKey.PutAside(signed.Data).ShouldBeNull();

        var keys = await PublicKeys.All(signed.Bench.Database);
        PublicKey.TrustedFrom([old.Id], keys).ShouldBe([old.Id, fresh.Id], ignoreOrder: true);
        PublicKey.TrustedFrom([fresh.Id], keys).ShouldBe([fresh.Id]);
        PublicKey.TrustedFrom([old.Id], [.. keys.Select(key => key.Endorsement is null ? key : key with { Endorsement = [.. key.Endorsement.Reverse()] })]).ShouldBe([old.Id]);
    }

    [Theory]
    [InlineData(Signatures.Ecdsa)]
    [InlineData(Signatures.Sm2)]
    public void A_key_file_is_for_its_owner_and_its_public_half_for_all(string algorithm)
    {
        var data = Directory.CreateTempSubdirectory("keys-").FullName;
        var key = SigningKey.Open(data, algorithm);
        var path = Path.Combine(data, "keys", "signing.pem");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Signatures.ReadPem(Signatures.WritePem(key.PublicKey)).ShouldBe(key.PublicKey);
        Signatures.ReadPem(File.ReadAllText(path)).ShouldBeNull();
        Signatures.ReadPem("nonsense").ShouldBeNull();
        var signature = key.Sign("x"u8.ToArray());
        Signatures.Verify(algorithm, key.PublicKey, "x"u8.ToArray(), signature).ShouldBeTrue();
        Signatures.Verify(algorithm, key.PublicKey, "y"u8.ToArray(), signature).ShouldBeFalse();
        Signatures.Verify(algorithm == Signatures.Ecdsa ? Signatures.Sm2 : Signatures.Ecdsa, key.PublicKey, "x"u8.ToArray(), signature).ShouldBeFalse();
        Signatures.Verify("none", key.PublicKey, "x"u8.ToArray(), signature).ShouldBeFalse();

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Should.Throw<KeyRefusedException>(() => SigningKey.Open(data));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, "nonsense");
        Should.Throw<KeyRefusedException>(() => SigningKey.Open(data));
        Directory.Delete(data, true);
    }
}

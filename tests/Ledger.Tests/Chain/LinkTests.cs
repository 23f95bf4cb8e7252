using System.Text;
using Yueheng.Facts;
using Yueheng.Ledger.Chain;

namespace Yueheng.Ledger.Tests.Chain;

/// <summary>The bytes of a link are pinned: a head that was printed once must be recomputed for ever.</summary>
public class LinkTests
{
    private static readonly byte[] Fact = Encoding.UTF8.GetBytes("""{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T01:00:00Z","subject":"s","data":{"amount":1.5}}""");
    private static readonly byte[] Evidence = Encoding.UTF8.GetBytes("""[{"name":"验收单.pdf","sha256":"0000000000000000000000000000000000000000000000000000000000000001"}]""");

    [Fact]
    public void Golden()
    {
        var recordedAt = IsoTime.Parse("2025-03-03T09:00:00.25+08:00");
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        Link.Write(1, recordedAt, "li \"1\"", Evidence, Link.Genesis, Fact, bytes);
        Encoding.UTF8.GetString(bytes.WrittenSpan).ShouldBe(
            """{"seq":1,"recordedAt":"2025-03-03T01:00:00.25Z","by":"li \"1\"","evidence":[{"name":"验收单.pdf","sha256":"0000000000000000000000000000000000000000000000000000000000000001"}],"previous":"0000000000000000000000000000000000000000000000000000000000000000","fact":{"id":"f1","contract":"sample","kind":"k","at":"2025-03-03T01:00:00Z","subject":"s","data":{"amount":1.5}}}""");
        var first = Link.Hash(1, recordedAt, "li \"1\"", Evidence, Link.Genesis, Fact);
        Convert.ToHexStringLower(first).ShouldBe("b17fb57a9e6d065d6e6a6648fe986ab6e9a5d176e4d50fe7cfd2cbb13873d437");
        Convert.ToHexStringLower(Link.Hash(2, recordedAt, "wang", "[]"u8, first, Fact)).ShouldBe("78e2a644965858f523a9b49c903e2c77d9c2e5cc8865b40bc1188363bc2ee791");
    }
}

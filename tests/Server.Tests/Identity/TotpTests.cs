using Yueheng.Server.Identity;

namespace Yueheng.Server.Tests.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    // RFC 6238, appendix B, SHA-1; the last six of the eight digits there.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_standard(long second, string code) =>
        Totp.Code(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(second))).ShouldBe(code);

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_secret_is_typed_in_base_32(string secret, string typed) => Totp.Text(System.Text.Encoding.ASCII.GetBytes(secret)).ShouldBe(typed);

    [Fact]
    public void A_code_counts_for_half_a_minute_before_and_after_and_no_longer()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var code = Totp.Code(Secret, Totp.StepOf(now));
        Totp.Match(Secret, code, now).ShouldBe(Totp.StepOf(now));
        Totp.Match(Secret, code, now.AddSeconds(30)).ShouldBe(Totp.StepOf(now));
        Totp.Match(Secret, code, now.AddSeconds(-30)).ShouldBe(Totp.StepOf(now));
        Totp.Match(Secret, code, now.AddSeconds(90)).ShouldBeNull();
        Totp.Match(Secret, code, now.AddSeconds(-90)).ShouldBeNull();
        Totp.Match(Secret, " 050 471 ", now).ShouldNotBeNull();
        Totp.Match(Secret, "", now).ShouldBeNull();
    }
}

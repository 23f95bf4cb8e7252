using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Yueheng.Ledger.Evidence;

namespace Yueheng.Ledger.Tests.Evidence;

/// <summary>All numbers here are made up: by the rule of their kind, for nobody.</summary>
public class ScreeningTests
{
    [Theory]
    [InlineData("身份证 11010519491231002X", "身份证号")]
    [InlineData("11010519491231002x.pdf", "身份证号")]
    [InlineData("证件１１０１０５１９４９１２３１００２Ｘ", "身份证号")]
    [InlineData("证件 110105 19491231 002X。", "身份证号")]
    [InlineData("证件 110105-19491231-002X", "身份证号")]
    [InlineData("旧证 110105491231002", "身份证号（十五位）")]
    [InlineData("联系 13800001234", "手机号码")]
    [InlineData("联系138 0000 1234。", "手机号码")]
    [InlineData("138-0000-1234", "手机号码")]
    [InlineData("138‐0000‐1234", "手机号码")]
    [InlineData("+86 13800001234", "手机号码")]
    [InlineData("+8613800001234", "手机号码")]
    [InlineData("(+86)138-0000-1234", "手机号码")]
    [InlineData("008619900001234", "手机号码")]
    [InlineData("8613800001234", "手机号码")]
    [InlineData("Tel13800001234", "手机号码")]
    [InlineData("tel:13800001234", "手机号码")]
    [InlineData("巡检照片_13800001234.jpg", "手机号码")]
    [InlineData("zhang-13800001234.pdf", "手机号码")]
    [InlineData("1３8\u00A00000\u200B 1234", "手机号码")]
    [InlineData("010-62345678", "电话号码")]
    [InlineData("(0571) 8765 4321", "电话号码")]
    [InlineData("0371-6543210", "电话号码")]
    [InlineData("02162345678", "电话号码")]
    [InlineData("+86-10-62345678", "电话号码")]
    [InlineData("+86 (0)10 6234 5678", null)]
    [InlineData("电话：62345678", "电话号码")]
    [InlineData("6222 0212 3456 7890 128", "银行卡号")]
    [InlineData("6222021234567890128", "银行卡号")]
    [InlineData("4111-1111-1111-1111", null)]
    [InlineData("4539 1488 0343 6467", "银行卡号")]
    public void Numbers_of_persons_are_found(string text, string? what)
    {
        if (what is null) Screening.Problems(text).ShouldBeEmpty();
        else Screening.Problems(text).ShouldHaveSingleItem().ShouldStartWith($"含有{what}（");
    }

    [Fact]
    public void A_problem_does_not_repeat_the_number() => Screening.Problems("13800001234")[0].ShouldContain("（138******34）");

    [Fact]
    public void Each_number_is_said_once_and_in_order()
    {
        var problems = Screening.Problems("13800001234，又 010-62345678，再 13800001234；证件 11010519491231002X");
        problems.Select(problem => problem[2..problem.IndexOf('（')]).ShouldBe(["手机号码", "电话号码", "身份证号"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("服务器重启后恢复，历时 35 分钟。")]
    [InlineData("11010519491231002\u0663")]      // digits of other scripts are no digits here
    [InlineData("1101051949123\u066310021")]
    [InlineData("2025-03-03T09:00:00.123456789+08:00")]
    [InlineData("2025-03-03 09:00:00 至 2025-03-13 09:00:00")]
    [InlineData("20250303090000123")]
    [InlineData("1741000000")]
    [InlineData("1741000000000")]
    [InlineData("1741000000000000000")]
    [InlineData("192.168.100.138 与 10.10.10.10")]
    [InlineData("金额 13800001234 元")]
    [InlineData("13,800,001,234.00")]
    [InlineData("0.13800001234")]
    [InlineData("共传输 15000000000 字节")]
    [InlineData("1.3800001234e10")]
    [InlineData("400-810-8888 或 12345")]
    [InlineData("电话 2345678 次")]
    [InlineData("统一社会信用代码 91110000100000012A")]
    [InlineData("SN138000012345678")]
    [InlineData("INC-20250303-001")]
    [InlineData("d3b07384d113edec49eaa6238ad5ff0013800001234aaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("6f9619ff-8b86-4011-b42d-000415923450")]
    [InlineData("第110105194912310021号")]
    public void What_is_no_number_of_a_person_passes(string text) => Screening.Problems(text).ShouldBeEmpty();

    [Fact]
    public void Hashes_and_identifiers_pass() => Prop.ForAll(Bytes(), bytes =>
    {
        var hash = SHA256.HashData(bytes);
        Screening.Problems($"证据 {Convert.ToHexStringLower(hash)} {Convert.ToHexString(hash)} {new Guid(hash.AsSpan(0, 16))}").ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Instants_pass_however_they_are_written() => Prop.ForAll(Instants(), instant =>
    {
        foreach (var form in (string[])["yyyy-MM-ddTHH:mm:ss.fffffffzzz", "yyyy-MM-dd HH:mm:ss", "yyyyMMddHHmmss", "yyyyMMddHHmmssfff", "yyyy/MM/dd HH:mm", "yyyy年M月d日 HH时mm分", "yyyyMMdd"])
            Screening.Problems($"时刻 {instant.ToString(form, CultureInfo.InvariantCulture)} 止").ShouldBeEmpty(form);
        Screening.Problems($"{instant.ToUnixTimeSeconds()} {instant.ToUnixTimeMilliseconds()} {instant.ToUnixTimeMilliseconds() * 1000}").ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Amounts_pass() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), two =>
    {
        var amount = ((decimal)two.Item1 * 100_000 + two.Item2 % 100_000) / 100m;
        Screening.Problems($"{amount:0.00} {amount:N2} {amount:0}元 ¥{amount:0}，{amount:0.0000} 万元").ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Serial_numbers_with_letters_pass() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), two =>
        Screening.Problems($"SN{two.Item1:D11}{two.Item2:D10} AST{two.Item1:D11} {two.Item2:D11}X {two.Item1:X8}{two.Item2:X8}").ShouldBeEmpty()).QuickCheckThrowOnFailure();

    [Fact]
    public void Bare_serial_numbers_of_fifteen_digits_and_more_are_seldom_taken_for_something_else()
    {
        var random = new Random(3);
        foreach (var length in (int[])[15, 16, 17, 18, 19, 20])
            Enumerable.Range(0, 20_000).Count(_ => Screening.Problems(string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(10))))).Count > 0).ShouldBeLessThan(600, $"{length}");
    }

    [Fact]
    public void Every_identity_number_is_found_whatever_surrounds_it() => Prop.ForAll(Gen.Choose(0, 36_000).SelectMany(day => Gen.Choose(0, 999).Select(serial => (day, serial))).ToArbitrary(), born =>
    {
        var digits = "330106" + new DateOnly(1920, 1, 1).AddDays(born.day).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + born.serial.ToString("D3", CultureInfo.InvariantCulture);
        var number = digits + CheckDigit(digits);
        foreach (var around in (string[])["{0}", "身份证{0}号", "（{0}）", "a {0} b", "名单_{0}.xlsx", "\"{0}\",", "{0}\n"])
            Screening.Problems(string.Format(CultureInfo.InvariantCulture, around, number)).ShouldHaveSingleItem(around);
        // One digit off it is another number, of nobody.
        Screening.Problems(digits + (CheckDigit(digits) == '0' ? '1' : '0')).ShouldBeEmpty();
    }).QuickCheckThrowOnFailure();

    // ISO 7064, MOD 11-2, by its recursive form rather than by the table of weights.
    private static char CheckDigit(string digits)
    {
        var product = digits.Aggregate(0, (sum, digit) => (sum + (digit - '0')) * 2 % 11);
        return (12 - product) % 11 is var check && check == 10 ? 'X' : (char)('0' + check);
    }

    private static Arbitrary<byte[]> Bytes() => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(16).ToArbitrary();

    private static Arbitrary<DateTimeOffset> Instants() =>
        Gen.Choose(0, 366 * 86_400 * 3).SelectMany(second => Gen.Choose(0, 999).Select(milli => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddSeconds(second).AddMilliseconds(milli))).ToArbitrary();
}

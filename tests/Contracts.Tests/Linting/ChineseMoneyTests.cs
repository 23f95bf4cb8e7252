using Yueheng.Contracts.Linting.Paper;

namespace Yueheng.Contracts.Tests.Linting;

public class ChineseMoneyTests
{
    [Theory]
    [InlineData("1945700.00", "壹佰玖拾肆万伍仟柒佰元整")]
    [InlineData("194570", "壹拾玖万肆仟伍佰柒拾元整")]
    [InlineData("0", "零元整")]
    [InlineData("10", "壹拾元整")]
    [InlineData("10000", "壹万元整")]
    [InlineData("10001", "壹万零壹元整")]
    [InlineData("100000000", "壹亿元整")]
    [InlineData("100010000", "壹亿零壹万元整")]
    [InlineData("1000000001", "壹拾亿零壹元整")]
    [InlineData("1409.50", "壹仟肆佰零玖元伍角")]
    [InlineData("6007.14", "陆仟零柒元壹角肆分")]
    [InlineData("325.04", "叁佰贰拾伍元零肆分")]
    [InlineData("0.05", "伍分")]
    [InlineData("0.50", "伍角")]
    [InlineData("20300050", "贰仟零叁拾万零伍拾元整")]
    public void An_amount_is_written_as_bills_want_it(string amount, string words)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        ChineseMoney.Write(value).ShouldBe(words);
        ChineseMoney.Read(words).ShouldBe(value);
        ChineseMoney.IsProper(words, value).ShouldBeTrue();
    }

    [Theory]
    [InlineData("人民币壹佰元正", "100")]
    [InlineData("壹佰圆整", "100")]
    [InlineData("壹拾万柒仟元零伍角叁分", "107000.53")]
    [InlineData("壹拾万零柒仟元伍角叁分", "107000.53")]
    [InlineData("壹仟肆佰零玖元伍角整", "1409.50")]
    public void Ways_of_writing_that_usage_allows_are_proper(string words, string amount)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        ChineseMoney.Read(words).ShouldBe(value);
        ChineseMoney.IsProper(words, value).ShouldBeTrue();
    }

    [Theory]
    [InlineData("拾叁万零叁佰贰拾元整", "130320")]      // 壹 is left out
    [InlineData("壹佰元", "100")]                       // 整 is left out
    [InlineData("人民币（大写）：壹拾贰萬圆正", "120000")]
    [InlineData("一百元整", "100")]                     // simple digits
    [InlineData("壹佰伍元整", "105")]                   // 零 is left out
    public void What_is_not_proper_is_read_all_the_same(string words, string amount)
    {
        var value = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        ChineseMoney.Read(words).ShouldBe(value);
        ChineseMoney.IsProper(words, value).ShouldBeFalse();
    }

    [Theory]
    [InlineData("元整")]
    [InlineData("壹贰元整")]
    [InlineData("壹拾佰元整")]
    [InlineData("十五块")]
    [InlineData("壹元伍")]
    [InlineData("万元整")]
    public void What_is_no_amount_is_not_guessed(string words) => ChineseMoney.Read(words).ShouldBeNull();

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new Random(20250805);
        for (var i = 0; i < 20_000; i++)
        {
            var digits = random.Next(1, 15);
            var amount = decimal.Truncate((decimal)random.NextInt64(0, (long)Math.Pow(10, digits)) * (random.Next(3) == 0 ? 1 : 100)) / 100m;
            if (random.Next(2) == 0) amount = decimal.Truncate(amount / 1000) * 1000;
            ChineseMoney.Read(ChineseMoney.Write(amount)).ShouldBe(amount, ChineseMoney.Write(amount));
            ChineseMoney.IsProper(ChineseMoney.Write(amount), amount).ShouldBeTrue();
        }
    }
}

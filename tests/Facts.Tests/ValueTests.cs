using System.Globalization;

namespace Yueheng.Facts.Tests;

public class ValueTests
{
    private static Value Number(string text) => Value.Of(decimal.Parse(text, CultureInfo.InvariantCulture));

    [Fact]
    public void A_third_stays_a_third()
    {
        var third = Numbers.Divide(Value.Of(1m), Value.Of(3m));
        third.IsFraction.ShouldBeTrue();
        Numbers.Add(Numbers.Add(third, third), third).ShouldBe(Value.Of(1m));
        Numbers.Multiply(third, Value.Of(3m)).IsFraction.ShouldBeFalse();
        Numbers.Divide(Value.Of(1m), Value.Of(0m)).ShouldBe(Value.Missing);
    }

    [Theory]
    [InlineData("0.005", 2, "0.01")]
    [InlineData("-0.005", 2, "-0.01")]
    [InlineData("2.675", 2, "2.68")]
    [InlineData("-0.004", 2, "0.00")]
    [InlineData("12", 2, "12.00")]
    [InlineData("1.25", 1, "1.3")]
    public void Halves_are_rounded_away_from_nought(string number, int places, string shown) => Numbers.Fixed(Number(number), places).ShouldBe(shown);

    [Theory]
    [InlineData("100.00", "100")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Numbers_are_shown_plain(string number, string shown) => Numbers.Plain(Number(number)).ShouldBe(shown);

    [Fact]
    public void Equal_numbers_are_equal_however_they_came()
    {
        Number("1.50").ShouldBe(Number("1.5"));
        Number("1.50").GetHashCode().ShouldBe(Number("1.5").GetHashCode());
        Value.Of(new Fraction(3, 2)).ShouldBe(Number("1.5"));
        Value.Of(new Fraction(2, -4)).ShouldBe(Number("-0.5"));
    }

    [Fact]
    public void Values_of_different_types_are_never_equal()
    {
        Value[] values = [Value.Missing, Value.Yes, Value.No, Value.Of(1m), Value.Of("1"), Value.InstantOf(1), Value.DateOf(1), Value.DurationOf(1), Value.Of(new Fraction(1, 3)), Value.Of((string[])["1"])];
        for (var left = 0; left < values.Length; left++)
            for (var right = 0; right < values.Length; right++)
                (values[left] == values[right]).ShouldBe(left == right);
    }

    [Fact]
    public void Missing_is_not_yes_and_says_nothing()
    {
        Value.Missing.IsYes.ShouldBeFalse();
        Value.Missing.ToString().ShouldBe("");
        Value.Of((string?)null).IsMissing.ShouldBeTrue();
    }

    [Fact]
    public void Texts_are_ordered_by_their_code_units()
    {
        Value.Compare(Value.Of("Z"), Value.Of("a")).ShouldBeLessThan(0);
        Value.Compare(Value.Of("a"), Value.Of("é")).ShouldBeLessThan(0);
        Value.Compare(Value.Of((string[])["a"]), Value.Of((string[])["a", "b"])).ShouldBeLessThan(0);
        Value.Compare(Numbers.Divide(Value.Of(1m), Value.Of(3m)), Number("0.3333")).ShouldBeGreaterThan(0);
    }
}

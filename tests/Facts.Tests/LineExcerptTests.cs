using System.Text;

namespace Yueheng.Facts.Tests;

/// <summary>What is shown of a line at fault: short, on one line, harmless, with the caret under the place.</summary>
public class LineExcerptTests
{
    [Fact]
    public void A_short_line_is_shown_whole() => LineExcerpt.Of("{\"a\":1}", 5).ShouldBe(new LineExcerpt("{\"a\":1}", 5));

    [Fact]
    public void The_caret_stands_under_the_place_though_Chinese_characters_are_twice_as_wide() =>
        LineExcerpt.Of("名称：值", 3).Under(7).ShouldBe("\n  7 | 名称：值\n    |       ^");

    [Fact]
    public void A_long_line_is_cut_on_both_sides_of_the_place()
    {
        var excerpt = LineExcerpt.Of(new string('a', 1000) + "X" + new string('b', 1000), 1000);
        excerpt.Text.Length.ShouldBeLessThan(150);
        excerpt.Text.ShouldStartWith("… aaa");
        excerpt.Text.ShouldEndWith("bbb …");
        excerpt.Text[excerpt.Caret].ShouldBe('X');
    }

    [Fact]
    public void It_is_never_cut_inside_a_character()
    {
        for (var place = 0; place < 900; place++)
            LineExcerpt.Of(Encoding.UTF8.GetBytes(new string('约', 300)), place).Text.Trim('…', ' ').ShouldAllBe(c => c == '约');
    }

    [Fact]
    public void Bytes_that_are_no_text_and_characters_that_a_terminal_obeys_are_written_out()
    {
        LineExcerpt.Of([(byte)'a', 0xd4, 0xcb, 0x1b, (byte)'\t', 0], 5).Text.ShouldBe(@"a\xd4\xcb\u001b\t\u0000");
        LineExcerpt.Of("a\u202eb\u2028", 3).Text.ShouldBe(@"a\u202eb\u2028");
    }

    [Fact]
    public void A_place_behind_the_line_is_its_end() => LineExcerpt.Of("{", 9).ShouldBe(new LineExcerpt("{", 1));

    [Fact]
    public void The_garbage_of_a_line_without_end_is_shown_as_far_as_anyone_would_look()
    {
        var fault = Sample.Read(Enumerable.Repeat((byte)0x01, 8 << 20).ToArray()).Faults.ShouldHaveSingleItem();
        fault.Excerpt.ShouldNotBeNull().Text.ShouldStartWith(@"\u0001\u0001");
        fault.Excerpt.Text.Length.ShouldBeLessThan(160);
    }
}

namespace Yueheng.Terms.Tests.Expressions;

public class ConditionTests
{
    private const string Terms =
        """
        one: { value: 1 }
        red: { value: { text: red } }
        day: { value: 2025-03-01 }
        span: { value: 1 hour }
        yes: { value: true }
        list: { value: { texts: [red, blue] } }
        none: { value: { missing: number } }
        nothing: { value: { missing: text } }
        """;

    [Theory]
    [InlineData("{ is: { red: red } }", true)]
    [InlineData("{ is: { red: [blue, red] } }", true)]
    [InlineData("{ is: { red: Red } }", false)]
    [InlineData("{ is: { red: red, one: 2 } }", false)]
    [InlineData("{ is: { one: 1.0 } }", true)]
    [InlineData("{ is: { one: 100% } }", true)]
    [InlineData("{ is: { day: 2025-03-01 } }", true)]
    [InlineData("{ is: { span: 60 minutes } }", true)]
    [InlineData("{ is: { yes: true } }", true)]
    [InlineData("{ is: { none: 0 } }", false)]
    [InlineData("{ is: { nothing: '' } }", false)]
    [InlineData("{ of: one, at-least: 1 }", true)]
    [InlineData("{ of: one, more-than: 1 }", false)]
    [InlineData("{ of: one, at-most: 1 }", true)]
    [InlineData("{ of: one, less-than: 1 }", false)]
    [InlineData("{ of: one, more-than: 0, less-than: 2 }", true)]
    [InlineData("{ of: one, more-than: 0, less-than: 1 }", false)]
    [InlineData("{ of: red, more-than: { text: blue } }", true)]
    [InlineData("{ of: red, less-than: { text: Red } }", false)]
    [InlineData("{ of: one, same-as: 1.00 }", true)]
    [InlineData("{ of: none, same-as: none }", false)]
    [InlineData("{ of: none, at-least: 0 }", false)]
    [InlineData("{ of: one, at-least: none }", false)]
    [InlineData("{ not: { of: none, at-least: 0 } }", true)]
    [InlineData("{ of: one, present: true }", true)]
    [InlineData("{ of: one, present: false }", false)]
    [InlineData("{ of: none, present: false }", true)]
    [InlineData("{ of: red, begins: re }", true)]
    [InlineData("{ of: red, begins: RE }", false)]
    [InlineData("{ of: nothing, begins: '' }", false)]
    [InlineData("{ of: list, has: red }", true)]
    [InlineData("{ of: list, has: { text: green } }", false)]
    [InlineData("{ of: list, has: nothing }", false)]
    [InlineData("{ of: red, in: list }", true)]
    [InlineData("{ of: red, in: red }", true)]
    [InlineData("{ of: nothing, in: list }", false)]
    [InlineData("{ workday: 2025-03-03 }", true)]
    [InlineData("{ workday: 2025-03-01 }", false)]
    [InlineData("{ workday: 2025-01-26 }", true)]
    [InlineData("{ workday: 2025-10-01 }", false)]
    [InlineData("{ workday: { missing: date } }", false)]
    [InlineData("{ all-of: [] }", true)]
    [InlineData("{ any-of: [] }", false)]
    [InlineData("{ all-of: [yes, true] }", true)]
    [InlineData("{ all-of: [yes, false] }", false)]
    [InlineData("{ any-of: [false, yes] }", true)]
    [InlineData("[ yes, { is: { one: 1 } } ]", true)]
    [InlineData("[ yes, { is: { one: 2 } } ]", false)]
    [InlineData("{ not: yes }", false)]
    [InlineData("{ not: { missing: yes-no } }", true)]
    public void Conditions_hold_or_do_not(string condition, bool holds) =>
        ValueOf(condition, terms: Terms).ShouldBe(holds ? "true" : "false");
}

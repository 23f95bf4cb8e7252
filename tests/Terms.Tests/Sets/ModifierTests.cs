namespace Yueheng.Terms.Tests.Sets;

public class ModifierTests
{
    private const string Facts =
        """
        f1 a 2025-03-01T09:00 A {"x":2,"t":"p"}
        f2 a 2025-03-02T09:00 B {"x":1,"t":"p"}
        f3 a 2025-03-03T09:00 A {"t":"q"}
        f4 a 2025-03-04T09:00 B {"x":2,"t":"q"}
        """;

    [Theory]
    [InlineData("{ facts: a, with: { y2: { times: [x, 2] }, z2: { plus: [y2, 1] } } }", "id y2 z2", "f1 4 5 | f2 2 3 | f3 - - | f4 4 5")]
    [InlineData("{ facts: a, with: { x: { times: [x, 10] } } }", "id x", "f1 20 | f2 10 | f3 - | f4 20")]
    [InlineData("{ facts: a, with: { big: { of: x, more-than: 1 } }, where: big }", "id", "f1 | f4")]
    [InlineData("{ facts: a, where: [ { is: { t: p } }, { of: x, more-than: 1 } ] }", "id", "f1")]
    [InlineData("{ facts: a, order: [x] }", "id", "f2 | f1 | f4 | f3")]
    [InlineData("{ facts: a, order: [{ desc: x }] }", "id", "f1 | f4 | f2 | f3")]
    [InlineData("{ facts: a, order: [t, { desc: x }] }", "id", "f1 | f2 | f4 | f3")]
    [InlineData("{ facts: a, first: [subject] }", "id", "f1 | f2")]
    [InlineData("{ facts: a, last: [subject] }", "id", "f3 | f4")]
    [InlineData("{ facts: a, first: [] }", "id", "f1")]
    [InlineData("{ facts: a, last: [] }", "id", "f4")]
    [InlineData("{ facts: a, first: [subject, t] }", "id", "f1 | f2 | f3 | f4")]
    [InlineData("{ facts: a, order: [x], first: [subject] }", "id", "f2 | f1")]
    [InlineData("{ facts: a, where: { is: { t: q } }, first: [subject] }", "id", "f3 | f4")]
    [InlineData("{ from: { facts: a, first: [subject] }, where: { is: { t: q } } }", "id", "")]
    [InlineData("{ facts: a, number: { as: n, by: [subject] } }", "id n", "f1 1 | f2 1 | f3 2 | f4 2")]
    [InlineData("{ facts: a, number: { as: n } }", "id n", "f1 1 | f2 2 | f3 3 | f4 4")]
    [InlineData("{ facts: a, order: [{ desc: at }], number: { as: n } }", "id n", "f4 1 | f3 2 | f2 3 | f1 4")]
    [InlineData("{ facts: a, next: { by: [subject], take: { following: id, on: at } } }", "id following on", "f1 f3 2025-03-03T09:00:00+08:00 | f2 f4 2025-03-04T09:00:00+08:00 | f3 - - | f4 - -")]
    [InlineData("{ facts: a, previous: { by: [subject], take: { former: id } } }", "id former", "f1 - | f2 - | f3 f1 | f4 f2")]
    [InlineData("{ facts: a, next: { take: { following: id } }, previous: { take: { former: id } } }", "id following former", "f1 f2 - | f2 f3 f1 | f3 f4 f2 | f4 - f3")]
    public void Modifiers_apply_in_the_order_of_the_documentation(string set, string columns, string rows) => RowsOf(set, columns, Facts).ShouldBe(rows);

    [Fact]
    public void Sorting_is_stable() =>
        RowsOf("{ facts: a, order: [t] }", "id", string.Join('\n', Enumerable.Range(10, 60).Select(n => $"f{n} a 2025-03-01T09:{n - 10:D2} {{\"t\":\"{n % 3}\"}}")))
            .ShouldBe(string.Join(" | ", Enumerable.Range(10, 60).OrderBy(n => n % 3).Select(n => $"f{n}")));
}

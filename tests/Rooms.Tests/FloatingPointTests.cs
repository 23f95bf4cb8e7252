namespace Yueheng.Rooms.Tests;

public class FloatingPointTests
{
    [Theory]
    [InlineData("Yueheng.Facts")]
    [InlineData("Yueheng.Terms")]
    public void Rooms_that_judge_hold_no_binary_floating_point(string assembly) =>
        FloatingPoint.In(Repository.Assembly(assembly)).ShouldBeEmpty();

    [Theory]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAField.Hours: the field")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAConstant.Rate: the field")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAParameter.IsLate: a parameter or the result")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAResult.Share: a parameter or the result")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InALocal.Parses: a local")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAnInstruction.Half: the instruction ldc.r8")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAnInstruction.Half: the instruction conv.r8")]
    [InlineData("a generic argument or an array of a type")]
    [InlineData("a generic argument of a method")]
    [InlineData("a use of System.TimeSpan.get_TotalHours")]
    [InlineData("Yueheng.Rooms.Tests.Floats.InAHalf.Small: the field")]
    public void Each_way_in_is_found(string finding) => InThisAssembly().ShouldContain(finding);

    [Fact]
    public void Decimals_iterators_and_texts_about_floats_are_not_taken_for_floats() =>
        InThisAssembly().ShouldNotContain(finding => finding.Contains(nameof(Floats.Innocent)));

    private static IReadOnlyList<string> InThisAssembly() => FloatingPoint.In(Repository.Assembly("Yueheng.Rooms.Tests"));
}

namespace Yueheng.Terms.Tests.Settlement;

public class DamagesTests
{
    [Theory]
    [InlineData("of: 50", "50.00")]
    [InlineData("of: -3", "0.00")]
    [InlineData("of: 0.005", "0.01")]
    [InlineData("of: { ratio: [10, 3] }", "3.33")]
    [InlineData("of: 100, cap: 80", "80.00")]
    [InlineData("of: 80.005, cap: 80.005", "80.01")]
    [InlineData("of: -100, cap: -5", "-5.00")]
    [InlineData("of: { missing: number }", "0.00")]
    [InlineData("of: 100, cap: { missing: number }", "100.00")]
    public void Damages_are_never_negative_and_never_above_their_cap(string damages, string amount) =>
        Judging($"terms: {{ D: {{ damages: {{ {damages} }} }} }}\nfigures: [ {{ address: damages/D, value: D, format: money }} ]").Gives("damages/D", amount);
}

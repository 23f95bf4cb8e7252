using Yueheng.Contracts.Simulation;

namespace Yueheng.Contracts.Tests.Simulation;

public class DiceTests
{
    [Fact]
    public void The_same_seed_and_decision_fall_the_same() =>
        Throws(new Dice(3, "a")).ShouldBe(Throws(new Dice(3, "a")));

    [Fact]
    public void Each_decision_has_its_own_dice() =>
        Throws(new Dice(3, "a")).ShouldNotBe(Throws(new Dice(3, "b")));

    // Written down once: a year made with an older version must come out the same.
    [Fact]
    public void The_throws_are_those_of_every_version() =>
        Throws(new Dice(1, "incident.reported 0")).ShouldBe(Expected);

    private static readonly long[] Expected = [142, 940, 830, 814, 965, 917];

    [Fact]
    public void All_of_a_range_is_thrown_and_nothing_beyond()
    {
        var dice = new Dice(9, "range");
        Enumerable.Range(0, 400).Select(_ => dice.Between(-2, 3)).Distinct().Order().ShouldBe([-2, -1, 0, 1, 2, 3]);
    }

    private static long[] Throws(Dice dice) => [.. Enumerable.Range(0, 6).Select(_ => dice.Below(1000))];
}

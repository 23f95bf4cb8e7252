namespace Yueheng.Contracts.Simulation;

/// <summary>How well the provider serves in a simulated year.</summary>
public enum Grade { Good, Fair, Poor }

/// <summary>A figure for each grade.</summary>
internal readonly record struct ByGrade(int Good, int Fair, int Poor)
{
    public int Of(Grade grade) => grade switch { Grade.Good => Good, Grade.Fair => Fair, _ => Poor };
}

/// <summary>How often, of a thousand, what is owed is not done in time.</summary>
internal static class Diligence
{
    public static readonly ByGrade Late = new(5, 16, 80);
    public static readonly ByGrade Missing = new(1, 5, 35);
    /// <summary>Of duties of every day or workday: routine slips less often than what comes once a quarter.</summary>
    public static readonly ByGrade LateRoutine = new(2, 8, 25);
    public static readonly ByGrade MissingRoutine = new(1, 3, 12);
    public static readonly ByGrade Breached = new(8, 28, 100);
    /// <summary>A paper is returned, of a thousand handed in.</summary>
    public static readonly ByGrade Rejected = new(6, 20, 90);
    /// <summary>The buyer's own slips do not depend on the provider.</summary>
    public const int LatePayment = 60;
}

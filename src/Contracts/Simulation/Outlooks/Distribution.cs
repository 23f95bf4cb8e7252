namespace Yueheng.Contracts.Simulation.Outlooks;

/// <summary>How a figure lies over many simulated years. Points or CNY, in decimal; mean rounded to 0.01 half away from zero.</summary>
public sealed record Distribution(int Count, decimal Mean, decimal Median, decimal Tenth, decimal Ninetieth, decimal Smallest, decimal Largest)
{
    /// <summary>Null of no values.</summary>
    public static Distribution? Of(IReadOnlyCollection<decimal> values)
    {
        if (values.Count == 0) return null;
        var sorted = values.Order().ToArray();
        return new Distribution(sorted.Length, Math.Round(sorted.Sum() / sorted.Length, 2, MidpointRounding.AwayFromZero), At(50), At(10), At(90), sorted[0], sorted[^1]);

        // The nearest rank: always a value that occurred.
        decimal At(int percent) => sorted[Math.Max(0, (sorted.Length * percent + 99) / 100 - 1)];
    }
}

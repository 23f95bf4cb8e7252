using Yueheng.Facts;
using Yueheng.Terms.Kernel;

namespace Yueheng.Contracts.Linting;

/// <summary>An edge of a band: a value that belongs to the band or does not.</summary>
internal sealed record Edge(Value Value, bool Included);

/// <summary>What a band with constant edges covers; an edge that is not there leaves its side open.</summary>
internal sealed record Stretch(Edge? Low, Edge? High)
{
    /// <summary>Null when an edge is not a literal, or when the edges are of several types.</summary>
    public static Stretch? Read(string? moreThan, string? atLeast, string? atMost, string? lessThan)
    {
        var low = Tighter(ReadEdge(moreThan, false), ReadEdge(atLeast, true), 1);
        var high = Tighter(ReadEdge(lessThan, false), ReadEdge(atMost, true), -1);
        if (Unreadable(moreThan) || Unreadable(atLeast) || Unreadable(atMost) || Unreadable(lessThan)) return null;
        return low is not null && high is not null && low.Value.Type != high.Value.Type ? null : new Stretch(low, high);
    }

    private static bool Unreadable(string? text) => text is not null && ReadEdge(text, true) is null;

    private static Edge? ReadEdge(string? text, bool included) => text is not null && Literals.Parse(text) is { IsPresent: true } value ? new Edge(value, included) : null;

    private static Edge? Tighter(Edge? open, Edge? closed, int side) =>
        open is null || closed is null ? open ?? closed : Value.Compare(open.Value, closed.Value) * side >= 0 ? open : closed;

    public bool IsEmpty => Low is not null && High is not null && Value.Compare(Low.Value, High.Value) is var order && (order > 0 || (order == 0 && !(Low.Included && High.Included)));

    /// <summary>What both cover, or null.</summary>
    public Stretch? Intersect(Stretch other)
    {
        var both = new Stretch(HigherLow(Low, other.Low), LowerHigh(High, other.High));
        return both.IsEmpty ? null : both;
    }

    public bool Covers(Stretch other) => CompareLow(Low, other.Low) <= 0 && CompareHigh(High, other.High) >= 0;

    private static Edge? HigherLow(Edge? left, Edge? right) => CompareLow(left, right) >= 0 ? left : right;
    private static Edge? LowerHigh(Edge? left, Edge? right) => CompareHigh(left, right) <= 0 ? left : right;

    public static int CompareLow(Edge? left, Edge? right)
    {
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var order = Value.Compare(left.Value, right.Value);
        return order != 0 ? order : (left.Included ? 0 : 1) - (right.Included ? 0 : 1);
    }

    public static int CompareHigh(Edge? left, Edge? right)
    {
        if (left is null || right is null) return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        var order = Value.Compare(left.Value, right.Value);
        return order != 0 ? order : (left.Included ? 1 : 0) - (right.Included ? 1 : 0);
    }

    /// <summary>What lies between the stretches and is covered by none; with <paramref name="openAbove"/> also what lies above them all.</summary>
    public static IEnumerable<Stretch> GapsBetween(IReadOnlyList<Stretch> stretches, bool openAbove)
    {
        var sorted = stretches.Where(stretch => !stretch.IsEmpty).Order(Comparer<Stretch>.Create((left, right) => CompareLow(left.Low, right.Low))).ToList();
        if (sorted.Count == 0) yield break;
        var reached = sorted[0].High;
        foreach (var next in sorted.Skip(1))
        {
            if (reached is null) yield break;
            var gap = new Stretch(new Edge(reached.Value, !reached.Included), next.Low is null ? null : new Edge(next.Low.Value, !next.Low.Included));
            if (next.Low is not null && !gap.IsEmpty) yield return gap;
            reached = CompareHigh(reached, next.High) >= 0 ? reached : next.High;
        }
        if (openAbove && reached is not null) yield return new Stretch(new Edge(reached.Value, !reached.Included), null);
    }

    public string ToChinese()
    {
        if (Low is not null && High is not null && Low.Value == High.Value) return $"恰为 {Low.Value}";
        var low = Low is null ? "" : $"{(Low.Included ? "≥" : ">")} {Low.Value}";
        var high = High is null ? "" : $"{(High.Included ? "≤" : "<")} {High.Value}";
        return low.Length > 0 && high.Length > 0 ? $"{low} 且 {high}" : low.Length > 0 ? low : high.Length > 0 ? high : "任何值";
    }
}

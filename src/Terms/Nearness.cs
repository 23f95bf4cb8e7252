namespace Yueheng.Terms;

/// <summary>Which known name someone may have meant.</summary>
public static class Nearness
{
    /// <summary>The known name with the fewest letters to change; null when more than a third of them would have to be.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var (nearest, least) = ((string?)null, Math.Max(1, name.Length / 3) + 1);
        foreach (var candidate in known.Order(StringComparer.Ordinal))
            if (Changes(name, candidate) is var changes && changes < least) (nearest, least) = (candidate, changes);
        return nearest;
    }

    /// <summary>Letters put in, left out, replaced or swapped with the next to make one name of the other (Damerau: no letter twice).</summary>
    private static int Changes(string from, string to)
    {
        int[] twoAbove = [], above = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            }
            (twoAbove, above) = (above, row);
        }
        return above[^1];
    }
}

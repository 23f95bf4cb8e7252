namespace Yueheng.Contracts.Simulation;

/// <summary>
/// Chance that comes out the same everywhere: SplitMix64, started from a seed and from what the throw decides. Each decision has its
/// own dice, so that one decision more or less leaves all others as they were, and a worse grade only adds to what goes wrong.
/// </summary>
internal sealed class Dice(long seed, string decision)
{
    private ulong _state = Mix((ulong)seed + 0x9E3779B97F4A7C15) ^ Fingerprint(decision);

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static ulong Fingerprint(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }

    /// <summary>0 … <paramref name="count"/> − 1.</summary>
    public long Below(long count) => count <= 1 ? 0 : (long)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Both ends included; the lower one when they are the wrong way round.</summary>
    public long Between(long from, long to) => to <= from ? from : from + Below(to - from + 1);

    public bool Chance(int perMille) => Below(1000) < perMille;

    public T Of<T>(IReadOnlyList<T> choices) => choices[(int)Below(choices.Count)];

    /// <summary>The place in <paramref name="weights"/>.</summary>
    public int Weighted(IReadOnlyList<int> weights)
    {
        var left = Below(weights.Sum());
        for (var place = 0; place < weights.Count; place++)
            if ((left -= weights[place]) < 0) return place;
        return weights.Count - 1;
    }
}

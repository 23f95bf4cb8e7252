using Yueheng.Facts;
using Yueheng.Terms.Kernel;

namespace Yueheng.Terms;

/// <summary>The one way in: a contract, facts and an instant give a judgement. Pure: the same arguments give the same figures anywhere.</summary>
public static class Judge
{
    /// <param name="contract">The contract, compiled.</param>
    /// <param name="facts">The facts, read with the contract's own vocabulary. Facts later than <paramref name="asOf"/> do not exist yet.</param>
    /// <param name="asOf">Nanoseconds since 1970-01-01T00:00:00Z.</param>
    /// <exception cref="CircleException">The contract needs a value to compute itself.</exception>
    public static Judgement Contract(Contract contract, FactSet facts, long asOf) =>
        new(contract, new Session(contract.Compiled, facts, asOf).At(asOf, []));
}

using System.Buffers;
using Yueheng.Facts;

namespace Yueheng.Contracts.Simulation;

/// <summary>A fact that never happened.</summary>
/// <param name="At">Nanoseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Data">Keys and values in the order in which they are written.</param>
public sealed record SimulatedFact(string Id, string Kind, long At, string Subject, IReadOnlyList<(string Key, Value Value)> Data);

/// <summary>A plausible year of service under a contract, in order of (at, id).</summary>
/// <param name="Contract">The contract's id.</param>
/// <param name="AsOf">The instant at which the year is settled and to be judged.</param>
public sealed record SimulatedYear(string Contract, Vocabulary Vocabulary, long AsOf, IReadOnlyList<SimulatedFact> Facts)
{
    /// <summary>The facts as the judge reads them.</summary>
    public FactSet ToFactSet() => Build(Vocabulary, Facts);

    /// <summary>JSON lines; the same seed gives the same bytes.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        foreach (var fact in Facts) FactWriter.Write(output, Contract, fact.Id, fact.Kind, fact.At, fact.Subject, [.. fact.Data]);
    }

    internal static FactSet Build(Vocabulary vocabulary, IReadOnlyList<SimulatedFact> facts)
    {
        var builder = new FactSetBuilder(vocabulary);
        foreach (var fact in facts) builder.Add(fact.Id, fact.Kind, fact.At, fact.Subject, [.. fact.Data]);
        return builder.Build();
    }
}

using System.Text;

namespace Yueheng.Facts.Reading;

/// <summary>All that reading one contract's facts takes, made once and shared.</summary>
internal sealed class ReadingPlan(string contract, Vocabulary vocabulary)
{
    private readonly KindPlan[] _kinds = [.. Enumerable.Range(0, vocabulary.KindCount).Select(kind => new KindPlan(vocabulary, kind)), new KindPlan(vocabulary, -1)];

    public string Contract { get; } = contract;
    public byte[] ContractUtf8 { get; } = Encoding.UTF8.GetBytes(contract);
    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>For a fact of another contract: its fields are none of this one's.</summary>
    public KindPlan OfOthers { get; } = new(new Vocabulary([], []), -1);

    /// <param name="kind">A declared kind; any other number: a kind that the contract does not read.</param>
    public KindPlan Of(int kind) => _kinds[(uint)kind < (uint)(_kinds.Length - 1) ? kind : ^1];
}

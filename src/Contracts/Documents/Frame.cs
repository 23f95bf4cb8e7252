namespace Yueheng.Contracts.Documents;

/// <summary>What makes a judgement a statement that was issued: its number, what it rests on, and where it is signed.</summary>
/// <param name="Number">Within the contract: 2025-003.</param>
/// <param name="Period">The days it speaks of: 2025-01-01 至 2025-06-30.</param>
/// <param name="IssuedAt">By the contract's clock, to the minute.</param>
/// <param name="LedgerSeq">The last link of the chain that was judged.</param>
/// <param name="LedgerHash">Its hash: whoever holds this paper holds an anchor of the chain.</param>
/// <param name="Mark">The same in a square that a camera reads, as SVG.</param>
/// <param name="Counts">What the reader must know of how the facts came about: claims, late entries, retractions, corrections.</param>
/// <param name="Signatories">Who signs, in the order of the paper.</param>
public sealed record Frame(
    string Number, string Period, string IssuedAt, long LedgerSeq, string LedgerHash, string Mark, IReadOnlyList<(string What, string Count)> Counts, IReadOnlyList<string> Signatories);
